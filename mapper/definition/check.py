"""Everything that can be wrong with a survey, found in one run."""

from collections.abc import Iterator

from mapper.definition.draft import Draft
from mapper.expression.nodes import Call, Node, Text, walk


def check(draft: Draft) -> None:
    """Note every problem of the draft in its report."""


def used_lists(draft: Draft) -> tuple[str, ...]:
    """The choice lists that the survey's questions and rules need, in the order in which they are defined."""
    survey = draft.survey
    asked = {question.list_name for question in survey.questions.values()}
    looked_up = {name for use in draft.notes.rules for name in _looked_up(use.rule.tree)}
    return tuple(name for name in survey.choices if name in asked | looked_up)


def _looked_up(tree: Node) -> Iterator[str]:
    """The lists that `pulldata` reads."""
    for node in walk(tree):
        match node:
            case Call("pulldata", (Text(name), *_)):
                yield name
