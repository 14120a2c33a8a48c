"""Figures of a draft from made-up interviews, for each supplier of the loaded mapping: nothing of it is stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.assessment import freshen, portfolio
from mapper.definition.model import Survey
from mapper.store import database
from mapper.store.study_tables import StudyDraft

if TYPE_CHECKING:
    from mapper.demo.trial import Place, Tried

SECONDS = 2.0  # for counting again where interviews have arrived
MOST = 1000  # made-up interviews for one page, which takes some seconds; suppliers beyond are left out and counted


@dataclass(frozen=True)
class FiguresPage:
    """`left_out`: suppliers with interviews that nobody was made up for, since there were too many."""

    rows: "tuple[Tried, ...]"
    left_out: int = 0

    @property
    def is_by_supplier(self) -> bool:
        return any(row.places for row in self.rows)


def made_up(row: StudyDraft, survey: Survey, differing: set[str]) -> FiguresPage:
    """Those that the draft adds or changes; where it does neither those of its module, or all of a questionnaire."""
    from mapper.demo.trial import figures  # brings NumPy along: not before somebody asks for figures

    brought = row.home.get("modules", "").split()
    own = differing or {one.name for one in survey.indicators if one.module in brought}
    every = tuple(_interviewed()) if survey.respondent == "worker" else ()
    places = tuple(_within(every))
    found = figures(survey, places)
    rows = tuple(one for one in found if one.indicator.name in own) or found
    return FiguresPage(rows, len(every) - len(places))


def _interviewed() -> "Iterator[Place]":
    """Each supplier in the last round of which interviews are valid, and how many are."""
    from mapper.demo.trial import Place

    found, known = freshen.up_to_date(None, SECONDS), set[str]()
    with database.session() as session:
        for round_ in found.rounds:
            for line in sorted(portfolio.lines(session, found, round_), key=lambda line: line.firm.name):
                if line.interviews and line.firm.id not in known:
                    known.add(line.firm.id)
                    yield Place(line.firm.code, line.firm.name, round_, line.interviews)


def _within(every: "tuple[Place, ...]") -> "Iterator[Place]":
    """As many suppliers as there is room for, each with all its interviews."""
    room = MOST
    for place in every:
        if place.interviews <= room:
            room -= place.interviews
            yield place
