"""Why a band was given, in full: for the audit team from the score, for reviewers from a release and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session

from mapper.assessment.run import judged, scored
from mapper.assessment.visits import visits
from mapper.assessment.withhold import said_again
from mapper.scoring.conversions import conversions
from mapper.scoring.method_file import DEFAULT, load_method
from mapper.scoring.released import Released, ReleasedFigure, ReleasedMonths, ReleasedShare
from mapper.scoring.results_parts import InherentRisk
from mapper.scoring.risk import in_general
from mapper.scoring.trace import Trace, trace
from mapper.store import evidence as stored

BEHIND_BANDS = ("class:", "forced_labour:", "evidence:", "fees:")
KINDS = ("forced_labour", "fees")  # indicators that bands rest on


@dataclass(frozen=True, slots=True)
class ReleasedTrace:
    """`why` are the sentences of the release, `figures` and `months` what it shows of all interviewed. `rules` are the
    published rules of all bands with their words, whether or not they fired here."""

    supplier: str
    round: str
    band: str
    method_version: str
    release: int
    why: tuple[str, ...]
    interviews: int | None
    quality: str | None
    figures: tuple[tuple[ReleasedFigure, ReleasedShare], ...]
    months: tuple[ReleasedMonths, ...]
    inherent: InherentRisk | None
    rules: tuple[tuple[str, str, str], ...]


def traced(session: Session, supplier: str, round: str, method: str = DEFAULT) -> Trace | None:
    """For the audit team. None where there are no responses of this supplier in this round."""
    used = load_method(method)
    found, surveys = visits(session, [supplier], round)
    if len(found) != 1:
        return None
    [visit] = found
    entries = [*visit.worker, *visit.management, *(entry for others in visit.others.values() for entry in others)]
    answered = dict.fromkeys(entry.definition for entry in entries)
    versions = sorted(answered, key=lambda one: stored.published(session, one))
    workers, _ = judged(session, visit, surveys, used)
    converted = conversions(workers.evidence.costs.items, workers.valid, used.rates)
    return trace(scored(session, visit, surveys, used), used, [surveys[one] for one in versions], converted)


def traced_release(
    supplier: str, round: str, released: Released, inherent: InherentRisk | None, method: str = DEFAULT
) -> ReleasedTrace:
    """For reviewers: nothing here comes from anywhere but the release, the published method and the table of I."""
    used = load_method(method)
    return ReleasedTrace(
        supplier=supplier,
        round=round,
        band=released.band,
        method_version=released.method_version,
        release=released.version,
        why=said_again(released, used),
        interviews=released.interviews,
        quality=released.quality,
        figures=tuple(_figures(released)),
        months=tuple(one for one in released.months if one.name == "fees" and one.group == "total"),
        inherent=inherent,
        rules=tuple((rule.band, rule.label, in_general(rule)) for rule in used.band_rules),
    )


def _figures(released: Released) -> Iterator[tuple[ReleasedFigure, ReleasedShare]]:
    """What is shown of everybody interviewed and rules look at: classes, costs, and the indicators behind them."""
    found = [(figure, share) for figure in released.figures if (share := figure.of()) is not None]
    looked_at = [(f, s) for f, s in found if f.name.startswith(BEHIND_BANDS) or f.kind in KINDS]
    yield from sorted(looked_at, key=lambda pair: (not pair[0].name.startswith(BEHIND_BANDS), -(pair[1].share or 0.0)))
