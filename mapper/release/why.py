"""Why a released band is what it is, said with figures that are released anyway and with nothing else."""

from collections.abc import Callable, Iterator, Mapping

from mapper.language.reader import N_
from mapper.scoring.method import ScoringMethod
from mapper.scoring.released import MOST, ReleasedFigure, ReleasedMonths, ReleasedShare
from mapper.scoring.results import SupplierScore

OF_MANAGEMENT = frozenset({"M", "gaps", "gaps_answered", "I"})  # measures that no worker contributed to
TOO_FEW = N_("There are not enough interviews to report safely.")
TOO_SMALL = N_("The counts behind this band are too small to be shown safely.")  # said by earlier releases
NOT_SHOWN = N_("not shown in the release")  # of few and of many alike: which it is would tell which rule gave the band
TOO_COARSE = N_("With fewer than {number} interviews only the band is shown.")
WITHOUT_FIGURES = {
    "lower": N_("Nothing was found that would put the supplier into a graver band."),
    "not_enough_information": N_(
        "The interviews, or the conditions in which they were held, do not allow a statement."
    ),
}
INDICATED = (
    N_("About {cases} of {base} workers describe indicators consistent with forced labour."),
    N_("Most workers describe indicators consistent with forced labour."),
)
AT_RISK = (
    N_("About {cases} of {base} workers describe threats, strong involuntary circumstances or a debt tied to the job."),
    N_("Most workers describe threats, strong involuntary circumstances or a debt tied to the job."),
)
PAID = (
    N_("About {cases} of {base} workers paid for the job and were not repaid in full."),
    N_("Most workers paid for the job and were not repaid in full."),
)
MEAN = N_("Those who paid bore about {months} months of wage on average.")
SENTENCES = (  # a release is frozen in English; these are what its sentences are recognised by
    TOO_FEW, TOO_SMALL, NOT_SHOWN, TOO_COARSE, *WITHOUT_FIGURES.values(), *INDICATED, *AT_RISK, *PAID, MEAN,
)  # fmt: skip
Sayer = Callable[["Shown"], Iterator[str]]


class Shown:
    """The figures of a release by name."""

    def __init__(self, figures: tuple[ReleasedFigure, ...], months: tuple[ReleasedMonths, ...]) -> None:
        self._shares = {figure.name: figure.of() for figure in figures}
        self._months = {one.name: one for one in months if one.group == "total"}

    def share(self, name: str, said: tuple[str, str]) -> Iterator[str]:
        """`said`: the sentence with a count, and the one for most workers."""
        found: ReleasedShare | None = self._shares.get(name)
        if found is not None and found.cases is not None:
            yield said[0].format(cases=found.cases, base=found.base)
        elif found is not None and found.words == MOST:
            yield said[1]

    def mean(self) -> Iterator[str]:
        found = self._months.get("fees")
        if found:
            yield MEAN.format(months=f"{found.mean:g}")


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
    return (*dict.fromkeys((*said, *of_management(score, method))),) or (WITHOUT_FIGURES.get(score.band, NOT_SHOWN),)


def of_management(score: SupplierScore, method: ScoringMethod) -> tuple[str, ...]:
    """What the rules say that fired on management's own answers alone."""
    harmless = {
        rule.name
        for rule in method.band_rules
        if rule.conditions and all(condition.measure in OF_MANAGEMENT for condition in rule.conditions)
    }
    return tuple(fired.because for fired in score.rules_fired if fired.rule in harmless)
