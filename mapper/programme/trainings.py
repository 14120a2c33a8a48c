"""What trainings and orientations add up to, by kind and in all."""

from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mapper.programme import figures
from mapper.programme.figures import GenderSplit, SumCheck
from mapper.programme.words import GENDER_AGE, TRAININGS
from mapper.store.programme_tables import Training


@dataclass(frozen=True)
class TrainingSum:
    """Several sessions together. Who came twice counts twice. `participants` holds only what was counted by gender;
    `unexplained` are people on attendance lists whom no group counts. `satisfied` is a percentage of `rated`."""

    kind: str | None
    sessions: int
    participants: Mapping[str, float | None]
    total: float
    unexplained: float
    satisfied: float | None
    rated: int
    languages: tuple[str, ...]

    @property
    def gender(self) -> GenderSplit | None:
        return figures.gender_split(self.participants, self.total) if self.participants else None


def check(training: Training) -> SumCheck:
    """The groups of one session beside the total of its attendance list."""
    parts = {code: float(count) for code, count in training.participants.items()}
    return figures.check_sum(parts, None if training.total is None else float(training.total))


def by_kind(trainings: Iterable[Training]) -> tuple[TrainingSum, ...]:
    """One sum for each kind of which there is a session, then all together."""
    rows = list(trainings)
    found = [added_up(kind, [each for each in rows if each.kind == kind]) for kind in TRAININGS]
    return (*(each for each in found if each.sessions), added_up(None, rows))


def added_up(kind: str | None, rows: list[Training]) -> TrainingSum:
    tally: Tally[str] = Tally()
    for each in rows:
        tally.update(each.participants)
    unexplained = sum(max(check(each).difference, 0.0) for each in rows)
    rated = sum(each.rated or 0 for each in rows)
    satisfied = sum(each.satisfied or 0 for each in rows if each.rated)
    languages = Tally(language for each in rows for language in each.languages)
    return TrainingSum(
        kind=kind,
        sessions=len(rows),
        participants={code: float(tally[code]) for code in GENDER_AGE if code in tally},
        total=tally.total() + unexplained,
        unexplained=unexplained,
        satisfied=figures.percent(float(satisfied), float(rated)),
        rated=rated,
        languages=tuple(language for language, _ in languages.most_common()),
    )
