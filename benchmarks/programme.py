"""The dashboard of a large programme: 500 indicators with 20 periods each, every one with a breakdown by gender."""

import time
from collections.abc import Iterator

from benchmarks.figure import Figure
from benchmarks.instance import own_instance

INDICATORS, PERIODS, PAGES = 500, 20, 20


def measure() -> Iterator[Figure]:
    with own_instance():
        from mapper import create_app

        _fill()
        client = create_app({"TESTING": True}).test_client()
        _sign_in(client)
        page = client.get("/programmes/at/LARGE/")  # the first one compiles the template
        assert page.status_code == 200
        assert page.text.count("target-bar") == INDICATORS
        times = sorted(_timed(client) for _ in range(PAGES))
    note = f"{INDICATORS} indicators × {PERIODS} periods, {len(page.data) / 1e6:.1f} MB of HTML before it is packed"
    yield Figure("dashboard of a large programme, 95th percentile", times[int(0.95 * PAGES) - 1], "s", 1.0, note=note)


def _timed(client: object) -> float:
    begun = time.perf_counter()
    client.get("/programmes/at/LARGE/")  # type: ignore[attr-defined]
    return time.perf_counter() - begun


def _fill() -> None:
    from mapper.store import database, schema
    from mapper.store.programme_tables import Actual, Outcome, Programme, ProgrammeIndicator

    schema.upgrade()
    with database.transaction() as session:
        programme = Programme(code="LARGE", name="A large programme", synthetic=True)
        session.add(programme)
        session.flush()
        for number in range(10):
            session.add(outcome := Outcome(programme_id=programme.id, code=f"O{number}", text=f"Outcome {number}"))
            session.flush()
            for place in range(INDICATORS // 10):
                indicator = ProgrammeIndicator(
                    outcome_id=outcome.id, code=f"I{number}-{place}", text=f"Persons reached by activity {place}",
                    unit="persons", target=1000 + place,
                )  # fmt: skip
                session.add(indicator)
                session.flush()
                session.add_all(Actual(**_actual(indicator.id, month, 50 * number + place)) for month in range(PERIODS))


def _actual(indicator_id: object, month: int, place: int) -> dict[str, object]:
    value = 40.0 * (month + 1) + 8 * place
    parts = {"woman": value / 2, "man": value / 4, "girl": value / 8, "unavailable": value / 8}
    as_of = f"{2025 + month // 12}-{month % 12 + 1:02}"
    return {"indicator_id": indicator_id, "as_of": as_of, "value": value, "breakdowns": {"gender_age": parts}}


def _sign_in(client: object) -> None:
    import re

    from mapper.store import accounts, database

    with database.transaction() as session:
        _user, password = accounts.add(session, accounts.NewUser("auditor", "auditor", None, "en"))
    page = client.get("/sign-in").text  # type: ignore[attr-defined]
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    data = {"name": "auditor", "password": password, "csrf_token": found[1]}
    assert client.post("/sign-in", data=data).status_code == 302  # type: ignore[attr-defined]
