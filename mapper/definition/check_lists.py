"""Checks of choice lists."""

from mapper.definition.draft import ChoiceList, Draft
from mapper.definition.model import Choice
from mapper.definition.scope import Scope
from mapper.notice import Notice


def choices_named_once(scope: Scope) -> None:
    for listed in scope.notes.lists.values():
        seen: dict[str, Choice] = {}
        for choice in listed.choices:
            first = seen.setdefault(choice.name, choice)
            if choice.name and first is not choice and not _for_another_filter(first, choice):
                message = Notice(
                    "The list '%(name)s' already has a choice '%(choice)s'.", name=listed.name, choice=choice.name
                )
                remedy = Notice("Give it another name: answers are stored under it.")
                scope.report.add("duplicate_choice", choice.place or listed.place, message, remedy)


def _for_another_filter(first: Choice, again: Choice) -> bool:
    """The same choice, offered for another value of a filter: a town of one name in two districts."""
    return first.label == again.label and first.filters != again.filters


def choices_of_several_are_single_words(scope: Scope) -> None:
    """Several answers are stored apart by spaces."""
    questions = scope.survey.questions.values()
    several = {question.list_name for question in questions if question.type in ("select_multiple", "rank")}
    for listed in scope.notes.lists.values():
        for choice in listed.choices if listed.name in several else ():
            if any(sign.isspace() for sign in choice.name):
                message = Notice("The choice '%(name)s' has a space in its name.", name=choice.name)
                remedy = Notice("Use _ instead: several answers are stored apart by spaces.")
                scope.report.add("invalid_name", choice.place or listed.place, message, remedy)


def lists_have_choices(scope: Scope) -> None:
    for listed in _own_or_used(scope):
        if not listed.choices:
            message = Notice("The list '%(name)s' has no choices.", name=listed.name)
            remedy = Notice("Add some, or remove the list.")
            scope.report.add("empty_choice_list", listed.place, message, remedy)


def lists_are_used(scope: Scope) -> None:
    """Shared lists wait for other questionnaires; those of a module or questionnaire are there for itself."""
    used = lists_needed(scope.draft)
    for listed in scope.notes.lists.values():
        if listed.owner and listed.name not in used:
            message = Notice("No question uses the list '%(name)s'.", name=listed.name)
            remedy = Notice("Remove it, or check the name.")
            scope.report.add("unused_list", listed.place, message, remedy)


def lists_needed(draft: Draft) -> frozenset[str]:
    """The choice lists that anything in the survey names, those that stand for currencies included."""
    currencies = {word.text.strip() for written in draft.notes.items for word in written.currencies}
    return Scope(draft).used_lists | currencies


def _own_or_used(scope: Scope) -> list[ChoiceList]:
    used = scope.used_lists
    return [listed for listed in scope.notes.lists.values() if listed.owner or listed.name in used]
