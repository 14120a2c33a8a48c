"""The demonstration mapping (some 1,300 responses of twelve suppliers in two rounds): made and received, scored,
written as a workbook, shown. Seconds of the processor: one process computes, and waits for little but the disk."""

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from flask.testing import FlaskClient

from benchmarks.figure import Figure
from benchmarks.instance import browser, own_instance
from mapper import assessment, create_app
from mapper.demo.load import load
from mapper.store import database
from mapper.summary.gather import Wanted, gather
from mapper.summary.workbook import write_workbook

Made = TypeVar("Made")
LOOKS = 60
ONE = "alder"  # the supplier with the most interviews
PAGES = {"portfolio page": "/suppliers/", "supplier page": "/suppliers/alder/R2"}


def measure() -> Iterator[Figure]:
    with own_instance() as folder:
        took, count = timed(load)
        yield Figure(
            "demonstration made and received", took, "s", note=f"{count} responses, {count / took:.0f} a second"
        )
        yield Figure("all suppliers scored, nothing known before", timed(scored)[0], "s")
        yield Figure("the same when nothing is new", timed(scored)[0] * 1e3, "ms")
        yield Figure("workbook of the audit team", timed(lambda: workbook(folder))[0], "s", 10)
        one = timed(lambda: workbook(folder, ONE))[0]
        yield Figure(f"workbook of one supplier, {ONE}", one, "s", 2, note="all of its rounds, as a page sends it")
        client = browser(create_app())
        for name, path in PAGES.items():
            yield _page(name, client, path)


def timed(work: Callable[[], Made]) -> tuple[float, Made]:
    """Seconds, and what was made."""
    begun = time.process_time()
    made = work()
    return time.process_time() - begun, made


def scored() -> None:
    with database.session() as session:
        assessment.assess(session)


def workbook(folder: Path, supplier: str | None = None) -> None:
    """Of one supplier or of all, from answers that were scored before."""
    with database.session() as session:
        write_workbook(gather(session, Wanted("audit", supplier=supplier)), folder / "mapping-summary.xlsx")


def _page(name: str, client: FlaskClient, path: str) -> Figure:
    assert client.get(path).status_code == 200
    took = sorted(timed(lambda: client.get(path))[0] * 1e3 for _ in range(LOOKS))
    note = f"median {statistics.median(took):.0f} ms, signed in, with its line in the audit trail"
    return Figure(f"{name}, p95", took[int(0.95 * LOOKS)], "ms", note=note)
