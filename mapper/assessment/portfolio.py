"""The portfolio: a line for every supplier and round, kept in the store, of which only what changed is made anew.

A page reads what it sorts by from columns, and the rest only of the lines that it shows.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from uuid import UUID

from sqlmodel import Session

from mapper.assessment.lines import CorridorLine, Line, corridor_line, corridor_lines, figures
from mapper.assessment.run import assess
from mapper.assessment.visits import rounds
from mapper.scoring.method_file import DEFAULT, load_method
from mapper.store import standings, standings_corridors
from mapper.store.standings import Kept, Place

Fresh = Mapping[Place, Kept | None]  # None: nothing that was answered there counts for a line
AT_FIRST, AT_ONCE = 4, 32  # suppliers whose lines are made together
SHAPE = "3"  # of what is kept of a line: another one, and all lines are made anew


@dataclass(frozen=True)
class Portfolio:
    """The suppliers and rounds whose lines a buyer (None: the audit team) may see. `wanted` is what each line would be
    made from now, `kept` what those in the store were made from; `names` are the rounds."""

    buyer_id: UUID | None
    method: str
    wanted: Mapping[Place, str]
    kept: Mapping[Place, str]
    names: Mapping[str, str]

    @cached_property
    def stale(self) -> tuple[str, ...]:
        """Suppliers whose latest interviews are not in their line yet."""
        return tuple(sorted({place[0] for place, made in self.wanted.items() if self.kept.get(place) != made}))

    @property
    def gone(self) -> frozenset[Place]:
        """Lines of which nothing counts any more."""
        return frozenset(self.kept.keys() - self.wanted.keys())

    @property
    def rounds(self) -> dict[str, str]:
        """The rounds that have a line, id by name, the latest first."""
        there = {round_ for _, round_ in self.kept.keys() & self.wanted.keys()}
        return {self.names[one]: one for one in sorted(there, key=lambda one: self.names[one], reverse=True)}

    def with_lines(self, fresh: "Fresh") -> "Portfolio":
        """The same once these were made anew, and those that are gone were dropped."""
        wanted = {place: made for place, made in self.wanted.items() if fresh.get(place, True)}
        there = {place: made for place, made in self.kept.items() if place in wanted}
        return replace(self, wanted=wanted, kept=there | {place: one.made_from for place, one in fresh.items() if one})


def portfolio(session: Session, buyer_id: UUID | None, method: str = DEFAULT) -> Portfolio:
    """Where the lines of whoever asks stand."""
    version = load_method(method).version
    wanted = standings.current(session, buyer_id, version)
    names = {id_: name for id_, (_, name) in rounds(session).items()}
    return Portfolio(
        buyer_id,
        version,
        {place: f"{SHAPE}:{made}" for place, made in wanted.items()},
        standings.made_from(session, buyer_id),
        {round_: names[UUID(round_)] for _, round_ in wanted},
    )


def anew(session: Session, found: Portfolio, seconds: float | None = None) -> Fresh:
    """Lines that changed, first of a few suppliers and then of ever more at once, for at most so many seconds (None:
    all of them)."""
    begun, fresh, left = time.monotonic(), dict[Place, Kept | None](), found.stale
    codes, size = standings.codes(session, left), AT_FIRST
    while left and (seconds is None or time.monotonic() - begun < seconds):
        some, left, size = left[:size], left[size:], min(2 * size, AT_ONCE)
        fresh |= {place: None for place in found.wanted if place[0] in some}
        fresh |= _made(session, found, {codes[supplier]: supplier for supplier in some})
    return fresh


def keep(session: Session, found: Portfolio, fresh: Fresh) -> None:
    """Store lines that were made anew, and drop those that are gone. `session` writes."""
    made = {place: one for place, one in fresh.items() if one}
    standings.keep(session, found.buyer_id, made, found.gone | fresh.keys())


def lines(session: Session, found: Portfolio, round_: str, suppliers: Sequence[str] | None = None) -> list[Line]:
    """The lines of these suppliers (None: all) in one round, still without their corridors and the number of migrant
    workers."""
    ids = found.rounds
    before = _before(session, found, [id_ for name, id_ in ids.items() if name < round_])
    shown = []
    for firm, told in standings.lines(session, found.buyer_id, ids[round_], suppliers):
        line = Line(firm, round_, *told)
        band, is_open, method = before.get(firm.id, ("", True, ""))
        same = method == line.method and not is_open and not line.is_open
        if (firm.id, ids[round_]) in found.wanted:
            shown.append(replace(line, before=band) if same else line)
    return shown


def whole(session: Session, found: Portfolio, some: Sequence[Line]) -> tuple[Line, ...]:
    """These lines of one round with their corridors and the number of migrant workers."""
    suppliers = [line.firm.id for line in some]
    ways = _corridors(session, found, some[0].round, suppliers) if some else {}
    workers = standings.workers(session, suppliers)
    return tuple(
        replace(line, firm=replace(line.firm, workers=workers[line.firm.id]), corridors=ways.get(line.firm.id, ()))
        for line in some
    )


def _corridors(
    session: Session, found: Portfolio, round_: str, suppliers: Sequence[str]
) -> dict[str, tuple[CorridorLine, ...]]:
    ways: dict[str, tuple[CorridorLine, ...]] = {}
    for supplier, told in standings_corridors.corridors(session, found.buyer_id, found.rounds[round_], suppliers):
        ways[supplier] = (*ways.get(supplier, ()), corridor_line(told))
    return ways


def _made(session: Session, found: Portfolio, ids: Mapping[str, str]) -> Iterator[tuple[Place, Kept]]:
    audience, round_ids = "audit" if found.buyer_id is None else "release", {n: id_ for id_, n in found.names.items()}
    scored = assess(session, list(ids), audience=audience, buyer_id=found.buyer_id)
    for score in scored.suppliers:
        place = (ids[score.supplier], round_ids.get(score.round, ""))
        if place in found.wanted:
            told = [asdict(one) for one in corridor_lines(score)]
            yield place, Kept(found.wanted[place], figures(score, scored.method.version), told)


def _before(session: Session, found: Portfolio, earlier: Iterable[str]) -> dict[str, tuple[str, bool, str]]:
    """Band, whether it is open, and version of the method of each supplier in its last round before."""
    known: dict[str, tuple[str, bool, str]] = {}
    for round_ in earlier:  # the latest first
        known = standings.bands(session, found.buyer_id, round_) | known
    return known
