"""A picture as shapes and lines of text with their places. A page draws it as SVG; on paper the texts are set by the
same program as the rest, since that shapes every script.
"""

from dataclasses import dataclass, field, replace

from mapper.summary import text_width

MARGIN, FOOT = 16, 13  # of the lines below a picture: their place, the size of their letters
INK, QUIET, LINE, PAPER = "#1a2325", "#4f5b59", "#c3ccc9", "#ffffff"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with round corners; `css` names it for tests and for the forced colours of a browser."""

    x: float
    y: float
    width: float
    height: float
    fill: str = PAPER
    stroke: str = LINE
    radius: float = 0
    css: str = "box"
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Curve:
    """A way from one point to another: `path` in the language of SVG, `width` its thickness."""

    path: str
    width: float
    stroke: str
    opacity: float = 1.0
    title: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text. `anchor` is start, middle or end, as the text is read; `y` its base line."""

    x: float
    y: float
    words: str
    size: float = 13
    bold: bool = False
    fill: str = INK
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is painted first lies below. `about` is its text for somebody who cannot see it."""

    width: float
    height: float
    about: str
    is_rtl: bool = False
    curves: tuple[Curve, ...] = ()
    boxes: tuple[Box, ...] = ()
    lines: tuple[Line, ...] = ()
    grounds: tuple[Box, ...] = field(default=())

    def with_foot(self, words: str) -> "Drawing":
        """The same with lines below, for a picture that leaves its page."""
        broken = enumerate(text_width.lines(words, self.width - 2 * MARGIN, FOOT), start=1)
        foot = tuple(Line(MARGIN, self.height + 18 * place, line, FOOT, fill=QUIET) for place, line in broken)
        return replace(self, height=self.height + 18 * len(foot) + 10, lines=(*self.lines, *foot))

    def mirrored_x(self, x: float) -> float:
        """Where a start lies for a script that is read from the right."""
        return self.width - x if self.is_rtl else x


@dataclass(slots=True)
class Sheet:
    """What has been drawn so far, and how far down."""

    y: float
    boxes: list[Box] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
