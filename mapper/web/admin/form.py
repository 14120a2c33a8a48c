"""What the forms of the set-up share: they show a row, check what was typed, and write it back."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from sqlmodel import Session, SQLModel
from wtforms import Field, HiddenField, ValidationError

from mapper.setup import values
from mapper.store import queries
from mapper.web.admin.fields import ReadField
from mapper.web.locale import country_name

CODE_HINT = _l("A short name that files and commands use, for example MILL-01. It cannot hold spaces.")


@dataclass(frozen=True)
class Group:
    """Fields that stand side by side under one heading."""

    legend: LazyString | str
    hint: LazyString | str
    fields: tuple[Field, ...]


class SetupForm(FlaskForm):
    """What the forms share. `stored` says what a row's fields show, `write` puts what was typed into the row."""

    table: ClassVar[type[SQLModel]]
    within: ClassVar[str | None] = None  # the field whose row a code is unique to

    loaded = HiddenField()  # how the row looked when the page was made

    def __init__(self, session: Session, row: Any = None, proposed: Mapping[str, str] | None = None) -> None:
        self.session, self.row = session, row
        super().__init__(data=self.stored(row) if row else proposed)
        self.fill()
        if not self.is_submitted():
            self.loaded.data = fingerprint(row)

    def stored(self, row: Any) -> dict[str, Any]:
        return {field: getattr(row, field) for field in type(row).model_fields}

    def fill(self) -> None:
        """Give the fields with choices their choices."""

    def groups(self) -> dict[str, Group]:
        """Groups by the name of their first field."""
        return {}

    def write(self, row: Any) -> None:
        for name, field in self._fields.items():
            if isinstance(field, ReadField):
                setattr(row, name, field.value)

    def validate_code(self, field: Field) -> None:
        owner = self[f"{self.within}_id"].data if self.within else None
        within = {f"{self.within}_id": UUID(owner)} if owner else {}
        other = queries.same_code(self.session, self.table, field.data, **within)
        if other is not None and (self.row is None or other.id != self.row.id):  # type: ignore[attr-defined]
            raise ValidationError(gettext("This code is used already. Choose another one."))

    def validate(self, extra_validators: Any = None) -> bool:
        return bool(super().validate(extra_validators)) & self._is_fresh()

    def _is_fresh(self) -> bool:
        """Never overwrite what somebody else stored after this page was loaded, unless asked a second time; each field
        that would be replaced says what is stored in it now."""
        if self.row is None or self.loaded.data == fingerprint(self.row):
            return True
        self.loaded.data = fingerprint(self.row)
        clash = [
            (field, stored)
            for name, stored in self.stored(self.row).items()
            if (field := self._fields.get(name)) is not None and _plain(field.data) != _plain(stored)
        ]
        for field, stored in clash:
            field.errors = [*field.errors, gettext("Stored now: “%(value)s”.", value=_said(field, stored))]
        said = gettext("Somebody else changed this after you opened it. Save again to put your version in its place.")
        if clash:
            names = "; ".join(f"{field.label.text}: {_said(field, stored)}" for field, stored in clash)
            said = gettext("Somebody else changed this meanwhile (%(fields)s). Save again to take yours.", fields=names)
        self.form_errors.append(said)
        return False


def _plain(value: Any) -> Any:
    """A value to compare, whether it was typed or stored: no answer is no answer, and lists have no order."""
    return sorted(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def _said(field: Field, stored: Any) -> str:
    """A stored value as the field's own choices call it."""
    known = {str(code): str(word) for code, word in getattr(field, "choices", None) or ()}
    values = stored if isinstance(stored, list | tuple) else [stored]
    return ", ".join(known.get(str(each), str(each)) for each in values if each not in (None, "")) or "–"


def fingerprint(row: SQLModel | None) -> str:
    """What the row holds, in a few characters."""
    return hashlib.sha256(row.model_dump_json().encode()).hexdigest()[:16] if row else ""


def named(rows: Iterable[Any]) -> list[tuple[str, str]]:
    """Rows to choose from, by id: name or title, with the code."""
    return [(str(row.id), f"{getattr(row, 'name', None) or row.title} ({row.code})") for row in rows]


def listed(words: Mapping[str, LazyString], kept: str | None = None) -> list[tuple[str, Any]]:
    """Codes with their words to choose from, and the stored code even where it is none of them."""
    return [*words.items(), *([(kept, kept)] if kept and kept not in words else [])]


def countries() -> list[tuple[str, str]]:
    """Every country by its name in the reader's language, in alphabetical order."""
    return sorted(((code, country_name(code)) for code in values.countries()), key=lambda each: each[1].casefold())
