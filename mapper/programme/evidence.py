"""The evidence matrix: which question is answered from which material, and what each finding rests on.

A finding is triangulated when sources of more than one method support it; one that rests on a single source is only
that source's word, however many passages are quoted. **Source:** triangulation by method and by source as evaluations
use it; the four levels are our own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from mapper.programme.words import METHODS
from mapper.store.programme_tables import EvidenceFinding, EvidenceQuestion, EvidenceSource, Passage

Support = Literal["several_methods", "one_method", "one_source", "none"]


@dataclass(frozen=True)
class Coded:
    """A passage with the source that it comes from."""

    passage: Passage
    source: EvidenceSource


@dataclass(frozen=True)
class Basis:
    """What a finding rests on. `missing` are codes that it cites and that do not exist."""

    finding: EvidenceFinding
    supporting: tuple[Coded, ...]
    contradicting: tuple[Coded, ...]
    missing: tuple[str, ...]
    cited: tuple[str, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.source.code for each in self.supporting))

    @property
    def methods(self) -> tuple[str, ...]:
        used = {each.source.method for each in self.supporting}
        return tuple(method for method in METHODS if method in used)

    @property
    def support(self) -> Support:
        if not self.supporting:
            return "none"
        if len(self.sources) == 1:
            return "one_source"
        return "one_method" if len(self.methods) == 1 else "several_methods"


@dataclass(frozen=True)
class Matrix:
    """`cells` holds the passages of each question and method; an empty cell is a gap in the material."""

    questions: tuple[EvidenceQuestion, ...]
    sources: tuple[EvidenceSource, ...]
    cells: Mapping[tuple[str, str], tuple[Coded, ...]]
    findings: tuple[Basis, ...]

    @property
    def methods(self) -> tuple[str, ...]:
        used = {source.method for source in self.sources}
        return tuple(method for method in METHODS if method in used)

    def of(self, question: EvidenceQuestion) -> tuple[Coded, ...]:
        return tuple(each for method in self.methods for each in self.cells.get((question.code, method), ()))

    @property
    def on_one_source(self) -> tuple[Basis, ...]:
        return tuple(each for each in self.findings if each.support == "one_source")


def matrix(
    questions: Iterable[EvidenceQuestion],
    sources: Iterable[EvidenceSource],
    findings: Iterable[EvidenceFinding],
    passages: Iterable[Passage],
) -> Matrix:
    """Bring the rows of one programme together."""
    asked, known, found = tuple(questions), tuple(sources), tuple(findings)
    by_id = {source.id: source for source in known}
    coded = [Coded(passage, by_id[passage.source_id]) for passage in passages if passage.source_id in by_id]
    cells = {
        (question.code, method): tuple(
            each for each in coded if each.passage.question_id == question.id and each.source.method == method
        )
        for question in asked
        for method in METHODS
    }
    codes = {each.code for each in found}
    return Matrix(asked, known, cells, tuple(_basis(each, coded, codes) for each in found))


def _basis(finding: EvidenceFinding, coded: list[Coded], codes: set[str]) -> Basis:
    return Basis(
        finding,
        tuple(each for each in coded if finding.code in each.passage.supports),
        tuple(each for each in coded if finding.code in each.passage.contradicts),
        tuple(code for code in finding.cites if code not in codes),
        tuple(code for code in finding.cites if code in codes),
    )
