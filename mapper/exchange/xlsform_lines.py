"""Rows of a sheet with their columns sorted: values, texts by language, media, and what else stands there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from mapper.exchange.sheets import Cell, Sheet
from mapper.exchange.xlsform_findings import Findings
from mapper.exchange.xlsform_words import COLUMNS, LEFT_OUT, MEDIA, NESTED, NO_REFERENCE, REFERENCE_SIGN, TEXTS
from mapper.notice import Notice

LANGUAGE_CODE = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\s*\)\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """`key` is ours, or the heading as written where `is_known` is false; `language` "" is the form's own."""

    key: str
    language: str = ""
    is_known: bool = True


@dataclass(slots=True)
class Line:
    """One row. `texts` are by key and language, `media` by kind (`audio`, and `audio::Nepali (ne)`), `others` by
    heading."""

    row: int
    values: dict[str, Cell] = field(default_factory=dict)
    texts: dict[str, dict[str, Cell]] = field(default_factory=dict)
    media: dict[str, Cell] = field(default_factory=dict)
    others: dict[str, Cell] = field(default_factory=dict)

    def text(self, key: str) -> str:
        return self.values[key].text if key in self.values else ""

    def beside(self, *keys: str) -> list[Cell]:
        """Every cell of the row but the values of these keys."""
        values = (cell for key, cell in self.values.items() if key not in keys)
        texts = chain.from_iterable(cells.values() for cells in self.texts.values())
        return [*values, *texts, *self.media.values(), *self.others.values()]


def lines(sheet: Sheet | None, known: frozenset[str], findings: Findings) -> Iterator[Line]:
    if sheet is None:
        return
    headings = {written: heading(written, known) for written in sheet.headings if written}
    _refuse_twins(sheet, headings, findings)
    plain = {written: found.key for written, found in headings.items() if found.is_known and _is_value(found.key)}
    for row, cells in sheet.rows:
        line = Line(row)
        for written, cell in cells.items():
            if written in plain:  # nearly all
                line.values[plain[written]] = cell
            else:
                _sort(line, headings[written], cell)
        yield line


def _is_value(key: str) -> bool:
    return key not in TEXTS and not key.startswith("media::")


def heading(written: str, known: frozenset[str]) -> Heading:
    """`label::Nepali (ne)`, `label:Nepali`, `bind::relevant`, `media::image::Nepali (ne)` and plain headings."""
    parts = [part.strip() for part in re.split("::" if "::" in written else "(?<!jr):(?!//)", written)]
    first, rest = _plain(parts[0]), parts[1:]
    if first == "media" and rest and _plain(rest[0]) in MEDIA:
        return Heading(f"media::{_plain(rest[0])}", "::".join(rest[1:]))
    if first in NESTED and rest:
        inner = COLUMNS.get(_plain(rest[0]), _plain(rest[0]))
        return Heading(inner, "::".join(rest[1:])) if inner in known else Heading(written, is_known=False)
    if first in MEDIA and first not in known:
        return Heading(f"media::{first}", "::".join(rest))
    key = first if first in known else COLUMNS.get(first, first)
    if key in known and (not rest or key in TEXTS):
        return Heading(key, "::".join(rest))
    return Heading(written, is_known=False)


def _plain(word: str) -> str:
    return re.sub(r"\s+", "_", word.strip().lower())


def _refuse_twins(sheet: Sheet, headings: dict[str, Heading], findings: Findings) -> None:
    """`relevant` and `bind::relevant` side by side: nobody can say which is meant."""
    seen: dict[Heading, str] = {}
    for written, found in headings.items():
        if first := seen.get(found):
            message = Notice("The columns '%(first)s' and '%(written)s' mean the same.", first=first, written=written)
            column = sheet.place_of(written)
            findings.add("duplicate_column", sheet.name, 1, message, Notice("Keep one of the two."), column)
        seen.setdefault(found, written)


def _sort(line: Line, found: Heading, cell: Cell) -> None:
    if not found.is_known:
        line.others[found.key] = cell
    elif found.key.startswith("media::"):
        kind = found.key.removeprefix("media::")
        line.media[f"{kind}::{found.language}" if found.language else kind] = cell
    elif found.key in TEXTS:
        line.texts.setdefault(found.key, {})[found.language] = cell
    else:
        line.values[found.key] = cell


def as_kept(heading: str, text: str) -> tuple[str, str]:
    """A column that does nothing here with the heading under which it is kept: as it was before it went out under one
    that other programs skip, unless they would stop at it again."""
    plain = heading.removeprefix(LEFT_OUT)
    text = text if plain == heading else text.replace(NO_REFERENCE, REFERENCE_SIGN)
    is_broken = plain == "parameters" and not all("=" in word for word in text.split())
    was_unread = plain in ("type", "parameters") and plain != heading
    return (f"{LEFT_OUT}{plain}" if is_broken or was_unread else plain), text
