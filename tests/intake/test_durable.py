"""Nothing acknowledged is lost, doubled or half-stored: not by replays, not by crashes, not by a full disk."""

import hashlib
import json
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import rfc8785
from flask.testing import FlaskClient
from sqlalchemy import event

from mapper import intake
from mapper.store import accounts
from mapper.store import database as store
from mapper.store.tables import Response, User

Letter = Callable[..., dict[str, Any]]
Stored = Callable[..., list[Response]]
CRASHES = Path(__file__).with_name("crashes.py")


def receive(response_id: UUID, body: Any) -> intake.Receipt:
    with store.transaction() as session:
        return intake.receive(session, response_id, body)


def is_whole(row: Response) -> bool:
    return row.sha256 == hashlib.sha256(rfc8785.dumps(row.body)).hexdigest()


def test_responses_sent_many_times_by_many_clients_at_once_are_stored_once(
    study: Any, letter: Letter, stored: Stored
) -> None:
    bodies = {uuid4(): letter(paid="no", words=f"response {number}") for number in range(40)}
    sendings = [response_id for response_id in bodies for _ in range(4)]
    with ThreadPoolExecutor(8) as clients:
        receipts = list(clients.map(lambda response_id: receive(response_id, bodies[response_id]), sendings))
    assert Counter(receipt.http for receipt in receipts) == {201: 40, 200: 120}
    assert len({(receipt.id, receipt.sha256) for receipt in receipts}) == 40
    assert Counter(row.id for row in stored()) == dict.fromkeys(bodies, 1)


def test_of_two_contents_under_one_id_exactly_one_is_accepted(study: Any, letter: Letter, stored: Stored) -> None:
    same = uuid4()
    with ThreadPoolExecutor(8) as clients:
        list(clients.map(lambda number: receive(same, letter(paid="no", words=str(number))), range(8)))
    assert Counter(row.status for row in stored()) == {"accepted": 1, "quarantined": 7}


def acknowledged_before_kills(surveys: Path, *runs: tuple[int, int]) -> dict[UUID, str]:
    """Id → hash of everything acknowledged by processes that ran at the same time: kills, responses together."""
    store.dispose()
    commands = [[sys.executable, str(CRASHES), str(surveys), *map(str, run)] for run in runs]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for command in commands]
    told = [pair for process in running for pair in json.loads(process.communicate(timeout=120)[0])]
    assert len(told) >= sum(kills * together for kills, together in runs)
    return {UUID(response_id): sha256 for response_id, sha256 in told}


def test_servers_killed_while_receiving_lose_nothing_that_they_acknowledged(study: Any, stored: Stored) -> None:
    acknowledged = acknowledged_before_kills(study.surveys, (8, 1), (8, 1))
    rows = stored()
    assert acknowledged.items() <= {row.id: row.sha256 for row in rows}.items()
    assert max(Counter(row.id for row in rows).values()) == 1
    assert all(map(is_whole, rows))


def test_a_server_killed_in_a_batch_leaves_no_half_of_it(study: Any, stored: Stored) -> None:
    acknowledged = acknowledged_before_kills(study.surveys, (4, 20))
    rows = stored()
    assert acknowledged.keys() <= {row.id for row in rows}
    assert len(rows) % 20 == 0


@pytest.fixture
def full_disk(study: Any) -> Callable[[int], None]:
    """`full_disk(pages)` lets the database file grow by so many pages and no further, as a full disk does."""

    def limit(pages: int) -> None:
        store.dispose()
        allowed = sqlite3.connect(store.engine().url.database or "").execute("PRAGMA page_count").fetchone()[0] + pages
        store.dispose()

        @event.listens_for(store.engine(), "connect")
        def no_larger(connection: Any, _record: Any) -> None:
            connection.execute(f"PRAGMA max_page_count = {allowed}").close()

    return limit


def test_a_full_disk_is_said_in_words_and_nothing_is_stored_by_half(
    full_disk: Callable[[int], None], letter: Letter, stored: Stored
) -> None:
    receive(uuid4(), letter())
    full_disk(0)
    with pytest.raises(intake.StoreUnavailable, match=r"Nothing was stored.*make room"):
        receive(late := uuid4(), letter(paid="no", words="w" * 100_000))
    assert len(stored()) == 1
    full_disk(1000)
    assert receive(late, letter(paid="no", words="w" * 100_000)).http == 201


def test_a_full_disk_takes_no_part_of_a_batch(full_disk: Callable[[int], None], letter: Letter, stored: Stored) -> None:
    receive(uuid4(), letter())
    full_disk(20)
    batch = [intake.Incoming(uuid4(), letter(paid="no", words="w" * 10_000)) for _ in range(50)]
    with pytest.raises(intake.StoreUnavailable), store.transaction() as session:
        intake.receive_all(session, batch)
    assert len(stored()) == 1


def test_a_full_disk_is_503_for_clients(
    full_disk: Callable[[int], None], client: FlaskClient, people: dict[str, User], letter: Letter, stored: Stored
) -> None:
    with store.transaction() as session:
        token = accounts.add_token(session, session.merge(people["auditor"]), "test", 1)
    full_disk(0)
    body = letter(paid="no", words="w" * 100_000)
    answer = client.put(f"/api/responses/{uuid4()}", json=body, headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.headers["Retry-After"], stored()) == (503, "60", [])
    assert "make room" in answer.json["remedy"]


def test_a_database_that_others_hold_is_said_in_words(
    study: Any, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.dispose()
    monkeypatch.setattr(store, "BUSY_SECONDS", 0)
    with store.transaction() as other:
        receive_here = intake.receive_all(other, [])
        other.connection()  # holds the writer's place
        with pytest.raises(intake.StoreUnavailable, match="send again in a minute"):
            receive(uuid4(), letter())
    assert receive_here == []
    assert receive(uuid4(), letter()).http == 201
