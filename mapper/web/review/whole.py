"""The mapping summary of one supplier and round as one page, in the order in which it is printed."""

from dataclasses import dataclass

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from mapper.scoring.results import SupplierScore
from mapper.summary import wording
from mapper.summary.model import Summary, SupplierFacts
from mapper.summary.paper import cell
from mapper.summary.sections import Section, sections
from mapper.web.review.seen import score_of, summary_of, this_reader, version_asked_for
from mapper.web.review.supplier import map_of


@dataclass(frozen=True)
class WholePage:
    """Every section that this reader may see; an empty one says why."""

    summary: Summary
    score: SupplierScore
    facts: SupplierFacts
    sections: tuple[Section, ...]
    version: int | None = None


def summary(supplier: str, round: str) -> ResponseReturnValue:
    version = version_asked_for()
    found = summary_of(supplier, round, version)
    score = score_of(found, round)
    if score is None:
        abort(404)
    parts = sections(found, score, map_of(score, found), this_reader())
    page = WholePage(found, score, found.facts_of(score), parts, version)
    return render_template("review/summary.html", page=page, words=wording, read=this_reader(), cell=cell)
