"""A supplier's line in words. Where a figure is missing it says why: a bare dash reads like nothing, or like zero."""

from mapper.assessment.lines import CorridorLine, Line
from mapper.language.reader import N_, Reader
from mapper.summary import wording
from mapper.summary.told import Told
from mapper.summary.unshown import NOT_SHOWN

NO_COST = N_("Nobody's cost is known.")
NO_WAGE = N_("There is no worker whose cost and wage are both known.")
NO_PAYER = N_("Paid nothing")
NO_CHANGE = wording.DIRECTIONS["not_comparable"]
MOVED = {1: N_("graver band"), -1: N_("less grave band"), 0: N_("same band")}  # a band alone does not say better
ARROWS = {1: "▲", -1: "▼", 0: "="}
NOT_ENOUGH = "not_enough_information"


def interviews(line: Line, told: Told) -> str:
    if line.is_open or line.interviews is None:
        return why_missing(line, told, wording.NOT_KNOWN)
    return told.number(line.interviews)


def interval(line: Line, told: Told) -> str:
    """Of forced labour; the word that a release has for it with its denominator."""
    return why_none(line, told.read) or told.interval(line.low, line.high)


def share(line: Line, value: float | None, told: Told) -> str:
    """One end of that interval, or the share between them."""
    return why_missing(line, told, wording.NOT_KNOWN) if value is None else told.percent(value)


def paid(line: Line, told: Told) -> str:
    """The share who paid for the job."""
    if line.paid is None and not line.paid_words:
        return why_missing(line, told, NO_COST)
    return told.percent(line.paid, line.paid_words)


def months(line: Line, told: Told) -> str:
    """The mean of those who paid, in months of wage."""
    if line.months is None:
        return why_missing(line, told, _no_months(line.paid_of, line.paid))
    return told.months(line.months)


def months_there(one: CorridorLine, told: Told) -> str:
    """The same of one corridor."""
    if one.months is None:
        return told.read.say(NOT_SHOWN if told.rounded else _no_months(one.answered, one.payers))
    return told.months(one.months)


def paid_there(one: CorridorLine, told: Told) -> str:
    """The share who paid, of one corridor."""
    if one.paid is None and not one.words:
        return told.read.say(NOT_SHOWN if told.rounded else NO_COST)
    return told.percent(one.paid, one.words)


def moved(line: Line, read: Reader) -> str:
    """Whether the band changed since the round before, with an arrow."""
    if line.change is None:
        here = NOT_ENOUGH in (line.band, line.before) and not line.is_open
        return read.say(wording.BANDS[NOT_ENOUGH] if here else NO_CHANGE)
    way = sign(line.change)
    return f"{ARROWS[way]} {read.say(MOVED[way])}"


def tier(line: Line, read: Reader) -> str:
    return read.say(wording.NOT_STATED) if line.firm.tier is None else read.number(line.firm.tier)


def corridors(line: Line, told: Told) -> str:
    ways = (told.read.corridor(one.origin, one.destination) for one in line.corridors)
    return "; ".join(ways) or why_missing(line, told, wording.NOT_KNOWN)


def why_none(line: Line, read: Reader) -> str:
    """Why a supplier has no interval to be drawn; empty where it has one."""
    if line.low is not None and line.high is not None:
        return ""
    if line.is_open:
        return read.say(wording.NOT_RELEASED)
    if line.words:
        return Told(read).of(None, line.words, line.words_of)
    if line.share is not None:  # one end of the interval alone is missing
        end = N_("Upper end") if line.high is None else N_("Lower end")
        return f"{Told(read).percent(line.share)}; {read.say(end)}: {read.say(NOT_SHOWN)}"
    if line.interviews:
        return read.say(N_("its share is not shown in the release"))
    return read.say(N_("too few interviews to show any figure from workers"))


def why_missing(line: Line, told: Told, unknown: str) -> str:
    """Why a release says nothing; for the audit team, which sees all, what is not known."""
    if line.is_open:
        return told.read.say(wording.NOT_RELEASED)
    return told.read.say(NOT_SHOWN if told.rounded else unknown)


def sign(change: int | None) -> int:
    return (change > 0) - (change < 0) if change else 0


def _no_months(answered: int | None, paid: float | None) -> str:
    """Why the audit team has no mean: nobody's cost is known, nobody paid, or no wage is known."""
    if not answered:
        return NO_COST
    return NO_WAGE if paid else NO_PAYER
