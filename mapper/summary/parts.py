"""Parts of the mapping summary that say things in sentences: scope, process by stage, discrepancies, good practice,
requests. Their cells are written for one reader."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from mapper.language.reader import N_, Reader
from mapper.scoring.released import FEW, MOST, ReleasedFigure, quality_word
from mapper.scoring.results import IndicatorResult, SupplierScore
from mapper.summary import wording
from mapper.summary.model import Column, Summary, Table
from mapper.summary.ranking import ranked
from mapper.summary.requests import HARMS, Asked, asked, known
from mapper.summary.told import Told
from mapper.summary.topics import TOPICS
from mapper.summary.unshown import NOT_PART, NOT_SHOWN, harms, later, left_out, part_of, unshown
from mapper.summary.wording import say, stated

SUPPLIER = (Column("Supplier", width=22), Column("Round", width=10))
WHERE_PAID, BORE = "S1_recruitment", "fees:paid"  # the stage to which what workers bore belongs
MOST_NAMED = 4  # findings that a sentence names; the tables have them all
Row = tuple[object, ...]


def scope(summary: Summary, read: Reader) -> Table:
    """What the mapping covers, and how those interviewed were chosen."""
    columns = (
        *SUPPLIER,
        Column("Country", width=14),
        Column("Sector", width=14),
        Column("Tier", "count", 6),
        Column("Sites", "count", 6),
        Column("Migrant workers", "count", 9),
        Column("By gender", "long", 34),
        Column("Corridors", "long", 34),
        Column("Interviews", "about" if summary.is_release else "count", 10),
        Column("How workers were chosen", "long", 26),
        *([Column("Release", width=26)] if summary.is_release else []),
    )
    rows = tuple(_scope(summary, score, read) for score in ranked(summary.assessment.suppliers))
    return Table("scope", "Scope", N_("Numbers of migrant workers as stated for the sites."), columns, rows)


def _scope(summary: Summary, score: SupplierScore, read: Reader) -> Row:
    facts = summary.facts_of(score)
    genders = (
        f"{read.say(say(wording.GENDERS, code))} {read.number(n)}" for code, n in facts.workers_by_gender.items()
    )
    ends = [(place.origin, place.destination) for place in score.corridors]
    if score.released:
        ends = [(one, two) for group in score.released.by("corridor")
                for one, _, two in [dict(group.values)["corridor"].partition("-")] if two]  # fmt: skip
    interviews = score.released.interviews if score.released else None if summary.is_release else score.interviews
    unshown = _unshown(summary, score)
    sampling = say(wording.SAMPLING, score.sampling)
    return (
        facts.name, score.round, read.country(facts.country), wording.sector(facts.sector), stated(facts.tier),
        facts.sites, stated(facts.workers), "; ".join(genders) or stated(None),
        "; ".join(read.corridor(*pair) for pair in ends) or unshown, unshown if interviews is None else interviews,
        sampling, *([_release(score, read)] if summary.is_release else []),
    )  # fmt: skip


def _unshown(summary: Summary, score: SupplierScore) -> wording.Words:
    """Why no corridor, and no number of interviews, stands there."""
    if not summary.is_release:
        return wording.Words(wording.NOT_KNOWN)
    return wording.Words(NOT_SHOWN if score.released else wording.NOT_RELEASED)


def _release(score: SupplierScore, read: Reader) -> str:
    """Which release the figures are from: whoever keeps the file can tell it from a later one."""
    made = score.released
    if made is None or made.decided is None:
        return read.say(wording.NOT_RELEASED)
    said = N_("version %(version)s, %(date)s")
    return read.say(said, version=read.number(made.version), date=read.date(made.decided))


def process(summary: Summary, read: Reader) -> Table:
    """Stage by stage: what management says should happen, what workers tell, what documents show."""
    columns = (
        *SUPPLIER,
        Column("Stage", width=18),
        Column("Management says", "long", 46),
        Column("Workers say", "long", 46),
        Column("Documents and recruiters show", "long", 46),
    )
    rows = tuple(row for score in ranked(summary.assessment.suppliers) for row in _stages(summary, score, read))
    note = N_("Each in its own words. A cell is empty where nobody was asked.")
    return Table("process", "Process by stage", note, columns, rows)


def _stages(summary: Summary, score: SupplierScore, read: Reader) -> Iterator[Row]:
    others = [one for source in score.statements.values() for one in source]
    for stage in wording.STAGES:
        told = _released_at(summary, score, stage, read) if summary.is_release else _workers_at(score, stage, read)
        management, shown = (_gaps_at(gaps, stage, read) for gaps in (score.management, others))
        if summary.is_release and score.released is None and (management or shown):
            told = read.say(wording.NOT_RELEASED)
        if any((management, told, shown)):
            shown = shown or (read.say(NOT_PART) if summary.is_release else "")
            yield (
                summary.facts_of(score).name,
                score.round,
                say(wording.STAGES, stage),
                management or "",
                told or "",
                shown,
            )


def _gaps_at(found: Sequence[IndicatorResult], stage: str, read: Reader) -> str | None:
    here = [one for one in found if one.stage == stage and one.kind != "description" and one.proportion.answered]
    gaps = [one for one in here if one.proportion.cases]
    if not here:
        return None
    if not gaps:
        return _no_gap(len(here), read)
    told = read.number(len(gaps))
    begin = read.ngettext(
        "Gap in %(gaps)s of %(num)s point:", "Gaps in %(gaps)s of %(num)s points:", len(here), gaps=told
    )
    return f"{begin} {_listed([read.label(one.label) for one in gaps], read)}"


def _no_gap(points: int, read: Reader) -> str:
    return read.ngettext("No gap in %(num)s point.", "No gap in %(num)s points.", points)


def _workers_at(score: SupplierScore, stage: str, read: Reader) -> str | None:
    here = [one for one in score.indicators if one.stage == stage and one.kind in HARMS and one.proportion.answered]
    found = sorted((one for one in here if one.proportion.cases), key=lambda one: -(one.proportion.share or 0.0))
    if not here:
        return None
    if not found:
        return read.say(N_("Nobody reported a problem."))
    return _listed([f"{read.label(one.label)}: {_share_of(one, read)}" for one in found], read)


def _share_of(one: IndicatorResult, read: Reader) -> str:
    return Told(read, rounded=False).of(one.proportion.share, "", one.proportion.answered)


def _released_at(summary: Summary, score: SupplierScore, stage: str, read: Reader) -> str | None:
    """What a release tells of a stage; few or none only where it shows every problem that belongs there."""
    shown = score.released
    if shown is None:
        return None
    paid = stage == WHERE_PAID
    here = [one for one in shown.figures if one.of() and (one.stage == stage or (paid and one.name == BORE))]
    missing = sum(one.stage == stage for one in unshown(shown, part_of(shown, summary)))
    missing += paid and shown.share(BORE) is None
    told = _listed([text for _, text in sorted(_frequent(here, read), reverse=True)], read)
    left = left_out(missing, read, sum(one.stage == stage for one in later(shown, summary)))
    if here and not told and not missing:
        few = read.say(N_("Few or none reported a problem."))
        return f"{few} ({left})" if left else few
    return "; ".join(part for part in (told, left) if part) or None


def _frequent(here: Sequence[ReleasedFigure], read: Reader) -> Iterator[tuple[float, str]]:
    """What more than a few reported, with its share to sort by."""
    for one in here:
        whole, label = one.of(), read.label(one.label) or read.say(wording.OUTCOMES.get(one.name, ""))
        if whole and whole.words != FEW:
            share = 1.0 if whole.words == MOST else whole.share or 0.0
            yield share, f"{label}: {Told(read).of(whole.share, whole.words, whole.base)}"


def _listed(texts: Sequence[str], read: Reader) -> str:
    named = "; ".join(texts[:MOST_NAMED])
    left = len(texts) - MOST_NAMED
    if left <= 0:
        return named
    more = read.ngettext("and %(num)s more", "and %(num)s more", left)  # in no f-string: extraction does not look there
    return f"{named}; {more}"


def good_practice(summary: Summary, read: Reader) -> Table:
    """Topics on which management has no gap and workers report no problem."""
    columns = (
        *SUPPLIER,
        Column("Topic", width=26),
        Column("Management says", "long", 40),
        Column("Workers say", "long", 40),
    )
    rows = tuple(row for score in ranked(summary.assessment.suppliers) for row in _good(summary, score, read))
    note = N_("Where management says that it is in order and workers do not say otherwise. Not a certificate.")
    return Table("good_practice", "Good practice", note, columns, rows)


def is_weak(score: SupplierScore) -> bool:
    """That too little is known, or under conditions that hide harm: silence of workers is no praise then."""
    shown = score.released
    quality = shown.quality if shown else quality_word(score.quality.score)
    return score.band == "not_enough_information" or quality == "weak"


def _good(summary: Summary, score: SupplierScore, read: Reader) -> Iterator[Row]:
    if is_weak(score):
        return
    said: dict[str, list[bool]] = {}
    for gap in score.management:
        if gap.topic and gap.proportion.answered:
            said.setdefault(gap.topic, []).append(bool(gap.proportion.cases))
    workers = dict(_few_or_none(summary, score, read)) if summary.is_release else _no_problem(score, read)
    for topic, gaps in sorted(said.items()):
        if not any(gaps) and topic in workers:
            points = _no_gap(len(gaps), read)
            yield summary.facts_of(score).name, score.round, say(TOPICS, topic), points, workers[topic]


def _no_problem(score: SupplierScore, read: Reader) -> Mapping[str, str]:
    """Topics on which everybody whose answer is known, and enough of them, reports none."""
    quiet = (one for one in score.discrepancies if one.workers.answered and not one.workers.cases)
    return {
        one.topic: read.say(N_("0 of %(answered)s report a problem"), answered=read.number(one.workers.answered))
        for one in quiet
    }


def _few_or_none(summary: Summary, score: SupplierScore, read: Reader) -> Iterator[tuple[str, str]]:
    """Topics of which a release shows every problem, each of them with few: what is left out is no good practice."""
    shown, told = score.released, dict[str, list[str]]()
    for one in harms(part_of(shown, summary)) if shown else ():
        share = shown.share(f"indicator:{one.name}") if shown else None
        told.setdefault(one.topic or "", []).append(share.words if share else "")
    for topic, words in told.items():
        if set(words) == {FEW}:
            yield topic, read.say(N_("Few or none reported a problem."))


def requests(summary: Summary, read: Reader) -> Table:
    """What to ask for now, proposed from what was found."""
    columns = (
        *SUPPLIER,
        Column("Priority", "count", 8),
        Column("What we ask for", "long", 60),
        Column("Who acts", width=22),
        Column("Within days", "count", 8),
        Column("Said by", width=22),
        Column("Because of", "long", 50),
    )
    rows = tuple(
        (
            summary.facts_of(score).name, score.round, one.request.priority, read.label(one.request.text),
            say(wording.ACTORS, one.request.owner), one.request.days,
            ", ".join((*(read.say(wording.SPEAKERS[who]) for who in one.said_by), *_silent(summary, score, one, read))),
            _listed([str(read.cell(text)) for text in one.because], read),
        )
        for score in ranked(summary.assessment.suppliers) for one in asked(summary, score)
    )  # fmt: skip
    note = N_(
        "Proposals from what was found: agree on them with workers and supplier before they become an action plan."
    )
    said = f"{read.say(note)} {not_asked(summary, read)}".rstrip()
    return Table("requests", "What to ask for", said, columns, rows)


def not_asked(summary: Summary, read: Reader) -> str:
    """How many problems of which no request speaks are left out of releases: that a request is missing says nothing of
    them. Rests on what was released alone."""
    counts = [_missing(summary, score, _not_spoken_of(summary, score)) for score in summary.assessment.suppliers]
    told = left_out(sum(missing for missing, _ in counts), read, sum(added for _, added in counts))
    return f"{read.say(wording.SPEAKERS['workers'])}: {told}" if told else ""


def _not_spoken_of(summary: Summary, score: SupplierScore) -> frozenset[str]:
    spoken = (topic for one in asked(summary, score) for topic in one.request.topics)
    return frozenset(topic for one in known() for topic in one.topics).difference(spoken)


def _silent(summary: Summary, score: SupplierScore, one: Asked, read: Reader) -> Iterator[str]:
    """That a release leaves out what workers say of a request, where it stands without them."""
    if summary.is_release and score.released and "workers" not in one.said_by:
        missing, added = _missing(summary, score, one.request.topics)
        if told := left_out(missing, read, added):
            yield f"{read.say(wording.SPEAKERS['workers'])} ({told})"


def _missing(summary: Summary, score: SupplierScore, topics: Collection[str]) -> tuple[int, int]:
    """Of the problems about these topics, how many a release leaves out, and how many came after it."""
    if score.released is None:
        return 0, 0
    some = unshown(score.released, part_of(score.released, summary)), later(score.released, summary)
    missing, added = (sum(each.topic in topics for each in one) for one in some)
    return missing, added
