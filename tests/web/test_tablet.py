"""What a tablet asks before a day without network."""

import hashlib
import re
from collections.abc import Callable
from typing import Any

import pytest
import rfc8785
from flask.testing import FlaskClient

from mapper.store import database as store
from mapper.store.tables import Buyer, Mapping, ReferralContact, Round, Site, Supplier, SupplyLink

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def round_id(people: Any) -> str:
    with store.transaction() as session:
        buyer = Buyer(code="B", name="Buyer")
        mill = Supplier(code="MILL", name="Mill", country="MY")
        session.add_all([buyer, mill])
        session.flush()
        mapping = Mapping(code="M", title="A mapping", buyer_id=buyer.id)
        sites = [Site(supplier_id=mill.id, code=code, name=code) for code in ("HALL", "YARD")]
        session.add_all([mapping, *sites, SupplyLink(buyer_id=buyer.id, supplier_id=mill.id, tier=1)])
        help_ = ReferralContact(code="H", country="MY", organisation="Help", service="shelter", telephone="+60 3")
        round_ = Round(mapping_id=mapping.id, code="R1", questionnaires=["worker"], languages=["en", "ne"])
        session.add_all([help_, round_])
        session.flush()
        return str(round_.id)


@pytest.fixture
def auditor(sign_in: SignIn) -> FlaskClient:
    return sign_in("auditor")


def test_the_key_is_the_point_that_its_id_names(auditor: FlaskClient) -> None:
    from base64 import urlsafe_b64decode

    told = auditor.get("/api/tablet/key").json
    public = urlsafe_b64decode(told["public"] + "=")
    assert len(public) == 65
    assert told["key"] == hashlib.sha256(public).hexdigest()[:16]
    assert told["csrf"]
    assert auditor.get("/api/tablet/key").json["key"] == told["key"]


def test_the_list_names_everything_with_its_true_hash(auditor: FlaskClient, round_id: str) -> None:
    told = auditor.get(f"/api/tablet/ready?round={round_id}").json
    assert [site["name"] for site in told["sites"]] == ["HALL", "YARD"]
    assert told["sites"][0]["contacts"][0]["telephone"] == "+60 3"
    assert told["least_interviews"] == 10
    [questionnaire] = told["questionnaires"]
    assert [each["language"] for each in questionnaire["documents"]] == ["en", "ne"]
    for entry in [*questionnaire["documents"], *told["files"]]:
        answer = auditor.get(entry["address"], buffered=True)
        assert hashlib.sha256(answer.data).hexdigest() == entry["sha256"], entry
        assert len(answer.data) == entry["bytes"]


def test_the_hash_is_over_the_whole_list_and_stays_while_nothing_changes(auditor: FlaskClient, round_id: str) -> None:
    told = auditor.get(f"/api/tablet/ready?round={round_id}").json
    again = auditor.get(f"/api/tablet/ready?round={round_id}").json
    assert told == again
    assert told.pop("hash") == hashlib.sha256(rfc8785.dumps(told)).hexdigest()


def test_it_can_be_narrowed(auditor: FlaskClient, round_id: str) -> None:
    told = auditor.get(f"/api/tablet/ready?round={round_id}").json
    site = told["sites"][1]["id"]
    less = auditor.get(f"/api/tablet/ready?round={round_id}&site={site}&language=ne&survey=worker").json
    assert [each["id"] for each in less["sites"]] == [site]
    assert [each["code"] for each in less["languages"]] == ["ne"]
    assert less["hash"] != told["hash"]


def test_no_browser_is_offered_anything_to_remember_or_translate(auditor: FlaskClient, round_id: str) -> None:
    """A password manager would keep the passphrase beside what it protects; a translation service would get answers."""
    listed = auditor.get(f"/api/tablet/ready?round={round_id}").json
    for address in ("/interviews/tablet", listed["questionnaires"][0]["documents"][0]["address"]):
        page = auditor.get(address).text
        assert '<meta name="google" content="notranslate">' in page
        secret = re.findall(r'<input[^>]*type="password"[^>]*>', page)
        assert secret
        assert [field for field in secret if 'autocomplete="one-time-code"' not in field] == []
    written = re.findall(r'<(?:form id="answers"|textarea id="note-text")[^>]*>', page)
    assert len(written) == 2
    for silent in ('autocomplete="off"', 'spellcheck="false"', 'autocorrect="off"', 'writingsuggestions="false"'):
        assert all(silent in each for each in written), silent


def test_a_document_carries_nothing_of_a_person_or_session(auditor: FlaskClient, round_id: str) -> None:
    told = auditor.get(f"/api/tablet/ready?round={round_id}").json
    answer = auditor.get(told["questionnaires"][0]["documents"][0]["address"])
    assert "csrf_token" not in answer.text
    tag = answer.headers["ETag"]
    assert auditor.get(answer.request.path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("round_", ["", "R1", "7c8f52ed-1e6d-4ec5-88fb-5518c7e185ff"])
def test_an_unknown_round_is_said_in_json(auditor: FlaskClient, round_id: str, round_: str) -> None:
    answer = auditor.get(f"/api/tablet/ready?round={round_}")
    assert (answer.status_code, answer.json["status"]) == (404, 404)


def test_outside_the_audit_team_there_is_no_key(sign_in: SignIn, client: FlaskClient) -> None:
    assert sign_in("reviewer").get("/api/tablet/key").status_code == 403
    assert client.get("/api/tablet/key").status_code == 401
