"""The audit team decides what is held; what arrived stays, one version counts, and everything is on record."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from mapper import intake
from mapper.sealing import keys
from mapper.store import database as store
from mapper.store import evidence
from mapper.store.tables import AuditEvent, Buyer, Release, ReleaseGroup, Response
from mapper.store.tables_care import Decision, Envelope
from tests.conftest import csrf
from tests.intake.conftest import letter, study  # noqa: F401
from tests.intake.sealing import seal

SignIn = Callable[..., FlaskClient]
AT = "/interviews/quarantine"
pytestmark = pytest.mark.usefixtures("study")


def arrive(body: dict[str, Any], same: UUID | None = None) -> Response:
    with store.transaction() as session:
        intake.receive(session, same or uuid4(), body)
        return session.exec(select(Response).order_by(Response.sequence.desc())).first()  # type: ignore


def post(client: FlaskClient, path: str, **fields: Any) -> str:
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


def test_accepting_is_undone_and_what_counted_before_counts_again(sign_in: SignIn, letter: Any) -> None:  # noqa: F811
    first = arrive(letter(paid="no", words="first"))
    auditor = sign_in("auditor")
    post(auditor, str(first.sequence), action="correct", reason="r", **{"answer:words": "corrected"})
    corrected = rows()[-1]
    other = arrive(letter(paid="no", words="other"), first.id)
    post(auditor, str(other.sequence), action="accept", reason="this one")
    assert counted() == [other.sequence]
    assert "taken back: the wrong one" not in auditor.get(f"{AT}/{other.sequence}").text
    post(auditor, str(other.sequence), action="reopen", reason="the wrong one")
    assert counted() == [corrected.sequence]
    undone = rows()[-1]
    assert (undone.status, undone.answers, undone.body["answers"]["words"]) == ("quarantined", {}, "other")
    assert "taken back: <bdi>the wrong one" in auditor.get(f"{AT}/{other.sequence}").text
    post(auditor, str(other.sequence), action="accept", reason="after all")
    assert counted() == [other.sequence]


def test_accepting_is_not_undone_once_a_release_counted_it_and_the_page_says_so(
    sign_in: SignIn,
    held: Response,
    study: Any,  # noqa: F811
) -> None:
    auditor = sign_in("auditor")
    post(auditor, str(held.sequence), action="accept", reason="asked")
    assert 'value="reopen"' in auditor.get(f"{AT}/{held.sequence}").text
    with store.transaction() as session:
        buyer = session.exec(select(Buyer).where(Buyer.code == "B")).one()
        release = Release(
            supplier_id=rows()[0].supplier_id, round_id=study.round_id, buyer_id=buyer.id, version=1, method="m",
            method_version="1", content={}, sha256="", supplier_from=date(2026, 1, 1),
        )  # fmt: skip
        session.add(release)
        session.flush()
        session.add(ReleaseGroup(release_id=release.id, name="interviewed", members=[held.sequence]))
    page = auditor.get(f"{AT}/{held.sequence}").text
    assert "A release counted this version" in page
    assert 'value="reopen"' not in page
    assert "decided meanwhile" in post(auditor, str(held.sequence), action="reopen", reason="late")
    assert counted() == [held.sequence]


@pytest.mark.parametrize(("kind", "words"), [("dont_know", "Don’t know"), ("refused", "Prefer not to say")])
def test_a_correction_may_say_that_the_person_did_not_know_or_would_not_say(
    sign_in: SignIn, held: Response, kind: str, words: str
) -> None:
    auditor = sign_in("auditor")
    assert words in auditor.get(f"{AT}/{held.sequence}").text
    assert '<option value="perhaps" selected>' in auditor.get(f"{AT}/{held.sequence}").text
    post(auditor, str(held.sequence), action="correct", reason="misheard", **{"answer:paid~missing": kind})
    new = rows()[-1]
    assert (new.status, new.missing, new.answers) == ("accepted", {"paid": kind}, {"words": "canary"})
    page = auditor.get(f"{AT}/{new.sequence}").text
    assert re.search(rf'name="answer:paid~missing" value="{kind}" checked', page)
    kept = {"answer:paid": "", "answer:paid~missing": kind}
    post(auditor, str(new.sequence), action="correct", reason="after all", **(kept | {"answer:paid": "no"}))
    answered = rows()[-1]
    assert (answered.answers["paid"], answered.missing) == ("no", {})


def test_what_was_typed_stays_in_the_form_when_the_rules_refuse_it(sign_in: SignIn, held: Response) -> None:
    auditor = sign_in("auditor")
    typed = {"answer:paid": "mayhap", "answer:words": "typed anew", "answer:danger~missing": "refused"}
    page = post(auditor, str(held.sequence), action="correct", reason="a long reason", **typed)
    assert "Nothing was changed" in page
    assert all(f'value="{text}"' in page for text in ("mayhap", "typed anew", "a long reason"))
    assert len(rows()) == 1
    page = post(auditor, str(held.sequence), action="correct", reason=" ", **typed)
    assert "Write the reason first" in page
    assert 'value="typed anew"' in page


@pytest.mark.parametrize(
    "typed",
    [{"answer:paid": "no", "answer:paid~missing": "refused"}, {"answer:paid~missing": ["refused", "dont_know"]}],
    ids=["an answer and a mark", "two marks"],
)
def test_a_correction_that_says_two_things_is_refused_and_shown_again(
    sign_in: SignIn, held: Response, typed: dict[str, Any]
) -> None:
    page = post(sign_in("auditor"), str(held.sequence), action="correct", reason="r", **typed)
    assert "Nothing was changed" in page
    assert 'name="answer:paid~missing" value="refused" checked' in page
    assert len(rows()) == 1


def test_a_letter_of_a_strange_shape_is_refused_with_its_place(sign_in: SignIn, letter: Any) -> None:  # noqa: F811
    strange = arrive(letter({"missing": ["paid"], "answers": {"paid": "perhaps"}}))
    page = post(sign_in("auditor"), str(strange.sequence), action="correct", reason="r", **{"answer:paid": "no"})
    assert "What is in the way: missing" in page


def test_two_interviews_with_the_same_first_eight_digits_are_both_listed(sign_in: SignIn, letter: Any) -> None:  # noqa: F811
    ids = [UUID("abcdef01" + end * 24) for end in "12"]
    for each in ids:
        arrive(letter(paid="no"), each)
    auditor = sign_in("auditor")
    page = auditor.get(f"{AT}/find?number=ABCD-EF01", follow_redirects=True).text
    assert "More than one interview" in page
    assert all(str(each) in page for each in ids)
    for site in ("north", ""):
        arrive(letter({"site": site, "paper": {"reference": "P-7", "date": "2026-03-04"}}, paid="no"))
    assert auditor.get(f"{AT}/find?number=p-7").text.count(">P-7<") == 2
    whole = auditor.get(f"{AT}/find?number={ids[1]}")
    assert (whole.status_code, whole.headers["Location"]) == (303, f"{AT}/2")
    assert "no interview with this number" in auditor.get(f"{AT}/find?number=12", follow_redirects=True).text


def sealed_away(letter: Any, instance: Path) -> tuple[UUID, Path]:  # noqa: F811
    """An interview whose key is not on the server: its id, and where the key lies."""
    envelope = seal(letter(paid="no", words="canary"), same := uuid4())
    keys.rotate()
    aside = keys.retire(envelope["key"])
    with store.transaction() as session:
        intake.receive(session, same, envelope)
    return same, aside


def test_open_again_opens_what_has_its_key_back_and_says_how_many(
    sign_in: SignIn,
    letter: Any,  # noqa: F811
    instance: Path,
) -> None:
    same, aside = sealed_away(letter, instance)
    auditor = sign_in("auditor")
    page = auditor.get(AT).text
    assert "1 sealed interview cannot be read" in page
    assert f"{AT}/open" in page
    assert f"{AT}/open" not in sign_in("administrator").get(AT).text
    assert "0 opened, 1 still cannot be opened." in post(auditor, "open")
    aside.rename(aside.parent.parent / aside.name)
    page = post(auditor, "open")
    assert "1 opened, 0 still cannot be opened." in page
    assert "Nothing is waiting" in page
    assert [(row.id, row.status) for row in rows()] == [(same, "accepted")]


def test_an_interview_that_cannot_be_read_is_found_and_erased_on_the_workers_word(
    sign_in: SignIn,
    letter: Any,  # noqa: F811
    instance: Path,
) -> None:
    same, _aside = sealed_away(letter, instance)
    auditor = sign_in("auditor")
    page = auditor.get(f"{AT}/find?number={same.hex[:8]}").text
    assert str(same) in page
    assert "Erase this interview" in page
    post(auditor, "withdraw", id=str(same), sure="yes")
    with store.session() as session:
        assert [(each.problem, each.body) for each in session.exec(select(Envelope))] == [("withdrawn", {})]


def test_a_withdrawal_may_say_why_from_a_list_and_never_in_words_of_its_own(sign_in: SignIn, held: Response) -> None:
    auditor = sign_in("auditor")
    token = {"csrf_token": csrf(auditor, "/account"), "id": str(held.id), "sure": "yes"}
    assert auditor.post(f"{AT}/withdraw", data=token | {"why": "he said that"}).status_code == 400
    assert rows()[0].status == "quarantined"
    post(auditor, "withdraw", id=str(held.id), sure="yes", why="afraid")
    with store.session() as session:
        event = session.exec(select(AuditEvent).where(AuditEvent.action == "withdraw")).one()
    assert event.detail == {"reason": "on the worker's word", "why": "afraid"}


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
