"""All suppliers of a round: which one first."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from mapper.scoring.results import SupplierScore
from mapper.summary import wording
from mapper.summary.model import Summary, SupplierFacts
from mapper.summary.ranking import ranked
from mapper.web.review.seen import rounds, summary_of


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


def portfolio() -> ResponseReturnValue:
    summary = summary_of()
    known = rounds(summary)
    chosen = request.args.get("round") if request.args.get("round") in known else next(iter(known), None)
    rows = tuple((s, summary.facts_of(s)) for s in ranked(summary.assessment.suppliers) if s.round == chosen)
    return render_template("review/portfolio.html", page=PortfolioPage(summary, known, chosen, rows), words=wording)
