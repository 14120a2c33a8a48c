"""Choice lists: shared ones, those of modules, those of one questionnaire."""

from collections.abc import Iterable
from typing import Literal

from mapper.definition.draft import ChoiceList, Notes
from mapper.definition.fields import Fields
from mapper.definition.keys import CHOICE
from mapper.definition.model import Choice
from mapper.definition.raw import Keyed, Listed, Scalar, Value
from mapper.notice import Notice

MISSING: dict[str, Literal["refused", "dont_know"]] = {"refused": "refused", "dont_know": "dont_know"}


def add_lists(entries: Iterable[tuple[Scalar, Value]], owner: str, notes: Notes) -> None:
    """Note the lists by name. One of a module or questionnaire stands in for a shared one of the same name; two modules
    may each bring the same list, with the same choices in order."""
    for name, value in entries:
        known, choices = notes.lists.get(name.text), _choices(value, notes)
        if known and known.owner and known.owner != owner:
            if known.choices == choices:
                continue
            message = Notice(
                "The list '%(name)s' is already defined in %(file)s, line %(line)s.",
                name=name.text,
                file=known.place.file,
                line=known.place.line,
            )
            remedy = Notice("Give one of the two lists another name, or both the same choices in the same order.")
            notes.report.add("duplicate_list", name, message, remedy)
        else:
            notes.lists[name.text] = ChoiceList(name.text, choices, name.place, owner)


def _choices(value: Value, notes: Notes) -> tuple[Choice, ...]:
    if not isinstance(value, Listed):
        if not (isinstance(value, Scalar) and value.is_null):
            remedy = Notice("Write choices one below the other, each with a dash, a name and a label.")
            message = Notice("A choice list holds %(kind)s.", kind=value.kind)
            notes.report.add("wrong_shape", value.place, message, remedy)
        return ()
    return tuple(choice for item in value.items if (choice := _choice(item, notes)) is not None)


def _choice(value: Value, notes: Notes) -> Choice | None:
    if not isinstance(value, Keyed):
        message = Notice("A choice is expected here, not %(kind)s.", kind=value.kind)
        remedy = Notice("Write {name: yes, label: Yes}.")
        notes.report.add("wrong_shape", value.place, message, remedy)
        return None
    fields = Fields(value, CHOICE, Notice("a choice"), notes.report, others=True)
    return Choice(
        name=fields.text("name"),
        label=fields.text("label"),
        missing=MISSING.get(fields.text("missing")),
        filters={key: other.text.strip() for key, other in fields.others.items() if isinstance(other, Scalar)},
        media=fields.mapping("media"),
        place=fields.place,
    )
