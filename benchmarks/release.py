"""Releases under attack: thousands of simulated suppliers, five rounds each, every release ever made taken together.

`MAPPER_BENCH_SUPPLIERS` (2,000 unless said otherwise) is how many suppliers; both cores are used.
"""

import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from multiprocessing import get_context
from random import Random

from benchmarks.figure import Figure
from mapper.release.propose import Proposal

SUPPLIERS = int(os.environ.get("MAPPER_BENCH_SUPPLIERS", "2000"))
SEED = 20261122


def measure() -> Iterator[Figure]:
    total: Counter[str] = Counter()
    with get_context("spawn").Pool(os.cpu_count()) as pool:
        for found in pool.imap_unordered(attacked, range(SUPPLIERS), chunksize=20):
            slowest = max(total["slowest_ms"], found.pop("slowest_ms"))
            total.update(found)
            total["slowest_ms"] = slowest
    note = f"{SUPPLIERS} suppliers, {total['releases']} releases, {total['refused']} reissues refused"
    yield Figure("release: workers pinned by everything ever shown", total["pinned"], "workers", 0, note=note)
    yield Figure("release: groups under ten recoverable", total["small"], "groups", 0, note="by subtraction, by rank")
    yield Figure("release: means over fewer than ten payers", total["payers"], "means", 0, note="or between two means")
    yield Figure(
        "release: roll-ups that leave fewer than ten", total["pools"], "pools", 0, note="3 to 6 suppliers each"
    )
    kept = total["cells"] / max(total["possible"], 1)
    yield Figure(
        "release: cells kept, of what a threshold shows", kept, "share", note="the first release of each supplier"
    )
    later = total["later_cells"] / max(total["later_possible"], 1)
    yield Figure("release: cells kept by later versions", later, "share", note="the same people asked again and again")
    yield Figure(
        "release: one with its audit, slowest supplier", total["slowest_ms"] / 1000, "s", 2, note="CPU, on average"
    )


def attacked(place: int) -> dict[str, int]:
    """One supplier of its own, and what the attackers find."""
    from tests.release import attacks, simulated

    started = time.process_time()
    told = simulated.supplier(Random(f"{SEED}/{place}"))
    spent = time.process_time() - started
    groups = attacks.groups_of(told)
    small = len(attacks.by_subtraction(groups)) + (len(attacks.by_rank(groups)) if groups else 0)
    first, later = told.proposals[:1], told.proposals[1:]
    return {
        "pinned": sum(len(workers) for _, workers, _ in attacks.pinned(told)),
        "small": small,
        "payers": len(attacks.small_payer_groups(told)),
        "pools": _pools(place),
        "releases": len(told.releases),
        "refused": told.skipped,
        "cells": _cells(first),
        "possible": sum(proposal.by_threshold for proposal in first),
        "later_cells": _cells(later),
        "later_possible": sum(proposal.by_threshold for proposal in later),
        "slowest_ms": round(1000 * spent / max(len(told.releases), 1)),
    }


def _cells(proposals: Sequence[Proposal]) -> int:
    return sum(len(figure.shares) for proposal in proposals for figure in proposal.released.figures)


def _pools(place: int) -> int:
    """Three to six suppliers pooled by corridor, some of them shown by themselves."""
    from mapper.release.pool import pooled
    from mapper.release.rule import Rule
    from tests.release import attacks

    rng, first = Random(f"pool/{place}"), 0
    parts: dict[str, frozenset[int]] = {}
    for name in "ABCDEF"[: rng.randint(3, 6)]:
        size = rng.randint(1, 60)
        parts[name] = frozenset(range(first, first + size))
        first += size
    visible = [name for name in parts if len(parts[name]) >= 10 and rng.random() < 0.6]
    shown: Mapping[str, frozenset[int]] = parts if pooled(parts, visible, Rule()) else {}
    return len(attacks.left_by_roll_up(shown, visible)) if shown else 0
