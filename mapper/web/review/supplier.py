"""One supplier in one round: the band and why, the map, costs, indicators, what management says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from flask import render_template
from flask.typing import ResponseReturnValue

from mapper.assessment.follow_up import FollowUp, follow_ups
from mapper.assessment.lines import corridor_lines
from mapper.language.cited import Cited
from mapper.programme import gender_scale
from mapper.scoring.results import IndicatorResult, SupplierScore
from mapper.store import database
from mapper.summary import advice, chain_layout, groups, pictures, pictures_months, wording
from mapper.summary.chain_map import ChainMap
from mapper.summary.chain_source import gather_map
from mapper.summary.chain_table import tables
from mapper.summary.drawing import Drawing
from mapper.summary.model import Summary, SupplierFacts, Table
from mapper.summary.paper import cell
from mapper.summary.released import ReleasedPart, later_version
from mapper.summary.sdg import recruitment_cost
from mapper.summary.sections import in_language, without_owner
from mapper.summary.stage_map import Cell, released_map, stage_map
from mapper.summary.told import Told
from mapper.summary.unshown import later, part_of
from mapper.web.review.seen import day_of, rounds, score_of, summary_of, this_reader, version_asked_for


@dataclass(frozen=True)
class SupplierPage:
    """One supplier in one round. `drawing` None where nobody told of the way; `replaced`: which version this
    release took the place of, in words; `version`: the one that was asked for, None the one that holds."""

    summary: Summary
    score: SupplierScore
    facts: SupplierFacts
    rounds: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]
    chain: ChainMap | None = None
    drawing: Drawing | None = None
    replaced: str = ""
    version: int | None = None

    @property
    def released(self) -> ReleasedPart | None:
        """What the release shows; None before there is one."""
        return ReleasedPart(self.score.released) if self.score.released else None

    @property
    def more(self) -> tuple[Table, ...]:
        """For the audit team: the workers by gender, what they bore, debt, and how many to interview."""
        if self.summary.is_release:
            return ()
        one = replace(self.summary, assessment=replace(self.summary.assessment, suppliers=(self.score,)))
        made = (groups.genders(one), recruitment_cost(one), advice.debt(one), advice.sample(one))
        return tuple(in_language(without_owner(table), this_reader()) for table in made if table.rows)

    @property
    def added(self) -> int:
        """How many problems workers are asked about only since the release."""
        return len(later(self.score.released, self.summary)) if self.score.released else 0

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


def supplier(supplier: str, round: str | None = None) -> ResponseReturnValue:
    version = version_asked_for()
    summary = summary_of(supplier, round if version else None, version)
    score = score_of(summary, round)
    if score is None:
        return render_template("review/nothing.html", facts=summary.facts[supplier], summary=summary, words=wording)
    found = released_map(score.released, part_of(score.released, summary)) if score.released else stage_map(score)
    cells = {(cell.stage, cell.actor): cell for cell in found}
    chain = map_of(score, summary)
    drawing = chain_layout.draw(chain, this_reader()) if chain else None
    read = this_reader()
    replaced = later_version(summary, score, read)
    page = SupplierPage(
        summary, score, summary.facts_of(score), rounds(summary), cells, chain, drawing, replaced, version
    )
    spread = {read.corridor(one.origin, one.destination): [one] for one in corridor_lines(score)}
    return render_template(
        "review/supplier.html", page=page, words=wording, cell=cell, read=read, pictures=pictures,
        map_tables=tables, told=Told(read, summary.is_release),
        distribution=pictures_months.distribution(spread, read, day=day_of(score.round)),
        gender_scale=has_gender_scale(summary, supplier), cited=Cited, follow_ups=helped(summary, score),
    )  # fmt: skip


def map_of(score: SupplierScore, summary: Summary) -> ChainMap | None:
    with database.session() as session:
        return gather_map(session, score, summary)


def helped(summary: Summary, score: SupplierScore) -> list[FollowUp]:
    """For the audit team alone."""
    if summary.is_release:
        return []
    with database.session() as session:
        return follow_ups(session, score.supplier, score.round)


def has_gender_scale(summary: Summary, supplier: str) -> bool:
    """The audit team may judge at any time; others have something to read once a level is shared."""
    if not summary.is_release:
        return True
    with database.session() as session:
        return gender_scale.is_shared(session, supplier)
