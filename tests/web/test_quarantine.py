"""The audit team decides what is held; what arrived stays, one version counts, and everything is on record."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from mapper import intake
from mapper.store import database as store
from mapper.store import evidence
from mapper.store.tables import AuditEvent, Response
from mapper.store.tables_care import Decision
from tests.conftest import csrf
from tests.intake.conftest import letter, study  # noqa: F401

SignIn = Callable[..., FlaskClient]
AT = "/interviews/quarantine"
pytestmark = pytest.mark.usefixtures("study")


def arrive(body: dict[str, Any], same: UUID | None = None) -> Response:
    with store.transaction() as session:
        intake.receive(session, same or uuid4(), body)
        return session.exec(select(Response).order_by(Response.sequence.desc())).first()  # type: ignore


def post(client: FlaskClient, path: str, **fields: str) -> str:
    data = {"csrf_token": csrf(client, "/account")} | fields
    return str(client.post(f"{AT}/{path}", data=data, follow_redirects=True).text)


def rows() -> list[Response]:
    with store.session() as session:
        return list(session.exec(select(Response).order_by(Response.sequence)))  # type: ignore


def counted() -> list[int]:
    with store.session() as session:
        return [entry.sequence for entry in evidence.accepted(session)]


@pytest.fixture
def held(letter: Any) -> Response:  # noqa: F811
    return arrive(letter(paid="perhaps", words="canary"))


def test_the_list_says_why_and_never_what_was_said(sign_in: SignIn, held: Response) -> None:
    auditor = sign_in("auditor")
    page = auditor.get(AT).text
    assert held.id.hex[:8] in page
    assert "paid" in page
    assert "canary" not in page
    assert "Quarantine (1 held)" in auditor.get("/interviews").text


def test_accepting_counts_what_passes_with_a_reason(sign_in: SignIn, held: Response) -> None:
    auditor = sign_in("auditor")
    assert "reason first" in post(auditor, str(held.sequence), action="accept")
    assert counted() == []
    post(auditor, str(held.sequence), action="accept", reason="asked the auditor")
    [row] = rows()
    assert (row.status, row.answers, row.body["answers"]["paid"]) == ("accepted", {"words": "canary"}, "perhaps")
    assert counted() == [row.sequence]


def test_a_correction_is_a_new_version_and_the_original_stays(sign_in: SignIn, held: Response) -> None:
    auditor = sign_in("auditor")
    post(auditor, str(held.sequence), action="correct", reason="misheard", **{"answer:paid": "no"})
    old, new = rows()
    assert (old.status, old.body["answers"]["paid"]) == ("quarantined", "perhaps")
    assert (new.status, new.answers["paid"], counted()) == ("accepted", "no", [new.sequence])
    with store.session() as session:
        [decision] = session.exec(select(Decision)).all()
        assert "correct" in session.exec(select(AuditEvent.action)).all()
    assert (decision.made, decision.changed, decision.reason) == (new.sequence, ["paid"], "misheard")
    assert "Nothing is waiting" in auditor.get(AT).text


def test_an_accepted_response_is_corrected_the_same_way_and_counts_once(sign_in: SignIn, letter: Any) -> None:  # noqa: F811
    first = arrive(letter(paid="no"))
    fields = {"answer:paid": "no", "answer:words": "x"}
    post(sign_in("auditor"), str(first.sequence), action="correct", reason="r", **fields)
    assert [row.status for row in rows()] == ["accepted"]  # a path that the form does not show changes nothing
    second = arrive(letter(paid="no", words="a"))
    post(sign_in("auditor"), str(second.sequence), action="correct", reason="r", **fields)
    assert [row.status for row in rows()] == ["accepted", "superseded", "accepted"]
    assert len(counted()) == 2
    assert arrive(letter(paid="no", words="a"), second.id).status == "accepted"


def test_a_supplier_and_round_that_were_not_known_are_assigned(sign_in: SignIn, letter: Any, study: Any) -> None:  # noqa: F811
    lost = arrive(letter({"supplier": "NOBODY", "site": "", "round": "x"}))
    auditor = sign_in("auditor")
    assert "in the way" in post(auditor, str(lost.sequence), action="accept", reason="r")
    with store.session() as session:
        from mapper.store.tables import Supplier

        acme = session.exec(select(Supplier).where(Supplier.code == "ACME-01")).one()
    places = {"place:supplier": str(acme.id), "place:site": str(study.site_id), "place:round": str(study.round_id)}
    post(auditor, str(lost.sequence), action="correct", reason="r", **places)
    assert rows()[-1].supplier_id == acme.id
    assert counted() == [rows()[-1].sequence]


def test_setting_aside_is_undone(sign_in: SignIn, held: Response) -> None:
    auditor = sign_in("auditor")
    assert "1 response is set aside" in post(auditor, str(held.sequence), action="set_aside", reason="test run")
    assert "is set aside" not in post(auditor, str(held.sequence), action="reopen", reason="was real")


def test_a_withdrawal_on_the_workers_word_is_confirmed_and_erases_every_version(
    sign_in: SignIn, held: Response
) -> None:
    auditor = sign_in("auditor")
    assert "Confirm first" in post(auditor, "withdraw", id=str(held.id))
    post(auditor, "withdraw", id=str(held.id), sure="yes")
    assert [(row.status, row.body) for row in rows()] == [("withdrawn", {})]


def test_reading_is_in_the_trail_and_deciding_is_the_auditors(sign_in: SignIn, held: Response) -> None:
    reader = sign_in("administrator")
    assert "canary" in reader.get(f"{AT}/{held.sequence}").text
    with store.session() as session:
        assert f"response {held.id}" in session.exec(select(AuditEvent.subject)).all()
    token = {"csrf_token": csrf(reader, "/account"), "action": "accept", "reason": "r"}
    assert reader.post(f"{AT}/{held.sequence}", data=token).status_code == 403
    assert sign_in("researcher").get(AT).status_code == 403
