"""What workers paid on which corridor, across suppliers. Outside the audit team suppliers stand beside each other as
they were released, and are never added up: sums of releases would be figures that nobody has audited."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from mapper.assessment.portfolio import CorridorLine, Line
from mapper.language.reader import N_, Reader
from mapper.summary import pictures_fees, pictures_months, wording
from mapper.summary.told import Told
from mapper.summary.wording import say
from mapper.web.review.seen import lines_of, note, seen, this_reader

Rows = tuple[tuple[Line, CorridorLine], ...]


@dataclass(frozen=True)
class CorridorsPage:
    """`corridors`: `NP-MY` → the suppliers on it. `ends` "" for all corridors."""

    audience: str
    rounds: tuple[str, ...]
    round: str | None
    ends: str
    corridors: Mapping[str, Rows]

    @property
    def is_release(self) -> bool:
        return self.audience == "release"


def corridors() -> ResponseReturnValue:
    return _page("")


def corridor(ends: str) -> ResponseReturnValue:
    return _page(ends)


def mean_months(rows: Rows) -> float | None:
    """Over the payers of all suppliers, for the audit team: means weighted by payers with a known wage."""
    known = [(one.months, one.with_wage) for _, one in rows if one.months is not None and one.with_wage]
    weight = sum(number for _, number in known)
    return sum(months * number for months, number in known) / weight if weight else None


def paid_share(rows: Rows) -> float | None:
    known = [(one.payers, one.answered) for _, one in rows if one.payers is not None and one.answered]
    return sum(payers for payers, _ in known) / sum(answered for _, answered in known) if known else None


def _page(ends: str) -> ResponseReturnValue:
    who = seen()
    found = lines_of(who)
    note(who.audience, f"corridor {ends}" if ends else "corridors")
    rounds = tuple(sorted({line.round for line in found.lines}, reverse=True))
    asked = request.args.get("round")
    chosen = asked if asked in rounds else next(iter(rounds), None)
    shown = _by_corridor([line for line in found.lines if line.round == chosen])
    if ends and ends not in shown:
        abort(404)
    page = CorridorsPage(who.audience, rounds, chosen, ends, {ends: shown[ends]} if ends else shown)
    read = this_reader()
    by_ends = {_pair(name): rows for name, rows in page.corridors.items()}
    spread = {read.corridor(*pair): [one for _, one in rows] for pair, rows in by_ends.items()}
    about = {name: _of(sum(one.answered or 0 for one in lines), Told(read, False)) for name, lines in spread.items()}
    by = N_("Supplier") if ends else N_("Corridor")
    if ends:
        spread = {line.firm.name: [one] for line, one in shown[ends]}
        about = {line.firm.name: _standing(line, one, page.is_release, read) for line, one in shown[ends]}
    elif page.is_release:  # suppliers are never added up: each on its corridor's own page
        spread = {}
    return render_template(
        "review/corridors.html", page=page, words=wording, read=read, means=pictures_fees.means(by_ends, read),
        picture=pictures_months.distribution(spread, read, about, by), mean_months=mean_months, paid_share=paid_share,
        told=Told(read, page.is_release),
    )  # fmt: skip


def _pair(ends: str) -> tuple[str, str]:
    origin, _, destination = ends.partition("-")
    return origin, destination


def _standing(line: Line, one: CorridorLine, is_release: bool, read: Reader) -> str:
    """What a bar of this supplier must be read with: its band, the quality of the interviews, and how many they are."""
    quality = read.say(N_("interviews: %(quality)s"), quality=read.say(say(wording.QUALITIES, line.quality)))
    number = one.answered if one.answered is not None else one.interviews
    counted = _of(number, Told(read, is_release))
    parts = (read.say(say(wording.BANDS, line.band)), quality if line.quality else "", counted)
    return " · ".join(part for part in parts if part)


def _of(number: int, told: Told) -> str:
    return told.read.ngettext("of %(num)s worker", "of %(num)s workers", number, told.number(number))


def _by_corridor(found: list[Line]) -> dict[str, Rows]:
    rows: dict[str, list[tuple[Line, CorridorLine]]] = {}
    for line in found:
        for one in line.corridors:
            rows.setdefault(f"{one.origin}-{one.destination}", []).append((line, one))
    ordered = sorted(rows.items(), key=lambda one: -sum(each.interviews for _, each in one[1]))
    return {name: tuple(sorted(several, key=lambda one: -(one[1].months or 0.0))) for name, several in ordered}
