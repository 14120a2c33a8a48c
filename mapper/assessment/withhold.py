"""What of a supplier and round may be known outside the audit team: what was released, and what management itself said.

The score is made anew from these two, and nothing is taken over from the audit team's: a figure that is added there
stays there until somebody decides that it may leave.
"""

from mapper.assessment.visits import Visit
from mapper.scoring.management import management_score
from mapper.scoring.method import ScoringMethod
from mapper.scoring.released import Released
from mapper.scoring.results import (
    Fees,
    ForcedLabour,
    IndicatorResult,
    InterviewQuality,
    RuleFired,
    SupplierScore,
)

OF_WORKERS = ("W", "F", "D", "Q")
WITHHELD = (
    "refused_consent", "forced_labour", "classes", "indicators", "fees", "corridors", "chain", "genders", "quality",
    *(f"components.{name}" for name in OF_WORKERS),
)  # fmt: skip
NOT_RELEASED = RuleFired(
    "not_released", "Not released yet: the audit team decides what of the interviews may be shown."
)
NOT_SHOWN = "Worker interviews are not shown to this audience."
NO_MANAGEMENT = "Management has not answered, or has left too much unanswered."
NO_TABLE = "Not part of a release."


def outside(
    visit: Visit, management: tuple[IndicatorResult, ...], method: ScoringMethod, released: Released | None
) -> SupplierScore:
    """The score as a buyer may see it; without a release it has no band of its own."""
    gaps = management_score(management, method.components.gaps_answered)
    missing = {**dict.fromkeys(OF_WORKERS, NOT_SHOWN), "I": NO_TABLE} | (
        {} if gaps is not None else {"M": NO_MANAGEMENT}
    )
    has_number = released is not None and released.interviews is not None
    return SupplierScore(
        supplier=visit.supplier,
        round=visit.round,
        interviews=released.interviews or 0 if released else 0,
        workers=visit.workers,
        sampling=visit.sampling,
        refused_consent=0,
        forced_labour=ForcedLabour(0, 0, 0, None, None, None),
        classes={},
        indicators=(),
        fees=Fees(0, 0, 0, None, None, None, None, None, None, None, 0, {}, {}),
        corridors=(),
        chain=(),
        components={**dict.fromkeys(("W", "F", "D")), "M": gaps, "I": None, "Q": None},
        components_missing=missing,
        quality=InterviewQuality(None, None, None, None, {}),
        band=released.band if released else "not_enough_information",
        rules_fired=tuple(RuleFired("released", why) for why in released.why) if released else (NOT_RELEASED,),
        management=management,
        withheld=WITHHELD if has_number else ("interviews", *WITHHELD),
        released=released,
    )
