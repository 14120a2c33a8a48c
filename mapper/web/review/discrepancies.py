"""What management says and workers do not: every topic that can be checked twice, for one supplier and round."""

from dataclasses import dataclass

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from mapper.scoring.method_file import load_method
from mapper.scoring.results import SupplierScore
from mapper.summary import wording
from mapper.summary.compared import Comparison, compared, rule, statement_words
from mapper.summary.model import Summary, SupplierFacts
from mapper.summary.topics import TOPICS
from mapper.summary.unshown import part_of
from mapper.web.review.seen import score_of, summary_of, this_reader, version_asked_for


@dataclass(frozen=True)
class DiscrepancyPage:
    """`found` holds no topic where nothing could be compared; `rule` is by what a voice counts."""

    summary: Summary
    score: SupplierScore
    facts: SupplierFacts
    found: Comparison
    rule: str
    version: int | None = None


def discrepancies(supplier: str, round: str) -> ResponseReturnValue:
    version = version_asked_for()
    summary = summary_of(supplier, round if version else None, version)
    score = score_of(summary, round)
    if score is None:
        abort(404)
    method = load_method(summary.assessment.method.name).discrepancy
    read = this_reader()
    found = compared(score, part_of(score.released, summary), method, read)
    said = rule(method, read, summary.is_release)
    page = DiscrepancyPage(summary, score, summary.facts_of(score), found, said, version)
    return render_template(
        "review/discrepancies.html", page=page, words=wording, topics=TOPICS, read=read, said=statement_words
    )
