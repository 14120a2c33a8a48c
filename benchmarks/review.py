"""The portfolio with many suppliers: small interviews written straight into a store of its own, then the page."""

import os
import time
from collections.abc import Iterator, Sequence
from random import Random
from uuid import uuid4

from flask.testing import FlaskClient
from sqlmodel import select

from benchmarks.figure import Figure
from benchmarks.instance import browser, interviews, own_instance
from mapper import create_app
from mapper.assessment import freshen
from mapper.definition import library
from mapper.store import database
from mapper.store.tables import Buyer, Response, Round, Site, Supplier, SupplyLink

SUPPLIERS = int(os.environ.get("MAPPER_BENCH_SUPPLIERS", "5000"))
EACH = 20  # interviews a supplier
ASKED = ("", "?sort=months", "?country=TH", "?tier=2&page=3", "?q=firm+12", "?corridor=NP-MY", "?sort=change&page=40")
PAGES = {
    "portfolio": tuple(f"/suppliers/{asked}" for asked in ASKED),
    "corridor": ("/corridors/", "/corridors/NP-MY", "/corridors/NP-MY?page=9"),
    "comparison": ("/suppliers/compare?round=R1&" + "&".join(f"supplier=f{number}" for number in range(12)),),
    "supplier": tuple(f"/suppliers/f{number}/R1" for number in range(5)),
}


def measure() -> Iterator[Figure]:
    with own_instance():
        _fill()
        begun = time.process_time()
        freshen.up_to_date(None, None)
        note = f"{SUPPLIERS} suppliers, {SUPPLIERS * EACH} interviews"
        yield Figure("review: every line made for the first time", time.process_time() - begun, "s", note=note)
        client = browser(create_app())
        for name, addresses in PAGES.items():
            elapsed, own = zip(*(_opened(client, one) for _ in range(8) for one in addresses), strict=True)
            yield Figure(f"review: {name} page, p95", _p95(elapsed), "s", 1.0, note=note)
            yield Figure(f"review: {name} page, p95 of processor time", _p95(own), "s", 0.5, note=note)


def _opened(client: FlaskClient, address: str) -> tuple[float, float]:
    begun, own = time.perf_counter(), time.process_time()
    assert client.get(address).status_code == 200
    return time.perf_counter() - begun, time.process_time() - own


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]


def _fill() -> None:
    rng, bodies = Random(20261127), interviews(200)
    version = library.load("worker").version
    with database.transaction() as session:
        buyer, round_ = session.exec(select(Buyer)).one(), session.exec(select(Round)).first()
        assert round_ is not None
        for number in range(SUPPLIERS):
            firm = Supplier(code=f"f{number}", name=f"Firm {number}", country=rng.choice(["MY", "TH", "QA"]))
            session.add(firm)
            session.flush()  # before what points to it
            session.add(SupplyLink(buyer_id=buyer.id, supplier_id=firm.id, tier=rng.randint(1, 3)))
            session.add(Site(supplier_id=firm.id, code="main", name="Main", workers={"woman": 60, "man": 40}))
            session.add_all(_response(rng.choice(bodies), version, firm, round_) for _ in range(EACH))


def _response(body: dict, version: str, firm: Supplier, round_: Round) -> Response:  # type: ignore[type-arg]
    return Response(
        id=uuid4(), sha256=uuid4().hex, status="accepted", survey="worker", definition=version, language="en",
        supplier_id=firm.id, round_id=round_.id, answers=body["answers"], missing=body["missing"],
        conditions=body["conditions"], synthetic=True,
    )  # fmt: skip
