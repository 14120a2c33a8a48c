"""Whether a survey's rules only look back, so that walking it once, in document order, settles everything."""

from collections.abc import Iterator

from mapper.definition.model import Group, Question, Repeat, Rule, Section, Survey
from mapper.expression.nodes import Call, references, walk

BEFORE_ANSWER = ("relevant", "repeat_count", "choice_filter", "calculation")
AFTER_ANSWER = ("required", "constraint", "urgent")  # these may look at the question's own answer
Item = Question | Group | Repeat


def looks_ahead(survey: Survey, names_of: dict[str, tuple[str, ...]]) -> bool:
    """`names_of` gives for every item the names by which rules know it."""
    later = {name for names in names_of.values() for name in names}
    for item in _sections_and_items(survey):
        if _uses(item, BEFORE_ANSWER, later):
            return True
        names = names_of.get(item.name, ()) if not isinstance(item, Section) else ()
        later.difference_update(names)
        if _uses(item, AFTER_ANSWER, later) or _uses_other_rows(item, survey):
            return True
    return False


def _sections_and_items(survey: Survey) -> Iterator[Section | Item]:
    def below(items: tuple[Item, ...]) -> Iterator[Item]:
        for item in items:
            yield item
            if not isinstance(item, Question):
                yield from below(item.children)

    for section in survey.sections:
        yield section
        yield from below(section.children)


def _uses(item: Section | Item, keys: tuple[str, ...], names: set[str]) -> bool:
    return any(not names.isdisjoint(references(rule.tree)) for rule in _rules(item, keys))


def _uses_other_rows(item: Section | Item, survey: Survey) -> bool:
    """`indexed-repeat` inside a repeat may look at rows that follow."""
    if isinstance(item, Section) or not any(isinstance(above, Repeat) for above in survey.ancestors[item.name]):
        return False
    calls = (node for rule in _rules(item, BEFORE_ANSWER + AFTER_ANSWER) for node in walk(rule.tree))
    return any(isinstance(node, Call) and node.name == "indexed-repeat" for node in calls)


def _rules(item: Section | Item, keys: tuple[str, ...]) -> Iterator[Rule]:
    found = (getattr(item, key, None) for key in keys)
    return (rule for rule in found if rule is not None)
