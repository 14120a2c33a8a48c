"""The tablet door through the real application: start page, document, the long form without the script."""

import gzip
import json
import re
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from mapper.definition import library
from mapper.store import database as store
from mapper.store.action_tables import RoundClosing
from mapper.store.tables import Definition, Document, Response


@pytest.fixture
def address(surveys, place, sign_in):
    """Begin an interview as an auditor does: client and the address of the document."""
    client = sign_in("auditor")
    answer = client.get(f"/interviews/begin?survey=visit&language=en&round={place[0]}&site={place[1]}")
    assert answer.status_code == 303, answer.text
    return client, answer.location


def token(page: str) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]


def post(client, address: str, **fields):
    page = client.get(address).text
    return client.post(address, data={"csrf_token": token(page), "action": "send", **fields})


def stored() -> list[Response]:
    with store.session() as reading:
        return list(reading.exec(select(Response)))


def test_the_start_page_offers_the_sites_questionnaires_and_languages_of_the_round(place, surveys, sign_in):
    page = sign_in("auditor").get("/interviews").text
    assert "Main plant" in page
    assert "Visit" in page
    assert "6 questions" in page or "5 questions" in page
    assert "العربية" in page
    assert "Draft, not reviewed" in page


def test_no_interview_begins_in_a_closed_round_and_the_page_says_why(place, surveys, sign_in):
    with store.transaction() as session:
        session.add(RoundClosing(round_id=UUID(str(place[0]))))
    client, begin = sign_in("auditor"), f"/interviews/begin?survey=visit&language=en&round={place[0]}&site={place[1]}"
    page = client.get(begin, follow_redirects=True).text
    assert "This round is closed" in page
    assert 'value="visit"' not in page
    assert 'value="visit"' in client.get(f"/interviews/paper?round={place[0]}").text, (
        "what was asked before can be keyed in"
    )
    assert client.get(f"/api/tablet/ready?round={place[0]}").json["questionnaires"] == []


def test_without_a_mapping_the_start_page_says_what_is_missing(database, surveys, sign_in):
    assert "No mapping is set up yet" in sign_in("auditor").get("/interviews").text


def test_every_interview_begins_with_an_id_of_its_own_and_a_version_that_is_kept(address, surveys):
    client, first = address
    second = client.get("/interviews/begin?survey=visit&language=en").location
    version = library.load("visit", surveys).version
    assert f"/interview/visit/{version}/en/" in first
    assert UUID(first.split("?")[0].rsplit("/", 1)[1]) != UUID(second.split("?")[0].rsplit("/", 1)[1])
    with store.session() as reading:
        assert reading.get(Definition, version).name == "visit"


def test_the_document_is_compiled_once_and_says_what_only_the_server_knows(address):
    client, where = address
    plain = client.get(where)
    packed = client.get(where, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.headers["Cache-Control"] == "no-store"
    unpacked = gzip.decompress(packed.data).decode()
    assert strip_token(unpacked) == strip_token(plain.text)
    served = json.loads(re.search(r'id="served">(.*?)</script>', plain.text)[1])
    assert served["api"] == f"/api/responses/{served['id']}"
    assert set(served["languages"]) == {"en", "ar"}
    with store.session() as reading:
        assert len(list(reading.exec(select(Document)))) == 1


def strip_token(page: str) -> str:
    return re.sub(r'(name="csrf_token" value=|"csrf":)"[^"]+"', "", page)


def test_nothing_from_the_address_reaches_the_page_as_markup(address):
    client, where = address
    assert "<script>alert" not in client.get(where + "&speaker=</script><script>alert(1)</script>").text


def test_contacts_of_the_site_are_told(address, place):
    client, _ = address
    assert client.get(f"/interviews/contacts/{place[1]}").json["contacts"][0]["organisation"] == "Help line"
    assert client.get(f"/interviews/contacts/{uuid4()}").json == {"contacts": []}


def test_a_version_or_language_that_does_not_exist_is_a_page_that_says_so(address):
    client, where = address
    assert client.get(where.replace("/en/", "/xx/")).status_code == 404
    assert client.get(where.replace("/visit/", "/visit/0")).status_code == 404


def test_the_long_form_is_stored_like_an_interview_and_hidden_answers_are_dropped(address, place):
    client, where = address
    fields = {
        "paid": "no", "fee": "200", "fee~currency": "USD", "workers": "1,250",
        "agents[2]/agent": "Sunrise", "agents[2]/since~month": "03", "agents[2]/since~year": "2023",
    }  # fmt: skip
    answer = post(client, where, **fields)
    assert answer.status_code == 303, answer.text
    assert "Sent. Thank you." in client.get(answer.location).text
    row = stored()[0]
    assert row.answers == {"paid": "no", "workers": 1250, "agents": [{"agent": "Sunrise", "since": "2023-03-01"}]}
    assert row.status == "accepted"
    assert str(row.site_id) == place[1]


def test_sending_the_same_form_twice_is_one_response(address):
    client, where = address
    assert post(client, where, paid="no").status_code == 303
    assert post(client, where, paid="no").status_code == 303
    assert len(stored()) == 1


def test_a_form_with_problems_comes_back_with_its_answers_and_what_to_mend(address):
    client, where = address
    answer = post(client, where, workers="0", **{"agents[1]/agent": "Sunrise", "agents[1]/since~year": "20x4"})
    assert answer.status_code == 422
    assert 'value="Sunrise"' in answer.text
    assert "Too few." in answer.text
    assert 'href="#to-paid"' in answer.text
    assert 'href="#to-agents[1]/since"' in answer.text
    assert "<script" not in answer.text.split("</form>")[1]
    assert stored() == []


def test_problems_of_a_form_are_said_in_its_language(address):
    client, where = address
    page = post(client, where.replace("/en/", "/ar/"))
    assert page.status_code == 422
    assert 'dir="rtl"' in page.text


def test_more_rows_are_drawn_when_asked_for_and_nothing_is_lost(address):
    client, where = address
    page = post(client, where, action="rows", **{"agents[3]/agent": "Third"})
    assert page.status_code == 200
    assert 'name="agents[6]/agent"' in page.text
    assert 'value="Third"' in page.text


def test_a_form_without_its_token_is_refused(address):
    client, where = address
    assert client.post(where, data={"paid": "no"}).status_code == 400
    assert stored() == []


def test_a_reviewer_opens_no_interview(place, surveys, sign_in):
    assert sign_in("reviewer").get("/interviews").status_code == 403
