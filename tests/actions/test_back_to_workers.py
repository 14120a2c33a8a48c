"""What workers are told: in their language, only what they told and the supplier knows; no round ends without it."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pypdfium2
import pytest
from sqlmodel import select

from mapper.actions import closing
from mapper.actions.back_to_workers import digest, is_told, shown_plans
from mapper.store import database as store
from mapper.store.action_tables import Recommendation, RoundClosing, WorkerMessage
from mapper.store.tables import Round, now
from tests.actions.conftest import TODAY, Agreed
from tests.conftest import SignIn
from tests.release.conftest import CANARY

POST = Callable[..., tuple[int, str]]
HERE = "/suppliers/MILL/R1/workers"
PAPERS, GIVEN_BACK = "Passports or papers are kept by somebody else.", "Papers are given back"
TOLD = {"languages": "en", "ways": "poster", "contact": "Migrant centre 0800", "checked": "yes"}


def _answer(response: str | None, library: str = "return_papers") -> None:
    with store.transaction() as session:
        for row in session.exec(select(Recommendation).where(Recommendation.library == library)):
            row.response = response
            session.add(row)


def test_before_the_plan_is_handed_over_the_page_says_nothing_that_the_supplier_was_not_told(
    agreed: Agreed, sign_in: SignIn
) -> None:
    page = sign_in("auditor").get(HERE + "/en").text
    assert PAPERS not in page
    assert "We write here only what cannot tell who spoke." in page
    assert "The company has not been asked yet." in page


def test_the_page_says_what_was_found_and_promises_only_what_was_accepted(agreed: Agreed, sign_in: SignIn) -> None:
    agreed.hand_over()
    client = sign_in("auditor")
    for response, is_promised in ((None, False), ("reject", False), ("partially_accept", True), ("accept", True)):
        _answer(response)
        page = client.get(HERE + "/en").text
        assert PAPERS in page
        assert (GIVEN_BACK in page) is is_promised, response


def test_workers_are_not_told_that_nobody_asked_the_company_when_somebody_did(agreed: Agreed, sign_in: SignIn) -> None:
    agreed.hand_over()
    client, said = sign_in("auditor"), []
    for response in (None, "reject"):
        for row in agreed.recommendations():
            _answer(response, row.library or "")
        page = client.get(HERE + "/en").text
        assert "The company has not been asked yet." not in page
        said.append([text in page for text in ("No answer yet", "So far it has agreed to nothing.")])
    assert said == [[True, False], [False, True]]


def test_what_only_management_admitted_is_not_told_as_if_workers_had_spoken(agreed: Agreed, sign_in: SignIn) -> None:
    agreed.hand_over()
    with store.transaction() as session:
        for row in session.exec(select(Recommendation).where(Recommendation.library == "return_papers")):
            row.findings, row.response = ["gap:management:keeps_papers"], "accept"
            session.add(row)
    page = sign_in("auditor").get(HERE + "/en").text
    assert PAPERS not in page
    assert GIVEN_BACK in page


@pytest.mark.parametrize("language", ["en", "ne", "ar", "my", "vi"])
def test_poster_and_screen_hold_no_number_and_no_word_of_a_worker(
    agreed: Agreed, sign_in: SignIn, language: str
) -> None:
    agreed.hand_over()
    _answer("accept")
    client = sign_in("auditor")
    screen, paper = client.get(f"{HERE}/{language}"), client.get(f"{HERE}/{language}.pdf")
    assert (screen.status_code, paper.status_code, paper.mimetype) == (200, 200, "application/pdf")
    [sheet] = pypdfium2.PdfDocument(BytesIO(paper.data))  # one page
    body = screen.text.split("<main>")[1]
    for text in (body, sheet.get_textpage().get_text_range()):
        assert CANARY not in text
        assert not any(sign.isdigit() for sign in text.replace("h1", "").replace("h2", "")), text
    assert f'lang="{language}"' in screen.text
    assert ('dir="rtl"' in screen.text) is (language == "ar")


def test_only_the_audit_team_prepares_it(agreed: Agreed, sign_in: SignIn) -> None:
    agreed.hand_over()
    for name in ("reviewer", "supplier"):
        client = sign_in(name)
        for path in ("", "/en", "/en.pdf"):
            assert client.get(HERE + path).status_code == 403, (name, path)
        assert client.get(f"/actions/rounds/{agreed.world.round}").status_code == 403


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ({"languages": ""}, "Choose at least one language."),
        ({"told": "2999-01-01"}, "Workers can only have been told today or before."),
        ({"told": "soon"}, "soon"),
        ({"contact": "x" * 401}, "A line has at most 400 characters."),
        ({"ways": ""}, "Say how workers were told."),
        ({"contact": " "}, "Say whom workers can call: an organisation outside the company."),
        ({"line_en": "57 of 78 told us."}, "A line holds a number (English): it tells how many spoke."),
        ({"contact": "Ask Rita, 3 women of house B"}, "A line holds a number (Whom workers can call)"),
        ({"languages": "ne", "line_ne": "५७ जना"}, "A line holds a number (नेपाली)"),
        ({"line_en": "Those in dormitory B told us."}, "may tell workers apart (English: dormitory B)"),
        ({"line_en": "Fifty-seven told us; workers: 3"}, "A line holds a number (English)"),
        ({"line_en": "Fifty-seven told us"}, "may tell workers apart (English: Fifty-seven)"),
        ({"languages": "ne", "line_ne": "सन्ताउन्न जनाले भने"}, "may tell workers apart (नेपाली: सन्ताउन्न)"),
        ({"contact": "Rita in house B"}, "may tell workers apart (Whom workers can call: house B)"),
        ({"contact": "Rita, workers: 3"}, "A line holds a number (Whom workers can call)"),
        ({"line_en": "½ of us; XII workers"}, "A line holds a number (English)"),
        ({"line_en": "A quarter, XII workers, one of you"}, "(English: A quarter, XII workers, one of you)"),
        ({"languages": "ne", "line_ne": "एक जनाले भने"}, "may tell workers apart (नेपाली: एक जना)"),
        ({"languages": "ar", "line_ar": "قال ربع المبنى ب"}, "may tell workers apart (العربية: ربع, المبنى ب)"),
        ({"line_en": "Call \u202eus"}, "control character"),
        ({"line_en": "Workers from Nepal told us."}, "may tell workers apart (English: Nepal)"),
        ({"line_en": "The women told us."}, "may tell workers apart (English: women)"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_stored(
    agreed: Agreed, sign_in: SignIn, post: POST, missing: dict[str, str], said: str
) -> None:
    _status, page = post(sign_in("auditor"), HERE, **TOLD | {"told": TODAY.isoformat()} | missing)
    assert said in page
    assert missing.get("line_en", "") in page  # what was typed stays
    with store.session() as session:
        assert not session.exec(select(WorkerMessage)).all()


def test_a_refused_page_leaves_what_is_stored_as_it_was(agreed: Agreed, sign_in: SignIn, post: POST) -> None:
    client = sign_in("auditor")
    post(client, HERE, **TOLD)
    with store.session() as session:
        before = session.exec(select(WorkerMessage)).one().model_dump()
    wrong = TOLD | {"line_en": "3 women of house B told us", "told": "2999-05-05", "contact": ""}
    assert "Nothing was changed." in post(client, HERE, **wrong)[1]
    with store.session() as session:
        assert session.exec(select(WorkerMessage)).one().model_dump() == before
    assert "house B" not in client.get(f"{HERE}/en").text


def test_who_read_a_doubtful_line_again_may_keep_it_and_a_changed_line_is_read_anew(
    agreed: Agreed, sign_in: SignIn, post: POST
) -> None:
    client = sign_in("auditor")
    line = {"line_en": "The Embassy of Nepal helps too.", "sure": "yes"}
    assert "Saved." in post(client, HERE, **TOLD | line)[1]
    assert "May tell workers apart: Nepal" in client.get(HERE).text
    with store.session() as session:
        [first] = session.exec(select(WorkerMessage))
    post(client, HERE, **TOLD | line)
    with store.session() as session:
        assert session.exec(select(WorkerMessage)).one().checked == first.checked
    post(client, HERE, **TOLD | line | {"line_en": "The Embassy of Nepal helps."})
    with store.session() as session:
        assert session.exec(select(WorkerMessage)).one().checked > first.checked


def test_a_line_that_may_tell_workers_apart_stands_on_no_poster_before_it_was_read(
    agreed: Agreed, sign_in: SignIn, post: POST
) -> None:
    client, line = sign_in("auditor"), {"line_en": "Fifty-seven told us", "contact": "Rita in house B"}
    assert "Saved." in post(client, HERE, **TOLD | line | {"checked": ""})[1]
    assert "May tell workers apart" in client.get(HERE).text
    unread = client.get(f"{HERE}/en").text
    assert [text in unread for text in line.values()] == [False, False]
    post(client, HERE, **TOLD | line | {"sure": "yes"})
    assert [text in client.get(f"{HERE}/en").text for text in line.values()] == [True, True]


def test_a_round_is_not_closed_on_a_page_that_workers_could_not_have_been_told(agreed: Agreed) -> None:
    about = {"checked": now(), "supplier_id": agreed.world.supplier, "round_id": agreed.world.round}

    def told(contact: str = "Migrant centre", day: date = TODAY, **lines: str) -> bool:
        message = WorkerMessage(**about, told=day, contact=contact, languages=["en"], lines=lines)
        with store.session() as session:
            shown = shown_plans(session, agreed.world.supplier, agreed.world.round, TODAY)
            message.read_as = digest(shown, message)
            return is_told(session, message, TODAY)

    assert not told()  # the company was not asked yet
    agreed.hand_over()
    assert told()
    assert not told(contact=" ")
    assert not told(en="57 of 78")
    assert not told(day=TODAY - timedelta(days=1))  # before the plan was handed over


def test_when_the_page_changes_it_is_read_and_told_anew(agreed: Agreed, sign_in: SignIn, post: POST) -> None:
    agreed.hand_over()
    _answer("accept")
    client, anew = sign_in("auditor"), "The pages changed since they were read."
    assert "Saved." in post(client, HERE, **TOLD | {"told": TODAY.isoformat()})[1]
    assert anew not in client.get(HERE).text
    _answer("reject")
    page = client.get(HERE).text
    assert anew in page
    assert TODAY.isoformat() not in page.split('id="told"')[1].split("value=")[1]
    assert "cannot be closed yet" in post(client, f"/actions/rounds/{agreed.world.round}")[1]
    post(client, HERE, **TOLD | {"told": TODAY.isoformat()})
    assert anew not in client.get(HERE).text


def test_a_round_cannot_be_closed_before_its_workers_were_told(agreed: Agreed, sign_in: SignIn, post: POST) -> None:
    client, here = sign_in("auditor"), f"/actions/rounds/{agreed.world.round}"
    assert "hand it over first" in post(client, HERE, **TOLD | {"told": TODAY.isoformat()})[1]
    agreed.hand_over()
    assert "1 supplier is not ready." in client.get(here).text
    assert "cannot be closed yet" in post(client, here)[1]
    post(client, HERE, **TOLD | {"told": TODAY.isoformat(), "checked": ""})  # prepared, and not read by anybody
    assert "cannot be closed yet" in post(client, here)[1]
    post(client, HERE, **TOLD)  # read, and not told
    assert "cannot be closed yet" in post(client, here)[1]
    with store.session() as session:
        assert session.get(RoundClosing, agreed.world.round) is None

    post(client, HERE, **TOLD | {"told": TODAY.isoformat()})
    assert "closed on" in post(client, here)[1]
    assert "Open it again" in client.get(here).text
    post(client, here, reopen="yes")
    with store.session() as session:
        assert session.get(RoundClosing, agreed.world.round) is None


def test_closing_it_past_the_page_is_refused_too(agreed: Agreed) -> None:
    with store.transaction() as session, pytest.raises(closing.Missing):
        closing.close(session, session.get_one(Round, agreed.world.round), TODAY, agreed.reviewer)


def test_a_line_of_ones_own_stands_on_the_page_of_its_language_alone(
    agreed: Agreed, sign_in: SignIn, post: POST
) -> None:
    client = sign_in("auditor")
    post(client, HERE, **TOLD | {"line_en": "Come to the hall <b>"})
    assert "Come to the hall &lt;b&gt;" in client.get(HERE + "/en").text
    assert "Come to the hall" not in client.get(HERE + "/ne").text
