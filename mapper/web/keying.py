"""One paper on its way into the store: what was keyed, what it belongs to, and the page that shows both."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from mapper.definition.model import Group, Question, Repeat, Survey
from mapper.document.keyed import together
from mapper.document.keyed_check import Checked, check, moment
from mapper.document.paper_layout import lay_out
from mapper.document.paper_view import EXCUSE_SIGNS, PaperForm
from mapper.intake.paper import LONGEST, paper_id
from mapper.intake.paper_copy import copy_of
from mapper.interview.numbers import latin_digits
from mapper.language.catalogue import Translator, translator
from mapper.language.profile import SOURCE_LANGUAGE, languages
from mapper.store.tables_care import PaperCopy
from mapper.web import locale

PILE = ("survey", "version", "language", "round", "site")  # the same for every paper of a pile
ABOUT = (*PILE, "reference", "date", "stopped")
ROWS_AT_FIRST = 3
CONFIRMS = "confirm"
SIGNS = {f"({kind})": sign for kind, sign in EXCUSE_SIGNS.items()} | {"(not_reached)": "/"}


@dataclass(frozen=True)
class Sheet:
    """`about` is what stands on the cover; `fields` what was keyed, by the path of the question."""

    survey: Survey
    about: Mapping[str, str]
    fields: Mapping[str, str] = field(default_factory=dict)
    confirmed: tuple[str, ...] = ()
    copy: PaperCopy | None = None

    @property
    def pile(self) -> dict[str, str]:
        return {name: self.about[name] for name in PILE if self.about.get(name)}

    @property
    def language(self) -> str:
        """The language in which it was asked."""
        wanted = self.about.get("language", "")
        return wanted if wanted in self.survey.languages and wanted in languages() else SOURCE_LANGUAGE

    @property
    def reference(self) -> str:
        """As it was printed, or as somebody wrote it by hand."""
        return self.copy.id.hex[:8] if self.copy else self.about.get("reference", "").strip()

    @property
    def day(self) -> date | None:
        try:
            return date.fromisoformat(latin_digits(self.about.get("date", "")))
        except ValueError:
            return None

    @property
    def id(self) -> UUID:
        if self.copy:
            return self.copy.id
        about = self.about
        return paper_id(self.survey.name, about.get("round", ""), about.get("site", ""), self.reference)

    def confirms(self, what: str) -> bool:
        return what in self.confirmed


@dataclass(frozen=True)
class KeyPage:
    """`paths`: question → where it stands in the answers, from its repeat on. `compared` is None for a first entry."""

    sheet: Sheet
    form: PaperForm
    paths: Mapping[str, str]
    rows: Mapping[str, int]
    problems: Mapping[str, str]
    checked: Checked | None
    compared: tuple[tuple[str, str, str, str], ...] | None = None
    title: str = ""
    latin = staticmethod(latin_digits)  # numbers as a keyboard has them

    def value(self, path: str) -> str:
        return self.sheet.fields.get(path, "")

    def problem(self, path: str) -> str:
        return (self.checked.problems | self.checked.unanswered).get(path, "") if self.checked else ""

    def contradiction(self, path: str) -> str:
        return self.checked.contradictions.get(path, "") if self.checked else ""


def blank(survey: Survey, given: Mapping[str, str]) -> Sheet:
    about = {name: given[name] for name in PILE if given.get(name)}
    return Sheet(survey, about | {"survey": survey.name, "version": survey.version})


def posted(survey: Survey, form: Any) -> Sheet:
    """What a form carries: `about:…` for the cover, the paths of questions for the rest."""
    about = {name: form.get(name, "").strip() for name in ABOUT}
    keyed = {name[2:]: text for name, text in form.items() if name.startswith("q:")}
    return Sheet(survey, about, together(keyed), tuple(form.getlist(CONFIRMS)))


def problems_of_sheet(sheet: Sheet) -> dict[str, str]:
    """What the cover lacks, by field."""
    found = {}
    if not 0 < len(sheet.reference) <= LONGEST:
        found["reference"] = _("Write the number that stands on the paper.")
    if sheet.day is None or sheet.day > datetime.now(UTC).date():
        found["date"] = _("Write the day of the interview. It cannot lie ahead.")
    return found


def recognised(session: Session, sheet: Sheet) -> tuple[Sheet, str]:
    """The same as the printed copy that its number belongs to, if there is one; and what is wrong with the number."""
    found = copy_of(session, sheet.survey.name, sheet.reference)
    if isinstance(found, PaperCopy):
        return replace(sheet, copy=found), ""
    if found is None:
        return sheet, ""
    if found.survey:
        return sheet, _("This number was printed for another questionnaire: %(name)s.", name=found.survey)
    return sheet, _(
        "No paper with this number was printed here: look at it again. If you numbered the paper yourself, put a P "
        "before the number."
    )


def checked(sheet: Sheet) -> Checked:
    spoken = translator(locale.current())
    fields = {path: [text] for path, text in sheet.fields.items()}
    return check(sheet.survey, fields, sheet.language, spoken, sheet.day, sheet.about.get("stopped", ""))


def body(sheet: Sheet, found: Checked) -> dict[str, Any]:
    """As a tablet would send it. Keying the same again gives the same content."""
    day = sheet.day or date.min
    return {
        "survey": sheet.survey.name,
        "definition": sheet.survey.version,
        "catalogue": translator(sheet.language).version,
        "language": sheet.language,
        "round": sheet.about.get("round") or None,
        "site": sheet.about.get("site") or None,
        "finished": moment(day).isoformat(),
        "paper": {"reference": sheet.reference, "date": day.isoformat()},
        **({"withdrawal": sheet.copy.withdrawal} if sheet.copy else {}),
        "answers": found.posted.answers,
        "conditions": found.posted.conditions,
        "missing": found.posted.missing,
    }


def page(
    sheet: Sheet,
    problems: Mapping[str, str] | None = None,
    told: bool = False,
    compared: list[tuple[str, str, str]] | None = None,
) -> KeyPage:
    """`told`: say what the rules say of what was keyed."""
    shown = locale.current() if locale.current() in sheet.survey.languages else SOURCE_LANGUAGE
    spoken = translator(shown)
    form = lay_out(sheet.survey, spoken)
    side_by_side = None if compared is None else tuple(_named(sheet.survey, form, compared, spoken))
    return KeyPage(
        sheet=sheet,
        form=form,
        paths=dict(_paths(sheet.survey)),
        rows={item.name: _rows(sheet, item.name) for item in sheet.survey.items() if isinstance(item, Repeat)},
        problems=problems or {},
        checked=checked(sheet) if told else None,
        compared=side_by_side,
        title=spoken.text_neutral(sheet.survey.title),
    )


def _paths(survey: Survey) -> Iterator[tuple[str, str]]:
    for name, above in survey.ancestors.items():
        groups: list[str] = []
        for item in reversed(above):
            if isinstance(item, Group):
                groups.insert(0, item.name)
            else:
                break
        yield name, "/".join([*groups, name])


def _rows(sheet: Sheet, name: str) -> int:
    """The rows that were filled, and one more; some empty ones at first."""
    found = [path.partition(f"{name}[")[2].partition("]")[0] for path in sheet.fields if f"{name}[" in path]
    return max([ROWS_AT_FIRST, *(int(row) + 1 for row in found if row.isdecimal())])


def _named(
    survey: Survey, form: PaperForm, found: list[tuple[str, str, str]], spoken: Translator
) -> Iterator[tuple[str, str, str, str]]:
    """Number, question, first entry, second entry, as they stand on the paper."""
    for path, *entries in found:
        above, _between, last = path.rpartition("/")
        name = last.partition("[")[0]
        question = survey.questions.get(name)
        label = spoken.text_neutral(question.label) if question else path
        if row := re.search(r"\[(\d+)\]", above):
            label = _("%(question)s (line %(number)s)", question=label, number=row[1])
        first, second = (_as_on_paper(survey, question, text, spoken) for text in entries)
        yield form.numbers.get(name, path), label, first, second


def _as_on_paper(survey: Survey, question: Question | None, text: str, spoken: Translator) -> str:
    """The numbers and words of the answers, or the sign why there is none."""
    if question is None or text in SIGNS:
        return SIGNS.get(text, text)
    offered = {
        choice.name: f"{place} {spoken.text_neutral(choice.label)}"
        for place, choice in enumerate(survey.choices_of(question), 1)
    }
    return "; ".join(offered.get(word, word) for word in text.split()) if offered else text
