"""How a figure is told: as it was counted, or marked as rounded. The one place that decides it.

What a release shows is rounded, and never stands without a mark: *about* in a sentence, ≈ where there is little room
(in tables, on maps and charts, in cells of the workbook). Words (few, most) need none. What it does not show is said in
words: a bare dash reads like nothing, or like zero.
"""

from dataclasses import dataclass

from mapper.language.reader import N_, UNKNOWN, Reader
from mapper.release.why import NOT_SHOWN
from mapper.scoring.released import FEW, MOST, ReleasedShare
from mapper.summary.wording import EXTREMES

MARK = "≈\u00a0"
RIGHT_TO_LEFT = "\u200f"  # a figure by itself has no letter that says from where it is read
ABOUT = N_("about %(cases)s of %(base)s")
OF_WORD = {FEW: N_("few of about %(base)s"), MOST: N_("most of about %(base)s")}


@dataclass(frozen=True, slots=True)
class Told:
    """Figures for a reader; `rounded` where they come from a release."""

    read: Reader
    rounded: bool = True

    def number(self, value: float | None) -> str:
        return self.marked(self.read.number(value))

    def percent(self, share: float | None, words: str = "") -> str:
        """`words` (few, most) stand in its place where they are given."""
        return self.read.say(EXTREMES[words]) if words else self.marked(self.read.percent(share))

    def of(self, share: float | None, words: str, base: int | None) -> str:
        """A share with its denominator: `≈ 75 % of ≈ 40`, `few of about 40`; without a base the share alone."""
        if base is None or (share is None and not words):
            return self.percent(share, words)
        if words:
            return self.read.say(OF_WORD[words], base=self.read.number(base))
        return self.read.say(N_("%(share)s of %(base)s"), share=self.percent(share), base=self.number(base))

    def months(self, months: float | None) -> str:
        """A mean over those who paid; what is told as less than something needs no mark."""
        said = self.read.mean_months(months)
        return said if months == 0 else self.marked(said)

    def interval(self, low: float | None, high: float | None) -> str:
        if low is None or high is None:
            return self.marked(UNKNOWN)
        return f"{self.percent(low)} – {self.read.percent(high)}"

    def counted(self, share: ReleasedShare) -> str:
        """`about 15 of 40`, `few of about 40`."""
        base = self.read.number(share.base)
        if share.words:
            return self.read.say(OF_WORD[share.words], base=base)
        return self.read.say(ABOUT, cases=self.read.number(share.cases), base=base)

    def share(self, share: ReleasedShare | None) -> str:
        """The same with the share in percent; in words where nothing may be shown."""
        if share is None or share.words:
            return self.marked(UNKNOWN) if share is None else self.counted(share)
        cases, base, part = self.read.number(share.cases), self.read.number(share.base), self.read.percent(share.share)
        return self.read.say(N_("about %(cases)s of %(base)s (%(share)s)"), cases=cases, base=base, share=part)

    def marked(self, said: str) -> str:
        """A figure that is in words already."""
        if not self.rounded:
            return said
        if said == UNKNOWN:
            return self.read.say(NOT_SHOWN)
        return f"{RIGHT_TO_LEFT if self.read.is_rtl else ''}{MARK}{said}"
