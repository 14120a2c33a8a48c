"""Puts a survey together from what was written: its own entry, its modules and the shared choice lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mapper.definition.draft import Draft, Notes, Translated, Translations
from mapper.definition.fields import Fields
from mapper.definition.keys import CHOICES_FILE, INDICATORS_FILE, MODULE, MODULE_USE, SURVEY, TRANSLATIONS_FILE
from mapper.definition.model import Rule, Section, Survey
from mapper.definition.own_wording import settle_wording
from mapper.definition.raw import Keyed, Scalar, Value
from mapper.definition.read_indicators import read_indicators
from mapper.definition.read_items import Inherited, read_items, read_rules, read_text
from mapper.definition.read_lists import add_lists
from mapper.definition.report import did_you_mean
from mapper.definition.vocabulary import RECORDS, RESPONDENTS
from mapper.expression.nodes import And, references
from mapper.notice import Notice


@dataclass(frozen=True, slots=True)
class RawModule:
    """What the files of a module's folder hold; None where there is no such file or it cannot be read. `tables` are
    choice lists and reference tables by name, from files of comma-separated values."""

    module: Value | None
    choices: Value | None = None
    indicators: Value | None = None
    translations: Value | None = None
    tables: tuple[tuple[Scalar, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class RawSurvey:
    """Everything a survey is made of. A workbook gives `survey` alone, with its questions and choices inside."""

    survey: Keyed
    modules: Mapping[str, RawModule] = field(default_factory=dict)
    shared: tuple[Value, ...] = ()
    known_modules: tuple[str, ...] = ()


def assemble(raw: RawSurvey, notes: Notes) -> Draft:
    """The survey as far as it can be read."""
    for shared in raw.shared:
        _add_lists_of(shared, "", notes)
    notes.said_in[""] = _choices_of("", notes)
    fields = Fields(raw.survey, SURVEY, Notice("a questionnaire"), notes.report)
    subject = notes.meet("survey", fields.text("name"), fields.place)
    title = read_text("title", fields, subject, notes)
    add_lists(fields.entries("choices"), subject.name, notes)
    _add_translations(fields, notes, notes.own_wording)
    modules, before = _modules(fields, raw, notes), len(notes.texts)
    sections = [*modules, *_own_section(fields, title, notes)]
    read_indicators(fields.items("indicators"), "", Inherited(), notes)
    notes.said_in[""] |= {title, *_said_since(before, subject.name, notes)}
    settle_wording(notes)
    consent = read_rules(fields, ("consent",), subject, notes)["consent"]
    survey = Survey(
        name=subject.name,
        title=title,
        respondent=_one_of(fields.text("respondent"), RESPONDENTS, "auditor"),  # type: ignore[arg-type]
        sections=_with_consent(sections, consent),
        choices={name: written.choices for name, written in notes.lists.items()},
        indicators=tuple(indicator for indicator, _ in notes.indicators),
        languages=fields.words("languages") or ("en",),
        consent=consent,
        source=fields.text("source"),
        xlsform=fields.mapping("xlsform"),
        translations=_texts(notes.translations),
        own_wording=_texts(notes.own_wording),
        place=fields.place,
    )
    return Draft(survey, notes, fields)


def module_names(survey: Keyed) -> tuple[str, ...]:
    """The modules that a questionnaire asks for, however it writes them."""
    listed = survey.get("modules")
    entries = getattr(listed, "items", ())
    named = (entry.get("module") if isinstance(entry, Keyed) else entry for entry in entries)
    return tuple(name.text.strip() for name in named if isinstance(name, Scalar))


def _modules(fields: Fields, raw: RawSurvey, notes: Notes) -> list[Section]:
    sections: dict[str, Section] = {}
    for entry in fields.items("modules"):
        use = (
            Fields(entry, MODULE_USE, Notice("a module of the list"), notes.report)
            if isinstance(entry, Keyed)
            else None
        )
        name = use.scalar("module") if use else entry
        if not isinstance(name, Scalar):
            message = Notice("A module's name is expected here.")
            notes.report.add("wrong_shape", entry.place, message, Notice("Write - costs, say."))
        elif name.text in sections:
            message = Notice("The module '%(name)s' is already in this list.", name=name.text)
            notes.report.add("duplicate_module", name, message, Notice("Remove one of the two."))
        elif section := _module(name, raw, use, notes):
            sections[name.text] = section
    return list(sections.values())


def _module(name: Scalar, raw: RawSurvey, use: Fields | None, notes: Notes) -> Section | None:
    written = raw.modules.get(name.text)
    if written is None:
        remedy = did_you_mean(name.text, raw.known_modules, Notice("Make a folder of that name in surveys/modules/."))
        notes.report.add("unknown_module", name, Notice("There is no module '%(name)s'.", name=name.text), remedy)
        return None
    if not isinstance(written.module, Keyed):
        _say_not_keyed(written.module, Notice("A module"), notes)
        return None
    _add_lists_of(written.choices, name.text, notes)
    add_lists(written.tables, name.text, notes)
    _add_translations_of(written.translations, name.text, notes)
    before = len(notes.texts)
    fields = Fields(written.module, MODULE, Notice("a module"), notes.report)
    if fields.text("name") not in ("", name.text):
        message = Notice(
            "The module is called '%(name)s', its folder '%(folder)s'.", name=fields.text("name"), folder=name.text
        )
        notes.report.add("name_mismatch", fields.place_of("name"), message, Notice("Give both the same name."))
    section = _section(name.text, fields, use, notes)
    _add_indicators_of(written.indicators, name.text, Inherited().overridden_by(fields), notes)
    notes.said_in[name.text] = _said_since(before, name.text, notes)
    return section


def _section(name: str, fields: Fields, use: Fields | None, notes: Notes) -> Section:
    subject = notes.meet("section", name, fields.place)
    label = read_text("label", fields, subject, notes)
    own = read_rules(fields, ("relevant",), subject, notes)["relevant"]
    here = read_rules(use, ("relevant",), subject, notes)["relevant"] if use else None
    return Section(
        name=name,
        label=label,
        children=read_items(fields.items("questions"), Inherited().overridden_by(fields), notes),
        relevant=both(here, own),
        record=_one_of(fields.text("record"), RECORDS, "answers"),  # type: ignore[arg-type]
        place=fields.place,
    )


def _own_section(fields: Fields, title: str, notes: Notes) -> list[Section]:
    """The questionnaire's own questions, as a section named after it."""
    if "questions" not in fields:
        return []
    children = read_items(fields.items("questions"), Inherited(), notes)
    return [Section(name=fields.text("name"), label=title, children=children, place=fields.place_of("questions"))]


def _with_consent(sections: list[Section], consent: Rule | None) -> tuple[Section, ...]:
    """Every section after the one that asks for consent carries it, except those that only the auditor fills."""
    if consent is None:
        return tuple(sections)
    asked = references(consent.tree)
    holding = [number for number, section in enumerate(sections) if asked & _names(section)]
    last = max(holding, default=len(sections))
    return tuple(
        replace(section, relevant=both(consent, section.relevant))
        if number > last and section.record == "answers"
        else section
        for number, section in enumerate(sections)
    )


def both(one: Rule | None, other: Rule | None) -> Rule | None:
    """The rule that holds when both do."""
    if one is None or other is None:
        return one or other
    return Rule(f"({one.text}) and ({other.text})", And(one.tree, other.tree), other.place)


def _names(section: Section) -> set[str]:
    waiting, found = list(section.children), set()
    while waiting:
        item = waiting.pop()
        found.add(item.name)
        waiting.extend(getattr(item, "children", ()))
    return found


def _said_since(before: int, owner: str, notes: Notes) -> set[str]:
    return {use.text for use in notes.texts[before:]} | _choices_of(owner, notes)


def _choices_of(owner: str, notes: Notes) -> set[str]:
    return {one.label for listed in notes.lists.values() if listed.owner == owner for one in listed.choices}


def _add_lists_of(file: Value | None, owner: str, notes: Notes) -> None:
    if isinstance(file, Keyed):
        add_lists(
            Fields(file, CHOICES_FILE, Notice("a file of choices"), notes.report).entries("choices"), owner, notes
        )
    else:
        _say_not_keyed(file, Notice("A file of choices"), notes)


def _add_translations_of(value: Value | None, module: str, notes: Notes) -> None:
    """Of two modules that translate one sentence the first is heard."""
    if not isinstance(value, Keyed):
        _say_not_keyed(value, Notice("A file of translations"), notes)
        return
    fields = Fields(value, TRANSLATIONS_FILE, Notice("a file of translations"), notes.report)
    _add_translations(fields, notes, notes.wording_of.setdefault(module, {}))


def _add_translations(fields: Fields, notes: Notes, own_wording: Translations) -> None:
    for key, into in (("translations", notes.translations), ("own_wording", own_wording)):
        for code, said in fields.entries(key):
            for english, translation in said.entries if isinstance(said, Keyed) else ():
                if isinstance(translation, Scalar) and translation.text.strip():
                    into.setdefault(code.text, {}).setdefault(english.text, Translated(english, translation))


def _texts(translations: Translations) -> dict[str, dict[str, str]]:
    return {code: {text: one.said.text.strip() for text, one in said.items()} for code, said in translations.items()}


def _add_indicators_of(file: Value | None, module: str, around: Inherited, notes: Notes) -> None:
    if isinstance(file, Keyed):
        listed = Fields(file, INDICATORS_FILE, Notice("a file of indicators"), notes.report)
        read_indicators(listed.items("indicators"), module, around, notes)
    else:
        _say_not_keyed(file, Notice("A file of indicators"), notes)


def _say_not_keyed(file: Value | None, what: Notice, notes: Notes) -> None:
    """A file that cannot be read at all has been reported already."""
    if file is not None:
        message = Notice("%(what)s holds %(kind)s.", what=what, kind=file.kind)
        remedy = Notice("Write keys with values, each on a line of its own.")
        notes.report.add("wrong_shape", file.place, message, remedy)


def _one_of(word: str, known: Mapping[str, str], otherwise: str) -> str:
    return word if word in known else otherwise
