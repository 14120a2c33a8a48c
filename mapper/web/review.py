"""The company door: which suppliers first, why, and how sure we are.

Everybody sees only what `access` lets them: a reviewer their own buyer's suppliers, and of those the release; the audit
team everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import abort, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_login import current_user

from mapper.scoring.results import IndicatorResult, SupplierScore
from mapper.store import audit, database
from mapper.summary import wording
from mapper.summary.gather import Wanted, gather
from mapper.summary.model import Summary, SupplierFacts
from mapper.summary.ranking import ranked
from mapper.summary.released import ReleasedPart
from mapper.summary.stage_map import Cell, stage_map
from mapper.web import access

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class PortfolioPage:
    """All suppliers of one round, the most urgent first."""

    summary: Summary
    rounds: tuple[str, ...]
    round: str | None
    rows: tuple[tuple[SupplierScore, SupplierFacts], ...]

    @property
    def bands(self) -> Mapping[str, int]:
        """How many suppliers are in each band, in reading order; bands without a supplier too."""
        found = [score.band for score, _ in self.rows]
        return {band: found.count(band) for band in wording.BANDS}


@dataclass(frozen=True)
class SupplierPage:
    """One supplier in one round."""

    summary: Summary
    score: SupplierScore
    facts: SupplierFacts
    rounds: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]

    @property
    def released(self) -> ReleasedPart | None:
        """What the release shows; None before there is one."""
        return ReleasedPart(self.score.released) if self.score.released else None

    @property
    def stages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(stage for stage, _ in self.cells))

    @property
    def actors(self) -> tuple[str, ...]:
        present = {actor for _, actor in self.cells}
        return tuple(actor for actor in wording.ACTORS if actor in present)

    @property
    def indicators(self) -> tuple[tuple[str, tuple[IndicatorResult, ...]], ...]:
        """By stage of the journey, within a stage the most frequent first."""
        order = list(wording.STAGES)
        found = sorted(self.score.indicators, key=lambda i: (order.index(i.stage), -(i.proportion.share or 0.0)))
        return tuple((stage, tuple(group)) for stage, group in groupby(found, key=lambda i: i.stage))


def portfolio() -> ResponseReturnValue:
    summary = _summary()
    rounds = _rounds(summary)
    chosen = request.args.get("round") if request.args.get("round") in rounds else next(iter(rounds), None)
    rows = tuple((s, summary.facts_of(s)) for s in ranked(summary.assessment.suppliers) if s.round == chosen)
    return render_template("review/portfolio.html", page=PortfolioPage(summary, rounds, chosen, rows), words=wording)


def supplier(supplier: str, round: str | None = None) -> ResponseReturnValue:
    summary = _summary(supplier)
    if supplier not in summary.facts:
        abort(404)
    rounds = _rounds(summary)
    score = next((s for s in summary.assessment.suppliers if s.round == (round or next(iter(rounds), None))), None)
    if score is None and round is not None:
        abort(404)
    if score is None:
        return render_template("review/nothing.html", facts=summary.facts[supplier], summary=summary, words=wording)
    cells = {(cell.stage, cell.actor): cell for cell in stage_map(score)}
    page = SupplierPage(summary, score, summary.facts_of(score), rounds, cells)
    return render_template("review/supplier.html", page=page, words=wording)


def workbook() -> ResponseReturnValue:
    from mapper.summary.workbook import write_workbook

    summary = _summary(request.args.get("supplier"))
    name = "mapping-summary-release.xlsx" if summary.is_release else "mapping-summary.xlsx"
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        write_workbook(summary, path)
        content = BytesIO(path.read_bytes())
    return send_file(content, mimetype=WORKBOOK, as_attachment=True, download_name=name)


def _summary(supplier: str | None = None) -> Summary:
    """What this person may see, and a line in the audit trail that they looked."""
    seen = access.scope()
    audience = "audit" if seen.everything else "release"
    if not seen.everything and seen.buyer_id is None:
        abort(403)
    with database.session() as session:
        summary = gather(session, Wanted(audience, seen.buyer_id, supplier))
    with database.transaction() as session:
        audit.record(session, current_user.id, f"read.{audience}", supplier or "all suppliers")
    return summary


def _rounds(summary: Summary) -> tuple[str, ...]:
    """Latest first."""
    return tuple(sorted({score.round for score in summary.assessment.suppliers}, reverse=True))
