"""The lower part of the labour supply chain map: costs and papers by stage; and the map in a sentence."""

from collections.abc import Mapping

from mapper.language.reader import FRACTION, Reader
from mapper.summary import text_width
from mapper.summary.chain_map import STAGES, ChainMap, Note, Part
from mapper.summary.drawing import LINE, QUIET, Box, Line, Sheet
from mapper.summary.lanes import MARGIN, Lanes
from mapper.summary.told import Told
from mapper.summary.wording import N_

FLOW, SMALL, NORMAL = "#14505c", 13.0, 14.5
INSET, STEP, BAR = 12, 16, 6
FEE, FEE_EDGE = "#b07a00", "#f3e3bd"


def add(sheet: Sheet, title: str, notes: Mapping[str, tuple[Note, ...]], lanes: Lanes, read: Reader) -> None:
    """One band: a title across all lanes, and each stage's notes below each other."""
    sheet.boxes.append(Box(MARGIN, sheet.y + 6, lanes.width - 2 * MARGIN, 28, "#ffffff", LINE, 6, css="band"))
    sheet.lines.append(Line(MARGIN + 12, sheet.y + 25, title, 15, bold=True))
    top = sheet.y + 46
    ends = [_stage(sheet, notes.get(stage, ()), lanes.bounds(stage), top, read) for stage in STAGES]
    sheet.y = max(ends) + 4


def _stage(sheet: Sheet, notes: tuple[Note, ...], bounds: tuple[float, float], y: float, read: Reader) -> float:
    left, room = bounds[0] + INSET, bounds[1] - bounds[0] - 2 * INSET
    for note in notes:
        for text in text_width.lines(_sentence(read.label(note.label)), room, SMALL):
            sheet.lines.append(Line(left, y + 10, text, SMALL))
            y += STEP
        months = _together(_months(note.months, read), room) if note.months is not None else ""
        sheet.boxes.append(Box(left, y + 1, room, BAR, FEE_EDGE, FEE_EDGE, 2, css="bar-ground"))
        if note.part.share:
            sheet.boxes.append(Box(left, y + 1, room * note.part.share, BAR, FEE, FEE, 2, css="bar"))
        share = " · ".join(part for part in (said(note.part, read), months) if part)
        for text in text_width.lines(share, room, SMALL):
            sheet.lines.append(Line(left, y + 20, text, SMALL, fill=QUIET))
            y += STEP
        y += 18
    return y


def _months(months: float, read: Reader) -> str:
    return read.ngettext("%(num)s month", "%(num)s months", FRACTION, read.mean_months(months))


def _together(text: str, room: float) -> str:
    """On one line, where it fits into one."""
    return text.replace(" ", "\u00a0") if text_width.width(text, SMALL) <= room else text


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def said(part: Part, read: Reader) -> str:
    """`84 % (46 of 55)`, `≈ 60 % of ≈ 40`, or the word that a release has for it with its denominator."""
    if part.words or part.rounded:
        return Told(read, part.rounded).of(part.share, part.words, part.base)
    return f"{read.percent(part.share)} ({_counted(part, read)})"


def shares(part: Part, read: Reader) -> tuple[str, str]:
    """The same in two short lines: the share or its word, and of how many."""
    share = Told(read, part.rounded).percent(part.share, part.words)
    if part.words or part.rounded:
        return share, read.say(N_("of %(number)s"), number=Told(read, part.rounded).number(part.base))
    return share, _counted(part, read)


def _counted(part: Part, read: Reader) -> str:
    return read.say(N_("%(cases)s of %(base)s"), cases=read.number(part.cases), base=read.number(part.base))


def about(shown: ChainMap, read: Reader) -> str:
    """For somebody who cannot see the picture: its corridors; the table beside it says the rest."""
    ways = "; ".join(read.corridor(one.origin, one.destination) for one in shown.corridors)
    return read.say(N_("Labour supply chain map: %(corridors)s. Its figures stand in the table."), corridors=ways)
