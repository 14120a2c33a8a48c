"""A line of the portfolio: what a supplier's score, or its release, says of it in one row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mapper.release.interviews import MONTHS_OVER
from mapper.scoring.released import FEW, MOST, Released, ReleasedShare, quality_word
from mapper.scoring.results import CorridorFees, SupplierScore
from mapper.store.standings import Firm

GRAVITY = {band: place for place, band in enumerate(("lower", "elevated", "high", "critical"))}
BORE = {0: "fees:paid"} | {months: f"months:over:{months}" for months in MONTHS_OVER}  # more than so many months


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
    paid_of: int | None = None
    quality: str | None = None
    words: str = ""
    words_of: int | None = None
    corridors: tuple[CorridorLine, ...] = ()
    before: str = ""

    @property
    def change(self) -> int | None:
        """Bands that the supplier went up (worse) or down since the round before; None where that cannot be said."""
        if self.before not in GRAVITY or self.band not in GRAVITY:
            return None
        return GRAVITY[self.band] - GRAVITY[self.before]


def corridor_lines(score: SupplierScore) -> tuple[CorridorLine, ...]:
    """What workers paid on each corridor of one supplier; outside the audit team what its release shows of it."""
    if score.withheld:
        return tuple(_released_corridors(score.released)) if score.released else ()
    return tuple(map(_corridor, score.corridors))


def corridor_line(kept: Mapping[str, Any]) -> CorridorLine:
    """The same as it comes back from the store."""
    bore = tuple((months, share, words, *(of or (None,))) for months, share, words, *of in kept["bore"])
    return CorridorLine(**{**kept, "distribution": tuple(kept["distribution"]), "bore": bore})


def figures(score: SupplierScore, version: str) -> dict[str, Any]:
    """What is kept of a score besides its corridors; outside the audit team what its release shows of it."""
    if score.withheld:
        return {**_released(score.released), "band": score.band, "is_open": score.released is None}
    labour, fees = score.forced_labour, score.fees
    return {
        "band": score.band, "is_open": False, "interviews": score.interviews, "low": labour.low, "share": labour.share,
        "high": labour.high, "paid": fees.paid_share, "paid_words": "", "months": fees.mean_months,
        "paid_of": fees.answered, "quality": quality_word(score.quality.score),
        "sorting": score.sorting.value if score.sorting else score.components.get("W"), "method": version,
    }  # fmt: skip


def _corridor(one: CorridorFees) -> CorridorLine:
    fees = one.fees
    counts = (one.interviews, fees.answered, fees.payers, fees.paid_share, "", fees.with_wage, fees.mean_months)
    spread = fees.sdg.distribution if fees.sdg else ()
    cap = (fees.with_cap, fees.cap_months)
    return CorridorLine(one.origin, one.destination, *counts, fees.above_cap_share, spread, (), "", *cap)


def _released(shown: Released | None) -> dict[str, Any]:
    if shown is None:
        return {"method": ""}
    indicated, possible = shown.share("class:FL_indicated"), shown.share("forced_labour:possible")
    paid, mean = shown.share("fees:paid"), shown.mean("fees")
    return {
        "interviews": shown.interviews, "low": indicated.low if indicated else None,
        "share": indicated.share if indicated else None, "high": possible.high if possible else None,
        "paid": paid.share if paid else None, "paid_words": paid.words if paid else "",
        "paid_of": paid.base if paid else None, "quality": shown.quality,
        "words": indicated.words if indicated else "", "words_of": indicated.base if indicated else None,
        "months": mean.mean if mean else None, "sorting": _sorted_by(possible), "method": shown.method_version,
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
