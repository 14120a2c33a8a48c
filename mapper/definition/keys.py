"""The keys of every kind of entry in a definition: one table each, from which reading, checking, extraction of
texts and the reference page all follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from mapper.definition import vocabulary
from mapper.notice import Notice

Shape = Literal["text", "label", "rule", "flag", "flag_or_rule", "names", "texts", "entries", "settings", "list"]
Audience = Literal["respondent", "auditor", "reader"]


@dataclass(frozen=True, slots=True)
class Key:
    """`label` shapes are texts for people, to be translated; `audience` says for whom. `words` closes the values."""

    shape: Shape
    about: str
    needed: bool = False
    audience: Audience | None = None
    words: Mapping[str, str] | None = None


Keys: TypeAlias = Mapping[str, Key]

_MAP: Keys = {
    "stage": Key("text", "Stage of the journey, a code of the list below.", words=vocabulary.STAGES),
    "actor": Key("names", "One or more actors of the labour supply chain.", words=vocabulary.ACTORS),
    "source": Key("text", "Where this comes from: publication, year, paragraph."),
}
_XLSFORM = Key("entries", "Columns of an XLSForm workbook that do nothing here; they are kept and go out again.")
_ITEM: Keys = {
    "name": Key("text", Notice("Name in rules and data; unique in the survey."), needed=True),
    "label": Key("label", "What is asked or said. `${name}` shows an earlier answer.", audience="respondent"),
    "hint": Key("label", "A help for answering, shown or read with the question.", audience="respondent"),
    "relevant": Key("rule", "Asked only where this is true."),
    "appearance": Key("text", "How it looks, as in XLSForm; several words apart by spaces."),
    "topic": Key("text", "Pairs the same matter across questionnaires."),
    **_MAP,
    "xlsform": _XLSFORM,
}
_TYPE: Keys = {
    "type": Key("text", Notice("Type of question, followed by the list's name where it has choices."), needed=True)
}
_QUESTIONS: Keys = {"questions": Key("list", Notice("Questions, groups and repeats, in order."), needed=True)}

QUESTION: Keys = {
    **_TYPE,
    **_ITEM,
    "guidance_hint": Key("label", "For the auditor: how to ask.", audience="auditor"),
    "required": Key("flag_or_rule", "Whether it must be answered; `yes`, `no` or a rule."),
    "required_message": Key("label", "Shown when it was left out.", audience="respondent"),
    "constraint": Key("rule", "Must be true of the answer, which is `.` here. Not asked of a blank answer."),
    "constraint_message": Key("label", "Shown when the constraint is false.", audience="respondent"),
    "calculation": Key("rule", "Gives the value."),
    "choice_filter": Key("rule", "Offers a choice only where this is true; names without ${ } are columns."),
    "default": Key("text", "Answer that stands there at the beginning."),
    "read_only": Key("flag", "Shown, not asked."),
    "media": Key(
        "entries",
        "Names of files by kind: `image`, `audio`, `video`, `audio::ne` for one language. For XLSForm; not shown here.",
    ),
    "parameters": Key("settings", "Parameters of the type, for example `start`, `end` and `step` of a range."),
    "sensitive": Key("flag", "Asks about harm; needs privacy and may always be skipped."),
    "urgent": Key("flag_or_rule", "Opens the safety protocol when answered so; `yes` for any answer, or a rule."),
    "currency": Key("names", "For money: currency codes, the first being the default, or the name of a choice list."),
    "period": Key("text", "For money: the span that the amount is for.", words=vocabulary.PERIODS),
}
GROUP: Keys = {**_TYPE, **_ITEM, **_QUESTIONS}
REPEAT: Keys = {**GROUP, "repeat_count": Key("rule", "How many rows there are; without it the respondent adds rows.")}

CHOICE: Keys = {
    "name": Key("text", Notice("Value in rules and data; unique in its list."), needed=True),
    "label": Key("label", Notice("What the respondent hears."), needed=True, audience="respondent"),
    "missing": Key("text", "The choice says that nothing is known.", words=vocabulary.MISSING),
    "media": Key(
        "entries",
        "Names of files by kind: `image`, `audio`, `video`, `audio::ne` for one language. For XLSForm; not shown here.",
    ),
}
INDICATOR: Keys = {
    "name": Key("text", Notice("Name in tables and data; unique in the survey."), needed=True),
    "label": Key("label", Notice("The statement, about one respondent."), needed=True, audience="reader"),
    "rule": Key("rule", Notice("When the statement is true. What is not known stays unknown."), needed=True),
    "stage": Key("text", "Stage of the journey; needed here or in the module.", words=vocabulary.STAGES),
    "actor": Key("names", "Actors of the labour supply chain; needed here or in the module.", words=vocabulary.ACTORS),
    "source": Key("text", "Where the rule comes from: publication, year, paragraph. Needed, and never inherited."),
    "kind": Key("text", "What it is evidence of.", words=vocabulary.KINDS),
    "side": Key("text", "Side of the definition of forced labour, where it has one.", words=vocabulary.SIDES),
    "strong": Key("flag", "Weighs as strong among the involuntary circumstances."),
    "sets": Key("entries", "Indicator sets it belongs to, each with its code there."),
    "dimension": Key("text", "Dimension, for sets that have them.", words=vocabulary.DIMENSIONS),
    "strength": Key("text", "Strength, for sets that grade.", words=vocabulary.STRENGTHS),
    "ilo11": Key("names", "Which of the ILO's eleven indicators it is a sign of.", words=vocabulary.ILO11),
    "modes": Key("entries", "For a penalty, a rule for each way in which it reached the worker."),
    "counts_as": Key("entries", "What a kind of missing answer counts as, where not unknown."),
    "topic": Key("text", "Pairs the same matter across questionnaires."),
    "sensitive": Key("flag", "Concerns harm."),
    "status": Key("text", "How sure the source is.", words=vocabulary.STATUSES),
    "adapted": Key("text", "Why its label or rule differs from that of another questionnaire and means the same."),
    "table": Key(
        "label",
        "Title of a table of its own in the summary; indicators with the same title stand in it together.",
        audience="reader",
    ),
}

SURVEY: Keys = {
    "name": Key("text", Notice("Name, the same as the file's."), needed=True),
    "title": Key("label", Notice("Title for people."), needed=True, audience="auditor"),
    "respondent": Key("text", Notice("Who answers."), needed=True, words=vocabulary.RESPONDENTS),
    "languages": Key("texts", "Languages it is offered in; the texts themselves are English."),
    "source": Key("text", "Where the questionnaire comes from."),
    "consent": Key("rule", "True when the interview is valid; later modules are asked only then."),
    "modules": Key("list", "Names of modules, in order; or `module` and `relevant`."),
    "choices": Key("entries", "Choice lists of this questionnaire alone."),
    "questions": Key("list", "Questions that belong to no module; they follow the modules."),
    "indicators": Key("list", "Indicators that belong to no module."),
    "translations": Key("entries", "Translations by language code and English text."),
    "own_wording": Key("entries", "The same, heard even where the study's catalogues translate a text otherwise."),
    "xlsform": _XLSFORM,
}
MODULE_USE: Keys = {
    "module": Key("text", Notice("Name of the module."), needed=True),
    "relevant": Key("rule", "The module is asked only where this is true."),
}
MODULE: Keys = {
    "name": Key("text", Notice("Name, the same as the folder's."), needed=True),
    "label": Key("label", Notice("Heading."), needed=True, audience="respondent"),
    "record": Key("text", "Where the answers are kept; `answers` unless said.", words=vocabulary.RECORDS),
    "relevant": Key("rule", "The module is asked only where this is true."),
    **_MAP,
    **_QUESTIONS,
}
CHOICES_FILE: Keys = {"choices": Key("entries", Notice("Choice lists by name."), needed=True)}
INDICATORS_FILE: Keys = {"indicators": Key("list", Notice("Indicators, in order."), needed=True)}
TRANSLATIONS_FILE: Keys = {
    "translations": Key(
        "entries", Notice("Language codes, and under each English texts with their translation."), needed=True
    ),
    "own_wording": Key("entries", "The same, heard even where the study's catalogues translate a text otherwise."),
}

TRANSLATED = frozenset(
    name for keys in (QUESTION, CHOICE, INDICATOR, SURVEY, MODULE) for name, key in keys.items() if key.shape == "label"
)
