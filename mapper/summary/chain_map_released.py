"""The labour supply chain map as it may leave the audit team: from a release alone, kinds of actors without names."""

from collections.abc import Collection, Iterator

from mapper.definition.model import Survey
from mapper.scoring.released import FEW, MOST, Released, ReleasedFigure, ReleasedGroup, ReleasedShare
from mapper.summary.chain_map import PAPERS, ChainMap, Corridor, Note, Part, Passage, Stop, by_stage, stage_of_item


def of_release(released: Released, about_papers: Collection[str]) -> ChainMap:
    """What ten workers and more share. `about_papers`: names of the indicators that tell what became of papers."""
    corridors = (_corridor(released, group) for group in released.by("corridor"))
    costs = ((stage_of_item(code), Note(one.label, _shown(one.shares[0]))) for code, one in _named(released, "item:"))
    papers = (
        (figure.stage or "", Note(figure.label, _shown(share)))
        for name, figure in _named(released, "indicator:")
        if name in about_papers and (share := figure.of()) and share.words != FEW
    )
    return ChainMap(True, tuple(one for one in corridors if one), by_stage(costs), by_stage(papers))


def paper_indicators(surveys: Collection[Survey]) -> frozenset[str]:
    return frozenset(
        one.name for survey in surveys for one in survey.indicators if one.topic in PAPERS and one.kind == "breach"
    )


def _corridor(released: Released, group: ReleasedGroup) -> Corridor | None:
    """None for the rest of all corridors, which has no two ends, and where no kind of actor may be shown."""
    origin, _, destination = dict(group.values)["corridor"].partition("-")
    stops = tuple(_stops(released, group.name))
    return (
        Corridor(origin, destination, group.base, stops, tuple(_passages(released, group.name)))
        if (stops and destination)
        else None
    )


def _stops(released: Released, group: str) -> Iterator[Stop]:
    for actor, figure in _named(released, "chain:met:"):
        met, mean = figure.of(group), released.mean(f"chain:{actor}", group)
        if met:
            paid, receipt = (released.share(f"chain:{what}:{actor}", group) for what in ("paid", "receipt"))
            yield Stop(
                actor,
                _shown(met),
                paid=_shown(paid) if paid else None,
                receipt=_shown(receipt) if receipt else None,
                months=mean.mean if mean else None,
                payers=mean.payers if mean else 0,
            )


def _passages(released: Released, group: str) -> Iterator[Passage]:
    for step, figure in _named(released, "chain:step:"):
        source, _, target = step.partition(":")
        if share := figure.of(group):
            yield Passage(source, target, _shown(share))


def _named(released: Released, prefix: str) -> Iterator[tuple[str, ReleasedFigure]]:
    return ((one.name.removeprefix(prefix), one) for one in released.figures if one.name.startswith(prefix))


def _shown(share: ReleasedShare) -> Part:
    of_word = 1.0 if share.words == MOST else 0.0
    return Part(of_word if share.words else share.share, share.base, share.cases, share.words, rounded=True)
