"""What changed between two rounds of a supplier, as a picture: before, after, and which way."""

from collections.abc import Sequence

from mapper.language.reader import N_, Reader
from mapper.scoring.comparison import Change, Counted, RoundComparison
from mapper.summary import wording
from mapper.summary.pictures import MOST_ROWS, Picture, picture
from mapper.summary.told import Told

ALWAYS = ("class:FL_indicated", "forced_labour:possible", "fees:paid")  # shown whether or not they changed
BOTH_MONTHS = N_("Mean months of wage: %(before)s, then %(after)s")
ONE_ROUND = N_("Mean months of wage: %(months)s in round %(code)s; not shown for the other round.")
NOT_SHOWN = N_("What one of the two rounds does not show is not compared: that is no sign of change.")
TRENDS = {"worse": N_("worse"), "better": N_("better"), "no_change_shown": N_("no change shown")}


def changes(found: RoundComparison, read: Reader) -> Picture:
    """A line from before to after for everything that got worse or better, and for what bands rest on first of all."""
    told = [one for one in found.changes if one.difference is not None]
    moved = [one for trend in ("worse", "better") for one in told if one.trend == trend and one.name not in ALWAYS]
    shown = [*(one for name in ALWAYS for one in told if one.name == name), *moved][:MOST_ROWS]
    rows = [
        {"label": measure(one, read), "before": one.before.share, "after": one.after.share, "trend": one.trend,
         "side": read.say(TRENDS[one.trend]), "said": f"{said(one.before, read)} → {said(one.after, read)}"}
        for one in shown
    ]  # fmt: skip
    table = [
        [measure(one, read), said(one.before, read), said(one.after, read), read.say(TRENDS[one.trend])]
        for one in shown
    ]  # fmt: skip
    about = N_("Before and after, measure by measure: an open dot for the earlier round, a full one for the later.")
    heads = (N_("Measure"), N_("Before"), N_("After"), N_("Change"))
    words = {"before": found.before, "after": found.after}
    return picture("change", about, heads, table, read, rows=rows, words=words)


def months(found: RoundComparison, read: Reader, is_release: bool) -> str:
    """What payers bore in both rounds; a mean that a release keeps back is told so: a bare – reads like less."""
    told, before, after = Told(read, is_release), found.months_before, found.months_after
    if not is_release or (before is not None and after is not None):
        return read.say(BOTH_MONTHS, before=told.months(before), after=told.months(after))
    if before is None and after is None:
        return read.say(N_("Mean months of wage: not shown for either round."))
    code, shown = (found.after, after) if before is None else (found.before, before)
    return read.say(ONE_ROUND, months=told.months(shown), code=code)


def measure(one: Change, read: Reader) -> str:
    """What a change is about, in the reader's language."""
    if one.label:
        return read.label(one.label)
    return read.say(wording.outcome(one.name))


def said(counted: Counted, read: Reader) -> str:
    return Told(read, bool(counted.slack)).percent(counted.share, counted.words)


def of_trend(found: RoundComparison, trend: str) -> Sequence[Change]:
    return [one for one in found.changes if one.trend == trend]
