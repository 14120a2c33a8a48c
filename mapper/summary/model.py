"""What a mapping summary is made from: the assessment, facts about the companies, and the questionnaires used."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from mapper.definition.model import Survey
from mapper.language.reader import N_, Reader
from mapper.scoring.released import Released
from mapper.scoring.results import Assessment, SupplierScore

Kind = Literal[
    "text", "long", "count", "number", "share", "months", "score", "date", "band",
    "about", "about_share", "about_months",
]  # fmt: skip


SUPERSEDED = N_("Superseded: a later version took the place of this release.")


class About(float):
    """A rounded number among exact ones of its column: it bears the mark of a release."""


ROUNDED: Mapping[Kind, Kind] = {"count": "about", "number": "about", "share": "about_share", "months": "about_months"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; `kind` decides alignment, number format and width."""

    title: str
    kind: Kind = "text"
    width: int = 14
    note: str = ""

    @property
    def is_numeric(self) -> bool:
        return self.kind in ("count", "share", "months", "score") or self.is_rounded

    @property
    def is_rounded(self) -> bool:
        """Whether its figures are those of a release, which are told with a mark."""
        return self.kind in ROUNDED.values()

    def rounded(self) -> "Column":
        """The same with figures of a release."""
        return replace(self, kind=ROUNDED.get(self.kind, self.kind))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under titled columns. A None in a row means not known, and is shown as such."""

    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class SupplierFacts:
    """What is known of a supplier without asking a worker. `workers` None where nobody stated it."""

    code: str
    name: str
    country: str
    sector: str
    tier: int | None
    workers: int | None
    workers_by_gender: Mapping[str, int] = field(default_factory=dict)
    sites: int = 0


@dataclass(frozen=True, slots=True)
class Agreed:
    """One key action of an action plan, or a recommendation that has none. `status` is None without an action, and
    overdue where a deadline has passed; `response` None where the supplier has not answered."""

    supplier: str
    round: str
    label: str
    recommendation: str
    priority: int
    response: str | None
    action: str = ""
    responsible: str = ""
    due: date | None = None
    due_text: str = ""
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Everything that one summary says. `in_use`: names of the questionnaires that workers have answered, of releases
    those behind one that is shown; None: all.
    `asked_since`: the first day of each indicator in the field; None: not looked up, all were there from the beginning.
    `replaced`: the day of each release whose place another took, by supplier, round and version."""

    title: str
    buyer: str
    made_on: date
    synthetic: bool
    assessment: Assessment
    facts: Mapping[str, SupplierFacts]
    surveys: tuple[Survey, ...]
    agreed: tuple[Agreed, ...] = ()
    in_use: frozenset[str] | None = None
    asked_since: Mapping[str, date] | None = None
    replaced: Mapping[tuple[str, str, int], date] = field(default_factory=dict)

    def answered_for(self, released: Released) -> frozenset[str]:
        """The questionnaires of which a release may leave something out: nobody was asked the others. Where it was not
        kept with it, those in use."""
        names = self.in_use if released.questionnaires is None else frozenset(released.questionnaires)
        return frozenset(one.name for one in self.surveys) if names is None else names

    def was_asked(self, indicator: str, day: date | None) -> bool:
        """Whether an indicator was in the field on a day; None is no day in particular."""
        if self.asked_since is None or day is None:
            return True
        return self.asked_since.get(indicator, date.max) <= day

    @property
    def is_release(self) -> bool:
        return self.assessment.audience == "release"

    @property
    def method_version(self) -> str:
        """The version of the method that made the figures; of releases those that each was made with."""
        shown = (one.released for one in self.assessment.suppliers if one.released)
        made = {one.method_version for one in shown if one.method_version}
        return ", ".join(sorted(made)) if made else self.assessment.method.version

    @property
    def is_superseded(self) -> bool:
        """Whether it tells of a release whose place a later one took."""
        return any(self._replaced)

    def superseded(self, read: Reader) -> str:
        """Of which version and day it is where a later one took its place; empty where none did."""
        released = N_("Version %(version)s was released on %(date)s.")
        said = [
            read.say(released, version=read.number(version), date=read.date(day)) for version, day in self._replaced
        ]
        return " ".join((*said, read.say(SUPERSEDED))) if said else ""

    @property
    def _replaced(self) -> Iterator[tuple[int, date]]:
        """The versions shown here that hold no more, each with its day."""
        shown = ((one.supplier, one.round, one.released.version) for one in self.assessment.suppliers if one.released)
        return ((key[2], self.replaced[key]) for key in shown if key in self.replaced)

    def facts_of(self, score: SupplierScore) -> SupplierFacts:
        return self.facts.get(score.supplier) or SupplierFacts(score.supplier, score.supplier, "", "", None, None)
