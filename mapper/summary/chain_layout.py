"""Where everything stands on the labour supply chain map: a lane for each stage, a band for each corridor.

The way runs from home, on the side where reading begins, to the employer on the other. Below the corridors stand, by
stage, what was paid and what became of papers. Ribbons are as thick as the share of workers who went that way.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from mapper.language.reader import FRACTION, Reader
from mapper.scoring.paths import EMPLOYER, HOME
from mapper.summary import chain_notes, chain_places, ribbons, text_width, wording
from mapper.summary.chain_map import STAGE_OF_ACTOR, STAGES, ChainMap, Corridor, Known, Part, Stop
from mapper.summary.chain_notes import FLOW, NORMAL, SMALL, said
from mapper.summary.drawing import INK, LINE, PAPER, QUIET, Box, Drawing, Line, Sheet
from mapper.summary.lanes import COLUMN, MARGIN, Lanes
from mapper.summary.told import RIGHT_TO_LEFT, Told
from mapper.summary.wording import ACTORS, N_, say

HEAD, PAD, STEP = 56, 10, 18  # height of the lanes' heads, room inside boxes, from line to line
CLEAR = 4  # below the last line of a name: letters of Burmese and Nepali hang deep
TALL = {"my": 0.86}  # languages whose letters stand higher, and how much smaller they are written for it
PAGE_SHAPE = 0.6  # height of a printed picture by its width
FEE, FEE_INK = "#fdecc8", "#5c3d00"
GROUNDS = ("#eef3f2", "#f8faf9")
HOMES = N_("Home community")


@dataclass(frozen=True, slots=True)
class _Words:
    text: str
    size: float = SMALL
    bold: bool = False
    fill: str = INK


@dataclass(frozen=True, slots=True)
class _Placed:
    """A stop with its lines broken, and the height that they take."""

    stop: Stop
    column: int
    title: tuple[_Words, ...]
    fee: tuple[_Words, ...]

    @property
    def height(self) -> float:
        return 2 * PAD + STEP * len(self.title) + (STEP * len(self.fee) + PAD + CLEAR if self.fee else 0) - 4


def draw(shown: ChainMap, read: Reader) -> Drawing:
    """The whole map in the reader's language."""
    lanes, sheet = _lanes(shown), Sheet(HEAD)
    for block in _blocks(shown, lanes, read):
        block(sheet)
    return _finished(sheet, lanes, shown, read)


def pages(shown: ChainMap, read: Reader) -> tuple[Drawing, ...]:
    """The same as pictures of the shape of a page, each under the heads of the lanes, so that print stays large."""
    lanes = _lanes(shown)
    sheets, most = [Sheet(HEAD)], lanes.width * PAGE_SHAPE - MARGIN
    for block in _blocks(shown, lanes, read):
        tried = Sheet(HEAD)
        block(tried)
        if sheets[-1].y > HEAD and sheets[-1].y + tried.y - HEAD > most:
            sheets.append(Sheet(HEAD))
        block(sheets[-1])
    return tuple(_finished(sheet, lanes, shown, read) for sheet in sheets)


def _blocks(shown: ChainMap, lanes: Lanes, read: Reader) -> Iterator[Callable[[Sheet], None]]:
    """What stands below each other: the corridors, then what was paid and what became of papers."""
    for corridor in shown.corridors:
        yield partial(_corridor, corridor=corridor, lanes=lanes, read=read)
    for title, notes in (
        (N_("What was paid and not repaid"), shown.costs),
        (N_("What became of papers"), shown.papers),
    ):
        if notes:
            yield partial(chain_notes.add, title=read.say(title), notes=notes, lanes=lanes, read=read)


def _finished(sheet: Sheet, lanes: Lanes, shown: ChainMap, read: Reader) -> Drawing:
    height = sheet.y + MARGIN
    return Drawing(
        width=lanes.width,
        height=height,
        about=chain_notes.about(shown, read),
        is_rtl=read.is_rtl,
        grounds=(
            *_grounds(lanes, height),
            Box(MARGIN, 6, lanes.width - 2 * MARGIN, HEAD - 10, FLOW, FLOW, 6, css="head"),
        ),
        curves=tuple(sheet.curves),
        boxes=tuple(sheet.boxes),
        lines=tuple(_written(line, read) for line in (*_heads(lanes, read), *sheet.lines)),
    )


def _written(line: Line, read: Reader) -> Line:
    return replace(line, words=read.isolated(line.words), size=line.size * TALL.get(read.language, 1))


def _lanes(shown: ChainMap) -> Lanes:
    """Every stage has a column; recruitment two where both agents and agencies were met."""
    ends = {STAGE_OF_ACTOR[HOME], STAGE_OF_ACTOR[EMPLOYER]}
    met = ends | {
        STAGE_OF_ACTOR.get(stop.actor, STAGE_OF_ACTOR["other"]) for one in shown.corridors for stop in one.stops
    }
    columns = [(stage, place) for stage in STAGES for place in (0, 1) if place == 0 or (stage, place) in met]
    if ("S1_recruitment", 0) not in met and ("S1_recruitment", 1) in met:
        columns.remove(("S1_recruitment", 0))
    return Lanes(tuple(columns), frozenset(met))


def _grounds(lanes: Lanes, height: float) -> Iterator[Box]:
    for number, stage in enumerate(STAGES):
        left, right = lanes.bounds(stage)
        yield Box(left, 0, right - left, height, GROUNDS[number % 2], GROUNDS[number % 2], css="lane")


def _heads(lanes: Lanes, read: Reader) -> Iterator[Line]:
    for stage in STAGES:
        left, right = lanes.bounds(stage)
        words = text_width.lines(read.say(say(wording.STAGES, stage)), right - left - 16, 16, bold=True)[:2]
        top = 35 if len(words) == 1 else 26
        for row, text in enumerate(words):
            yield Line((left + right) / 2, top + row * 18, text, 16, bold=True, fill=PAPER, anchor="middle")


def _corridor(sheet: Sheet, corridor: Corridor, lanes: Lanes, read: Reader) -> None:
    top = sheet.y + 6
    name = read.corridor(corridor.origin, corridor.destination)
    number, shown = corridor.told, Told(read, corridor.rounded).number(corridor.told)
    told = read.ngettext("%(num)s worker told of their way", "%(num)s workers told of their way", number, shown)
    sheet.boxes.append(Box(MARGIN, top, lanes.width - 2 * MARGIN, 30, "#ffffff", LINE, 6, css="band"))
    sheet.lines.append(Line(MARGIN + 12, top + 20, f"{name} · {told}", 15, bold=True))
    placed = _place(corridor, lanes, read)
    ways = ribbons.ways(corridor.passages, {one.stop.actor: one.column for one in placed})
    where = _spots(placed, ways, lanes, top + 46)
    ribbons.add(sheet, ways, where, read)
    for one in placed:
        _stop(sheet, one, where[one.stop.actor])
    sheet.y = max(below + height for _, below, height in where.values()) + 14


def _place(corridor: Corridor, lanes: Lanes, read: Reader) -> list[_Placed]:
    everybody = Part(1.0, corridor.told, corridor.told)
    actors = {stop.actor for stop in corridor.stops}
    ends = [Stop(HOME, everybody), *([] if EMPLOYER in actors else [Stop(EMPLOYER, everybody)])]
    stops = sorted([*ends, *corridor.stops], key=lambda stop: -(stop.met.share or 0.0))
    return [_placed(stop, corridor, lanes, read) for stop in stops]


def _placed(stop: Stop, corridor: Corridor, lanes: Lanes, read: Reader) -> _Placed:
    stage = STAGE_OF_ACTOR.get(stop.actor, STAGE_OF_ACTOR["other"])
    words = read.say(HOMES if stop.actor == HOME else say(ACTORS, stop.actor))
    place = read.country(corridor.origin if stop.actor == HOME else corridor.destination)
    title = [_Words(text, NORMAL, bold=True) for text in text_width.lines(words, COLUMN - 2 * PAD, NORMAL, bold=True)]
    if stop.actor in (HOME, EMPLOYER):
        title.append(_Words(place, fill=QUIET))
    if stop.actor != HOME and stop.met.cases != corridor.told:
        title += _broken(read.say(N_("met by %(share)s"), share=said(stop.met, read)), QUIET)
    for known in stop.known:
        title += _from_the_right(_broken(named(known, read), INK), read)
    return _Placed(stop, lanes.columns.index(stage), tuple(title), tuple(_fee(stop, read)))


def _fee(stop: Stop, read: Reader) -> Iterator[_Words]:
    """What the actor was paid; nothing where nobody paid."""
    if stop.paid is None or not (stop.paid.cases or stop.paid.words == "most"):
        return
    if stop.months is not None:
        shown = Told(read, stop.met.rounded).months(stop.months)
        months = read.ngettext("%(num)s month of wage", "%(num)s months of wage", FRACTION, shown)
        yield from _broken(months, FEE_INK, bold=True)
    yield from _broken(read.say(N_("paid by %(share)s"), share=said(stop.paid, read)), FEE_INK)
    if stop.receipt is not None:
        yield from _broken(read.say(N_("receipt: %(share)s"), share=said(stop.receipt, read)), FEE_INK)


def named(known: Known, read: Reader) -> str:
    not_stated = read.say(N_("licence not stated"))
    licence = read.say(N_("licence %(number)s"), number=known.licence) if known.licence else not_stated
    return f"{known.name}: {licence}"


def _broken(text: str, fill: str, bold: bool = False) -> list[_Words]:
    return [_Words(line, SMALL, bold, fill) for line in text_width.lines(text, COLUMN - 2 * PAD, SMALL, bold)]


def _from_the_right(words: list[_Words], read: Reader) -> list[_Words]:
    """A name in Latin letters on a page read from the right: what follows it, such as a colon, stands to its left."""
    return [replace(one, text=RIGHT_TO_LEFT + one.text) for one in words] if read.is_rtl else words


def _spots(
    placed: Sequence[_Placed], ways: Sequence[ribbons.Way], lanes: Lanes, top: float
) -> dict[Hashable, ribbons.Spot]:
    """Where each box stands, and where each way passes the boxes of a column."""
    boxes = [_item(one, ribbons.height_needed(ways, one.stop.actor)) for one in placed]
    items, where = [*boxes, *ribbons.slots(ways)], None
    for _ in range(2):  # the second time it is known where on its box each way leaves
        middle = chain_places.settle(items, ribbons.links(ways, where))
        where = {
            one.name: (lanes.left(one.column), top + middle[one.name] - one.height / 2, one.height) for one in items
        }
    return where or {}


def _item(one: _Placed, needed: float) -> chain_places.Item:
    return chain_places.Item(one.stop.actor, one.column, max(one.height, needed), one.stop.met.share or 0.0)


def _stop(sheet: Sheet, one: _Placed, spot: ribbons.Spot) -> None:
    left, top, height = spot
    is_end = one.stop.actor in (HOME, EMPLOYER)
    sheet.boxes.append(Box(left, top, COLUMN, height, "#ffffff", FLOW if is_end else "#76827f", 8, css="stop"))
    top += 0 if one.fee else (height - one.height) / 2
    _write(sheet, one.title, left + PAD, top + PAD)
    if one.fee:
        below = top + PAD + STEP * len(one.title) + 2 + CLEAR
        sheet.boxes.append(Box(left + 4, below, COLUMN - 8, STEP * len(one.fee) + 8, FEE, "#b07a00", 5, css="fee"))
        _write(sheet, one.fee, left + PAD, below + 2)


def _write(sheet: Sheet, words: Sequence[_Words], left: float, top: float) -> None:
    for row, text in enumerate(words):
        sheet.lines.append(Line(left, top + STEP * row + 13, text.text, text.size, text.bold, text.fill))
