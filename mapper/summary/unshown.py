"""What a release leaves out of the problems that workers are asked about: where something is missing, few and most
frequent cannot be said of a place, a stage or a topic."""

from collections.abc import Iterable
from itertools import chain

from mapper.definition.model import Indicator, Survey
from mapper.language.reader import N_, Reader
from mapper.scoring.released import Released

DESCRIPTIONS = ("description",)  # indicators that describe workers rather than report a harm
NOT_SHOWN = N_("not shown in the release")


def harms(surveys: Iterable[Survey]) -> tuple[Indicator, ...]:
    """The problems that workers are asked about, each once."""
    asked = chain.from_iterable(one.indicators for one in surveys if one.respondent == "worker")
    return tuple({one.name: one for one in asked if one.kind not in DESCRIPTIONS}.values())


def unshown(released: Released, surveys: Iterable[Survey]) -> tuple[Indicator, ...]:
    """Those of which the release tells nothing about all interviewed."""
    return tuple(one for one in harms(surveys) if released.share(f"indicator:{one.name}") is None)


def left_out(number: int, read: Reader) -> str:
    """`not shown in the release: 3`; empty where nothing was left out."""
    return f"{read.say(NOT_SHOWN)}: {read.number(number)}" if number else ""
