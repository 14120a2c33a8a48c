"""I: the risk of country, sector and corridor, from a dated table, before anybody is asked; and how many to ask."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from mapper.scoring.detection import by_share
from mapper.scoring.method import ScoringMethod
from mapper.scoring.method_parts import InherentRow
from mapper.scoring.method_values import EPOCH
from mapper.scoring.results_parts import PARTS, InherentPart, InherentRisk, SampleAdvice

ANY = "any"


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a supplier stands: country, sector, the countries of origin on which its recruiters work, and the day that
    decides which rows hold. Nothing here was told by a worker."""

    country: str
    sector: str
    origins: frozenset[str] = frozenset()
    day: date | None = None


def inherent_risk(setting: Setting | None, method: ScoringMethod) -> InherentRisk:
    """The mean of the parts that have a row; of several corridors the riskiest. None where no part has one."""
    found = [part for name in PARTS if setting and (part := _part(name, setting, method.inherent))]
    score = sum(part.score for part in found) / len(found) if found else None
    missing = tuple(name for name in PARTS if name not in {part.part for part in found})
    return InherentRisk(score, tuple(found), missing, method.sample.minimum(score))


def sample_advice(interviews: int, workers: int | None, inherent: InherentRisk, method: ScoringMethod) -> SampleAdvice:
    """How many interviews this site asks for: the minimum (at most everybody), and how many meet somebody affected."""
    minimum = inherent.minimum if not workers else min(inherent.minimum, workers)
    detect = {share: one.interviews for share, one in by_share(method.sample.affected, workers)} if workers else {}
    return SampleAdvice(interviews, minimum, detect, max(0, minimum - interviews))


def _part(name: str, setting: Setting, rows: Collection[InherentRow]) -> InherentPart | None:
    about = {
        "country": [[setting.country]],
        "sector": [[setting.sector]],
        "corridor": [_corridor(origin, setting.country) for origin in sorted(setting.origins)],
    }[name]
    found = [row for names in about if (row := _in_force(name, names, rows, setting.day))]
    worst = max(found, key=lambda row: row.score, default=None)
    if worst is None:
        return None
    valid = date.fromordinal(worst.valid_from + EPOCH).isoformat()
    return InherentPart(name, worst.about, worst.score, valid, worst.source, worst.status)


def _corridor(origin: str, destination: str) -> list[str]:
    """The names under which a corridor may stand, the narrowest first."""
    return [f"{origin}-{destination}", f"{origin}-{ANY}", f"{ANY}-{destination}"]


def _in_force(part: str, names: Iterable[str], rows: Collection[InherentRow], day: date | None) -> InherentRow | None:
    """The latest row of the narrowest name that has one."""
    until = (day or date.today()).toordinal() - EPOCH
    for name in names:
        fitting = [row for row in rows if (row.part, row.about) == (part, name) and row.valid_from <= until]
        if fitting:
            return fitting[-1]
    return None
