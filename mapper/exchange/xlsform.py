"""Read an XLSForm workbook as a survey: the same raw form as a YAML file, each value with its sheet and row.

What the program has no use for is kept under `xlsform` and goes out again; what is lost or changed is listed, never
dropped silently. A strict import takes each for an error. **Source:** XLSForm reference; docs/xlsform.md.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from mapper.definition.assemble import RawModule, RawSurvey
from mapper.definition.draft import Notes
from mapper.definition.files import shown
from mapper.definition.model import Survey
from mapper.definition.problems import Problem
from mapper.definition.raw import Keyed, Value
from mapper.definition.read import finished, survey_from_raw
from mapper.definition.uncollected import uncollected
from mapper.exchange.sheets import Book, Cell, Oddity, UnreadableWorkbook, read_form
from mapper.exchange.xlsform_build import Builder, read_file_of
from mapper.exchange.xlsform_findings import Findings
from mapper.exchange.xlsform_lines import Line, lines
from mapper.exchange.xlsform_lists import Lists
from mapper.exchange.xlsform_names import REFERENCE, Names
from mapper.exchange.xlsform_own import consent_of, indicators, modules, variants
from mapper.exchange.xlsform_rules import Rules
from mapper.exchange.xlsform_settings import Settings, opens_in, settings
from mapper.exchange.xlsform_texts import Languages, Worded, compare_with_own, languages
from mapper.exchange.xlsform_tree import PART, Entry, Tree, every
from mapper.exchange.xlsform_words import SURVEY_COLUMNS
from mapper.expression.nodes import Node
from mapper.notice import Notice, together

RUNNABLE = frozenset({  # faults of a rule with which a form still runs, as it did where it comes from
    "unknown_choice", "number_with_text", "date_with_text", "used_before_asked", "no_answer",
})  # fmt: skip

LOOKED_UP = re.compile(r"pulldata\(\s*['\"]([^'\"]+)['\"]")


@dataclass(frozen=True, slots=True)
class Imported:
    """`raw` is what would be written as YAML, None where the workbook cannot be used; `catalogues` holds translations
    by language and text, `variants` those that depend on gender by language, context and text; `own_wording` are the
    texts by language that the program's catalogues translate otherwise."""

    survey: Survey | None
    raw: RawSurvey | None
    problems: tuple[Problem, ...]
    catalogues: Mapping[str, Mapping[str, str]]
    variants: Mapping[str, Mapping[tuple[str, str], str]]
    own_wording: Mapping[str, Mapping[str, Worded]] = field(default_factory=dict)


def read_workbook(path: Path) -> tuple[Survey | None, tuple[Problem, ...]]:
    """The survey, or None where it has errors; and every problem, with the row of its sheet as the line."""
    imported = _imported(path, Findings(shown(path)))
    return imported.survey, imported.problems


def import_workbook(
    path: Path, strict: bool = False, shown_as: str | None = None, mends: bool | None = None, checks: bool = True
) -> Imported:
    """What a workbook becomes here, with everything that was wrong, lost, changed or kept unused.

    Rules that cannot be read are left out where it `mends`, as it does unless the import is strict. `shown_as` is what
    problems call the file. What is part of a greater whole is checked there, not by itself: it has no survey then.
    """
    return _imported(path, Findings(shown_as or shown(path), strict, not strict if mends is None else mends), checks)


@uncollected()
def _imported(path: Path, findings: Findings, checks: bool = True) -> Imported:
    try:
        book = read_form(path)
    except UnreadableWorkbook as problem:
        findings.add("unreadable_workbook", "survey", 0, Notice("The workbook cannot be used."), problem.args[0])
        return Imported(None, None, tuple(findings.problems), {}, {})
    findings.sheets.update(book.sheets)
    if "survey" not in book.sheets:
        listed = ", ".join(book.sheets) or Notice("those of the file")
        message = Notice("There is no sheet 'survey' among %(listed)s.", listed=listed)
        findings.add("missing_sheet", "survey", 0, message, Notice("Name the sheet with the questions 'survey'."))
        return Imported(None, None, tuple(findings.problems), {}, {})
    for odd in book.oddities:
        _say_odd(odd, findings)
    by_gender = variants(book.sheets.get("variants"), findings)
    raw, spoken = _raw(book, path, findings)
    if not checks:
        return Imported(None, raw, tuple(findings.problems), spoken.catalogues, by_gender, spoken.own_wording)
    survey, problems = _survey(raw, findings)
    while findings.leave_out(problems):
        raw, spoken = _raw(book, path, findings)
        survey, problems = _survey(raw, findings)
    return Imported(survey, raw, problems, spoken.catalogues, by_gender, spoken.own_wording)


def _say_odd(odd: Oddity, findings: Findings) -> None:
    code, message = odd.code, odd.message
    if code == "formula_without_value" and findings.mends:
        code, message = "not_carried_over", together(message, Notice("The cell is read as empty."))
    findings.add(code, odd.sheet, odd.row, message, odd.remedy, odd.column)


def _raw(book: Book, path: Path, findings: Findings) -> tuple[RawSurvey, Languages]:
    found = list(lines(book.sheets["survey"], SURVEY_COLUMNS, findings))
    stated = _stated(book, path, findings)
    spoken = _spoken(found, stated, findings)
    names = Names(findings)
    tree = Tree(findings, names, _looked_at(found))
    entries = tree.read(found)
    lists = Lists(findings, path.parent)
    rules = Rules(findings, names, _known(entries), lists.lists)
    _fill(lists, book, found, entries, spoken)
    builder = Builder(findings, spoken, rules, lists)
    own, used, questions = modules(builder, entries, _consent(stated, rules, findings))
    own = indicators(builder, book.sheets.get("indicators"), own, stated)
    kept = _kept(book, stated, tree, findings)
    _keep_settings(kept, stated, found, lists)
    survey = _keyed_survey(builder, stated, used, questions, own.pop("", None), kept)
    return RawSurvey(survey, own, known_modules=tuple(own)), spoken


def _stated(book: Book, path: Path, findings: Findings) -> Settings:
    stated = settings(book.sheets.get("settings"), path.stem, findings)
    if "respondent" not in stated.own:
        message = Notice("The form does not say who answers it; 'auditor' is written, as for a check of documents.")
        remedy = Notice("Add a column 'respondent' to the sheet 'settings', for example 'worker'.")
        findings.add("respondent_unstated", "settings", stated.row, message, remedy)
    return stated


def _spoken(found: Iterable[Line], stated: Settings, findings: Findings) -> Languages:
    """The languages of the form, its title among their texts."""
    spoken = languages(found, stated.default_language, findings)
    for code, title in stated.titles.items():
        spoken.catalogues.setdefault(code, {})[stated.title] = title
        compare_with_own("settings", stated.title, code, Cell(title, stated.row, "form_title"), spoken, findings)
    return spoken


def _fill(lists: Lists, book: Book, found: list[Line], entries: list[Entry], spoken: Languages) -> None:
    """The lists of choices, from the sheets and from the files that questions and rules name."""
    lists.read(book.sheets.get("choices"), spoken)
    lists.read(book.sheets.get("external_choices"), spoken, "external_choices")
    _say_media(found, lists)
    for one in every(entries):
        if one.from_file:
            read_file_of(one, lists)
    _files_of_lookups(found, lists)
    lists.forget({one.list_name for one in every(entries) if one.mark == PART})


def _consent(stated: Settings, rules: Rules, findings: Findings) -> Node | None:
    consent = consent_of(stated, rules)
    if stated.own.get("respondent") == "worker" and not stated.own.get("consent"):
        message = Notice("The form does not say who has agreed to be asked: everybody who is asked counts as agreeing.")
        remedy = Notice("Add a column 'consent' to the sheet 'settings', for example ${agreed} = 'yes'.")
        findings.add("consent_unstated", "settings", stated.row, message, remedy)
    return consent


def _say_media(found: Iterable[Line], lists: Lists) -> None:
    """Once: a form with pictures has them in many rows."""
    in_survey = (("survey", cell) for line in found for cell in line.media.values())
    in_lists = ((lists.sheet[name], cell) for name in lists.lists for cell in lists.media_of(name))
    for sheet, cell in islice(chain(in_survey, in_lists), 1):
        message = Notice("Pictures and recordings of a form are not shown here.")
        lists.findings.kept(sheet, cell, message, Notice("The names of their files are kept for other programs."))


def _looked_at(found: Iterable[Line]) -> set[str]:
    """The names that any rule or text of the form mentions."""
    cells = [cell for line in found for part in (line.values, *line.texts.values()) for cell in part.values()]
    return {name.strip() for cell in cells if "${" in cell.text for name in REFERENCE.findall(cell.text)}


def _known(entries: Iterable[Entry]) -> set[str]:
    """Names that rules may use."""
    found = list(every(entries))
    parts = {f"{one.name.text}{part}" for one in found if one.mark == "money" for part in ("_currency", "_period")}
    return {one.name.text for one in found} | {f"{one.name.text}_other" for one in found if one.other} | parts


def _files_of_lookups(found: list[Line], lists: Lists) -> None:
    """`pulldata('towns', …)` looks into towns.csv."""
    for line in found:
        for cell in line.values.values():
            for name in LOOKED_UP.findall(cell.text) if "pulldata" in cell.text else ():
                if name not in lists.lists:
                    lists.from_file(f"{name}.csv", cell)


def _kept(book: Book, stated: Settings, tree: Tree, findings: Findings) -> dict[str, str]:
    kept = {f"settings.{name}": text for name, text in stated.others.items()}
    if tree.metadata:
        kept["metadata"] = "; ".join(f"{kind}={name}" for kind, name in tree.metadata)
        kept |= tree.beside_metadata
    for name in ("entities", "osm"):
        for row, cells in book.sheets[name].rows if name in book.sheets else ():
            for heading, cell in cells.items():
                kept[f"{name}.{row}.{heading}"] = cell.text
            message = Notice("The sheet '%(name)s' does nothing here.", name=name)
            remedy = Notice("It is kept for other programs.")
            findings.kept(name, row, message, remedy)
    return kept


def _keep_settings(kept: dict[str, str], stated: Settings, found: Iterable[Line], lists: Lists) -> None:
    """The language in which the form opens, and not what is written anyway: it goes out wherever a list needs it."""
    if first := opens_in(stated.default_language, found):
        kept["settings.default_language"] = first
    if any(len({one.values["name"].text for one in listed}) < len(listed) for listed in lists.lists.values()):
        kept.pop("settings.allow_choice_duplicates", None)


def _keyed_survey(
    builder: Builder,
    stated: Settings,
    used: Value | None,
    questions: Value | None,
    own: RawModule | None,
    kept: Mapping[str, str],
) -> Keyed:
    def scalar(text: str) -> Value:
        return builder.scalar("settings", stated.row, text)

    values: dict[str, Value] = {"name": scalar(stated.name), "title": scalar(stated.title)}
    values["respondent"] = scalar(stated.own.get("respondent", "auditor"))
    spoken = stated.own["languages"].split() if "languages" in stated.own else builder.spoken.codes
    values["languages"] = builder.words("settings", stated.row, spoken)
    values |= {key: scalar(stated.own[key]) for key in ("source", "consent") if key in stated.own}
    if used:
        values["modules"] = used
    if choices := builder.choices():
        values["choices"] = builder.keyed("choices", 1, choices)
    if questions:
        values["questions"] = questions
    if own and own.indicators:
        values["indicators"] = own.indicators
    if kept:
        values["xlsform"] = builder.entries("settings", stated.row, kept)
    return builder.keyed("survey", 1, values)


def _survey(raw: RawSurvey, findings: Findings) -> tuple[Survey | None, tuple[Problem, ...]]:
    notes = Notes()
    notes.report.extend(findings.problems)
    survey, problems, draft = survey_from_raw(raw, notes)
    if findings.failed or not findings.mends:
        return (None if findings.failed else survey), problems
    problems = tuple(replace(one, severity="warning") if one.code in RUNNABLE else one for one in problems)
    if survey is None and all(one.severity == "warning" for one in problems):
        survey = finished(draft)
    return survey, problems
