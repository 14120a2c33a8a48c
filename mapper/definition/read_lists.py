"""Choice lists: shared ones, those of modules, those of one questionnaire."""

from collections.abc import Iterable
from dataclasses import replace
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
    may each bring the same list, with the same choices in order. A list of a sheet stands where its first choice
    does."""
    for name, value in entries:
        known, choices = notes.lists.get(name.text), _choices(value, notes)
        place = name.place if name.source.text else next((one.place for one in choices if one.place), name.place)
        if known and known.owner and known.owner != owner:
            if known.choices == choices:
                continue
            remedy = Notice(
                "Give one of the two lists another name, or both the same choices with the same columns in the same "
                "order."
            )
            notes.report.add("duplicate_list", name if name.source.text else place, _known_already(known), remedy)
            notes.lists[name.text] = replace(known, choices=_joined(known.choices, choices))
        else:
            notes.lists[name.text] = ChoiceList(name.text, choices, place, owner)


def _known_already(known: ChoiceList) -> Notice:
    """With the other place as whoever wrote it knows it: in a workbook by sheet and row."""
    file, _, sheet = known.place.file.removesuffix("]").partition("[")
    if not sheet:
        return Notice(
            "The list '%(name)s' is already defined in %(file)s, line %(line)s.",
            name=known.name,
            file=file,
            line=known.place.line,
        )
    where = Notice("sheet %(sheet)s, row %(row)s", sheet=sheet, row=known.place.line)
    return Notice(
        "The list '%(name)s' is already defined: %(file)s, %(place)s.", name=known.name, file=file, place=where
    )


def _joined(known: Iterable[Choice], others: Iterable[Choice]) -> tuple[Choice, ...]:
    """Everything that either list offers, so that no rule is blamed for asking for what only the other one has."""
    found = {one.name: one for one in others}
    both = {one.name: replace(one, filters={**found.get(one.name, one).filters, **one.filters}) for one in known}
    return tuple((found | both).values())


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
