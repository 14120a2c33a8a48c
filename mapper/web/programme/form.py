"""What the forms of a programme share beyond the set-up forms: every field knows how its value is stored."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext
from wtforms import BooleanField, Field, StringField
from wtforms.widgets import TextArea

from mapper.programme.checks import Fault
from mapper.programme.words import GENDER_AGE
from mapper.web.admin.fields import BoxesField, ChoiceField, ReadField
from mapper.web.admin.form import SetupForm
from mapper.web.programme import words


def long_text(label: Any, read: Any, needed: bool = True, **options: Any) -> ReadField:
    return ReadField(label, read, needed, widget=TextArea(), **options)


def by_gender_age(read: Any) -> dict[str, ReadField]:
    """A field for each group of people, under the group's code."""
    return {code: ReadField(words.GENDER_AGE[code], read, needed=False) for code in GENDER_AGE}


class ProgrammeForm(SetupForm):
    """`owner` is the column that says what a row belongs to; it comes from the page that led here and never changes."""

    owner: str | None = None

    def __init__(self, session: Any, row: Any = None, proposed: Mapping[str, str] | None = None) -> None:
        self.belongs_to = getattr(row, self.owner) if row is not None and self.owner else _uuid(proposed, self.owner)
        super().__init__(session, row, proposed)
        for field in self:
            if isinstance(field, ChoiceField) and field.data is None:
                field.data = ""  # nothing chosen, whether the field was sent or not

    def stored(self, row: Any) -> dict[str, Any]:
        return {name: _shown(value) for name, value in super().stored(row).items()}

    def values(self) -> dict[str, Any]:
        """What was typed, as the columns of the row; fields that are no column are the form's own business."""
        return {name: _value(field) for name, field in self._fields.items() if name in self.table.model_fields}

    def write(self, row: Any) -> None:
        for name, value in self.values().items():
            setattr(row, name, value)
        if self.owner:
            setattr(row, self.owner, self.belongs_to)

    def faults(self) -> Iterator[Fault]:
        """What cannot be, once every field can be read."""
        return iter(())

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        found = list(self.faults())
        for fault in found:
            field = self._fields.get(self.shows_at(fault.key))
            said = " ".join(fault.said(gettext))
            if field is None:
                self.form_errors.append(said)
            else:
                field.errors = [*field.errors, said]
        return not found

    def shows_at(self, key: str) -> str:
        return key

    def validate_code(self, field: Field) -> None:
        other = self.same_code(field.data)
        if other is not None and (self.row is None or other.id != self.row.id):
            from wtforms import ValidationError

            raise ValidationError(gettext("This code is used already. Choose another one."))

    def same_code(self, code: str) -> Any:
        from mapper.store import queries

        within = {self.owner: self.belongs_to} if self.owner else {}
        return queries.same_code(self.session, self.table, code, **within)


def _uuid(proposed: Mapping[str, str] | None, key: str | None) -> UUID | None:
    try:
        return UUID((proposed or {}).get(key or "", ""))
    except ValueError:
        return None


def _value(field: Field) -> Any:
    if isinstance(field, ReadField):
        return field.value
    if isinstance(field, BooleanField):
        return bool(field.data)
    if isinstance(field, BoxesField):
        return list(field.data or ())
    if isinstance(field, ChoiceField):
        return (UUID(field.data) if field.name.endswith("_id") else field.data) if field.data else None
    return field.data if isinstance(field, StringField) else None


def _shown(value: Any) -> Any:
    """A stored value as a field shows it: 17.0 as 17, dates as ISO writes them, ids as text."""
    if isinstance(value, float):
        return f"{int(value)}" if value.is_integer() else repr(value)
    if isinstance(value, bool) or value is None:
        return value
    return str(value) if isinstance(value, int | date | UUID) else value


def choices(words: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return list(words.items())


def pairs(lines: str | None, read_key: Any, read_value: Any) -> dict[Any, Any]:
    """`key: value` on each line. Invalid where a line is not so."""
    from mapper.setup.values import N_, Invalid

    found = {}
    for line in (lines or "").splitlines():
        if line.strip():
            key, colon, value = line.partition(":")
            if not colon:
                raise Invalid(
                    N_("'%(text)s' has no colon."),
                    N_("Write one pair on each line, for example 2026-06: 10."),
                    text=line[:60],
                )
            found[read_key(key.strip())] = read_value(value.strip())
    return found


def as_lines(mapping: Mapping[Any, Any]) -> str:
    return "\n".join(f"{key}: {_shown(value)}" for key, value in mapping.items())


def joined(values: Iterable[str]) -> str:
    return ", ".join(values)
