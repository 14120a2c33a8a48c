"""The labour supply chain map as tables: everything that is drawn, for those who read rather than look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapper.language.reader import N_, UNKNOWN, Reader
from mapper.scoring.paths import HOME
from mapper.summary import wording
from mapper.summary.chain_layout import HOMES, named
from mapper.summary.chain_map import STAGE_OF_ACTOR, STAGES, ChainMap, Corridor, Note, Part
from mapper.summary.chain_notes import said
from mapper.summary.told import Told
from mapper.summary.wording import say


@dataclass(frozen=True, slots=True)
class MapTable:
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(shown: ChainMap, read: Reader) -> tuple[MapTable, ...]:
    """Actors, ways, costs and papers, each where the map has any."""
    found = (
        _actors(shown.corridors, read),
        _ways(shown.corridors, read),
        _notes(N_("What was paid and not repaid"), shown.costs, read),
        _notes(N_("What became of papers"), shown.papers, read),
    )
    return tuple(one for one in found if one.rows)


def _actors(corridors: Sequence[Corridor], read: Reader) -> MapTable:
    heads = (
        N_("Corridor"), N_("Stage"), N_("Actor"), N_("Workers who met"), N_("Paid them"), N_("Got a receipt"),
        N_("Mean months paid"), N_("Named in the set-up"),
    )  # fmt: skip
    rows = tuple(
        (
            read.corridor(corridor.origin, corridor.destination), _stage(stop.actor, read), _actor(stop.actor, read),
            said(stop.met, read), _part(stop.paid, read), _part(stop.receipt, read),
            Told(read, stop.met.rounded).months(stop.months), "; ".join(named(one, read) for one in stop.known),
        )
        for corridor in corridors
        for stop in corridor.stops
    )  # fmt: skip
    named_any = any(stop.known for corridor in corridors for stop in corridor.stops)  # a release names nobody
    told = rows if named_any else tuple(row[:-1] for row in rows)
    return MapTable(read.say(N_("Whom workers met")), tuple(map(read.say, heads if named_any else heads[:-1])), told)


def _ways(corridors: Sequence[Corridor], read: Reader) -> MapTable:
    rows = tuple(
        (
            read.corridor(corridor.origin, corridor.destination), _actor(way.source, read), _actor(way.target, read),
            said(way.part, read),
        )
        for corridor in corridors
        for way in corridor.passages
    )  # fmt: skip
    heads = (N_("Corridor"), N_("From"), N_("To"), N_("Workers"))
    return MapTable(read.say(N_("Ways that workers went")), tuple(map(read.say, heads)), rows)


def _notes(title: str, notes: Mapping[str, tuple[Note, ...]], read: Reader) -> MapTable:
    rows = tuple(
        (
            read.say(say(wording.STAGES, stage)), read.label(note.label), said(note.part, read),
            read.months(note.months),
        )
        for stage in STAGES
        for note in notes.get(stage, ())
    )  # fmt: skip
    heads = (N_("Stage"), N_("About"), N_("Workers"), N_("Mean months paid"))
    return MapTable(read.say(title), tuple(map(read.say, heads)), rows)


def _stage(actor: str, read: Reader) -> str:
    return read.say(say(wording.STAGES, STAGE_OF_ACTOR.get(actor, (STAGES[0], 0))[0]))


def _actor(actor: str, read: Reader) -> str:
    return read.say(HOMES if actor == HOME else say(wording.ACTORS, actor))


def _part(part: Part | None, read: Reader) -> str:
    return UNKNOWN if part is None else said(part, read)
