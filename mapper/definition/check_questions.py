"""Checks of single questions: type, list, words, currency."""

from functools import cache

from mapper.definition.check_comparisons import is_date, is_number
from mapper.definition.model import Group, Question, Repeat
from mapper.definition.report import did_you_mean
from mapper.definition.scope import Scope, type_of
from mapper.definition.types import ALIASES, CONTAINERS, TYPES
from mapper.notice import Notice

_ONLY_FOR = {  # key → types it does something for
    "currency": frozenset({"money"}),
    "period": frozenset({"money"}),
    "choice_filter": frozenset(name for name, kind in TYPES.items() if kind.has_list),
    "required": frozenset(TYPES) - {"note", "calculate", "hidden", "today", "start", "end"},
    "constraint": frozenset(TYPES) - {"note", "hidden", "today", "start", "end"},
    "urgent": frozenset(TYPES) - {"note"},
}


def known_types(scope: Scope) -> None:
    for written, question in scope.questions:
        if question.type not in TYPES and (scalar := written.scalars.get("type")):
            remedy: str = Notice("Types are %(listed)s.", listed=", ".join((*TYPES, *CONTAINERS)))
            if question.type.startswith(("begin", "end_")):
                remedy = Notice("Write type: group or type: repeat, with the questions inside it under questions:.")
            else:
                remedy = did_you_mean(question.type, (*TYPES, *CONTAINERS, *ALIASES), remedy)
            message = Notice("There is no type '%(type)s'.", type=question.type)
            scope.report.add("unknown_type", scalar, message, remedy)


def lists_of_selects(scope: Scope) -> None:
    for written, question in scope.questions:
        kind, scalar = type_of(question), written.scalars.get("type")
        if scalar is None or question.type not in TYPES:
            continue
        if not kind.has_list and question.list_name:
            message = Notice(
                "'%(name)s' stands after %(type)s, which has no choices.",
                name=question.list_name,
                type=question.type,
            )
            remedy: str = Notice("Write type: %(type)s, or a select_one of that list.", type=question.type)
            scope.report.add("unexpected_list", scalar, message, remedy)
        elif kind.has_list and not question.list_name:
            message = Notice("%(type)s needs a choice list.", type=question.type)
            remedy = Notice("Write type: %(type)s yes_no, say.", type=question.type)
            scope.report.add("missing_choice_list", scalar, message, remedy)
        elif kind.has_list and question.list_name not in scope.survey.choices:
            remedy = did_you_mean(str(question.list_name), scope.survey.choices, Notice("Define it under choices:."))
            message = Notice("There is no choice list '%(name)s'.", name=question.list_name)
            scope.report.add("missing_choice_list", scalar, message, remedy)


def shown_questions_have_words(scope: Scope) -> None:
    for written, question in scope.questions:
        if type_of(question).is_shown and not ({"label", "media"} & written.keys):
            message = Notice("The question '%(name)s' has no words.", name=question.name)
            remedy = Notice("Add label: with what is asked or said.")
            scope.report.add("missing_label", written.subject.place, message, remedy)


def calculations_are_there(scope: Scope) -> None:
    for written, question in scope.questions:
        if question.type == "calculate" and "calculation" not in written.keys:
            message = Notice("The question '%(name)s' calculates nothing.", name=question.name)
            remedy = Notice("Add calculation: with a rule.")
            scope.report.add("missing_calculation", written.subject.place, message, remedy)


def money_has_a_currency(scope: Scope) -> None:
    for written, question in scope.questions:
        if question.type == "money" and "currency" not in written.keys:
            message = Notice("The money question '%(name)s' has no currency.", name=question.name)
            remedy = Notice("Add currency: with codes such as [NPR, QAR], or with the name of a choice list.")
            scope.report.add("missing_currency", written.subject.place, message, remedy)


def currencies_exist(scope: Scope) -> None:
    for written, question in scope.questions:
        if question.type != "money":
            continue
        words = written.currencies
        if len(words) == 1 and (listed := scope.notes.lists.get(words[0].text.strip())):
            for choice in listed.choices:
                if choice.name and choice.name not in _currencies():
                    message = Notice("'%(name)s' is not the code of a currency.", name=choice.name)
                    remedy = Notice(
                        "Use ISO 4217 codes such as NPR: '%(name)s' takes its currencies from this list.",
                        name=question.name,
                    )
                    scope.report.add("unknown_currency", choice.place or words[0], message, remedy)
            continue
        for word in words:
            if (code := word.text.strip()) not in _currencies():
                remedy = Notice("Use ISO 4217 codes such as NPR, or the name of a choice list.")
                if code.upper() in _currencies():
                    remedy = Notice("Write %(code)s.", code=code.upper())
                message = Notice("There is no currency or list '%(code)s'.", code=code)
                scope.report.add("unknown_currency", word, message, remedy)


def defaults_fit(scope: Scope) -> None:
    for written, question in scope.questions:
        default = written.scalars.get("default")
        if default and not _fits(question, default.text.strip(), scope):
            message = Notice(
                "'%(default)s' cannot be the answer to a question of type %(type)s.",
                default=default.text,
                type=question.type,
            )
            remedy = Notice("Write a possible answer, or use type calculate with a calculation.")
            scope.report.add("unfit_default", default, message, remedy)


def _fits(question: Question, default: str, scope: Scope) -> bool:
    kind = type_of(question)
    if kind.has_list and (choices := scope.survey.choices.get(question.list_name or "")):
        words = [default] if question.type == "select_one" else default.split()
        return {choice.name for choice in choices}.issuperset(words)
    return is_number(default) if kind.answer == "number" else kind.answer != "date" or is_date(default)


def ranges_have_values(scope: Scope) -> None:
    """A slider goes up from `start` to `end` by `step`, which are 1, 10 and 1 where they are not written."""
    for written, question in scope.questions:
        ends = {"start": "1", "end": "10", "step": "1"}
        ends |= {key: text for key, text in question.parameters.items() if key in ends}
        if question.type == "range" and not _has_values(**ends):
            message = Notice("From %(start)s to %(end)s in steps of %(step)s there is no answer to choose.", **ends)
            remedy = Notice("Write a name, = and a value: start=1 end=10.")
            where = written.scalars.get("parameters")
            if where and not where.source.text:  # of a sheet
                message = Notice("Column '%(column)s': %(message)s", column="parameters", message=message)
            scope.report.add("unfit_range", where or written.subject.place, message, remedy)


def _has_values(start: str, end: str, step: str) -> bool:
    if not all(map(is_number, (start, end, step))) or not (start and end and step):
        return False
    return 0 < float(step) <= float(end) - float(start)


def keys_do_something(scope: Scope) -> None:
    for written, question in scope.questions:
        for key in sorted(written.keys & _ONLY_FOR.keys()):
            if question.type in TYPES and question.type not in _ONLY_FOR[key]:
                message = Notice("'%(key)s' does nothing for type %(type)s.", key=key, type=question.type)
                remedy = Notice("Remove it.")
                scope.report.add("pointless_key", written.subject.place, message, remedy)


def something_is_asked(scope: Scope) -> None:
    if not scope.survey.sections and not scope.draft.fields.items("modules"):
        message = Notice("The questionnaire asks nothing.")
        remedy = Notice("Add modules: or questions:.")
        scope.report.add("empty_survey", scope.draft.fields.place, message, remedy)
    empty = [(section.name, section.place) for section in scope.survey.sections if not section.children]
    items = [written.item for written in scope.notes.items]
    empty += [(item.name, item.place) for item in items if isinstance(item, Group | Repeat) and not item.children]
    for name, place in empty:
        if place:
            message = Notice("'%(name)s' holds no question.", name=name)
            remedy = Notice("Add one, or remove it.")
            scope.report.add("empty_survey", place, message, remedy)


@cache
def _currencies() -> frozenset[str]:
    from babel.core import get_global  # only where money is asked about

    return frozenset(get_global("all_currencies"))
