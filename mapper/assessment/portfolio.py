"""The portfolio: a line for every supplier and round, kept in the store, of which only what changed is made anew."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlmodel import Session

from mapper.assessment.run import assess
from mapper.assessment.visits import rounds
from mapper.release.interviews import MONTHS_OVER
from mapper.scoring.method_file import DEFAULT, load_method
from mapper.scoring.released import FEW, MOST, Released, ReleasedShare, quality_word
from mapper.scoring.results import CorridorFees, SupplierScore
from mapper.store import standings
from mapper.store.standings import AUDIT, Firm, Kept, Place

GRAVITY = {band: place for place, band in enumerate(("lower", "elevated", "high", "critical"))}
BORE = {0: "fees:paid"} | {months: f"months:over:{months}" for months in MONTHS_OVER}  # more than so many months
FIGURES = ("interviews", "low", "share", "high", "paid")
AT_ONCE = 5  # suppliers assessed before the clock is looked at
SHAPE = "2"  # of what is kept of a line: another one, and all lines are made anew
REMEMBERED = 50_000  # lines, some kilobytes each
Figures = tuple[Any, ...]
_READ: dict[tuple[str, Place, str], Figures] = {}


@dataclass(frozen=True, slots=True)
class CorridorLine:
    """What the workers of one corridor paid there. In a release only what it shows, `words` (few, most) for a share.
    `answered` are those of whom it is known whether they paid, `with_cap` those of whom it is known against a cap,
    which is `cap_months` of wage in the middle (only for the audit team). `distribution` counts workers by whole months
    of wage; `bore` is what a release has instead: who bore more than so many months, as (months, share, word, of how
    many). `cap_words` stands for `above_cap` as `words` does for `paid`."""

    origin: str
    destination: str
    interviews: int
    answered: int | None
    payers: int | None
    paid: float | None
    words: str
    with_wage: int | None
    months: float | None
    above_cap: float | None
    distribution: tuple[int, ...] = ()
    bore: tuple[tuple[int, float | None, str, int | None], ...] = ()
    cap_words: str = ""
    with_cap: int | None = None
    cap_months: float | None = None

    @property
    def rounded(self) -> bool:
        """Whether its figures are those of a release."""
        return self.payers is None


@dataclass(frozen=True, slots=True)
class Line:
    """A supplier in one round. `is_open`: not released yet, so that the band is none of its own. `low` and `high` are
    the interval of forced labour; where a release has a word for who is indicated (few, most), `words` of `words_of`
    workers stand instead. `paid` is of `paid_of` workers; `quality` of the interviews is weak, fair or good.
    `before` is the band of the round before, "" where it may not be compared."""

    firm: Firm
    round: str
    band: str
    is_open: bool
    interviews: int | None
    low: float | None
    share: float | None
    high: float | None
    paid: float | None
    paid_words: str
    months: float | None
    sorting: float | None
    method: str
    corridors: tuple[CorridorLine, ...]
    paid_of: int | None = None
    quality: str | None = None
    words: str = ""
    words_of: int | None = None
    before: str = ""

    @property
    def change(self) -> int | None:
        """Bands that the supplier went up (worse) or down since the round before; None where that cannot be said."""
        if self.before not in GRAVITY or self.band not in GRAVITY:
            return None
        return GRAVITY[self.band] - GRAVITY[self.before]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """`pending`: suppliers whose latest interviews are not in their line yet."""

    method: str
    lines: tuple[Line, ...]
    pending: int
    fresh: Mapping[Place, Kept] = field(default_factory=dict)


def portfolio(
    session: Session, buyer_id: UUID | None, seconds: float | None = None, method: str = DEFAULT
) -> Portfolio:
    """The lines that a buyer (None: the audit team) may see. What changed is made anew for at most so many seconds
    (None: all of it) and comes back as `fresh`, for `keep` to store."""
    used = load_method(method)
    owner = AUDIT if buyer_id is None else str(buyer_id)
    firms = standings.firms(session, buyer_id)
    wanted = {
        place: f"{SHAPE}:{made}" for place, made in standings.current(session, buyer_id, used.version, firms).items()
    }
    there = {place: made for place, made in standings.made_from(session, owner).items() if place in wanted}
    stale = {place[0] for place, made in wanted.items() if there.get(place) != made}
    names = {id_: name for id_, (_, name) in rounds(session).items()}
    fresh: dict[Place, Kept] = {}
    begun, left = time.monotonic(), sorted(stale & firms.keys(), key=str)
    while left and (seconds is None or time.monotonic() - begun < seconds):
        some, left = left[:AT_ONCE], left[AT_ONCE:]
        fresh |= _made(session, buyer_id, [firms[one] for one in some], wanted, names)
    figures = _read(session, owner, {place: made for place, made in there.items() if place not in fresh})
    figures |= {place: _figures(one.content) for place, one in fresh.items()}
    shown = [
        Line(firms[supplier], names[round_], *told) for (supplier, round_), told in figures.items() if supplier in firms
    ]
    return Portfolio(used.version, tuple(_with_change(shown)), len(left), fresh)


def keep(session: Session, buyer_id: UUID | None, fresh: Mapping[Place, Kept]) -> None:
    """Store lines that were made anew. `session` writes."""
    standings.keep(session, AUDIT if buyer_id is None else str(buyer_id), fresh)


def corridor_lines(score: SupplierScore) -> tuple[CorridorLine, ...]:
    """What workers paid on each corridor of one supplier; outside the audit team what its release shows of it."""
    if score.withheld:
        return tuple(_released_corridors(score.released)) if score.released else ()
    return tuple(map(_corridor, score.corridors))


def _made(
    session: Session, buyer_id: UUID | None, firms: list[Firm], wanted: Mapping[Place, str], names: Mapping[UUID, str]
) -> dict[Place, Kept]:
    ids, rounds_by_name = {firm.code: firm.id for firm in firms}, {name: id_ for id_, name in names.items()}
    audience = "audit" if buyer_id is None else "release"
    found = assess(session, list(ids), audience=audience, buyer_id=buyer_id)
    made = {}
    for score in found.suppliers:
        place = (ids[score.supplier], rounds_by_name[score.round])
        if place in wanted:
            made[place] = Kept(wanted[place], _content(score, found.method.version))
    return made


def _content(score: SupplierScore, version: str) -> dict[str, Any]:
    if score.withheld:
        return {**_released(score.released), "band": score.band, "is_open": score.released is None}
    labour, fees = score.forced_labour, score.fees
    return {
        "band": score.band, "is_open": False, "interviews": score.interviews, "low": labour.low, "share": labour.share,
        "high": labour.high, "paid": fees.paid_share, "paid_words": "", "months": fees.mean_months,
        "paid_of": fees.answered, "quality": quality_word(score.quality.score),
        "sorting": score.sorting.value if score.sorting else score.components.get("W"), "method": version,
        "corridors": [asdict(_corridor(one)) for one in score.corridors],
    }  # fmt: skip


def _corridor(one: CorridorFees) -> CorridorLine:
    fees = one.fees
    counts = (one.interviews, fees.answered, fees.payers, fees.paid_share, "", fees.with_wage, fees.mean_months)
    spread = fees.sdg.distribution if fees.sdg else ()
    cap = (fees.with_cap, fees.cap_months)
    return CorridorLine(one.origin, one.destination, *counts, fees.above_cap_share, spread, (), "", *cap)


def _released(shown: Released | None) -> dict[str, Any]:
    if shown is None:
        return {"method": "", "corridors": []}
    indicated, possible = shown.share("class:FL_indicated"), shown.share("forced_labour:possible")
    paid, mean = shown.share("fees:paid"), shown.mean("fees")
    return {
        "interviews": shown.interviews, "low": indicated.low if indicated else None,
        "share": indicated.share if indicated else None, "high": possible.high if possible else None,
        "paid": paid.share if paid else None, "paid_words": paid.words if paid else "",
        "paid_of": paid.base if paid else None, "quality": shown.quality,
        "words": indicated.words if indicated else "", "words_of": indicated.base if indicated else None,
        "months": mean.mean if mean else None, "sorting": _sorted_by(possible), "method": shown.method_version,
        "corridors": [asdict(one) for one in _released_corridors(shown)],
    }  # fmt: skip


def _sorted_by(share: ReleasedShare | None) -> float | None:
    return None if share is None else {MOST: 1.0, FEW: 0.0}.get(share.words, share.share)


def _released_corridors(shown: Released) -> Iterator[CorridorLine]:
    for group in shown.by("corridor"):
        origin, _, destination = dict(group.values)["corridor"].partition("-")
        paid, above = (shown.share(name, group.name) for name in ("fees:paid", "fees:above_cap"))
        mean = shown.mean("fees", group.name)
        if destination:
            share, words = (paid.share, paid.words) if paid else (None, "")
            months, capped = mean.mean if mean else None, above.share if above else None
            yield CorridorLine(
                origin, destination, group.base, paid.base if paid else None, None, share, words, None, months, capped,
                bore=tuple(_bore(shown, group.name)), cap_words=above.words if above else "",
                with_cap=above.base if above else None,
            )  # fmt: skip


def _bore(shown: Released, group: str) -> Iterator[tuple[int, float | None, str, int]]:
    for months, name in BORE.items():
        if found := shown.share(name, group):
            yield months, found.share, found.words, found.base


def _read(session: Session, owner: str, there: Mapping[Place, str]) -> dict[Place, Figures]:
    """What the lines that are kept say. What was read once is remembered: a line never changes but for what it was
    made from."""
    known = {place: _READ[owner, place, made] for place, made in there.items() if (owner, place, made) in _READ}
    if len(_READ) > REMEMBERED:
        _READ.clear()
    for place, line in standings.kept(session, owner, {place[0] for place in there.keys() - known.keys()}):
        known[place] = _READ[owner, place, line.made_from] = _figures(line.content)
    return {place: known[place] for place in there if place in known}


def _figures(content: Mapping[str, Any]) -> Figures:
    """Everything of a line but the supplier and the round, in its order."""
    corridors = tuple(_line_of(one) for one in content["corridors"])
    figures = (content.get(name) for name in FIGURES)
    paid = (content.get("paid_words", ""), content.get("months"), content.get("sorting"))
    about = (content.get(name) for name in ("paid_of", "quality"))
    instead = (content.get("words", ""), content.get("words_of"))
    return (content["band"], content["is_open"], *figures, *paid, content["method"], corridors, *about, *instead)


def _line_of(kept: Mapping[str, Any]) -> CorridorLine:
    bore = tuple((months, share, words, *(of or (None,))) for months, share, words, *of in kept.get("bore", ()))
    return CorridorLine(**{**kept, "distribution": tuple(kept["distribution"]), "bore": bore})


def _with_change(lines: list[Line]) -> Iterator[Line]:
    """Each line with the band of the round before, where one version of the method made both."""
    last: dict[UUID, Line] = {}
    for line in sorted(lines, key=lambda line: line.round):
        before = last.get(line.firm.id)
        same = before is not None and before.method == line.method and not before.is_open and not line.is_open
        yield replace(line, before=before.band) if same and before else line
        last[line.firm.id] = line
