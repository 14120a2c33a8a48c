"""One response: verified, stored once, with a receipt."""

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
import rfc8785
from sqlmodel import select

from mapper import intake
from mapper.intake import Receipt, review
from mapper.store import database as store
from mapper.store.action_tables import RoundClosing
from mapper.store.tables import AuditEvent, Definition, Response, User
from tests.intake.conftest import Study

Letter = Callable[..., dict[str, Any]]
Stored = Callable[..., list[Response]]
pytestmark = pytest.mark.usefixtures("study")


def receive(body: Any, response_id: UUID | None = None, strict: bool = False) -> Receipt:
    with store.transaction() as session:
        return intake.receive(session, response_id or uuid4(), body, strict=strict)


def problem(receipt: Receipt) -> dict[str, str]:
    (only,) = receipt.problems
    return only


def test_a_good_response_is_stored_typed_with_its_definition_pinned(letter: Letter, stored: Stored) -> None:
    receipt = receive(letter(paid="yes", fee={"amount": "1200.50", "currency": "npr"}))
    (row,) = stored()
    assert (receipt.status, receipt.http, receipt.problems) == ("accepted", 201, ())
    assert row.answers == {"paid": "yes", "fee": {"amount": 1200.5, "currency": "NPR"}, "double": 2401}
    assert row.body["answers"]["fee"] == {"amount": "1200.50", "currency": "npr"}
    assert (row.survey, row.language, row.status) == ("worker", "en", "accepted")
    with store.session() as session:
        assert session.get(Definition, row.definition) is not None


def test_the_receipt_names_the_hash_of_the_canonical_content(letter: Letter) -> None:
    body = letter(paid="no", words="ကျေးဇူး 🙏")
    receipt = receive(dict(reversed(body.items())))
    assert receipt.sha256 == hashlib.sha256(rfc8785.dumps(body)).hexdigest()


def test_the_same_again_gives_the_same_receipt_and_is_stored_once(letter: Letter, stored: Stored) -> None:
    first = receive(letter(), same := uuid4())
    again = receive(letter(), same)
    assert (again.sha256, again.status, again.http) == (first.sha256, "accepted", 200)
    assert len(stored(same)) == 1


def test_other_content_under_a_known_id_is_kept_beside_the_first_in_quarantine(letter: Letter, stored: Stored) -> None:
    first = receive(letter(paid="no"), same := uuid4())
    other = receive(letter(paid="yes", fee={"amount": 5, "currency": "NPR"}), same)
    assert (other.http, other.status, problem(other)["kind"]) == (409, "quarantined", "conflict")
    assert first.sha256[:12] in problem(other)["message"]
    assert [(row.status, row.sha256) for row in stored(same)] == [
        ("accepted", first.sha256),
        ("quarantined", other.sha256),
    ]
    assert stored(same)[1].answers == {}
    assert receive(letter(paid="no"), same).http == 200


def test_what_arrives_after_the_round_was_closed_is_held_with_a_note_and_counts_once_it_is_accepted(
    letter: Letter, stored: Stored, study: Study, people: dict[str, User]
) -> None:
    with store.transaction() as session:
        session.add(RoundClosing(round_id=study.round_id))
    receipt = receive(letter(paid="yes", fee={"amount": 5, "currency": "NPR"}), strict=True)
    assert (receipt.status, receipt.http, problem(receipt)["kind"]) == ("quarantined", 202, "closed_round")
    assert "The round was closed before this arrived." in problem(receipt)["message"]
    with store.transaction() as session:
        review.accept(session, session.get_one(Response, stored()[0].sequence), "asked in time", people["auditor"].id)
    assert [(row.status, row.answers["paid"]) for row in stored()] == [("accepted", "yes")]


def test_hidden_answers_do_not_count_but_what_arrived_is_kept_and_every_difference_listed(
    letter: Letter, stored: Stored
) -> None:
    receive(letter(paid="no", fee={"amount": 900, "currency": "NPR"}, double=1800))
    (row,) = stored()
    assert row.answers == {"paid": "no"}
    assert row.body["answers"]["fee"] == {"amount": 900, "currency": "NPR"}
    assert row.notes == [{"note": "dropped", "question": "fee"}, {"note": "recalculated", "question": "double"}]


def test_what_a_sealed_interview_holds_is_never_sent_back(letter: Letter, stored: Stored) -> None:
    receipt = receive(letter(paid="yes"))
    (row,) = stored()
    assert (receipt.http, receipt.status, row.status) == (202, "quarantined", "quarantined")
    assert problem(receipt)["question"] == "fee"
    assert (row.answers, row.body["answers"]) == ({}, {"paid": "yes"})
    assert row.notes == [{"note": "problem", **problem(receipt)}]


def test_the_receipt_of_a_quarantined_response_is_the_same_again(letter: Letter) -> None:
    first = receive(letter(paid="yes"), same := uuid4())
    again = receive(letter(paid="yes"), same)
    assert (again.as_json(), again.http) == (first.as_json(), 200)


def test_a_strict_sender_gets_the_problems_and_nothing_is_stored(letter: Letter, stored: Stored) -> None:
    receipt = receive(letter(paid="yes"), strict=True)
    assert (receipt.http, receipt.status, problem(receipt)["kind"]) == (422, "refused", "required")
    assert "sha256" not in receipt.as_json()  # a sender forgets an interview when it reads its hash
    assert stored() == []


@pytest.mark.parametrize(
    ("keys", "key", "kind", "meant"),
    [
        ({"supplier": "ACME-1"}, "supplier", "unknown_supplier", "Did you mean 'ACME-01'?"),
        ({"supplier": None}, "supplier", "required", "by its code"),
        ({"site": "nort"}, "site", "unknown_site", "Did you mean 'north'?"),
        ({"supplier": "BOLT-02"}, "site", "unknown_site", "north"),
        ({"round": "2024-2"}, "round", "unknown_round", "Did you mean '2024-1'?"),
        ({"round": None}, "round", "required", "by its code"),
        ({"survey": "wroker"}, "survey", "unknown_survey", "Did you mean 'worker'?"),
        ({"survey": None}, "survey", "required", "for example worker"),
        ({"survey": "../worker"}, "survey", "unknown_survey", "worker"),
        ({"language": "xx"}, "language", "unknown_language", "en"),
        ({"language": 5}, "language", "type", "as text"),
        ({"answers": ["no"]}, "answers", "type", "as a JSON object"),
        ({"missing": "all"}, "missing", "type", "as a JSON object"),
        ({"mising": {}}, "mising", "unknown_key", "Did you mean missing?"),
        ({"id": "5"}, "id", "type", "under which it was sent"),
        ({"conditions": {"paid": "no"}}, "conditions", "twice", "paid"),
    ],
)
def test_what_is_wrong_with_the_letter_is_named_with_its_remedy(
    letter: Letter, stored: Stored, keys: dict[str, Any], key: str, kind: str, meant: str
) -> None:
    receipt = receive(letter(keys), strict=True)
    found = [told for told in receipt.problems if told.get("key") == key]
    assert [told["kind"] for told in found] == [kind]
    assert meant in found[0]["message"]
    assert (receipt.http, stored()) == (422, [])


@pytest.mark.parametrize("keys", [{"supplier": "ACME-1"}, {"survey": "wroker"}, {"survey": None}, {"answers": 5}])
def test_a_sealed_letter_that_fits_nowhere_is_kept_for_the_audit_team(
    letter: Letter, stored: Stored, keys: dict[str, Any]
) -> None:
    assert receive(letter(keys)).http == 202
    assert [row.status for row in stored()] == ["quarantined"]


@pytest.mark.parametrize("strict", [True, False])
def test_a_version_that_this_server_does_not_have_yet_waits_in_quarantine(
    letter: Letter, stored: Stored, strict: bool
) -> None:
    receipt = receive(letter({"definition": "f" * 16}), strict=strict)
    assert (receipt.http, problem(receipt)["kind"]) == (202, "unknown_version")
    assert "Bring its questionnaires up to date" in problem(receipt)["message"]
    assert stored()[0].definition == "f" * 16


def test_an_old_version_is_verified_by_its_own_rules(letter: Letter, study: Any, stored: Stored) -> None:
    receive(letter())
    old = stored()[0].definition
    study.rewrite("name: words, label: In your words", "name: words, label: In your words, required: yes")
    assert receive(letter({"definition": old}), strict=True).http == 201
    assert receive(letter(), strict=True).http == 422
    assert stored()[-1].definition == old


def test_a_version_of_another_questionnaire_is_no_version_of_this_one(letter: Letter, stored: Stored) -> None:
    receive({"survey": "recruiter", "answers": {"workers": 5}})
    receipt = receive(letter({"definition": stored()[0].definition}))
    assert "is one of recruiter, not of worker" in problem(receipt)["message"]


def test_a_recruiter_needs_neither_supplier_nor_round(stored: Stored) -> None:
    assert receive({"survey": "recruiter", "answers": {"workers": 5}}, strict=True).http == 201
    assert stored()[0].supplier_id is None


def test_places_may_be_given_by_id_and_the_site_knows_its_supplier(letter: Letter, study: Any, stored: Stored) -> None:
    keys = {"supplier": None, "site": str(study.site_id), "round": str(study.round_id)}
    assert receive(letter(keys), strict=True).http == 201
    assert stored()[0].supplier_id is not None


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "text",
        5,
        {"answers": {"n": 2**60}},
        {"answers": {"n": float("nan")}},
        {"words": "\ud800"},
        {"\ud800": 1},
    ],
)
def test_what_has_no_canonical_form_is_refused_in_words(stored: Stored, body: Any) -> None:
    receipt = receive(body)
    assert (receipt.http, problem(receipt)["kind"], stored()) == (422, "unreadable", [])


def test_what_nests_without_end_is_refused_in_words() -> None:
    body: dict[str, Any] = {}
    for _ in range(100_000):
        body = {"a": body}
    assert "nests too deeply" in problem(receive(body))["message"]


def test_the_rules_take_the_tablets_time_for_now_unless_it_cannot_be_right(letter: Letter, study: Any) -> None:
    study.rewrite(
        "label: In your words", "label: In your words, relevant: \"format-date(today(), '%Y') = '2020'\", required: yes"
    )
    assert receive(letter({"finished": "2020-05-31T12:00:00+05:45"}), strict=True).http == 422
    for clock in ("2019-05-31T12:00:00+05:45", "2999-01-01T00:00:00Z", "2020-05-31T12:00:00", "lately", 5):
        assert receive(letter({"finished": clock}), strict=True).http == 201


def test_an_urgent_answer_is_noted(letter: Letter, stored: Stored) -> None:
    receive(letter(paid="no", danger="yes"))
    assert stored()[0].notes == [{"note": "urgent", "question": "danger"}]


def test_words_of_every_script_come_back_as_they_were_said(letter: Letter, stored: Stored) -> None:
    said = "👩‍🏭 ကျေးဇူး مُرَ حَبًا क्ष\x00"
    receive(letter(paid="no", words=said))
    assert stored()[0].body["answers"]["words"] == said
    assert stored()[0].answers["words"] == said.removesuffix("\x00")


def test_each_arrival_is_in_the_audit_trail_without_answers(letter: Letter) -> None:
    receive(letter(paid="no", words="canary"), same := uuid4())
    receive(letter(paid="no", words="canary"), same)
    with store.session() as session:
        (event,) = session.exec(select(AuditEvent)).all()
    assert (event.action, event.subject) == ("receive", f"response {same}")
    assert "canary" not in str(event)


def test_one_that_is_refused_does_not_stop_the_others(letter: Letter, stored: Stored) -> None:
    good, bad, same = uuid4(), uuid4(), uuid4()
    items = [(good, letter()), (bad, letter(paid="perhaps")), (same, letter()), (same, letter())]
    with store.transaction() as session:
        receipts = intake.receive_all(session, [intake.Incoming(*item) for item in items], strict=True)
    assert [receipt.http for receipt in receipts] == [201, 422, 201, 200]
    assert {row.id for row in stored()} == {good, same}


def test_a_withdrawn_response_leaves_a_tombstone_and_cannot_come_back(letter: Letter, stored: Stored) -> None:
    receive(letter(paid="no", words="canary"), same := uuid4())
    with store.transaction() as session:
        assert intake.withdraw(session, same, reason="asked by telephone")
    (row,) = stored()
    assert (row.status, row.answers, row.body, row.language) == ("withdrawn", {}, {}, None)
    assert "canary" not in str(row)
    assert receive(letter(paid="no", words="canary"), same).status == "withdrawn"
    other = receive(letter(paid="no", words="canary again"), same)
    assert (other.http, other.status) == (409, "refused")
    assert len(stored()) == 1


def test_what_was_withdrawn_is_gone_from_the_file_too(letter: Letter, instance: Any) -> None:
    receive(letter(paid="no", words="canary-in-the-mine"), same := uuid4())
    with store.transaction() as session:
        intake.withdraw(session, same)
    store.dispose()
    assert not [file for file in instance.iterdir() if b"canary-in-the-mine" in file.read_bytes()]


def test_withdrawing_an_unknown_response_says_so() -> None:
    with store.transaction() as session:
        assert not intake.withdraw(session, uuid4())
