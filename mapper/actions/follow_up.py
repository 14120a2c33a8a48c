"""Whether an action worked: what workers told of its topics in this round and the next, under one method."""

from dataclasses import dataclass

from mapper.actions.plans import Part
from mapper.definition.model import Survey
from mapper.scoring.comparison import Change, RoundComparison
from mapper.summary.requests import NOT_REPAID, PAID, topics_of

FEES_PAID = "fees:paid"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`asked` are labels of the indicators with which the next round looks again. `later` is that round, None while
    there is none; `changes` compare the two, empty with `why_not` where they cannot be compared."""

    asked: tuple[str, ...]
    later: str | None = None
    why_not: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def known(self) -> tuple[Change, ...]:
        """Changes of which at least one side is known."""
        return tuple(one for one in self.changes if {one.before.cases, one.after.cases} != {None})


def follow_up(part: Part, round_: str, compared: tuple[RoundComparison, ...], surveys: tuple[Survey, ...]) -> FollowUp:
    """`compared` are the supplier's rounds, for the audience that reads."""
    topics = dict(topics_of(surveys))
    asked = tuple(
        dict.fromkeys(
            one.label for survey in surveys for one in survey.indicators if topics.get(one.name) in part.row.topics
        )
    )
    found = next((one for one in compared if one.before == round_), None)
    if found is None or not part.row.topics:
        return FollowUp(asked)
    changes = tuple(one for one in found.changes if _is_about(one.name, topics, part.row.topics))
    return FollowUp(asked, found.after, found.why_not, changes)


def _is_about(name: str, topics: dict[str, str], wanted: list[str]) -> bool:
    if name == FEES_PAID:
        return not {PAID, NOT_REPAID}.isdisjoint(wanted)
    return topics.get(name.removeprefix("indicator:")) in wanted
