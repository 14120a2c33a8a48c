"""Topic by topic, what workers say beside what others say: for the audit team from the answers, for others from what
was released of them and what management itself said."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from mapper.definition.model import Survey
from mapper.language.reader import N_, Reader
from mapper.scoring.method_file import load_method
from mapper.scoring.method_parts import DiscrepancyMethod
from mapper.scoring.released import FEW, MOST, Released, ReleasedShare
from mapper.scoring.results import SupplierScore
from mapper.scoring.results_parts import DIRECTIONS, Proportion, TopicDiscrepancy
from mapper.summary import wording
from mapper.summary.model import Column, Summary, Table
from mapper.summary.ranking import ranked
from mapper.summary.told import Told
from mapper.summary.topics import TOPICS
from mapper.summary.wording import say

ROUNDED_BY = 2  # a released count may be so far from the true one


@dataclass(frozen=True, slots=True)
class ComparedTopic:
    """One topic. `workers` is what they report, in words; `others` says of each source `problem`, `no_problem` or
    `nothing`; `direction` is one of `DIRECTIONS`."""

    topic: str
    workers: str
    others: Mapping[str, str]
    direction: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The topics of one supplier and round, the contradictions first. `sources` are those that said anything."""

    topics: tuple[ComparedTopic, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        heard = {source for one in self.topics for source in one.others}
        return tuple(source for source in wording.SOURCES if source in heard)

    @property
    def groups(self) -> tuple[tuple[str, tuple[ComparedTopic, ...]], ...]:
        return tuple((name, tuple(some)) for name, some in groupby(self.topics, key=lambda one: one.direction))


def compared(score: SupplierScore, surveys: tuple[Survey, ...], method: DiscrepancyMethod, read: Reader) -> Comparison:
    """What may be compared for this audience; of a score without its workers, from the release alone."""
    if score.withheld:
        found = list(_of_release(score, surveys, method, read)) if score.released else []
    else:
        found = [_of_answers(one, read) for one in score.discrepancies]
    return Comparison(_ordered(found))


def _ordered(found: Iterable[ComparedTopic]) -> tuple[ComparedTopic, ...]:
    """What could be compared, the contradictions first."""
    known = [one for one in found if one.direction != "not_comparable"]
    return tuple(sorted(known, key=lambda one: (DIRECTIONS.index(one.direction), TOPICS.get(one.topic, one.topic))))


def released_discrepancies(summary: Summary, read: Reader) -> Table:
    """For a release: topic by topic what was released of workers beside what management says itself."""
    columns = (
        Column("Supplier", width=22),
        Column("Round", width=10),
        Column("Topic", width=30),
        Column("Workers who report the most frequent problem", "long", 30),
        Column(wording.SOURCES["management"], width=18),
        Column("Comparison", "long", 40),
    )
    method = load_method(summary.assessment.method.name).discrepancy
    rows = tuple(
        (
            summary.facts_of(score).name, score.round, say(TOPICS, one.topic), one.workers,
            say(wording.SAYS, one.others["management"]), say(wording.DIRECTIONS, one.direction),
        )
        for score in ranked(summary.assessment.suppliers)
        for one in _ordered(_of_release(score, summary.surveys, method, read))
    )  # fmt: skip
    note = N_("Management and documents can add risk here; they never take away what workers say.")
    return Table("released_discrepancies", "Discrepancies", note, columns, rows)


def _of_answers(one: TopicDiscrepancy, read: Reader) -> ComparedTopic:
    said = {statement.source: statement.says for statement in one.others}
    return ComparedTopic(one.topic, _counted(one.workers, read), said, one.direction)


def _counted(workers: Proportion, read: Reader) -> str:
    text = N_("%(cases)s of %(answered)s (%(low)s–%(high)s)")
    cases, answered = read.number(workers.cases), read.number(workers.answered)
    return read.say(
        text, cases=cases, answered=answered, low=read.percent(workers.low), high=read.percent(workers.high)
    )


def _of_release(
    score: SupplierScore, surveys: tuple[Survey, ...], method: DiscrepancyMethod, read: Reader
) -> Iterator[ComparedTopic]:
    said = _by_management(score, method)
    for topic, shares in _by_topic(score.released, surveys).items():
        worst = max(shares, key=_rank)
        others = {"management": said[topic]} if topic in said else {}
        yield ComparedTopic(
            topic, Told(read).counted(worst), others, _direction(worst, others.get("management"), method.least_share)
        )


def _by_management(score: SupplierScore, method: DiscrepancyMethod) -> Mapping[str, str]:
    """Whether management itself tells of a problem, by topic; topics of which it left everything open say nothing."""
    found: dict[str, str] = {}
    for gap in score.management:
        if gap.topic and gap.name not in method.not_statements:
            says = "problem" if gap.proportion.cases else "no_problem" if gap.proportion.answered else "nothing"
            found[gap.topic] = min(found.get(gap.topic, says), says, key=["problem", "no_problem", "nothing"].index)
    return found


def _by_topic(released: Released | None, surveys: tuple[Survey, ...]) -> dict[str, list[ReleasedShare]]:
    topics = {f"indicator:{one.name}": one.topic for survey in surveys for one in survey.indicators}
    found: dict[str, list[ReleasedShare]] = {}
    for figure in released.figures if released else ():
        topic, share = topics.get(figure.name), released.share(figure.name) if released else None
        if topic and share:
            found.setdefault(topic, []).append(share)
    return found


def _rank(share: ReleasedShare) -> float:
    return {MOST: 1.0, FEW: 0.0}.get(share.words, share.share or 0.0)


def _direction(share: ReleasedShare, says: str | None, limit: float) -> str:
    """As the method compares, with what rounding leaves open as undecided."""
    if says in (None, "nothing"):
        return "not_comparable"
    shown = {MOST: share.base, FEW: 0}.get(share.words, share.cases or 0)
    is_adverse, may_be = ((shown + by) / share.base >= limit for by in (-ROUNDED_BY, ROUNDED_BY))
    if may_be and not is_adverse:
        return "undecided"
    if says == "problem":
        return "agree_problem" if is_adverse else "workers_more_favourable"
    return "others_more_favourable" if is_adverse else "agree_no_problem"
