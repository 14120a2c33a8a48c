"""Forms for mappings, their rounds, and referral contacts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from sqlmodel import Session
from wtforms import ValidationError

from mapper.language.profile import languages, profile
from mapper.setup import values
from mapper.store import queries, tables
from mapper.web.admin.fields import CHOOSE, BoxesField, ChoiceField, ReadField
from mapper.web.admin.form import CODE_HINT, Group, SetupForm, countries, listed, named
from mapper.web.admin.words import SAMPLING
from mapper.web.locale import title_of


class MappingForm(SetupForm):
    table = tables.Mapping

    code = ReadField(_l("Code"), values.code, description=CODE_HINT)
    title = ReadField(_l("Title"), values.name)
    buyer_id = ChoiceField(_l("Buyer"))

    def stored(self, row: Any) -> dict[str, Any]:
        return {**super().stored(row), "buyer_id": str(row.buyer_id)}

    def fill(self) -> None:
        self.buyer_id.offer(named(queries.everything(self.session, tables.Buyer)))

    def write(self, row: Any) -> None:
        super().write(row)
        row.buyer_id = UUID(self.buyer_id.data)


class RoundForm(SetupForm):
    """How workers are chosen at a supplier is a field `sampling_<code>`, added by `round_form`."""

    table = tables.Round
    within = "mapping"

    mapping_id = ChoiceField(_l("Mapping"))
    code = ReadField(_l("Code"), values.code, description=_l("For example R1, or 2026-spring."))
    starts = ReadField(_l("First day"), values.date, needed=False, render_kw={"type": "date"})
    ends = ReadField(_l("Last day"), values.date, needed=False, render_kw={"type": "date"})
    questionnaires = BoxesField(_l("Questionnaires"), needed=True)
    languages = BoxesField(_l("Languages"), needed=True)
    sampling = ChoiceField(
        _l("How workers are chosen"),
        needed=False,
        description=_l("Only a random choice from a full list can speak for the whole workforce."),
    )

    def stored(self, row: Any) -> dict[str, Any]:
        dates = {name: getattr(row, name).isoformat() if getattr(row, name) else None for name in ("starts", "ends")}
        own = {f"sampling_{code}": way for code, way in row.sampling.items() if code != "default"}
        default = row.sampling.get("default")
        return {**super().stored(row), **dates, **own, "mapping_id": str(row.mapping_id), "sampling": default}

    def fill(self) -> None:
        self.mapping_id.offer(named(queries.everything(self.session, tables.Mapping)))
        self.questionnaires.choices = titled(self.questionnaires.data or ())
        known = [(code, profile(code).name) for code in languages()]
        self.languages.choices = [
            *known,
            *((code, code) for code in self.languages.data or () if code not in languages()),
        ]
        self.sampling.offer(listed(SAMPLING))
        for field in self.exceptions().values():
            field.offer(listed(SAMPLING), _l("as the others"))

    def groups(self) -> dict[str, Group]:
        days = {"starts": Group(_l("Days"), _l("Leave a day empty while it is not known."), (self.starts, self.ends))}
        fields = tuple(self.exceptions().values())
        hint = _l("Where it is done differently at one supplier.")
        return days | ({fields[0].name: Group(_l("Exceptions"), hint, fields)} if fields else {})

    def exceptions(self) -> dict[str, ChoiceField]:
        return {name[9:]: field for name, field in self._fields.items() if name.startswith("sampling_")}

    def validate_ends(self, field: ReadField) -> None:
        if field.value and self.starts.value and field.value < self.starts.value:
            raise ValidationError(gettext("The round would end before it starts. Correct one of the two dates."))

    def validate_sampling(self, field: ChoiceField) -> None:
        """Not needed where each supplier has its own way."""
        own = [exception.data for exception in self.exceptions().values()]
        if not field.data and not (own and all(own)):
            raise ValidationError(CHOOSE)

    def write(self, row: Any) -> None:
        super().write(row)
        row.mapping_id = UUID(self.mapping_id.data)
        row.questionnaires, row.languages = list(self.questionnaires.data), list(self.languages.data)
        own = {code: field.data for code, field in self.exceptions().items() if field.data}
        row.sampling = ({"default": self.sampling.data} if self.sampling.data else {}) | own


def titled(kept: Iterable[str]) -> list[tuple[str, str]]:
    """Every questionnaire with its title, and its name too where two have one title; its name alone where it has none
    to read, and where it is `kept` but gone."""
    from mapper.intake import definitions  # slow to load, and needed for this form alone
    from mapper.store import database

    with database.session() as reading:
        names = definitions.offered(reading)
        known = {name: title_of(found) for name in names if (found := definitions.current(reading, name))}
    times = Counter(known.values())
    shown = {name: title if times[title] == 1 else f"{title} ({name})" for name, title in known.items()}
    return [(name, shown.get(name, name)) for name in dict.fromkeys([*names, *kept])]


def round_form(session: Session, row: Any = None, proposed: Mapping[str, str] | None = None) -> RoundForm:
    """The form with a field for every supplier that may be sampled differently."""
    suppliers = queries.everything(session, tables.Supplier)
    fields = {f"sampling_{each.code}": ChoiceField(each.name, needed=False) for each in suppliers}
    made: RoundForm = type("RoundForm", (RoundForm,), fields)(session, row, proposed)
    return made


class ReferralForm(SetupForm):
    table = tables.ReferralContact

    code = ReadField(_l("Code"), values.code, description=CODE_HINT)
    organisation = ReadField(_l("Organisation"), values.name)
    service = ReadField(_l("What it does"), values.name, description=_l("For example: shelter, legal aid, doctor."))
    telephone = ReadField(_l("Telephone"), values.telephone)
    country = ChoiceField(_l("Country"))
    site_id = ChoiceField(_l("Site"), needed=False, description=_l("Only if the contact serves one site alone."))
    languages = ReadField(
        _l("Languages spoken"),
        values.spoken_list,
        needed=False,
        description=_l("Codes with commas between them: ne, hi"),
    )

    def stored(self, row: Any) -> dict[str, Any]:
        site = str(row.site_id) if row.site_id else ""
        return {**super().stored(row), "site_id": site, "languages": ", ".join(row.languages)}

    def fill(self) -> None:
        suppliers = {each.id: each for each in queries.everything(self.session, tables.Supplier)}
        sites = queries.everything(self.session, tables.Site)
        shown = sorted((f"{suppliers[site.supplier_id].name} – {site.name}", str(site.id)) for site in sites)
        self.country.offer(countries())
        self.site_id.offer([(key, name) for name, key in shown], _l("the whole country"))

    def write(self, row: Any) -> None:
        super().write(row)
        row.country, row.languages = self.country.data, self.languages.value or []
        row.site_id = UUID(self.site_id.data) if self.site_id.data else None
