"""The mapping summary on paper: a cover with all suppliers, then each supplier by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlmodel import Session

from mapper import paths
from mapper.language.reader import Reader
from mapper.paper import page, to_pdf
from mapper.scoring.results import SupplierScore
from mapper.summary import wording
from mapper.summary.chain_map import ChainMap
from mapper.summary.chain_source import gather_map
from mapper.summary.model import Column, Summary, SupplierFacts
from mapper.summary.ranking import ranked
from mapper.summary.sections import Section, in_language, sections
from mapper.summary.sheet import UNKNOWN
from mapper.summary.tables import suppliers
from mapper.summary.told import Told
from mapper.summary.unshown import NOT_SHOWN

Maps = Mapping[tuple[str, str], ChainMap | None]
ON_PAPER = (
    "Supplier",
    "Round",
    "Country",
    "Tier",
    "Band",
    "Interviews",
    wording.LOWER,
    wording.UPPER,
    "Mean months of wage",
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One supplier in one round."""

    score: SupplierScore
    facts: SupplierFacts
    sections: tuple[Section, ...]


def maps_of(session: Session, summary: Summary) -> Maps:
    """The labour supply chain map of every supplier and round of the summary."""
    return {(one.supplier, one.round): gather_map(session, one, summary) for one in summary.assessment.suppliers}


def summary_pdf(summary: Summary, maps: Maps, read: Reader) -> bytes:
    """The whole summary in the reader's language. Raises mapper.paper.CannotPrint."""
    return to_pdf(summary_html(summary, maps, read))


def write_pdf(summary: Summary, maps: Maps, read: Reader, path: Path) -> None:
    """The file appears whole or not at all. Raises CannotPrint, and OSError where it cannot be written."""
    content = summary_pdf(summary, maps, read)
    with paths.whole(path) as unfinished:
        unfinished.write_bytes(content)


def summary_html(summary: Summary, maps: Maps, read: Reader) -> str:
    chapters = tuple(
        Chapter(one, summary.facts_of(one), sections(summary, one, maps.get((one.supplier, one.round)), read))
        for one in ranked(summary.assessment.suppliers)
    )
    table = suppliers(summary)
    kept = [place for place, column in enumerate(table.columns) if column.title in ON_PAPER]
    columns, rows = (tuple(table.columns[n] for n in kept), tuple(tuple(row[n] for n in kept) for row in table.rows))
    overview = in_language(replace(table, columns=columns, rows=rows), read)
    return page(
        "print/summary.html", read, summary=summary, chapters=chapters, overview=overview, words=wording, cell=cell
    )


def cell(value: object, column: Column, read: Reader) -> str:
    """A value as it is read in this language; None is not known."""
    if value is None:
        return read.say(NOT_SHOWN) if column.is_rounded else UNKNOWN
    if isinstance(value, bool) or not isinstance(value, int | float):
        return read.isolated(str(value))
    if column.is_rounded:
        return _rounded(value, column, Told(read))
    if column.kind == "share":
        return read.percent(value)
    if column.kind == "number":
        return read.number(value)
    return read.months(value) if column.kind == "months" else read.number(value, 0)


def _rounded(value: float, column: Column, told: Told) -> str:
    if column.kind == "about_share":
        return told.percent(value)
    return told.months(value) if column.kind == "about_months" else told.number(value)
