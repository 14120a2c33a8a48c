"""Envelopes: opened, judged, answered with their own hash; what does not open is kept and never sent back."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import rfc8785
from sqlmodel import select

from mapper import intake
from mapper.intake import sealed
from mapper.sealing import keys
from mapper.store import database as store
from mapper.store.tables import Response
from mapper.store.tables_care import Envelope
from tests.intake.sealing import seal, verifier

Letter = Callable[..., dict[str, Any]]
Stored = Callable[..., list[Response]]
pytestmark = pytest.mark.usefixtures("study")


def receive(response_id: UUID, body: Any, strict: bool = True) -> intake.Receipt:
    with store.transaction() as session:
        return intake.receive(session, response_id, body, strict=strict)


def waiting() -> list[Envelope]:
    with store.session() as session:
        return sealed.unopened(session)


def open_again() -> tuple[int, int]:
    with store.transaction() as session:
        return intake.open_again(session)


def hash_of(envelope: dict[str, Any]) -> str:
    return hashlib.sha256(rfc8785.dumps(envelope)).hexdigest()


def test_an_envelope_is_opened_judged_and_answered_with_its_own_hash(letter: Letter, stored: Stored) -> None:
    envelope = seal(letter(paid="no", words="कागज"), same := uuid4())
    receipt = receive(same, envelope)
    assert receipt.as_json() == {"id": str(same), "sha256": hash_of(envelope), "status": "accepted"}
    assert receipt.http == 201
    [row] = stored()
    assert row.answers["words"] == "कागज"
    assert row.sha256 == hash_of(letter(paid="no", words="कागज"))


def test_the_same_envelope_again_gives_the_same_receipt(letter: Letter, stored: Stored) -> None:
    envelope = seal(letter(), same := uuid4())
    first, again = receive(same, envelope), receive(same, envelope)
    assert (again.http, again.as_json()) == (200, first.as_json())
    assert len(stored()) == 1


def test_the_same_interview_sealed_again_is_one_response_with_a_receipt_for_each_envelope(
    letter: Letter, stored: Stored
) -> None:
    same = uuid4()
    envelopes = [seal(letter(), same) for _ in range(3)]
    receipts = [receive(same, envelope) for envelope in envelopes]
    assert [receipt.sha256 for receipt in receipts] == [hash_of(envelope) for envelope in envelopes]
    assert [receipt.http for receipt in receipts] == [201, 200, 200]
    assert len(stored()) == 1
    assert receive(same, letter()).http == 200  # sent openly, it is still the same


def test_two_hundred_envelopes_sent_by_many_at_once_are_stored_once(letter: Letter, stored: Stored) -> None:
    ids = [uuid4() for _ in range(25)]
    sendings = [(each, seal(letter(paid="no", words=str(each)), each)) for each in ids for _ in range(2)] * 4
    with ThreadPoolExecutor(8) as clients:
        receipts = list(clients.map(lambda sent: receive(*sent), sendings))
    assert Counter(row.id for row in stored()) == dict.fromkeys(ids, 1)
    assert {receipt.status for receipt in receipts} == {"accepted"}
    assert all(receipt.sha256 == hash_of(sent[1]) for receipt, sent in zip(receipts, sendings, strict=True))


def test_what_does_not_pass_is_kept_even_from_a_strict_sender(letter: Letter, stored: Stored) -> None:
    receipt = receive(same := uuid4(), envelope := seal(letter(paid="perhaps"), same))
    assert (receipt.http, receipt.status, receipt.sha256) == (202, "quarantined", hash_of(envelope))
    assert stored()[0].status == "quarantined"


def test_other_content_under_one_id_is_kept_beside_the_first(letter: Letter, stored: Stored) -> None:
    receive(same := uuid4(), seal(letter(), same))
    receipt = receive(same, envelope := seal(letter(paid="no", words="other"), same))
    assert (receipt.http, receipt.status, receipt.sha256) == (409, "quarantined", hash_of(envelope))
    assert [row.status for row in stored()] == ["accepted", "quarantined"]


def test_without_its_key_an_envelope_waits_unread_and_opens_when_the_key_is_back(
    letter: Letter, stored: Stored, instance: Path
) -> None:
    envelope = seal(letter(), same := uuid4())
    keys.rotate()
    aside = keys.retire(envelope["key"])
    receipt = receive(same, envelope)
    assert (receipt.http, receipt.status, receipt.sha256) == (202, "quarantined", hash_of(envelope))
    assert receipt.problems[0]["kind"] == "unknown_key"
    assert receive(same, envelope).http == 200
    assert stored() == []
    assert open_again() == (0, 1)
    aside.rename(instance / "sealing-keys" / aside.name)
    assert open_again() == (1, 0)
    assert [row.status for row in stored(same)] == ["accepted"]
    assert waiting() == []
    assert receive(same, envelope).as_json() == {"id": str(same), "sha256": hash_of(envelope), "status": "accepted"}


def test_an_older_key_still_opens(letter: Letter) -> None:
    envelope = seal(letter(), same := uuid4())
    keys.rotate()
    assert receive(same, envelope).status == "accepted"


def spoilt(envelope: dict[str, Any], part: str, value: Any) -> dict[str, Any]:
    return {key: each for key, each in envelope.items() if key != part} | ({} if value is None else {part: value})


@pytest.mark.parametrize("part", ["epk", "iv", "ciphertext"])
@pytest.mark.parametrize("value", [None, 5, "", "A", "AAAA", "é", "A" * 87, {"a": []}])
def test_a_damaged_envelope_is_kept_with_a_receipt(part: str, value: Any, letter: Letter, stored: Stored) -> None:
    envelope = spoilt(seal(letter(), same := uuid4()), part, value)
    receipt = receive(same, envelope)
    assert (receipt.http, receipt.status, receipt.sha256) == (202, "quarantined", hash_of(envelope))
    assert receipt.problems[0]["kind"] == "damaged"
    assert (stored(), waiting()[0].body) == ([], envelope)


def test_an_envelope_of_another_interview_does_not_open(letter: Letter, stored: Stored) -> None:
    other = seal(letter(), uuid4())
    assert receive(mine := uuid4(), other | {"id": str(mine)}).problems[0]["kind"] == "damaged"
    assert receive(uuid4(), other).problems[0]["kind"] == "damaged"
    assert stored() == []


@pytest.mark.parametrize("inside", [b"", b"[1, 2]", b"not json", b"\xff", b"[" * 40_000, b'{"a": 1e400}'])
def test_nonsense_inside_is_kept_too(inside: bytes) -> None:
    receipt = receive(same := uuid4(), seal(inside, same))
    assert (receipt.http, receipt.problems[0]["kind"]) == (202, "damaged")
    assert len(waiting()) == 1


@pytest.mark.parametrize("clock", ["2016-11-27T08:00:00+05:45", "2036-11-27T08:00:00+05:45"])
def test_a_clock_that_is_wrong_by_ten_years_loses_nothing(clock: str, letter: Letter, stored: Stored) -> None:
    same = uuid4()
    assert receive(same, seal(letter({"finished": clock}), same)).status == "accepted"
    assert stored()[0].body["finished"] == clock


def test_a_definition_that_was_changed_and_retired_meanwhile_is_still_the_one_that_counts(
    letter: Letter, stored: Stored, study: Any
) -> None:
    from mapper.definition import library

    with store.transaction() as session:
        intake.publish(session, then := library.load("worker", study.surveys))
    envelope = seal(letter({"definition": then.version}), same := uuid4())
    (study.surveys / "worker.yaml").unlink()
    assert receive(same, envelope).status == "accepted"
    assert stored()[0].definition == then.version


def test_a_withdrawn_interview_that_is_sent_again_is_answered_and_not_kept(letter: Letter, stored: Stored) -> None:
    receive(same := uuid4(), seal(letter(paid="no", words="canary"), same))
    with store.transaction() as session:
        intake.withdraw(session, same)
    for words in ("canary", "canary, and more"):
        envelope = seal(letter(paid="no", words=words), same)
        receipt = receive(same, envelope)
        assert (receipt.status, receipt.sha256, receipt.is_stored) == ("withdrawn", hash_of(envelope), True)
        assert receive(same, envelope).status == "withdrawn"
    assert [row.body for row in stored()] == [{}]
    assert waiting() == []


def test_a_withdrawn_envelope_that_nobody_could_open_is_erased(letter: Letter, instance: Path) -> None:
    envelope = seal(letter(), same := uuid4())
    keys.rotate()
    keys.retire(envelope["key"])
    receive(same, envelope)
    with store.transaction() as session:
        assert intake.withdraw(session, same)
    with store.session() as session:
        assert [(each.problem, each.body) for each in session.exec(select(Envelope))] == [("withdrawn", {})]
    assert receive(same, envelope).status == "withdrawn"


def test_a_draft_is_kept_as_unfinished_and_the_finished_interview_does_not_contradict_it(
    letter: Letter, stored: Stored
) -> None:
    same = uuid4()
    draft, finished = seal(letter(paid="no"), same), seal(letter(paid="no", words="all"), same)
    for envelope, is_draft in ((draft, True), (finished, False), (draft, True)):
        with store.transaction() as session:
            intake.receive_all(session, [intake.Incoming(same, envelope, is_draft)])
    assert [row.status for row in stored()] == ["quarantined", "accepted"]
    assert stored()[0].notes[0]["kind"] == "unfinished"


class TestWhatIsForTheAuditTeamAlone:
    EXTRAS: dict[str, Any] = {  # noqa: RUF012
        "withdrawal": "ab" * 32,
        "auditor_notes": {"paid": "looked at the door"},
        "minutes": {"main": 15},
        "self_mode": ["main"],
        "safety": {"urgent": ["danger"], "opened": 1, "wishes": "help"},
    }

    def test_is_taken_and_kept_apart_from_the_answers(self, letter: Letter, stored: Stored) -> None:
        assert receive(uuid4(), letter(self.EXTRAS)).status == "accepted"
        [row] = stored()
        assert row.body["auditor_notes"] == {"paid": "looked at the door"}
        assert "door" not in json.dumps([row.answers, row.conditions, row.notes])

    WRONG: tuple[tuple[str, Any], ...] = (
        ("withdrawal", "code"), ("withdrawal", "AB" * 32), ("withdrawal", 5), ("auditor_notes", "x"),
        ("auditor_notes", {"a": 5}), ("auditor_notes", {"a": "b" * 2001}), ("minutes", {"a": 7}),
        ("minutes", {"a": -5}),
        ("minutes", {"a": True}), ("self_mode", "main"), ("self_mode", [5]), ("safety", {"wishes": "other"}),
        ("safety", {"gps": "1,2"}), ("safety", []),
    )  # fmt: skip

    @pytest.mark.parametrize(("key", "value"), WRONG)
    def test_of_the_wrong_shape_is_a_problem_of_that_key(self, letter: Letter, key: str, value: Any) -> None:
        receipt = receive(uuid4(), letter({key: value}))
        assert (receipt.http, receipt.problems[0]["key"]) == (422, key)


class TestWithdrawalByCode:
    CODE = "7K3M9QXH2TVB"

    def ask(self, number: str, code: str) -> None:
        with store.transaction() as session:
            intake.withdraw_by_code(session, number, code)

    def test_code_and_number_erase_the_interview(self, letter: Letter, stored: Stored) -> None:
        same = uuid4()
        receive(same, seal(letter({"withdrawal": verifier(self.CODE, same)}, paid="no", words="canary"), same))
        receive(same, seal(letter({"withdrawal": verifier(self.CODE, same)}, paid="no", words="canary 2"), same))
        self.ask(str(same)[:8], self.CODE)
        assert [(row.status, row.body) for row in stored()] == [("withdrawn", {})] * 2

    def test_a_wrong_code_erases_nothing(self, letter: Letter, stored: Stored) -> None:
        same = uuid4()
        receive(same, letter({"withdrawal": verifier(self.CODE, same)}))
        self.ask(str(same)[:8], "0" * 12)
        assert [row.status for row in stored()] == ["accepted"]

    @pytest.mark.parametrize("bad", [{}, {"withdrawal": "none"}, {"withdrawal": "é"}])
    def test_an_interview_without_a_code_stays(self, letter: Letter, stored: Stored, bad: dict[str, Any]) -> None:
        same = uuid4()
        receive(same, letter(bad), strict=False)
        self.ask(str(same)[:8], self.CODE)
        assert stored()[0].status != "withdrawn"

    def test_a_code_that_comes_first_is_honoured_when_the_interview_arrives(
        self, letter: Letter, stored: Stored, instance: Path
    ) -> None:
        same = uuid4()
        self.ask(str(same)[:8], self.CODE)
        body = letter({"withdrawal": verifier(self.CODE, same)}, paid="no", words="canary-in-the-mine", danger="yes")
        receipt = receive(same, envelope := seal(body, same))
        assert (receipt.status, receipt.sha256) == ("withdrawn", hash_of(envelope))
        assert [(row.status, row.body) for row in stored()] == [("withdrawn", {})]
        store.dispose()
        assert not [file for file in instance.glob("mapper.db*") if b"canary-in-the-mine" in file.read_bytes()]

    def test_it_is_honoured_when_the_envelope_opens_at_last(
        self, letter: Letter, stored: Stored, instance: Path
    ) -> None:
        same = uuid4()
        envelope = seal(letter({"withdrawal": verifier(self.CODE, same)}), same)
        keys.rotate()
        aside = keys.retire(envelope["key"])
        receive(same, envelope)
        self.ask(str(same)[:8], self.CODE)
        aside.rename(instance / "sealing-keys" / aside.name)
        open_again()
        assert [row.status for row in stored()] == ["withdrawn"]

    @pytest.mark.parametrize("typed", ["7K3M-9QXH-2TVB", "7k3m 9qxh 2tvb", " 7K3M-9QXH-2TVB ", "၇K३M-٩QXH-၂TVB"])
    def test_a_code_is_read_as_people_copy_it(self, typed: str) -> None:
        assert intake.read_code(typed) == self.CODE

    def test_letters_that_look_like_digits_are_taken_for_them(self) -> None:
        assert intake.read_code("OIL0-0000-0000") == "011000000000"

    @pytest.mark.parametrize("typed", ["", "7K3M", "7K3M-9QXH-2TVU", "7K3M-9QXH-2TVBB", "ক" * 12])
    def test_what_cannot_be_a_code_is_none(self, typed: str) -> None:
        assert intake.read_code(typed) is None
