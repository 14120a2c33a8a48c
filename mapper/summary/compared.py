"""Topic by topic, what workers say beside what others say: for the audit team from the answers, for others from what
was released of them and what management itself said."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from mapper.definition.model import Survey
from mapper.language.reader import N_, Reader
from mapper.scoring.comparison import Counted
from mapper.scoring.discrepancy import by_topic, direction_of, statement_of
from mapper.scoring.method_file import load_method
from mapper.scoring.method_parts import DiscrepancyMethod
from mapper.scoring.released import FEW, MOST, ROUNDED_BY, Released, ReleasedShare
from mapper.scoring.results import SupplierScore
from mapper.scoring.results_parts import DIRECTIONS, Proportion, Statement, TopicDiscrepancy
from mapper.summary import wording
from mapper.summary.model import Column, Summary, Table
from mapper.summary.parts import SUPPLIER
from mapper.summary.ranking import ranked
from mapper.summary.told import Told
from mapper.summary.topics import TOPICS
from mapper.summary.unshown import harms, left_out, part_of
from mapper.summary.wording import say

RULE = N_(
    "Workers count as reporting a problem where at least %(share)s of those asked report one, even if everybody whose "
    "answer is unknown had none to report; as reporting none where it would be fewer even if all of those had one. In "
    "between it is undecided. Another source counts as reporting one where any of its points on the topic is a gap: "
    "beside its word stand the gaps and the points that it answered. Voices that are compared: %(counted)s. What "
    "others say is shown beside them and does not count."
)
NO_BREAK = "\u00a0"
RULE_OF_RELEASE = N_(
    "Of a release the most frequent problem of a topic is shown, rounded. Workers count as reporting none only where "
    "every problem of the topic was released and all of them together stay below; so more is undecided."
)


@dataclass(frozen=True, slots=True)
class ComparedTopic:
    """One topic. `workers` is what they report, in words; `adverse` whether that counts as a problem (None: undecided);
    `others` what each source says; `direction` is one of `DIRECTIONS`."""

    topic: str
    workers: str
    adverse: bool | None
    others: Mapping[str, Statement]
    direction: str

    def voices(self, read: Reader) -> tuple[str, ...]:
        """Who says what, of those who count: `A problem: Workers` and `No problem: Management, Documents`."""
        said = [({True: "problem", False: "no_problem", None: "undecided"}[self.adverse], wording.SPEAKERS["workers"])]
        said += [(one.says, wording.SOURCES[one.source]) for one in self.others.values() if one.counts]
        sides = {side: [read.say(who) for says, who in said if says == side] for side in wording.VOICES}
        return tuple(read.say(wording.VOICES[side], who=", ".join(who)) for side, who in sides.items() if who)


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


def rule(method: DiscrepancyMethod, read: Reader, is_release: bool) -> str:
    """When a voice counts, with the numbers of the method."""
    heard = {"management"} if is_release else method.counted
    voices = (wording.SPEAKERS["workers"], *(words for source, words in wording.SOURCES.items() if source in heard))
    said = read.say(RULE, share=read.percent(method.least_share), counted=", ".join(map(read.say, voices)))
    return f"{said} {read.say(RULE_OF_RELEASE)}" if is_release else said


def statement_words(statement: Statement | None, read: Reader) -> str:
    """What a source says, with its gaps of the points that it answered."""
    if statement is None:
        return read.say(N_("not asked"))
    said = read.say(wording.SAYS[statement.says])
    if statement.says == "nothing":
        return said
    cases, base = read.number(statement.problems), read.number(statement.known)
    counts = read.say(N_("%(cases)s of %(base)s"), cases=cases, base=base)
    return f"{said} ({counts.replace(' ', NO_BREAK)})"


def discrepancies(summary: Summary, read: Reader) -> Table:
    """For the audit team: the same topic as workers and others tell it, where they differ first."""
    columns = (
        *SUPPLIER,
        Column("Topic", width=26),
        Column("Workers who report a problem", "share", 11),
        Column("Reported", "count", 9),
        Column("Answered", "count", 9),
        *(Column(words, width=18) for words in wording.SOURCES.values()),
        Column("Comparison", "long", 34),
        Column("Who says what", "long", 34),
        Column("Weight", "count", 8),
    )
    order = list(wording.DIRECTIONS)
    rows = tuple(
        (
            summary.facts_of(score).name, score.round, say(TOPICS, one.topic), one.workers.share, one.workers.cases,
            one.workers.answered, *(statement_words(one.of(source), read) for source in wording.SOURCES),
            say(wording.DIRECTIONS, one.direction), "; ".join(_of_answers(one, read).voices(read)), one.weight,
        )
        for score in ranked(summary.assessment.suppliers)
        for one in sorted(score.discrepancies, key=lambda one: (order.index(one.direction), -one.weight, one.topic))
        if one.direction != "not_comparable"
    )  # fmt: skip
    return Table("discrepancies", "Discrepancies", _note(summary, read), columns, rows)


def _note(summary: Summary, read: Reader) -> str:
    method = load_method(summary.assessment.method.name).discrepancy
    never = read.say(N_("Management and documents can add risk here; they never take away what workers say."))
    return f"{never} {rule(method, read, summary.is_release)}"


def _ordered(found: Iterable[ComparedTopic]) -> tuple[ComparedTopic, ...]:
    """What could be compared, the contradictions first."""
    known = [one for one in found if one.direction != "not_comparable"]
    return tuple(sorted(known, key=lambda one: (DIRECTIONS.index(one.direction), TOPICS.get(one.topic, one.topic))))


def released_discrepancies(summary: Summary, read: Reader) -> Table:
    """For a release: topic by topic what was released of workers beside what management says itself."""
    columns = (
        *SUPPLIER,
        Column("Topic", width=30),
        Column("Workers who report the most frequent problem", "long", 30),
        Column(wording.SOURCES["management"], width=18),
        Column("Comparison", "long", 40),
        Column("Who says what", "long", 34),
    )
    method = load_method(summary.assessment.method.name).discrepancy
    rows = tuple(
        (
            summary.facts_of(score).name, score.round, say(TOPICS, one.topic), one.workers,
            statement_words(one.others["management"], read), say(wording.DIRECTIONS, one.direction),
            "; ".join(one.voices(read)),
        )
        for score in ranked(summary.assessment.suppliers)
        for one in _ordered(_of_release(score, part_of(score.released, summary), method, read))
    )  # fmt: skip
    return Table("released_discrepancies", "Discrepancies", _note(summary, read), columns, rows)


def _of_answers(one: TopicDiscrepancy, read: Reader) -> ComparedTopic:
    said = {statement.source: statement for statement in one.others}
    return ComparedTopic(one.topic, _counted(one.workers, read), one.adverse, said, one.direction)


def _counted(workers: Proportion, read: Reader) -> str:
    text = N_("%(cases)s of %(answered)s (%(low)s–%(high)s)")
    cases, answered = read.number(workers.cases), read.number(workers.answered)
    return read.say(
        text, cases=cases, answered=answered, low=read.percent(workers.low), high=read.percent(workers.high)
    )


def _of_release(
    score: SupplierScore, surveys: tuple[Survey, ...], method: DiscrepancyMethod, read: Reader
) -> Iterator[ComparedTopic]:
    said, expected = _by_management(score, method), _indicators_by_topic(surveys)
    for topic, shares in _by_topic(score.released, surveys).items():
        worst = max(shares.values(), key=_rank)
        missing = len(expected.get(topic, set()) - shares.keys())
        is_whole = not missing
        adverse = _reaches(list(shares.values()), is_whole, score.released, method.least_share)
        others = {"management": said[topic]} if topic in said else {}
        direction = direction_of(said[topic].says, adverse) if topic in said else "not_comparable"
        yield ComparedTopic(topic, _most_frequent(worst, missing, read), adverse, others, direction)


def _most_frequent(worst: ReleasedShare, missing: int, read: Reader) -> str:
    """The most frequent problem of those that were released; how many were not, and no few of what is not whole."""
    told = "" if missing and worst.words == FEW else Told(read).counted(worst)
    return "; ".join(part for part in (told, left_out(missing, read)) if part)


def _by_management(score: SupplierScore, method: DiscrepancyMethod) -> Mapping[str, Statement]:
    """What management itself says, by topic."""
    said = by_topic(score.management, method)
    return {topic: statement_of("management", gaps, method) for topic, gaps in said.items()}


def _indicators_by_topic(surveys: tuple[Survey, ...]) -> Mapping[str, set[str]]:
    """The indicators about workers that a topic has, released or not."""
    found: dict[str, set[str]] = {}
    for indicator in harms(surveys):
        if indicator.topic:
            found.setdefault(indicator.topic, set()).add(f"indicator:{indicator.name}")
    return found


def _by_topic(released: Released | None, surveys: tuple[Survey, ...]) -> dict[str, dict[str, ReleasedShare]]:
    topics = {f"indicator:{one.name}": one.topic for survey in surveys for one in survey.indicators}
    found: dict[str, dict[str, ReleasedShare]] = {}
    for figure in released.figures if released else ():
        topic, share = topics.get(figure.name), released.share(figure.name) if released else None
        if topic and share:
            found.setdefault(topic, {})[figure.name] = share
    return found


def _rank(share: ReleasedShare) -> float:
    return {MOST: 1.0, FEW: 0.0}.get(share.words, share.share or 0.0)


def _reaches(shares: list[ReleasedShare], is_whole: bool, released: Released | None, limit: float) -> bool | None:
    """Whether so many report a problem, whatever the exact counts are and whoever's answers are unknown. No only where
    every indicator of the topic was released (`is_whole`) and all of them together stay below; None in between."""
    asked = (released.interviews if released else None) or 0
    counts = [list(Counted(one.cases, one.base, one.words, ROUNDED_BY).possible()) for one in shares]
    least = max(min(cases for cases, _ in of_one) for of_one in counts)
    if least >= limit * (asked + ROUNDED_BY):
        return True
    unknown = (max(asked + ROUNDED_BY - min(base for _, base in of_one), 0) for of_one in counts)
    most = sum(max(cases for cases, _ in of_one) for of_one in counts) + sum(unknown)
    return False if is_whole and most < limit * (asked - ROUNDED_BY) else None
