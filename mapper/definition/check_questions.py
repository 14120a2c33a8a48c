"""Checks of single questions: type, list, words, currency."""

from collections.abc import Iterator
from functools import cache

from mapper.definition.check_comparisons import is_date, is_number
from mapper.definition.draft import Written
from mapper.definition.model import Group, Question, Repeat
from mapper.definition.report import did_you_mean
from mapper.definition.scope import Scope, type_of
from mapper.definition.types import ALIASES, CONTAINERS, TYPES

_ONLY_FOR = {  # key → types it does something for
    "currency": frozenset({"money"}),
    "period": frozenset({"money"}),
    "choice_filter": frozenset(name for name, kind in TYPES.items() if kind.has_list),
    "required": frozenset(TYPES) - {"note", "calculate", "hidden", "today", "start", "end"},
    "constraint": frozenset(TYPES) - {"note", "hidden", "today", "start", "end"},
    "urgent": frozenset(TYPES) - {"note"},
}


def known_types(scope: Scope) -> None:
    for written, question in _questions(scope):
        if question.type not in TYPES and (scalar := written.scalars.get("type")):
            remedy = f"Types are {', '.join((*TYPES, *CONTAINERS))}."
            if question.type.startswith(("begin", "end_")):
                remedy = "Write type: group or type: repeat, with the questions inside it under questions:."
            else:
                remedy = did_you_mean(question.type, (*TYPES, *CONTAINERS, *ALIASES), remedy)
            scope.report.add("unknown_type", scalar, f"There is no type '{question.type}'.", remedy)


def lists_of_selects(scope: Scope) -> None:
    for written, question in _questions(scope):
        kind, scalar = type_of(question), written.scalars.get("type")
        if scalar is None or question.type not in TYPES:
            continue
        if not kind.has_list and question.list_name:
            message = f"'{question.list_name}' stands after {question.type}, which has no choices."
            remedy = f"Write type: {question.type}, or a select_one of that list."
            scope.report.add("unexpected_list", scalar, message, remedy)
        elif kind.has_list and not question.list_name:
            message, remedy = f"{question.type} needs a choice list.", f"Write type: {question.type} yes_no, say."
            scope.report.add("missing_choice_list", scalar, message, remedy)
        elif kind.has_list and question.list_name not in scope.survey.choices:
            remedy = did_you_mean(str(question.list_name), scope.survey.choices, "Define it under choices:.")
            message = f"There is no choice list '{question.list_name}'."
            scope.report.add("missing_choice_list", scalar, message, remedy)


def shown_questions_have_words(scope: Scope) -> None:
    for written, question in _questions(scope):
        if type_of(question).is_shown and not ({"label", "media"} & written.keys):
            message, remedy = f"{_called(question)} has no words.", "Add label: with what is asked or said."
            scope.report.add("missing_label", written.subject.place, message, remedy)


def calculations_are_there(scope: Scope) -> None:
    for written, question in _questions(scope):
        if question.type == "calculate" and "calculation" not in written.keys:
            message, remedy = f"{_called(question)} calculates nothing.", "Add calculation: with a rule."
            scope.report.add("missing_calculation", written.subject.place, message, remedy)


def money_has_a_currency(scope: Scope) -> None:
    for written, question in _questions(scope):
        if question.type == "money" and "currency" not in written.keys:
            message = f"The money question '{question.name}' has no currency."
            remedy = "Add currency: with codes such as [NPR, QAR], or with the name of a choice list."
            scope.report.add("missing_currency", written.subject.place, message, remedy)


def currencies_exist(scope: Scope) -> None:
    for written, question in _questions(scope):
        if question.type != "money":
            continue
        words = written.currencies
        if len(words) == 1 and (listed := scope.notes.lists.get(words[0].text.strip())):
            for choice in listed.choices:
                if choice.name and choice.name not in _currencies():
                    message = f"'{choice.name}' is not the code of a currency."
                    remedy = f"Use ISO 4217 codes such as NPR: '{question.name}' takes its currencies from this list."
                    scope.report.add("unknown_currency", choice.place or words[0], message, remedy)
            continue
        for word in words:
            if (code := word.text.strip()) not in _currencies():
                remedy = "Use ISO 4217 codes such as NPR, or the name of a choice list."
                if code.upper() in _currencies():
                    remedy = f"Write {code.upper()}."
                scope.report.add("unknown_currency", word, f"There is no currency or list '{code}'.", remedy)


def defaults_fit(scope: Scope) -> None:
    for written, question in _questions(scope):
        default = written.scalars.get("default")
        if default and not _fits(question, default.text.strip(), scope):
            message = f"'{default.text}' cannot be the answer to a question of type {question.type}."
            remedy = "Write a possible answer, or use type calculate with a calculation."
            scope.report.add("unfit_default", default, message, remedy)


def _fits(question: Question, default: str, scope: Scope) -> bool:
    kind = type_of(question)
    if kind.has_list and (choices := scope.survey.choices.get(question.list_name or "")):
        words = [default] if question.type == "select_one" else default.split()
        return {choice.name for choice in choices}.issuperset(words)
    return is_number(default) if kind.answer == "number" else kind.answer != "date" or is_date(default)


def keys_do_something(scope: Scope) -> None:
    for written, question in _questions(scope):
        for key in sorted(written.keys & _ONLY_FOR.keys()):
            if question.type in TYPES and question.type not in _ONLY_FOR[key]:
                message, remedy = f"'{key}' does nothing for type {question.type}.", "Remove it."
                scope.report.add("pointless_key", written.subject.place, message, remedy)


def something_is_asked(scope: Scope) -> None:
    if not scope.survey.sections and not scope.draft.fields.items("modules"):
        message, remedy = "The questionnaire asks nothing.", "Add modules: or questions:."
        scope.report.add("empty_survey", scope.draft.fields.place, message, remedy)
    empty = [(section.name, section.place) for section in scope.survey.sections if not section.children]
    items = [written.item for written in scope.notes.items]
    empty += [(item.name, item.place) for item in items if isinstance(item, Group | Repeat) and not item.children]
    for name, place in empty:
        if place:
            scope.report.add("empty_survey", place, f"'{name}' holds no question.", "Add one, or remove it.")


def _questions(scope: Scope) -> Iterator[tuple[Written, Question]]:
    for written in scope.notes.items:
        if isinstance(written.item, Question):
            yield written, written.item


def _called(question: Question) -> str:
    return f"The question '{question.name}'"


@cache
def _currencies() -> frozenset[str]:
    from babel.core import get_global  # only where money is asked about

    return frozenset(get_global("all_currencies"))
