"""Forms for trainings, stakeholders and qualitative evidence."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l

from mapper.programme import apply, checks, gather, values
from mapper.programme.checks import Fault
from mapper.programme.words import GENDER_AGE
from mapper.setup.values import N_, spoken_list
from mapper.store import programme_tables as rows
from mapper.store import queries, tables
from mapper.web.admin.fields import BoxesField, ChoiceField, ReadField
from mapper.web.admin.form import CODE_HINT, Group, countries, named
from mapper.web.programme import words
from mapper.web.programme.form import ProgrammeForm, by_gender_age, choices, joined, long_text

NO_PERSONS = _l("Name no persons.")
themes_list = values.listed(values.theme)
codes_list = values.listed(values.reference)


class TrainingForm(ProgrammeForm):
    table = rows.Training
    owner = "programme_id"

    code = ReadField(_l("Code"), values.code, description=CODE_HINT)
    title = ReadField(_l("Title"), values.name)
    kind = ChoiceField(_l("Kind"))
    held = ReadField(_l("First day"), values.date, description=_l("Year-month-day, 2026-03-31."))
    ends = ReadField(_l("Last day"), values.date, needed=False)
    country = ChoiceField(_l("Country"), needed=False)
    place = ReadField(_l("Place"), values.name, needed=False)
    languages = ReadField(
        _l("Languages"), spoken_list, needed=False, description=_l("Codes with commas, for example ne, bn.")
    )
    audience = ChoiceField(_l("For whom"))
    vars().update(by_gender_age(values.persons))  # here, where they stand on the page
    total = ReadField(
        _l("Total on the attendance list"),
        values.persons,
        needed=False,
        description=_l("People whom no field above counts are shown as unexplained, never spread over the groups."),
    )
    rated = ReadField(_l("How many were asked whether they were satisfied"), values.persons, needed=False)
    satisfied = ReadField(_l("How many of them were satisfied or very satisfied"), values.persons, needed=False)
    stakeholders = BoxesField(_l("Whose people took part"))
    note = long_text(_l("Note"), values.text, needed=False, description=NO_PERSONS)

    def stored(self, row: Any) -> dict[str, Any]:
        parts = {code: str(row.participants[code]) if code in row.participants else None for code in GENDER_AGE}
        linked = queries.links(self.session, rows.TrainingStakeholder, training_id=row.id)
        more = {"languages": joined(row.languages), "stakeholders": [str(link.stakeholder_id) for link in linked]}
        return {**super().stored(row), **parts, **more}

    def fill(self) -> None:
        self.kind.offer(choices(words.TRAININGS))
        self.audience.offer(choices(words.AUDIENCES))
        self.audience.data = self.audience.data or "everybody"
        self.country.offer(countries(), _l("not stated"))
        self.stakeholders.choices = named(queries.everything(self.session, rows.Stakeholder))

    def groups(self) -> dict[str, Group]:
        hint = _l("Empty means that nobody counted. People whose gender is not known belong into the last field.")
        return {"woman": Group(_l("Participants"), hint, tuple(self[code] for code in GENDER_AGE))}

    def values(self) -> dict[str, Any]:
        parts = {code: self[code].value for code in GENDER_AGE if self[code].value is not None}
        return {**super().values(), "participants": parts, "languages": self.languages.value or []}

    def faults(self) -> Iterator[Fault]:
        return checks.training(self.values())

    def shows_at(self, key: str) -> str:
        return "woman" if key == "participants" else key

    def write(self, row: Any) -> None:
        super().write(row)
        self.session.add(row)
        self.session.flush()
        apply.link_stakeholders(self.session, row, [UUID(each) for each in self.stakeholders.data or ()])


class StakeholderForm(ProgrammeForm):
    table = rows.Stakeholder

    code = ReadField(_l("Code"), values.code, description=CODE_HINT)
    name = ReadField(_l("Name"), values.name, description=_l("Of the organisation. Name no persons."))
    kind = ChoiceField(_l("Kind"))
    country = ChoiceField(_l("Country"), needed=False)
    engaged = ReadField(_l("Engaged since"), values.date, needed=False, description=_l("Year-month-day, 2026-03-31."))
    commitments = BoxesField(_l("What it has agreed to"))
    works_under = ChoiceField(
        _l("Reached through"),
        needed=False,
        description=_l("For example the lead company of a supplier, or the agency of a sub-agent."),
    )
    buyer_id = ChoiceField(_l("Is the buyer"), needed=False)
    supplier_id = ChoiceField(_l("Is the supplier"), needed=False)
    recruiter_id = ChoiceField(_l("Is the labour recruiter"), needed=False)
    note = long_text(_l("Note"), values.text, needed=False, description=NO_PERSONS)

    def fill(self) -> None:
        self.kind.offer(choices(words.STAKEHOLDERS))
        self.country.offer(countries(), _l("not stated"))
        self.commitments.choices = choices(words.COMMITMENTS)
        others = [each for each in queries.everything(self.session, rows.Stakeholder) if each is not self.row]
        self.works_under.offer(named(others), _l("nobody"))
        self.buyer_id.offer(named(queries.everything(self.session, tables.Buyer)), _l("none"))
        self.supplier_id.offer(named(queries.everything(self.session, tables.Supplier)), _l("none"))
        self.recruiter_id.offer(named(queries.everything(self.session, tables.LabourRecruiter)), _l("none"))

    def faults(self) -> Iterator[Fault]:
        return checks.has_been("engaged", self.engaged.value)

    def values(self) -> dict[str, Any]:
        return {**super().values(), "works_under": UUID(self.works_under.data) if self.works_under.data else None}


class QuestionForm(ProgrammeForm):
    table = rows.EvidenceQuestion
    owner = "programme_id"

    code = ReadField(_l("Code"), values.code, description=CODE_HINT)
    text = long_text(_l("Question"), values.text, description=_l("What the material is to answer."))


class SourceForm(ProgrammeForm):
    table = rows.EvidenceSource
    owner = "programme_id"

    code = ReadField(_l("Code"), values.code, description=CODE_HINT)
    title = ReadField(_l("Title"), values.name, description=_l("What kind of people or paper it is. Name no persons."))
    method = ChoiceField(_l("Method"))
    held = ReadField(_l("When"), values.period, needed=False, description=_l("2026, 2026-06 or 2026-06-30."))
    country = ChoiceField(_l("Country"), needed=False)
    women = ReadField(words.GENDER_AGE["woman"], values.persons, needed=False)
    men = ReadField(words.GENDER_AGE["man"], values.persons, needed=False)
    note = long_text(_l("Note"), values.text, needed=False, description=NO_PERSONS)

    def fill(self) -> None:
        self.method.offer(choices(words.METHODS))
        self.country.offer(countries(), _l("not stated"))

    def faults(self) -> Iterator[Fault]:
        return checks.has_begun("held", self.held.value)


class FindingForm(ProgrammeForm):
    table = rows.EvidenceFinding
    owner = "programme_id"

    code = ReadField(_l("Code"), values.code, description=CODE_HINT)
    kind = ChoiceField(_l("Kind"))
    text = long_text(_l("Text"), values.text)
    cites = ReadField(
        _l("Rests on"),
        codes_list,
        needed=False,
        description=_l("Codes of other findings with commas, for example F13, F14."),
    )
    note = long_text(_l("Note"), values.text, needed=False)

    def stored(self, row: Any) -> dict[str, Any]:
        return {**super().stored(row), "cites": joined(row.cites)}

    def fill(self) -> None:
        self.kind.offer(choices(words.FINDINGS))
        self.kind.data = self.kind.data or "finding"

    def values(self) -> dict[str, Any]:
        return {**super().values(), "cites": self.cites.value or []}


class PassageForm(ProgrammeForm):
    table = rows.Passage
    owner = "source_id"

    code = ReadField(_l("Code"), values.code, description=CODE_HINT)
    question_id = ChoiceField(_l("Speaks to the question"))
    text = long_text(
        _l("Passage"), values.text, description=_l("In the words of the source, or close to them. Name no persons.")
    )
    themes = ReadField(
        _l("Themes"), themes_list, needed=False, description=_l("Codes of your coding frame, with commas.")
    )
    supports = BoxesField(_l("Supports the findings"))
    contradicts = BoxesField(_l("Contradicts the findings"))

    def stored(self, row: Any) -> dict[str, Any]:
        return {**super().stored(row), "themes": joined(row.themes)}

    def fill(self) -> None:
        source = queries.row(self.session, rows.EvidenceSource, self.belongs_to) if self.belongs_to else None
        within = {"programme_id": source.programme_id} if source else {}
        found = gather.within(self.session, rows.EvidenceQuestion, **within)
        self.question_id.offer([(str(each.id), f"{each.code}: {each.text[:80]}") for each in found])
        findings = gather.within(self.session, rows.EvidenceFinding, **within)
        for field in (self.supports, self.contradicts):
            kept = [code for code in field.data or () if code not in {each.code for each in findings}]
            field.choices = [(each.code, f"{each.code}: {each.text[:80]}") for each in findings] + [
                (c, c) for c in kept
            ]

    def values(self) -> dict[str, Any]:
        return {**super().values(), "themes": self.themes.value or []}

    def faults(self) -> Iterator[Fault]:
        both = set(self.supports.data or ()) & set(self.contradicts.data or ())
        if both:
            message = N_("A passage cannot both support and contradict %(codes)s.")
            yield Fault("contradicts", "both", message, N_("Untick one of them."), codes=joined(sorted(both)))
