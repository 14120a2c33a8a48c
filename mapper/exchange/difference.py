"""What changed between two versions of a questionnaire, and what follows for data and translations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from mapper.definition.clashes import weighing
from mapper.definition.messages import messages
from mapper.definition.model import Choice, Group, Indicator, Question, Repeat, Rule, Survey
from mapper.exchange.data_out_questions import QuestionFacts, Say, Spoken, facts
from mapper.language.catalogue import translator_of
from mapper.language.profile import SOURCE_LANGUAGE, Profile, languages, profile

TEXTS = ("label", "hint", "guidance_hint", "required_message", "constraint_message")
RULES = ("required", "constraint", "calculation", "choice_filter", "urgent")
Heard = tuple[str, str, str, str]  # language, English, what is heard for it before and after
SAID_OTHERWISE = {"name", "relevant", "list_name", "place"}  # of a question: asked_when and its choices say the rest
FACTS = tuple(sorted({one.name for one in fields(Question)} - {*TEXTS, *RULES, *SAID_OTHERWISE}))
WEIGHED = ("ilo11", "sets", "dimension", "strength", "strong", "modes")  # of an indicator, told as its set
OF_INDICATOR = tuple(
    one.name for one in fields(Indicator) if one.name not in {"name", "rule", "module", "place", *WEIGHED}
)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: `what` was it (wording, asked_when, choice_removed, …), in words before and after; ""
    where it was or is not there. `follows` names the consequence for whoever compares figures over time."""

    what: str
    before: str = ""
    after: str = ""
    follows: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A question or an indicator with what changed of it; `kind` is added, removed or changed."""

    kind: str
    name: str
    label: str
    section: str
    changes: tuple[Change, ...] = ()

    @property
    def follows(self) -> tuple[str, ...]:
        """Every consequence once, the gravest first."""
        found = {change.follows for change in self.changes} | {"new" if self.kind == "added" else ""}
        return tuple(each for each in FOLLOWS if each in found | ({"gone"} if self.kind == "removed" else set()))


@dataclass(frozen=True, slots=True)
class Untranslated:
    """How many of the new version's texts are heard in English in a language, and which of them stand in this version
    for the first time."""

    profile: Profile
    texts: int
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """`about` are changes of the questionnaire itself; `order` says whether questions that stayed changed places."""

    before: Survey | None
    after: Survey
    about: tuple[Change, ...]
    questions: tuple[Changed, ...]
    indicators: tuple[Changed, ...]
    order: bool
    untranslated: tuple[Untranslated, ...]

    @property
    def is_none(self) -> bool:
        return not (self.about or self.questions or self.indicators or self.order)


FOLLOWS = ("break", "people", "compare", "gone", "new", "")


def difference(before: Survey | None, after: Survey, translate: Say = str) -> Difference:
    """Everything that differs, in document order, what is gone last. Rules are in words, `translate` puts their phrases
    into the reader's language. `before` None: everything is new."""
    earlier = before or _nothing(after)
    heard = tuple(_heard_otherwise(earlier, after))
    return Difference(
        before=before,
        after=after,
        about=(*_about(before, after), *_headings(before, after), *_of_wording(_headed(after), heard))
        if before
        else (),
        questions=tuple(_questions(earlier, after, heard, translate)),
        indicators=tuple(_indicators(earlier, after, translate)),
        order=_moved(list(earlier.questions), list(after.questions)),
        untranslated=tuple(_untranslated(before, after)),
    )


def _nothing(like: Survey) -> Survey:
    return Survey(name=like.name, title="", respondent=like.respondent, sections=(), choices={})


def _about(before: Survey, after: Survey) -> Iterator[Change]:
    yield from _texts("title", before.title, after.title)
    yield from _texts("respondent", before.respondent, after.respondent, "people")
    yield from _texts("languages", ", ".join(before.languages), ", ".join(after.languages))
    gone = [section.label for section in before.sections if section.name not in after.modules]
    new = [section.label for section in after.sections if section.name not in before.modules]
    yield from (Change("module_removed", label) for label in gone)
    yield from (Change("module_added", "", label) for label in new)


def _texts(what: str, before: str, after: str, follows: str = "") -> Iterator[Change]:
    if before != after:
        yield Change(what, before, after, follows)


def _headings(before: Survey, after: Survey) -> Iterator[Change]:
    """Headings of groups in which some question stayed; those of sections are told with their questions."""
    old = _groups(before)
    for name, group in _groups(after).items():
        for key in ("label", "hint") if name in old else ():
            yield from _texts("group", getattr(old[name], key), getattr(group, key), "compare")


def _groups(survey: Survey) -> dict[str, Group | Repeat]:
    return {item.name: item for around in survey.ancestors.values() for item in around}


def _headed(survey: Survey) -> dict[str, str]:
    """What stands above questions, by its text."""
    groups = {text: "group" for item in _groups(survey).values() for text in (item.label, item.hint)}
    return {**groups, **{section.label: "section" for section in survey.sections}, survey.title: "title"}


def _questions(before: Survey, after: Survey, heard: tuple[Heard, ...], translate: Say) -> Iterator[Changed]:
    old = {one.question.name: one for one in facts(before, translate=translate)}
    new = {one.question.name: one for one in facts(after, translate=translate)}
    speech = Spoken(before, translate=translate), Spoken(after, translate=translate)
    for name, one in new.items():
        if name not in old:
            yield Changed("added", name, one.question.label, one.section.label)
            continue
        worded = _of_wording(_heard_of(one.question, after), heard) if heard else ()
        if changes := (*_of_question(old[name], one, speech), *worded):
            yield Changed("changed", name, one.question.label, one.section.label, changes)
    for name, one in old.items():
        if name not in new:
            yield Changed("removed", name, one.question.label, one.section.label)


def _heard_otherwise(before: Survey, after: Survey) -> Iterator[Heard]:
    """Where only the translation is another."""
    for code in after.languages:
        if code != SOURCE_LANGUAGE and code in before.languages and code in languages():
            old, new = translator_of(before, code), translator_of(after, code)
            for text in {**old.brought, **old.own, **new.brought, **new.own}:
                if old.text_neutral(text) != new.text_neutral(text) or old.variants(text) != new.variants(text):
                    yield code, text, old.text_neutral(text), new.text_neutral(text)


def _heard_of(question: Question, survey: Survey) -> dict[str, str]:
    said = {getattr(question, key): key for key in TEXTS}
    return {choice.label: "choice_reworded" for choice in survey.choices_of(question)} | said


def _of_wording(said: Mapping[str, str], heard: tuple[Heard, ...]) -> Iterator[Change]:
    """`said` is what each text is: a title, a label, …"""
    for code, text, old, new in heard:
        if text in said:
            yield Change(said[text], f"{profile(code).name}: {old}", f"{profile(code).name}: {new}", "compare")


def _of_question(old: QuestionFacts, new: QuestionFacts, speech: tuple[Spoken, Spoken]) -> Iterator[Change]:
    before, after = old.question, new.question
    for key in TEXTS:
        yield from _texts(key, getattr(before, key), getattr(after, key), "compare" if key in ("label", "hint") else "")
    for key in FACTS:
        follows = "break" if key in ("type", "currencies", "period") else ""
        yield from _texts(key, _plain(getattr(before, key)), _plain(getattr(after, key)), follows)
    yield from _texts("asked_when", "; ".join(old.asked_when), "; ".join(new.asked_when), "people")
    for key in RULES:
        follows = "break" if key == "calculation" else "compare" if key == "choice_filter" else ""
        yield from _texts(key, _said(getattr(before, key), speech[0]), _said(getattr(after, key), speech[1]), follows)
    yield from _texts("section", old.section.label, new.section.label)
    yield from _texts("group", _home(old), _home(new), "break")
    yield from _choices(before, after, speech)


def _choices(before: Question, after: Question, speech: tuple[Spoken, Spoken]) -> Iterator[Change]:
    old, new = (
        {choice.name: choice for choice in each.survey.choices_of(question)}
        for each, question in zip(speech, (before, after), strict=True)
    )
    for name, choice in new.items():
        if name not in old:
            yield Change("choice_added", "", _choice(choice), "compare")
        elif old[name].label != choice.label:
            yield Change("choice_reworded", _choice(old[name]), _choice(choice), "compare")
        elif old[name].missing != choice.missing:
            yield Change("choice_missing", old[name].missing or "", choice.missing or "", "break")
    gone = (choice for name, choice in old.items() if name not in new)
    yield from (Change("choice_removed", _choice(choice), "", "break") for choice in gone)


def _choice(choice: Choice) -> str:
    return f"{choice.label} ({choice.name})"


def _home(one: QuestionFacts) -> str:
    return " / ".join(item.name for item in one.around)


def _plain(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(value)
        case Mapping():
            return ", ".join(f"{key}={each}" for key, each in value.items())
    return str(value or "")


def _said(rule: Rule | None, speech: Spoken) -> str:
    return speech.words(rule.tree) if rule else ""


def _indicators(before: Survey, after: Survey, translate: Say) -> Iterator[Changed]:
    old, new = ({one.name: one for one in survey.indicators} for survey in (before, after))
    speech = Spoken(before, translate=translate), Spoken(after, translate=translate)
    labels = {section.name: section.label for section in after.sections}
    for name, one in new.items():
        module = labels.get(one.module, one.module)
        if name not in old:
            yield Changed("added", name, one.label, module, tuple(_texts("adapted", "", one.adapted)))
        elif changes := tuple(_of_indicator(old[name], one, speech)):
            yield Changed("changed", name, one.label, module, changes)
    for name, one in old.items():
        if name not in new:
            section = next((each.label for each in before.sections if each.name == one.module), one.module)
            yield Changed("removed", name, one.label, section)


def _of_indicator(old: Indicator, new: Indicator, speech: tuple[Spoken, Spoken]) -> Iterator[Change]:
    yield from _texts("rule", speech[0].words(old.rule.tree), speech[1].words(new.rule.tree), "break")
    for key in OF_INDICATOR:
        follows = "break" if key in ("side", "counts_as") else ""
        yield from _texts(key, _plain(getattr(old, key)), _plain(getattr(new, key)), follows)
    before, after = weighing(old), weighing(new)
    for key in WEIGHED:
        if before[key] != after[key]:
            yield Change("sets", f"{key}: {before[key] or '–'}", f"{key}: {after[key] or '–'}", "break")


def _moved(old: list[str], new: list[str]) -> bool:
    return [name for name in old if name in new] != [name for name in new if name in old]


def _untranslated(before: Survey | None, after: Survey) -> Iterator[Untranslated]:
    heard = {one.text for one in messages(after) if one.audience != "reader"}
    known = {one.text for one in messages(before)} if before else set()
    for code in after.languages:
        if code != SOURCE_LANGUAGE and code in languages():
            spoken = translator_of(after, code)
            lacking = {text for text in heard if not spoken.has("surveys", text)}
            new = tuple(text for text in dict.fromkeys(one.text for one in messages(after)) if text in lacking - known)
            yield Untranslated(profile(code), len(lacking), new)
