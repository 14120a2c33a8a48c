"""What is left of a score outside the audit team, until the rule for releases admits more: the band and what management
itself said. Nothing that came from a worker, except through the band.

Source: the project's rule on disclosure: under ten interviews no figure that came from workers, and no band either.
"""

from dataclasses import replace

from mapper.scoring.method import ScoringMethod
from mapper.scoring.results import Fees, ForcedLabour, InterviewQuality, RuleFired, SupplierScore

LEAST_INTERVIEWS = 10
OF_MANAGEMENT = frozenset({"M", "gaps", "gaps_answered"})  # measures that no worker contributed to
OF_WORKERS = ("W", "F", "Q")
TOO_FEW = RuleFired("too_few_to_release", "There are not enough interviews to report safely.")
WITHHELD = (
    "interviews", "refused_consent", "forced_labour", "classes", "indicators", "fees", "corridors", "chain", "genders",
    "quality", *(f"components.{name}" for name in OF_WORKERS), "rules_fired",
)  # fmt: skip
_NO_FEES = Fees(0, 0, 0, None, None, None, None, None, None, None, 0, {}, {})


def withheld(score: SupplierScore, method: ScoringMethod) -> SupplierScore:
    """The score as a buyer or supplier may see it."""
    enough = (score.interviews or 0) >= LEAST_INTERVIEWS
    reason = "Worker interviews are not shown to this audience."
    return replace(
        score,
        interviews=0,
        refused_consent=0,
        forced_labour=ForcedLabour(0, 0, 0, None, None, None),
        classes={},
        indicators=(),
        fees=_NO_FEES,
        corridors=(),
        chain=(),
        genders={},
        quality=InterviewQuality(None, None, None, None, {}),
        components={**score.components, **dict.fromkeys(OF_WORKERS)},
        components_missing={**score.components_missing, **dict.fromkeys(OF_WORKERS, reason)},
        band=score.band if enough else "not_enough_information",
        rules_fired=_of_management(score, method) if enough else (TOO_FEW,),
        withheld=WITHHELD,
    )


def _of_management(score: SupplierScore, method: ScoringMethod) -> tuple[RuleFired, ...]:
    """The rules that fired on what management said alone: the others would tell what workers said."""
    harmless = {
        rule.name
        for rule in method.band_rules
        if rule.conditions and all(condition.measure in OF_MANAGEMENT for condition in rule.conditions)
    }
    return tuple(fired for fired in score.rules_fired if fired.rule in harmless)
