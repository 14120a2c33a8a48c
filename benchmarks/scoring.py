"""A million workers against the same counting written by hand in NumPy; one supplier after one new interview."""

import resource
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from benchmarks.figure import Figure, ratio
from benchmarks.instance import interviews, own_instance
from mapper import assessment
from mapper.definition.model import Indicator, Rule
from mapper.expression.columns import Column, Table, Texts
from mapper.expression.parse import parse
from mapper.intake import receive
from mapper.scoring.classify import classify, scheme
from mapper.scoring.indicators import YES, convert, states
from mapper.scoring.method_file import load_method
from mapper.scoring.prevalence import intervals
from mapper.scoring.results import CLASSES
from mapper.scoring.tally import counts, tally
from mapper.store import database

WORKERS, INDICATORS, SUPPLIERS = 1_000_000, 60, 5_000
INVOLUNTARY, MENACES, SIGNS = range(9), range(9, 16), range(40)
WORKFORCE, Z2 = 400, 1.959963984540054**2
HELD, MORE = 100, 15  # interviews at the supplier, and how many come in one by one


@dataclass(frozen=True)
class Million:
    """Columns of answers, the supplier of each worker, who was supervised and who bore a cost."""

    table: Table
    indicators: tuple[Indicator, ...]
    groups: NDArray[np.intp]
    supervised: NDArray[np.bool_]
    bore: NDArray[np.bool_]


def measure() -> Iterator[Figure]:
    yield from _million()
    yield _one_more()


def _million() -> Iterator[Figure]:
    data = _made()
    (ours, classes), (hand, by_hand) = scored(data), counted_by_hand(data)
    assert (ours == hand).all()
    assert (classes == by_hand).all()
    mine, theirs, times = ratio(lambda: scored(data), lambda: counted_by_hand(data), repeat=3, clock=time.process_time)
    note = f"{mine:.2f} s of processor, by hand {theirs:.2f} s"
    yield Figure("1 million workers × 60 indicators × 5,000 suppliers", times, "×", 2.0, note=note)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    yield Figure("peak memory of that", peak, "GB", 1.5, note="of the whole process, data included")


def scored(data: Million) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Counts by indicator, supplier and state, and by class and supplier, with intervals on the way."""
    found = convert(states(data.table, data.indicators), np.arange(INDICATORS) < len(SIGNS), data.supervised)
    method = load_method()
    classes = classify(found, scheme(data.indicators, "icls20", method.classification), data.bore)
    cells = tally(found, data.groups, SUPPLIERS)
    intervals(cells[..., YES], cells[..., 0] + cells[..., YES], np.full(SUPPLIERS, WORKFORCE), np.array(True))
    by_class = [counts(classes.codes == code, data.groups, SUPPLIERS) for code in range(len(CLASSES))]
    return cells, np.stack(by_class)


def counted_by_hand(data: Million) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The same for these answers alone, as one would write it once and throw it away."""
    cells = np.empty((INDICATORS, SUPPLIERS, 3), np.int64)
    nobody = np.zeros(WORKERS, bool)
    sides = {name: nobody.copy() for name in ("v", "c", "may_v", "may_c", "other", "open")}
    several, base = np.zeros(WORKERS, np.int8), data.groups * 3
    for place in range(INDICATORS):
        codes = data.table.columns[f"q{place}"].value.codes  # type: ignore[union-attr]
        yes, unknown = codes == 1, codes < 0
        if place in SIGNS:
            unknown = unknown | (data.supervised & ~yes)
        cells[place] = np.bincount(base + yes + 2 * unknown, minlength=SUPPLIERS * 3).reshape(SUPPLIERS, 3)
        side = "v" if place in INVOLUNTARY else "c" if place in MENACES else ""
        if side:
            sides[side] |= yes
            sides[f"may_{side}"] |= yes | unknown
        several += yes & (side == "v")
        sides["other"] |= yes
        sides["open"] |= unknown
    classes = np.full(WORKERS, 5, np.int8)
    at_risk = sides["c"] | (several >= 2)
    order = (sides["open"], sides["other"], at_risk, sides["may_v"] & sides["may_c"], sides["v"] & sides["c"])
    for code, held in zip((4, 3, 2, 1, 0), order, strict=True):
        classes[held] = code
    _intervals_by_hand(cells)
    by_class = np.bincount(data.groups * 6 + classes, minlength=SUPPLIERS * 6).reshape(SUPPLIERS, 6)
    return cells, by_class.T


def _intervals_by_hand(cells: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    cases, answered = cells[..., 1], np.maximum(cells[..., 0] + cells[..., 1], 1)
    size = answered * (WORKFORCE - 1) / (WORKFORCE - answered)
    share = cases / answered
    middle = (share * size + Z2 / 2) / (size + Z2)
    half = np.sqrt(Z2 * (size * share * (1 - share) + Z2 / 4)) / (size + Z2)
    return middle - half, middle + half


def _made() -> Million:
    rng = np.random.default_rng(20261122)
    columns = {}
    for place in range(INDICATORS):
        codes = rng.choice(np.array([0, 1, -1], np.int8), WORKERS, p=[0.8, 0.15, 0.05])
        columns[f"q{place}"] = Column(Texts(codes, ("no", "yes"), unknown=codes < 0))
    groups = rng.integers(0, SUPPLIERS, WORKERS).astype(np.intp)
    indicators = tuple(map(_indicator, range(INDICATORS)))
    return Million(Table(WORKERS, columns), indicators, groups, rng.random(WORKERS) < 0.1, rng.random(WORKERS) < 0.5)


def _indicator(place: int) -> Indicator:
    text = f"${{q{place}}} = 'yes'"
    is_member = place in INVOLUNTARY or place in MENACES
    return Indicator(
        name=f"i{place}",
        label="",
        rule=Rule(text, parse(text)),
        source="benchmark",
        stage="S5_employment",
        actors=("employer",),
        kind="forced_labour" if is_member else "breach",
        side="involuntariness" if place in INVOLUNTARY else "penalty" if place in MENACES else None,
        sets={"icls20": str(place)} if is_member else {},
    )


def _one_more() -> Figure:
    """From the moment the interview is stored to the supplier's new score, everything read from the database."""
    bodies = interviews(HELD + MORE)
    supplier, round_ = bodies[0]["supplier"], bodies[0]["round"]
    taken = []
    with own_instance():
        for number, body in enumerate(bodies):
            placed = {name: value for name, value in body.items() if name != "site"}
            placed |= {"supplier": supplier, "round": round_}
            with database.transaction() as session:
                receive(session, uuid4(), placed)
            if number >= HELD - 1:
                taken.append(_rescored(supplier, round_))
    note = f"{HELD}–{HELD + MORE} interviews, 200 questions, all indicators"
    return Figure(
        "one supplier scored after one new interview", 1000 * statistics.median(taken[1:]), "ms", 20, note=note
    )


def _rescored(supplier: str, round_: str) -> float:
    with database.session() as session:
        begun = time.process_time()
        assessment.assess(session, [supplier], round_)
        return time.process_time() - begun
