"""What was found at a supplier in a round, as one list: from rules, answers, discrepancies and gaps, and by hand.

Derived findings are made anew each time from a score: for reviewers from the released one, in which figures of workers
are rounded and few are nobody. What people add to a finding is stored under its key.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from mapper.definition.model import Survey
from mapper.language.reader import N_, Label, Reader
from mapper.scoring.discrepancy import by_topic, contradicted, statement_of
from mapper.scoring.method_file import load_method
from mapper.scoring.released import FEW, MOST, ReleasedShare
from mapper.scoring.results import IndicatorResult, SupplierScore
from mapper.store.action_tables import FindingNote
from mapper.summary.requests import BORE, HARMS, NOT_REPAID, topics_of
from mapper.summary.told import ABOUT, OF_WORD

COUNT = N_("%(cases)s of %(answered)s")
OF_WORKERS = ("indicator:", "fees:")  # how keys of what workers told begin


@dataclass(frozen=True, slots=True)
class Finding:
    """`key` is the same as long as the same rule finds it. `count` is a template with its `parts`, empty where there is
    none; `share` orders, None where it is not known."""

    key: str
    says: str
    evidence: str
    stage: str | None = None
    actors: tuple[str, ...] = ()
    topic: str | None = None
    count: str = ""
    parts: Mapping[str, int] | None = None
    share: float | None = None
    note: FindingNote | None = None

    @property
    def state(self) -> str:
        return self.note.state if self.note else "open"

    @property
    def is_written(self) -> bool:
        return self.evidence == "written"


def derived(score: SupplierScore, surveys: tuple[Survey, ...]) -> tuple[Finding, ...]:
    """Findings of a score for its own audience, rules first, then what most workers tell. Outside the audit team there
    are none before a release."""
    if _is_outside(score) and score.released is None:
        return ()
    workers = list(_shown(score, surveys) if _is_outside(score) else _told(score))
    others = [*_gaps("management", score.management)]
    others += [one for source, gaps in score.statements.items() for one in _gaps(source, gaps)]
    if _is_outside(score):
        others = [replace(one, count="", parts=None, share=None) for one in others]
    admitted, denied = _heard(score)
    checked = (_with_evidence(one, admitted, denied) for one in workers)
    ordered = sorted(checked, key=lambda one: -(one.share or 0.0))
    return (*_rules(score), *ordered, *others)


def counted(one: Finding, read: Reader) -> str:
    """How many workers told it, for this reader; empty where nothing is counted."""
    return read.say(one.count, **{name: read.number(n) for name, n in (one.parts or {}).items()}) if one.count else ""


def is_of_workers(key: str) -> bool:
    """Whether the finding of this key is what workers told."""
    return key.startswith(OF_WORKERS)


def _is_outside(score: SupplierScore) -> bool:
    return bool(score.withheld)


def _rules(score: SupplierScore) -> Iterator[Finding]:
    for rule in score.rules_fired:
        key = sha256(rule.because.encode()).hexdigest()[:10] if _is_outside(score) else rule.rule
        yield Finding(f"rule:{key}", rule.because, "rule")


def _told(score: SupplierScore) -> Iterator[Finding]:
    """For the audit team: every harm that at least one worker told."""
    for one in score.indicators:
        if one.kind in HARMS and one.proportion.cases:
            yield _counted(one, "workers", "indicator")
    if score.fees.payers:
        parts = {"cases": score.fees.payers, "answered": score.fees.answered}
        about = ("S1_recruitment", (), NOT_REPAID, COUNT, parts, score.fees.paid_share)
        yield Finding("fees:paid", BORE, "workers", *about)


def _counted(one: IndicatorResult, evidence: str, kind: str) -> Finding:
    parts = {"cases": one.proportion.cases, "answered": one.proportion.answered}
    count = COUNT if one.proportion.answered > 1 else ""
    about = (one.stage, one.actors, one.topic, count, parts, one.proportion.share)
    return Finding(f"{kind}:{one.name}", Label(one.label), evidence, *about)


def _shown(score: SupplierScore, surveys: tuple[Survey, ...]) -> Iterator[Finding]:
    """Outside the audit team: what the release tells of more than a few."""
    topics = dict(topics_of(surveys))
    for figure in score.released.figures if score.released else ():
        whole = figure.of()
        is_fees = figure.name == "fees:paid"
        if whole is None or not _is_told(whole) or not (is_fees or (figure.kind in HARMS and ":" in figure.name)):
            continue
        name = figure.name.removeprefix("indicator:")
        if not is_fees and name == figure.name:
            continue
        count = OF_WORD[MOST] if whole.words == MOST else ABOUT
        parts = {"base": whole.base} | ({} if whole.cases is None else {"cases": whole.cases})
        says, topic = (BORE, NOT_REPAID) if is_fees else (Label(figure.label), topics.get(name))
        stage = "S1_recruitment" if is_fees else figure.stage
        share = 1.0 if whole.words == MOST else whole.share
        yield Finding(figure.name, says, "workers", stage, figure.actors, topic, count, parts, share)


def _is_told(share: ReleasedShare) -> bool:
    return share.words != FEW and (share.words == MOST or bool(share.cases))


def _gaps(source: str, gaps: tuple[IndicatorResult, ...]) -> Iterator[Finding]:
    for gap in gaps:
        if gap.proportion.cases:
            yield _counted(gap, source, f"gap:{source}")


def _heard(score: SupplierScore) -> tuple[set[str], set[str]]:
    """Topics on which a source that counts reports a problem, and those on which management reports none or the
    comparison of all sources finds one more favourable than the workers: as the page of discrepancies says it."""
    method = load_method().discrepancy
    heard = [
        (topic, statement_of(source, said, method))
        for source, gaps in {"management": score.management, **score.statements}.items()
        for topic, said in by_topic(gaps, method).items()
    ]
    admitted = {topic for topic, one in heard if one.counts and one.says == "problem"}
    denied = {topic for topic, one in heard if one.source == "management" and one.says == "no_problem"}
    return admitted, denied | {one.topic for one in contradicted(score.discrepancies)}


def _with_evidence(one: Finding, admitted: set[str], denied: set[str]) -> Finding:
    """Who denies it comes first: that another source admits it does not take the denial away."""
    if one.topic in denied:
        return replace(one, evidence="contested")
    return replace(one, evidence="corroborated") if one.topic in admitted else one


def with_notes(found: tuple[Finding, ...], notes: list[FindingNote]) -> tuple[Finding, ...]:
    """Findings with what people added, and those written by hand in front. Notes whose finding is gone stay stored."""
    by_key = {note.key: note for note in notes if not note.text}
    written = (
        Finding(
            note.key, note.text, note.evidence or "written", note.stage,
            (note.actor,) if note.actor else (), note.topic, note=note,
        )
        for note in notes if note.text
    )  # fmt: skip
    return (*written, *(replace(one, note=by_key.get(one.key)) for one in found))
