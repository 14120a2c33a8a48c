"""What a release would show or keep back, by name and in the reader's language: for the auditor who decides."""

from collections.abc import Iterator

from mapper.language.reader import N_, Reader
from mapper.release.figures import CHAIN
from mapper.release.groups import Refusal
from mapper.release.lost import Lost
from mapper.release.months import MONTHS
from mapper.release.propose import EVERY_FIGURE
from mapper.scoring.paths import HOME
from mapper.scoring.released import TOTAL
from mapper.summary import wording
from mapper.summary.released import value_words

BETWEEN = " · "
FEW = 12  # so many names are listed at once
MAP = N_("Labour supply chain map")
TOLD = {"met": N_("Workers who met them"), "paid": N_("Paid them"), "receipt": N_("Got a receipt")}


def refused(one: Refusal, read: Reader) -> str:
    """What is not shown: a group, a table of a figure, a mean."""
    if one.figure == CHAIN:
        return read.say(MAP)
    figure = figure_words(one.figure, one.label, read) if one.figure else ""
    return BETWEEN.join(part for part in (figure, place_words(one.place, read)) if part)


def what_is_lost(found: Lost, read: Reader) -> tuple[str, ...]:
    """How much a new version loses."""
    counts, of = read.number(found.counts), read.number(found.counts_of)
    means, of_means = read.number(len(found.months)), read.number(found.months_of)
    said = (
        read.say(MAP) if found.has_map else "",
        read.say(N_("Means in months of wage: %(lost)s of %(all)s"), lost=means, all=of_means) if found.months else "",
        read.say(N_("Counts: %(lost)s of %(all)s"), lost=counts, all=of) if found.figures else "",
    )
    return tuple(one for one in said if one)


def names_of_lost(found: Lost, read: Reader) -> Iterator[tuple[str, str]]:
    """The groups of which nothing would be shown; then each figure and mean with the other groups that it loses."""
    means = {one.name: [each.group for each in found.months if each.name == one.name] for one in found.months}
    lines = [
        (figure_words(EVERY_FIGURE, "", read), list(found.groups)),
        *((figure_words(MONTHS + name, "", read), _others(groups, found)) for name, groups in means.items()),
        *(
            (figure_words(one.name, one.label, read), _others([share.group for share in one.shares], found))
            for one in found.figures
        ),
    ]
    return ((what, "; ".join(place_words(group, read) for group in groups)) for what, groups in lines if groups)


def figure_words(name: str, label: str, read: Reader) -> str:
    """A figure of a release by its name; `label` is its own where it is an indicator or an item."""
    if name == EVERY_FIGURE:
        return read.say(N_("Every figure"))
    if name.startswith(MONTHS + CHAIN):
        return _actor(name.removeprefix(MONTHS + CHAIN), read) + BETWEEN + read.say(N_("Mean months paid"))
    if name == f"{MONTHS}fees":
        return read.say(N_("Mean months of wage"))
    if name.startswith(CHAIN):
        return _of_chain(name.removeprefix(CHAIN).split(":"), read)
    return read.label(label) if label else read.say(wording.outcome(name))


def place_words(place: str, read: Reader) -> str:
    """A group by its name (`gender=woman`), or a table by its dimensions (`gender&corridor`)."""
    if place == TOTAL:
        return read.say(wording.ALL_INTERVIEWED)
    return ", ".join(_part(*part.split("=", 1), read=read) for part in place.split("&"))


def _part(dimension: str, *value: str, read: Reader) -> str:
    said = value_words(dimension, value[0]) if value else wording.say(wording.DIMENSIONS, dimension)
    return str(read.cell(said))


def _of_chain(parts: list[str], read: Reader) -> str:
    kind, *actors = parts
    if kind in TOLD:
        return f"{_actor(actors[0], read)}{BETWEEN}{read.say(TOLD[kind])}"
    return (" ← " if read.is_rtl else " → ").join(_actor(one, read) for one in actors)


def _actor(code: str, read: Reader) -> str:
    return read.say(wording.STAGES["S0_context"] if code == HOME else wording.say(wording.ACTORS, code))


def _others(groups: list[str], found: Lost) -> list[str]:
    return [group for group in groups if group not in found.groups]
