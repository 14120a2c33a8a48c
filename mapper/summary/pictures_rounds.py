"""What changed between two rounds of a supplier, as a picture: before, after, and which way."""

from collections.abc import Sequence

from mapper.language.reader import N_, Reader
from mapper.scoring.comparison import Change, Counted, RoundComparison
from mapper.summary import wording
from mapper.summary.pictures import MOST_ROWS, Picture, picture
from mapper.summary.told import Told

ALWAYS = ("class:FL_indicated", "forced_labour:possible", "fees:paid")  # shown whether or not they changed
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


def measure(one: Change, read: Reader) -> str:
    """What a change is about, in the reader's language."""
    if one.label:
        return read.label(one.label)
    return read.say(wording.outcome(one.name))


def said(counted: Counted, read: Reader) -> str:
    return Told(read, bool(counted.slack)).percent(counted.share, counted.words)


def of_trend(found: RoundComparison, trend: str) -> Sequence[Change]:
    return [one for one in found.changes if one.trend == trend]
