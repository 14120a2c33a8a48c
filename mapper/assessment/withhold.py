"""What may be known of a supplier and round outside the audit team: what was released, what management itself said, the
inherent risk, to which no worker contributed, and after a release which documents were not shown: the company that has
to show them knows that itself.

The score is made anew from these, and nothing is taken over from the audit team's: a figure that is added there
stays there until somebody decides that it may leave.
"""

from collections.abc import Mapping
from dataclasses import replace

from mapper.assessment.visits import Visit
from mapper.language.reader import N_
from mapper.language.spoken import Sentence, recognised
from mapper.release import why
from mapper.scoring.inherent import inherent_risk
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
    "not_released", Sentence(N_("Not released yet: the audit team decides what of the interviews may be shown."))
)
NOT_SHOWN = Sentence(N_("Worker interviews are not shown to this audience."))
NO_MANAGEMENT = Sentence(N_("Management has not answered, or has left too much unanswered."))


DOCUMENTS = "documents"  # of the other sources the only one: recruiters and observation may lead to who spoke


NOTHING = SupplierScore(  # from workers: of no interview anything is known
    supplier="", round="", interviews=0, workers=None, sampling="", refused_consent=0, apart=0, unsettled=0,
    forced_labour=ForcedLabour(0, 0, 0, None, None, None), classes={}, indicators=(),
    fees=Fees(0, 0, 0, None, None, None, None, None, None, None, 0, {}, {}), corridors=(), chain=(),
    components=dict.fromkeys(("W", "F", "D", "M", "I", "Q")), components_missing=dict.fromkeys(OF_WORKERS, NOT_SHOWN),
    quality=InterviewQuality(None, None, None, None, {}), band="not_enough_information",
    rules_fired=(NOT_RELEASED,), withheld=("interviews", *WITHHELD),
)  # fmt: skip


def outside(
    visit: Visit,
    management: tuple[IndicatorResult, ...],
    statements: Mapping[str, tuple[IndicatorResult, ...]],
    method: ScoringMethod,
    released: Released | None,
) -> SupplierScore:
    """The score as a buyer may see it; without a release it has no band of its own."""
    inherent = inherent_risk(visit.setting, method)
    own = {"M": management_score(management, method.components.gaps_answered), "I": inherent.score}
    why = {"M": NO_MANAGEMENT, "I": Sentence(method.components.missing["I"])}
    missing = {name: why[name] for name, score in own.items() if score is None}
    found = replace(
        NOTHING,
        supplier=visit.supplier,
        round=visit.round,
        workers=visit.workers,
        sampling=visit.sampling,
        components={**NOTHING.components, **own},
        components_missing={**NOTHING.components_missing, **missing},
        management=management,
        inherent=inherent,
    )
    return _with_release(found, released, statements, method) if released else found


def _with_release(
    found: SupplierScore,
    released: Released,
    statements: Mapping[str, tuple[IndicatorResult, ...]],
    method: ScoringMethod,
) -> SupplierScore:
    """The same with what the audit team decided to show."""
    return replace(
        found,
        interviews=released.interviews or 0,
        band=released.band,
        rules_fired=_rules(released, method),
        statements={name: gaps for name, gaps in statements.items() if name == DOCUMENTS},
        withheld=found.withheld if released.interviews is None else WITHHELD,
        released=released,
    )


def _rules(released: Released, method: ScoringMethod) -> tuple[RuleFired, ...]:
    return tuple(RuleFired("released", text) for text in said_again(released, method))


def said_again(released: Released, method: ScoringMethod) -> tuple[str, ...]:
    """The sentences of a release, which was frozen in English, as they can be said in any language."""
    templates = (*why.SENTENCES, *(rule.because for rule in method.band_rules))
    return tuple(recognised(text, templates) for text in released.why)
