"""What a release leaves out of the problems that workers are asked about: where something is missing, few and most
frequent cannot be said of a place, a stage or a topic."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from mapper.definition.model import Indicator, Survey
from mapper.language.reader import N_, Reader
from mapper.release import why
from mapper.scoring.released import Released
from mapper.summary.model import Summary

DESCRIPTIONS = ("description",)  # indicators that describe workers rather than report a harm
NOT_SHOWN = why.NOT_SHOWN
NOT_PART = N_("not part of the release")


def harms(surveys: Iterable[Survey]) -> tuple[Indicator, ...]:
    """The problems that workers are asked about, each once."""
    asked = chain.from_iterable(one.indicators for one in surveys if one.respondent == "worker")
    return tuple({one.name: one for one in asked if one.kind not in DESCRIPTIONS}.values())


def unshown(released: Released, surveys: Iterable[Survey]) -> tuple[Indicator, ...]:
    """Those of which the release tells nothing about all interviewed."""
    return tuple(one for one in harms(surveys) if released.share(f"indicator:{one.name}") is None)


def part_of(released: Released | None, summary: Summary) -> tuple[Survey, ...]:
    """The questionnaires with what a release can be about: what it shows, and what was asked about on its day. One that
    nobody answered, and a module that was added later, are no part of it. All of them where there is no release, or one
    of nothing: what was answered in so few interviews would tell of them."""
    if released is None or released.level == "nothing":
        return summary.surveys
    answered, shown = summary.answered_for(released), {figure.name for figure in released.figures}

    def is_part(one: Indicator, survey: Survey) -> bool:
        was_asked = survey.name in answered and summary.was_asked(one.name, released.decided)
        return was_asked or f"indicator:{one.name}" in shown

    return tuple(
        replace(survey, indicators=tuple(one for one in survey.indicators if is_part(one, survey)))
        for survey in summary.surveys
    )


def later(released: Released, summary: Summary) -> tuple[Indicator, ...]:
    """The problems that its questionnaires have only since a release. Others may have come as well: that they did would
    tell of interviews that nobody has released."""
    part = part_of(released, summary)
    begun, there = {one.name for one in part if one.indicators}, {one.name for one in harms(part)}
    return tuple(one for one in harms(s for s in summary.surveys if s.name in begun) if one.name not in there)


def left_out(number: int, read: Reader, added: int = 0) -> str:
    """`not shown in the release: 3; not part of the release: 1`; empty where nothing was left out or added since."""
    counted = ((NOT_SHOWN, number), (NOT_PART, added))
    return "; ".join(f"{read.say(words)}: {read.number(some)}" for words, some in counted if some)
