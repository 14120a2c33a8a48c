"""Why a released band is what it is, said with figures that are released anyway and with nothing else."""

from collections.abc import Callable, Iterator, Mapping

from mapper.scoring.method import ScoringMethod
from mapper.scoring.released import MOST, ReleasedFigure, ReleasedMonths, ReleasedShare
from mapper.scoring.results import SupplierScore

OF_MANAGEMENT = frozenset({"M", "gaps", "gaps_answered", "I"})  # measures that no worker contributed to
TOO_FEW = "There are not enough interviews to report safely."
TOO_SMALL = "The counts behind this band are too small to be shown safely."
TOO_COARSE = "With fewer than {number} interviews only the band is shown."
WITHOUT_FIGURES = {
    "lower": "Nothing was found that would put the supplier into a graver band.",
    "not_enough_information": "The interviews, or the conditions in which they were held, do not allow a statement.",
}
INDICATED = "describe indicators consistent with forced labour"
AT_RISK = "describe threats, strong involuntary circumstances or a debt tied to the job"
PAID = "paid for the job and were not repaid in full"
Sayer = Callable[["Shown"], Iterator[str]]


class Shown:
    """The figures of a release by name."""

    def __init__(self, figures: tuple[ReleasedFigure, ...], months: tuple[ReleasedMonths, ...]) -> None:
        self._shares = {figure.name: figure.of() for figure in figures}
        self._months = {one.name: one for one in months if one.group == "total"}

    def share(self, name: str, predicate: str) -> Iterator[str]:
        found: ReleasedShare | None = self._shares.get(name)
        if found is not None and found.cases is not None:
            yield f"About {found.cases} of {found.base} workers {predicate}."
        elif found is not None and found.words == MOST:
            yield f"Most workers {predicate}."

    def mean(self) -> Iterator[str]:
        found = self._months.get("fees")
        if found:
            yield f"Those who paid bore about {found.mean:g} months of wage on average."


SAYERS: Mapping[str, Sayer] = {  # measure of a band rule → what the release itself says about it
    "LW": lambda shown: shown.share("class:FL_indicated", INDICATED),
    "cases": lambda shown: shown.share("class:FL_indicated", INDICATED),
    "at_risk_share": lambda shown: shown.share("evidence:at_risk", AT_RISK),
    "payers": lambda shown: shown.share("fees:paid", PAID),
    "F": lambda shown: shown.mean(),
}


def why(score: SupplierScore, method: ScoringMethod, shown: Shown) -> tuple[str, ...]:
    """Sentences for the rules that gave the band. A rule whose counts may not be shown is not named."""
    conditions = {rule.name: rule.conditions for rule in method.band_rules}
    measures = [one.measure for fired in score.rules_fired for one in conditions.get(fired.rule, ())]
    said = [text for measure in measures for text in SAYERS.get(measure, lambda _: iter(()))(shown)]
    return (*dict.fromkeys((*said, *of_management(score, method))),) or (WITHOUT_FIGURES.get(score.band, TOO_SMALL),)


def of_management(score: SupplierScore, method: ScoringMethod) -> tuple[str, ...]:
    """What the rules say that fired on management's own answers alone."""
    harmless = {
        rule.name
        for rule in method.band_rules
        if rule.conditions and all(condition.measure in OF_MANAGEMENT for condition in rule.conditions)
    }
    return tuple(fired.because for fired in score.rules_fired if fired.rule in harmless)
