"""Worker interviews of the demonstration received over HTTP, against the same endpoint without storing.

Two servers run as `mapper serve` runs one (a process of its own, loopback, bearer token, 32 clients in threads of the
measuring process). One stores: each response is found new, verified, written with its line in the audit trail, and
acknowledged when the transaction is on the disk. The other does the same up to storing (`benchmarks.unstored`): it
reads, hashes and verifies by walking the questionnaire, and forgets. They take turns in one run.

How long a client waits is measured twice: with every client sending as fast as it gets receipts, which only shows how
long the queue is (clients ÷ rate), and with each client sending a response a second, far above what tablets do.
"""

import os
import statistics
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.figure import Figure
from benchmarks.instance import auditor, interviews, own_instance
from benchmarks.server import Server, post_together, put_all, serving

CLIENTS = 32
TURNS = 3


def measure() -> Iterator[Figure]:
    bodies = interviews(50)
    with own_instance() as folder:
        disk = fsync_seconds(folder)
        _, token = auditor()
        with serving("mapper:create_app", token) as ours, serving("benchmarks.unstored:create_app", token) as bare:
            for server in (ours, bare):
                put_all(server, bodies, CLIENTS)  # warm
            yield from _rates(ours, bare, bodies, disk)
            yield _paced(ours, bodies)
            yield _together(ours, bodies)


def _rates(ours: Server, bare: Server, bodies: list[dict[str, Any]], disk: float) -> Iterator[Figure]:
    sent = list(islice(cycle(bodies), 160))
    pairs = [(put_all(ours, sent, CLIENTS), put_all(bare, sent, CLIENTS)) for _ in range(TURNS)]
    rate, without = (statistics.median(one.rate for one in side) for side in zip(*pairs, strict=True))
    work, less = (statistics.median(one.work for one in side) for side in zip(*pairs, strict=True))
    share = statistics.median(stored.rate / forgotten.rate for stored, forgotten in pairs)
    note = f"{rate:.0f} a second against {without:.0f}; one fsync of 8 KB takes {disk * 1e3:.1f} ms here"
    yield Figure("responses stored, against the same without storing", share, "×", 0.25, at_least=True, note=note)
    yield Figure("processor for one response stored", work, "ms", note=f"without storing {less:.1f} ms")
    waits = statistics.median(stored.p99 for stored, _ in pairs)
    yield Figure("p99 to the receipt, 32 clients without a pause", waits * 1e3, "ms", 100)


def _paced(ours: Server, bodies: list[dict[str, Any]]) -> Figure:
    sent = put_all(ours, list(islice(cycle(bodies), 6 * CLIENTS)), CLIENTS, every=1.0)
    note = f"median {statistics.median(sent.each) * 1e3:.0f} ms"
    return Figure("p99 to the receipt, 32 clients, one response a second each", sent.p99 * 1e3, "ms", 100, note=note)


def _together(ours: Server, bodies: list[dict[str, Any]]) -> Figure:
    """One client: a hundred responses in one request, against thirty one by one."""
    hundred = list(islice(cycle(bodies), 100))
    pairs = [(post_together(ours, hundred), put_all(ours, hundred[:30], 1)) for _ in range(TURNS)]
    together, single = (statistics.median(one.rate for one in side) for side in zip(*pairs, strict=True))
    work, alone = (statistics.median(one.work for one in side) for side in zip(*pairs, strict=True))
    times = statistics.median(many.rate / one.rate for many, one in pairs)
    note = f"{together:.0f} a second against {single:.0f}; processor {work:.1f} ms against {alone:.1f}"
    return Figure("a hundred in one transaction, against one by one", times, "×", 5, at_least=True, note=note)


def fsync_seconds(folder: Path) -> float:
    """What the disk takes to keep 8 KB."""
    with (folder / "probe").open("wb") as file:
        took = []
        for _ in range(11):
            begun = time.perf_counter()
            file.write(b"x" * 8192)
            file.flush()
            os.fsync(file.fileno())
            took.append(time.perf_counter() - begun)
    return statistics.median(took)
