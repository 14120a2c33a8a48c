"""Suppliers side by side, and the rounds of one: only what one version of the method made is compared."""

from dataclasses import dataclass

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from mapper.assessment import portfolio as lines
from mapper.assessment.portfolio import Line
from mapper.assessment.rounds import rounds_compared
from mapper.scoring.comparison import RoundComparison
from mapper.store import database
from mapper.summary import pictures, wording
from mapper.summary.model import SupplierFacts
from mapper.web.review.seen import note, seen, summary_of, this_reader

MOST = 12  # suppliers beside each other


@dataclass(frozen=True)
class ComparisonPage:
    """`versions`: those of the method behind the lines; more than one and nothing is compared."""

    audience: str
    lines: tuple[Line, ...]
    versions: frozenset[str]


@dataclass(frozen=True)
class RoundsPage:
    """Each round of a supplier against the one before."""

    audience: str
    facts: SupplierFacts
    comparisons: tuple[RoundComparison, ...]


def comparison() -> ResponseReturnValue:
    who, asked = seen(), request.args.getlist("supplier")[:MOST]
    with database.session() as session:
        found = lines.portfolio(session, who.buyer_id, 0)
    note(who.audience, "comparison")
    shown = tuple(line for line in found.lines if line.firm.code in asked and line.round == request.args.get("round"))
    page = ComparisonPage(who.audience, shown, frozenset(line.method for line in shown if not line.is_open))
    read = this_reader()
    picture = pictures.prevalence([line for line in shown if not line.is_open], read)
    return render_template("review/comparison.html", page=page, words=wording, picture=picture)


def rounds(supplier: str) -> ResponseReturnValue:
    summary = summary_of(supplier)
    if not summary.assessment.suppliers:
        abort(404)
    page = RoundsPage(
        summary.assessment.audience, summary.facts[supplier], rounds_compared(summary.assessment, supplier)
    )
    return render_template("review/rounds.html", page=page, words=wording)
