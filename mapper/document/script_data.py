"""What the script in the browser must know of a questionnaire: items, rules as trees, lists, unfinished texts.

Keys with nothing to say are left out; the document is sent over slow networks.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from mapper.definition.model import Choice, Group, Question, Repeat, Rule, Survey
from mapper.document.locale_data import locale_data
from mapper.document.page import SILENT, is_long, is_one_screen
from mapper.document.wording import Text, Wording
from mapper.expression.nodes import Call, Node, references, walk
from mapper.expression.nodes import Text as Literal
from mapper.expression.script import script
from mapper.interview.columns import columns_of, mark_columns

GENDER = "gender"  # the question whose answer chooses among wordings, in every questionnaire that has one
SPEAK_OF_OTHERS = ("family",)  # they are asked the gender of the person who went abroad, not their own
MONEY_PARTS = ("_currency", "_period")
LIVE_RULES = (
    "relevant",
    "calculation",
    "repeat_count",
    "choice_filter",
)  # what is worked out again when an answer changes
Json = dict[str, Any]


def script_data(survey: Survey, wording: Wording) -> Json:
    """The questionnaire for `static/interview/definition.js`."""
    profile = wording.translator.profile
    return {
        "survey": survey.name,
        "version": survey.version,
        "catalogue": wording.translator.version,
        "language": profile.code,
        "direction": profile.direction,
        "locale": locale_data(profile),
        "gender": GENDER if GENDER in survey.questions and survey.respondent not in SPEAK_OF_OTHERS else None,
        "consent": _tree(survey.consent),
        "sections": [_stated(name=s.name, record=s.record, relevant=_tree(s.relevant)) for s in survey.sections],
        "items": [item for index, _ in enumerate(survey.sections) for item in _items(survey, index, wording)],
        "lists": _lists(survey, wording),
        "watchers": _watchers(survey),
        "texts": [[neutral, variants] if variants else [neutral] for neutral, variants in wording.forms],
    }


def _stated(**values: object) -> Json:
    return {key: value for key, value in values.items() if value not in (None, "", (), [], {}) and value is not False}


def _tree(rule: Rule | None) -> Any:
    return script(rule.tree) if rule else None


def _text(text: Text) -> str | int | None:
    """The number under which the script finds its forms, else the text itself."""
    return text.key if text.key is not None else text.plain or None


def _items(survey: Survey, section: int, wording: Wording) -> Iterator[Json]:
    def below(items: tuple[Question | Group | Repeat, ...], within: str | None, together: bool) -> Iterator[Json]:
        for item in items:
            common = {"name": item.name, "section": section, "within": within, "relevant": _tree(item.relevant)}
            if isinstance(item, Question):
                yield _stated(
                    **common, kind="question", screen=_is_screen(item, together), **_question(item, survey, wording)
                )
                continue
            one = is_one_screen(item)
            screen = isinstance(item, Repeat) or (one and not together)
            count = _tree(item.repeat_count) if isinstance(item, Repeat) else None
            kind = "repeat" if isinstance(item, Repeat) else "group"
            yield _stated(**common, kind=kind, screen=screen, together=one, count=count)
            yield from below(item.children, item.name, together or one)

    found = below(survey.sections[section].children, None, False)
    return ({"section": section, **item} for item in found)  # section 0 is stated too


def _is_screen(question: Question, together: bool) -> bool:
    return not together and question.type not in SILENT


def _question(question: Question, survey: Survey, wording: Wording) -> Json:
    return {
        "type": question.type,
        "list": question.list_name,
        "required": _tree(question.required),
        "required_message": _text(wording.say(question.required_message)),
        "constraint": _tree(question.constraint),
        "constraint_message": _text(wording.say(question.constraint_message)),
        "calculation": _tree(question.calculation),
        "filter": _filter(question, survey),
        "urgent": _tree(question.urgent),
        "default": question.default,
        "silent": not question.is_answerable,
        "currencies": list(question.currencies),
        "period": question.period,
        "appearance": [name for name in question.appearance if name in ("year", "month-year")],
        "parameters": dict(question.parameters) if question.type == "range" else None,
    }


def _filter(question: Question, survey: Survey) -> Any:
    """The tree of a choice filter, in which the columns of the list carry names that no question has."""
    if not question.choice_filter:
        return None
    return script(mark_columns(question.choice_filter.tree, columns_of(survey.choices_of(question))))


def _choice(choice: Choice, wording: Wording, with_label: bool) -> Json:
    label = _text(wording.say(choice.label)) if with_label else None
    return _stated(name=choice.name, label=label, missing=choice.missing, columns=dict(choice.filters))


def _lists(survey: Survey, wording: Wording) -> Json:
    """Every list that is shown or looked up, with labels where the script cannot read them off the page."""
    looked_up = _looked_up(survey)
    long = {name for name, question in _with_list(survey) if is_long(question, survey.choices_of(question))}
    used = (looked_up | {name for name, _ in _with_list(survey)}) & set(survey.choices)
    drawn = looked_up | long
    return {name: [_choice(choice, wording, name in drawn) for choice in survey.choices[name]] for name in sorted(used)}


def _with_list(survey: Survey) -> Iterator[tuple[str, Question]]:
    return ((question.list_name, question) for question in survey.questions.values() if question.list_name)


def _looked_up(survey: Survey) -> set[str]:
    trees = (node for tree in _all_trees(survey) for node in walk(tree))
    calls = (node for node in trees if isinstance(node, Call) and node.name == "pulldata")
    return {first.value for call in calls if isinstance(first := call.arguments[0], Literal)}


def _all_trees(survey: Survey) -> Iterator[Node]:
    names = (*LIVE_RULES, "required", "constraint", "urgent")
    rules = (getattr(item, name, None) for item in (*survey.items(), *survey.sections) for name in names)
    return (rule.tree for rule in rules if rule)


def _watchers(survey: Survey) -> Mapping[str, list[str]]:
    """Question → the items (and `section:name`) that have to be worked out again when its answer changes."""
    watchers: dict[str, list[str]] = defaultdict(list)
    for section in survey.sections:
        for name in _looks_at(survey, section.relevant):
            watchers[name].append(f"section:{section.name}")
    for item in survey.items():
        for name in _looks_at(survey, *(getattr(item, rule, None) for rule in LIVE_RULES)):
            watchers[name].append(item.name)
    return watchers


def _looks_at(survey: Survey, *rules: Rule | None) -> set[str]:
    named = {name for rule in rules if rule for name in references(rule.tree)}
    return {_question_of(survey, name) for name in named}


def _question_of(survey: Survey, name: str) -> str:
    """`fee_currency` is a part of the money question `fee`, unless there is a question of that name."""
    if name in survey.questions:
        return name
    bases = (name.removesuffix(part) for part in MONEY_PARTS if name.endswith(part))
    return next((base for base in bases if base in survey.questions), name)
