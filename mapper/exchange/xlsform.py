"""Read an XLSForm workbook as a survey: the same raw form as a YAML file, each value with its sheet and row.

What the program has no use for (device metadata, styles, further languages) is listed as a warning, never dropped
silently. **Source:** XLSForm reference, columns of the sheets survey, choices and settings.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mapper.definition.assemble import RawSurvey
from mapper.definition.draft import Notes
from mapper.definition.files import shown
from mapper.definition.keys import CHOICE, GROUP, QUESTION, REPEAT
from mapper.definition.model import Place, Survey
from mapper.definition.problems import Problem
from mapper.definition.raw import Keyed, Listed, Scalar, Source, Value
from mapper.definition.read import survey_from_raw
from mapper.exchange.sheets import Cell, Sheet, UnreadableWorkbook, read_sheets

COLUMNS = {  # other spellings of a column → ours
    "relevance": "relevant",
    "readonly": "read_only",
    "constraint message": "constraint_message",
    "required message": "required_message",
    "calculate": "calculation",
    "list name": "list_name",
    "list": "list_name",
    "value": "name",
    "image": "media::image",
    "audio": "media::audio",
    "video": "media::video",
}
TYPES = {  # other spellings of a type → ours
    "begin group": "begin_group", "end group": "end_group", "begin repeat": "begin_repeat", "end repeat": "end_repeat",
    "select one": "select_one", "select1": "select_one", "select one from": "select_one",
    "select multiple": "select_multiple", "select all that apply": "select_multiple",
    "select all that apply from": "select_multiple", "select multiple from": "select_multiple",
    "add select one prompt using": "select_one", "add select multiple prompt using": "select_multiple",
}  # fmt: skip
METADATA = ("deviceid", "username", "email", "phonenumber", "simserial", "subscriberid", "audit", "start-geopoint")
YES = {"yes": "yes", "true": "yes", "true()": "yes", "no": "no", "false": "no", "false()": "no"}
SELECT = re.compile(r"^(select_one|select_multiple|rank)\s+(\S+?)(?:\s+(?:or_other|or other))?$")
QUESTION_KEYS = (*QUESTION, *GROUP, *REPEAT)


def read_workbook(path: Path) -> tuple[Survey | None, tuple[Problem, ...]]:
    """The survey, or None where it has errors; and every problem, with the row of its sheet as the line."""
    reader = _Reader(shown(path))
    try:
        sheets = read_sheets(path)
    except UnreadableWorkbook as problem:
        reader.problem("survey", 0, "unreadable_workbook", "The workbook cannot be used.", str(problem))
        return None, tuple(reader.problems)
    raw = reader.survey(sheets, path.stem)
    if any(problem.severity == "error" for problem in reader.problems):
        return None, tuple(reader.problems)
    notes = Notes()
    notes.report.extend(reader.problems)
    survey, problems, _draft = survey_from_raw(RawSurvey(raw), notes)
    return survey, problems


@dataclass
class _Open:
    """A group or repeat whose end has not come yet."""

    entries: list[tuple[Scalar, Value]]
    children: list[Value]
    row: int
    kind: str


@dataclass
class _Reader:
    file: str
    problems: list[Problem] = field(default_factory=list)

    def problem(self, sheet: str, row: int, code: str, message: str, remedy: str, warning: bool = False) -> None:
        severity = "warning" if warning else "error"
        self.problems.append(Problem(f"{self.file}[{sheet}]", row, 0, code, message, remedy, severity))  # type: ignore[arg-type]

    def survey(self, sheets: Mapping[str, Sheet], name: str) -> Keyed:
        if "survey" not in sheets:
            remedy = "Name the sheet with the questions 'survey'."
            self.problem("survey", 0, "missing_sheet", f"There is no sheet 'survey' among {', '.join(sheets)}.", remedy)
            return self._keyed("survey", 1, {})
        settings = next(iter(self._rows(sheets.get("settings"))), (1, {}))[1]
        language = settings["default_language"].text if "default_language" in settings else ""
        title = settings.get("form_title") or settings.get("form_id") or Cell(name, 1, "form_title")
        own = {
            "name": self._scalar(
                "settings", title.row, _name(settings["form_id"].text if "form_id" in settings else name)
            ),
            "title": self._scalar("settings", title.row, title.text),
            "respondent": self._scalar("settings", title.row, "auditor"),
            "choices": self._choices(sheets.get("choices"), language),
            "questions": self._questions(sheets["survey"], language),
        }
        return self._keyed("survey", 1, own)

    def _choices(self, sheet: Sheet | None, language: str) -> Value:
        lists: dict[str, list[Value]] = {}
        for row, cells in self._rows(sheet):
            named = cells.pop("list_name", None)
            if named:
                filters = tuple(cells)
                written = self._values("choices", self._texts("choices", row, cells, language, (*CHOICE, *filters)))
                written.setdefault("label", written.get("name", self._scalar("choices", row, "")))
                lists.setdefault(named.text, []).append(self._keyed("choices", row, written))
        entries = {name: Listed(tuple(choices), choices[0].place) for name, choices in lists.items()}
        return self._keyed("choices", 1, entries)

    def _questions(self, sheet: Sheet, language: str) -> Value:
        top = _Open([], [], 1, "survey")
        open_: list[_Open] = [top]
        for row, cells in self._rows(sheet):
            kind = _type(cells["type"].text) if "type" in cells else ""
            texts = self._texts("survey", row, cells, language, QUESTION_KEYS)
            if kind in ("begin_group", "begin_repeat"):
                entries = self._entries("survey", texts | {"type": Cell(kind.removeprefix("begin_"), row, "type")})
                open_.append(_Open(entries, [], row, kind.removeprefix("begin_")))
            elif kind in ("end_group", "end_repeat"):
                self._close(open_, kind.removeprefix("end_"), row)
            elif kind.split(" ")[0] in METADATA:
                self._ignored(row, f"The type '{kind}'", "Nothing is recorded about the device or its user.")
            elif kind:
                self._or_other(kind, row)
                kind = SELECT.sub(r"\1 \2", kind)
                children = open_[-1].children
                children.append(
                    self._keyed("survey", row, self._values("survey", texts | {"type": Cell(kind, row, "type")}))
                )
        for unclosed in open_[1:]:
            remedy = f"Add a row 'end {unclosed.kind}' where it ends."
            self.problem("survey", unclosed.row, "unclosed_group", f"This {unclosed.kind} has no end.", remedy)
        return Listed(tuple(top.children), Place(self.file, 1))

    def _close(self, open_: list[_Open], kind: str, row: int) -> None:
        if len(open_) == 1 or open_[-1].kind != kind:
            expected = (
                f"a {open_[-1].kind} begun in row {open_[-1].row} is open" if len(open_) > 1 else "nothing is open"
            )
            remedy = "Give every group and repeat one beginning and one end."
            self.problem("survey", row, "unexpected_end", f"This ends a {kind}, but {expected}.", remedy)
            return
        done = open_.pop()
        place = Place(f"{self.file}[survey]", done.row)
        questions = (self._scalar("survey", done.row, "questions"), Listed(tuple(done.children), place))
        open_[-1].children.append(Keyed((*done.entries, questions), place))

    def _or_other(self, kind: str, row: int) -> None:
        if kind.endswith(("or_other", "or other")):
            self._ignored(row, "'or_other'", "Add a choice 'other' and a text question that asks for it.")

    def _ignored(self, row: int, what: str, remedy: str) -> None:
        self.problem("survey", row, "not_carried_over", f"{what} is not carried over.", remedy, warning=True)

    def _texts(
        self, sheet: str, row: int, cells: Mapping[str, Cell], language: str, known: tuple[str, ...]
    ) -> dict[str, Cell]:
        """Our keys with their cells: columns by their standard names, texts in the form's default language."""
        found: dict[str, Cell] = {}
        for heading, cell in cells.items():
            key, _, spoken = heading.partition("::")
            key = COLUMNS.get(key.lower().strip(), key.lower().strip()) if heading not in known else heading
            if key == "media" or not spoken:
                found.setdefault(key if key != "media" else heading, cell)
            elif not language or spoken.strip() == language or key not in found:
                found[key] = cell if spoken.strip() == language or key not in found else found[key]
        return {key: cell for key, cell in found.items() if key in known or key.startswith("media::")}

    def _values(self, sheet: str, texts: Mapping[str, Cell]) -> dict[str, Value]:
        return {key.text: value for key, value in self._entries(sheet, texts)}

    def _entries(self, sheet: str, texts: Mapping[str, Cell]) -> list[tuple[Scalar, Value]]:
        plain = {key: cell for key, cell in texts.items() if not key.startswith("media::")}
        entries: list[tuple[Scalar, Value]] = []
        for key, cell in plain.items():
            text = YES.get(cell.text.lower(), cell.text) if key in ("required", "read_only") else cell.text
            entries.append((self._scalar(sheet, cell.row, key), self._scalar(sheet, cell.row, text)))
        media = {key.partition("::")[2]: cell for key, cell in texts.items() if key.startswith("media::")}
        if media:
            row = next(iter(media.values())).row
            files: dict[str, Value] = {kind: self._scalar(sheet, row, cell.text) for kind, cell in media.items()}
            entries.append((self._scalar(sheet, row, "media"), self._keyed(sheet, row, files)))
        return entries

    def _rows(self, sheet: Sheet | None) -> Iterator[tuple[int, dict[str, Cell]]]:
        for row, cells in sheet.rows if sheet else ():
            yield row, {COLUMNS.get(heading.lower(), heading): cell for heading, cell in cells.items()}

    def _scalar(self, sheet: str, row: int, text: str) -> Scalar:
        return Scalar(text, Source(f"{self.file}[{sheet}]"), row)

    def _keyed(self, sheet: str, row: int, values: Mapping[str, Value]) -> Keyed:
        entries = tuple((self._scalar(sheet, row, key), value) for key, value in values.items())
        return Keyed(entries, Place(f"{self.file}[{sheet}]", row))


def _type(text: str) -> str:
    """A type in our spelling: `select one from list` is `select_one list`."""
    words = " ".join(text.split())
    for spelling in sorted(TYPES, key=len, reverse=True):
        if words.lower() == spelling or words.lower().startswith(spelling + " "):
            return TYPES[spelling] + words[len(spelling) :]
    return words


def _name(text: str) -> str:
    """A questionnaire's name from a form id."""
    return re.sub(r"\W+", "_", text.strip()).strip("_").lower() or "form"
