"""What the labour supply chain map shows: who stood between home and workplace on each corridor, stage by stage.

Here for the audit team, from what workers told; `chain_map_released` makes it of a release alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mapper.scoring.method_file import load_method
from mapper.scoring.paths import EMPLOYER, HOME, ChainStep
from mapper.scoring.results import ChainLink, IndicatorResult, SupplierScore

STAGE_OF_ACTOR = {  # in whose lane an actor stands, and in which of its columns
    HOME: ("S0_context", 0),
    "sub_agent": ("S1_recruitment", 0),
    "lender": ("S1_recruitment", 0),
    "other": ("S1_recruitment", 0),
    "ra_origin": ("S1_recruitment", 1),
    "gov_origin": ("S2_predeparture", 0),
    "medical": ("S2_predeparture", 0),
    "training": ("S2_predeparture", 0),
    "transport": ("S3_transit", 0),
    "ra_destination": ("S4_arrival", 0),
    "gov_destination": ("S4_arrival", 0),
    "accommodation": ("S4_arrival", 0),
    EMPLOYER: ("S5_employment", 0),
}
STAGES = tuple(dict.fromkeys(stage for stage, _ in STAGE_OF_ACTOR.values()))
PAPERS = frozenset({  # topics about what becomes of papers
    "documents_kept", "permits", "contract", "contract_language", "contract_substitution", "receipts", "pay_slip",
})  # fmt: skip
MOST_ITEMS = 3  # in one stage; the table of items has them all


@dataclass(frozen=True, slots=True)
class Known:
    """A recruiter that the set-up names. `licence` None: not stated."""

    name: str
    licence: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """A share of workers as it may be said: exact with its denominator, rounded, or the word most or few."""

    share: float | None
    base: int
    cases: int | None
    words: str = ""
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """An actor on a corridor. `paid` and `receipt` None where not known, `months` the mean over the `payers`."""

    actor: str
    met: Part
    paid: Part | None = None
    receipt: Part | None = None
    months: float | None = None
    payers: int = 0
    known: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """The share of workers who went from one actor to the next."""

    source: str
    target: str
    part: Part


@dataclass(frozen=True, slots=True)
class Corridor:
    origin: str
    destination: str
    told: int
    stops: tuple[Stop, ...]
    passages: tuple[Passage, ...]

    @property
    def rounded(self) -> bool:
        """Whether its figures are those of a release."""
        return any(stop.met.rounded for stop in self.stops)


@dataclass(frozen=True, slots=True)
class Note:
    """A cost or a matter of papers in a stage: what, and how many workers."""

    label: str
    part: Part
    months: float | None = None


@dataclass(frozen=True, slots=True)
class ChainMap:
    """`is_release`: kinds of actors and rounded numbers only. `costs` and `papers` are of all corridors, by stage."""

    is_release: bool
    corridors: tuple[Corridor, ...]
    costs: Mapping[str, tuple[Note, ...]]
    papers: Mapping[str, tuple[Note, ...]]


def of_score(
    score: SupplierScore, steps: Sequence[ChainStep], recruiters: Mapping[tuple[str, str], Sequence[Known]]
) -> ChainMap:
    """The audit team's map. `recruiters`: by kind of actor and country, as the set-up has them."""
    interviews = {(place.origin, place.destination): place.interviews for place in score.corridors}
    corridors = dict.fromkeys((link.origin, link.destination) for link in score.chain)
    return ChainMap(
        is_release=False,
        corridors=tuple(
            Corridor(
                *ends,
                next((step.told for step in steps if (step.origin, step.destination) == ends), 0),
                tuple(_stop(link, interviews.get(ends, 0), recruiters) for link in score.chain if _ends(link) == ends),
                tuple(_passage(step) for step in steps if (step.origin, step.destination) == ends),
            )
            for ends in corridors
        ),
        costs=_costs(score),
        papers=_papers(score.indicators),
    )


def stage_of_item(code: str) -> str:
    """Where a cost arises, as the method's table of items says; what nobody named arises before departure."""
    item = load_method().cost_items.get(code)
    return item.stage if item else "S2_predeparture"


def _ends(link: ChainLink) -> tuple[str, str]:
    return link.origin, link.destination


def _stop(link: ChainLink, interviews: int, recruiters: Mapping[tuple[str, str], Sequence[Known]]) -> Stop:
    place = link.destination if link.actor == "ra_destination" else link.origin
    return Stop(
        actor=link.actor,
        met=_part(link.workers, interviews),
        paid=_part(link.payers, link.workers),
        receipt=_part(link.receipts, link.payers) if link.payers else None,
        months=link.mean_months,
        payers=link.payers,
        known=tuple(recruiters.get((link.actor, place), ())),
    )


def _passage(step: ChainStep) -> Passage:
    return Passage(step.source, step.target, _part(step.workers, step.told))


def _part(cases: int, base: int) -> Part:
    return Part(cases / base if base else None, base, cases)


def _costs(score: SupplierScore) -> Mapping[str, tuple[Note, ...]]:
    items = sorted(score.fees.items.values(), key=lambda item: -item.payers)
    return by_stage(
        (
            stage_of_item(item.code),
            Note(item.label, _part(item.payers, score.fees.answered), item.mean_months),
        )
        for item in items
        if item.payers
    )


def _papers(indicators: Sequence[IndicatorResult]) -> Mapping[str, tuple[Note, ...]]:
    found = [one for one in indicators if one.topic in PAPERS and one.kind == "breach" and one.proportion.cases]
    found.sort(key=lambda one: -(one.proportion.share or 0.0))
    return by_stage((one.stage, Note(one.label, _part(one.proportion.cases, one.proportion.answered))) for one in found)


def by_stage(notes: Iterator[tuple[str, Note]]) -> Mapping[str, tuple[Note, ...]]:
    """The first few of each stage; a stage without a lane counts to the last one."""
    found: dict[str, list[Note]] = {}
    for stage, note in notes:
        found.setdefault(stage if stage in STAGES else STAGES[-1], []).append(note)
    return {stage: tuple(several[:MOST_ITEMS]) for stage, several in found.items()}
