"""Keying in from paper: what was written is stored as any interview is, contradictions are told and nothing is lost."""

import re
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from sqlmodel import SQLModel, select

from mapper.definition import library
from mapper.definition.model import Survey
from mapper.document.keyed import as_posted, together
from mapper.document.keyed_check import check
from mapper.intake import definitions
from mapper.language.catalogue import translator
from mapper.store import database as store
from mapper.store.tables import Response
from mapper.store.tables_care import PaperCopy
from tests.conftest import PASSWORD, csrf
from tests.intake.conftest import Study, study  # noqa: F401

SignIn = Callable[..., FlaskClient]
ROWS = """
  - type: select_multiple things
    name: had
    label: What did you have?
  - type: repeat
    name: payments
    label: Payment
    questions:
      - {type: select_one things, name: what, label: What for?}
      - {type: money, name: cost, label: How much?, currency: [NPR, QAR], relevant: "${what} = 'bag'"}
  - {type: date, name: since, label: Since when?, appearance: month-year}
  - {type: text, name: words"""
THINGS = """choices:
  things:
    - {name: bag, label: Bag}
    - {name: '9', label: Nine}
    - {name: dk, label: Unsure, missing: dont_know}"""


@pytest.fixture
def place(study: Study) -> Study:  # noqa: F811
    study.rewrite("\n  - {type: text, name: words", ROWS)
    study.rewrite("choices:", THINGS)
    return study


@pytest.fixture
def survey(place: Study) -> Survey:
    return library.load("worker", definitions.SURVEYS)


def sheet(place: Study, **fields: str) -> dict[str, str]:
    about = {"survey": "worker", "language": "en", "round": str(place.round_id), "site": str(place.site_id)}
    return about | {"reference": "P-1", "date": "2026-03-04"} | fields


def save(client: FlaskClient, place: Study, **fields: str) -> Any:
    keyed = {name.replace("__", ":"): text for name, text in fields.items()}
    data = {"csrf_token": csrf(client, "/account")} | sheet(place, **keyed)
    return client.post("/interviews/paper/key", data=data)


def rows() -> list[Response]:
    with store.session() as session:
        return list(session.exec(select(Response).order_by(Response.sequence)))  # type: ignore


def answers_of(survey: Survey, **fields: str) -> Any:
    found = check(survey, {path: [text] for path, text in fields.items()}, "en", translator("en"))
    return found.posted.answers, found.posted.missing


def test_numbers_of_choices_signs_amounts_and_months_are_read(survey: Survey) -> None:
    answers, missing = answers_of(survey, paid="1", fee="25,000 npr", had="1 2", since="201905", words="as it is")
    assert answers == {
        "paid": "yes", "fee": {"amount": "25000", "currency": "NPR"}, "had": ["bag", "9"], "since": "2019-05",
        "words": "as it is",
    }  # fmt: skip
    assert missing == {}


def test_a_sign_for_no_answer_is_the_questions_own_choice_where_it_has_one(survey: Survey) -> None:
    assert answers_of(survey, had="*", paid="*", words="-") == (
        {"had": ["dk"]}, {"paid": "dont_know", "words": "refused"},
    )  # fmt: skip


def test_a_number_that_no_choice_has_is_kept_and_never_taken_for_a_name(survey: Survey) -> None:
    assert as_posted(survey, {"had": ["9"]}) == {"had": ["?9"]}
    found = check(survey, {"had": ["9"]}, "en", translator("en"))
    assert found.problems == {"had": "No answer here has this number: they go from 1 to 3."}


def test_empty_rows_between_are_left_out() -> None:
    keyed = {"r[1]/a": "", "r[2]/a": "x", "r[4]/a": "y", "r[4]/b": "", "other": ""}
    assert together(keyed) == {"r[1]/a": "x", "r[2]/a": "y", "r[2]/b": "", "other": ""}


def test_what_contradicts_is_told_in_words_with_the_numbers_of_the_paper(survey: Survey) -> None:
    found = check(survey, {"paid": ["2"], "fee": ["5 NPR"]}, "en", translator("en"))
    assert found.contradictions == {
        "fee": "This is asked only if question 1 is “Yes”. It is kept as it was written, and does not count."
    }


def test_what_comes_after_the_stop_was_not_reached(survey: Survey) -> None:
    found = check(survey, {"paid": ["2"]}, "en", translator("en"), stopped="3")
    assert found.posted.missing == {"since": "not_reached", "words": "not_reached", "danger": "not_reached"}
    assert found.empty == ("had",)


def test_a_paper_is_stored_as_any_interview_with_its_number_and_its_day(sign_in: SignIn, place: Study) -> None:
    answer = save(sign_in("auditor"), place, q__paid="2", **{"q:payments[2]/what": "1", "q:payments[2]/cost": "7 QAR"})
    assert answer.status_code == 303
    [row] = rows()
    assert (row.status, row.survey, row.site_id, row.round_id) == ("accepted", "worker", place.site_id, place.round_id)
    assert row.answers["payments"] == [{"what": "bag", "cost": {"amount": 7, "currency": "QAR"}}]
    assert row.body["paper"] == {"reference": "P-1", "date": "2026-03-04"}
    assert row.body["finished"].startswith("2026-03-04")
    assert row.received_by is not None


def test_without_number_or_day_nothing_is_stored_and_everything_stays_on_the_page(
    sign_in: SignIn, place: Study
) -> None:
    answer = save(sign_in("auditor"), place, reference="", date="2999-01-01", q__words="kept here")
    assert answer.status_code == 422
    assert "Write the number that stands on the paper." in answer.text
    assert "It cannot lie ahead." in answer.text
    assert "kept here" in answer.text
    assert rows() == []


def test_a_contradiction_is_shown_first_and_then_stored_as_it_was_written(sign_in: SignIn, place: Study) -> None:
    auditor = sign_in("auditor")
    first = save(auditor, place, q__paid="2", q__fee="500 NPR")
    assert first.status_code == 422
    assert "This is asked only if question 1 is “Yes”" in first.text
    assert rows() == []
    assert save(auditor, place, q__paid="2", q__fee="500 NPR", confirm="written").status_code == 303
    [row] = rows()
    assert row.status == "accepted"
    assert row.answers == {"paid": "no"}
    assert row.body["answers"]["fee"] == {"amount": "500", "currency": "NPR"}
    assert {"note": "dropped", "question": "fee"} in row.notes


def test_an_answer_that_cannot_be_goes_to_the_audit_team_and_is_not_lost(sign_in: SignIn, place: Study) -> None:
    auditor = sign_in("auditor")
    assert save(auditor, place, q__paid="7").status_code == 422
    save(auditor, place, q__paid="7", confirm="written")
    [row] = rows()
    assert (row.status, row.body["answers"]["paid"]) == ("quarantined", "?7")


def test_a_second_entry_agrees_or_shows_where_it_differs_and_stores_nothing(sign_in: SignIn, place: Study) -> None:
    auditor = sign_in("auditor")
    save(auditor, place, q__paid="2", q__words="one")
    same = save(auditor, place, q__paid="2", q__words="one")
    assert (same.status_code, "both entries are the same" in same.text) == (200, True)
    other = save(auditor, place, q__paid="2", q__words="two")
    assert other.status_code == 409
    assert "<td><bdi>one</bdi></td><td><bdi>two</bdi></td>" in other.text
    another = save(auditor, place, q__paid="*", q__words="one").text
    assert re.search(r"<td><bdi>2 No</bdi></td><td><bdi>(\*|\d .+)</bdi></td>", another)  # as on the paper
    assert len(rows()) == 1
    auditor_keeps = save(auditor, place, q__paid="2", q__words="two", confirm="second")
    assert auditor_keeps.status_code == 303
    assert [row.status for row in rows()] == ["accepted", "quarantined"]


def test_a_second_entry_by_somebody_else_than_auditors_shows_where_it_differs_and_not_what_was_said(
    sign_in: SignIn, place: Study
) -> None:
    save(sign_in("auditor"), place, q__paid="2", q__words="one")
    told = save(sign_in("researcher"), place, q__paid="2", q__words="two")
    assert told.status_code == 409
    assert "<td><bdi>…</bdi></td><td><bdi>two</bdi></td>" in told.text
    assert "<td><bdi>one</bdi></td>" not in told.text


def test_an_interview_that_was_taken_back_is_not_keyed_in_again(sign_in: SignIn, place: Study) -> None:
    from mapper import intake

    auditor = sign_in("auditor")
    save(auditor, place, q__paid="2")
    with store.transaction() as session:
        intake.withdraw(session, rows()[0].id)
    answer = save(auditor, place, q__paid="2", q__words="again")
    assert "was taken back" in answer.text
    assert [row.status for row in rows()] == ["withdrawn"]


def test_a_response_is_found_by_the_number_on_its_paper(sign_in: SignIn, place: Study) -> None:
    auditor = sign_in("auditor")
    save(auditor, place, q__paid="2")
    found = auditor.get("/interviews/quarantine/find?number=p-1")
    assert found.headers["Location"].endswith(f"/quarantine/{rows()[0].sequence}")


def test_danger_on_paper_opens_a_safeguarding_case(sign_in: SignIn, place: Study) -> None:
    save(sign_in("auditor"), place, q__paid="2", q__danger="1")
    assert {"note": "urgent", "question": "danger"} in rows()[0].notes


def test_the_page_prints_and_leads_to_keying_for_the_audit_team_alone(sign_in: SignIn, place: Study) -> None:
    page = sign_in("researcher").get(f"/interviews/paper?round={place.round_id}").text
    assert "Key in what was written" in page
    address = f"/interviews/paper/pages?survey=worker&language=en&round={place.round_id}&site={place.site_id}"
    printed = sign_in("auditor").get(address)
    assert (printed.status_code, printed.mimetype, printed.data[:4]) == (200, "application/pdf", b"%PDF")
    assert sign_in("auditor").get(address).data == printed.data
    assert sign_in("reviewer").get(address).status_code == 403
    assert sign_in("auditor").get("/interviews/paper/pages?survey=worker&language=xx").status_code == 404
    assert sign_in("auditor").get("/interviews/paper/key?survey=../worker").status_code == 404


def printed(client: FlaskClient, place: Study, **more: str) -> tuple[Any, list[tuple[str, str]]]:
    """The pages, and number and code of each slip."""
    data = {"survey": "worker", "language": "en", "round": str(place.round_id), "site": str(place.site_id)} | more
    answer = client.post("/interviews/paper/pages", data=data | {"csrf_token": csrf(client, "/account")})
    with pypdfium2.PdfDocument(answer.data) as document:
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
    codes = re.findall(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b", text)
    numbers = list(dict.fromkeys(re.findall(r"\b[0-9a-f]{4} [0-9a-f]{4}\b", text)))
    return answer, list(zip(numbers, codes, strict=True))


def withdraw(client: FlaskClient, number: str, code: str) -> Any:
    return client.post("/withdraw", data={"number": number, "code": code, "csrf_token": csrf(client, "/withdraw")})


def test_the_slip_of_a_printed_copy_takes_back_the_interview_keyed_in_from_it(
    sign_in: SignIn, client: FlaskClient, place: Study
) -> None:
    auditor = sign_in("auditor")
    answer, slips = printed(auditor, place, copies="3")
    assert answer.mimetype == "application/pdf"
    assert len(slips) == len({number for number, _ in slips}) == len({code for _, code in slips}) == 3
    for number, _ in slips[:2]:
        assert save(auditor, place, reference=number, q__paid="2", q__words="canary").status_code == 303
    assert [str(row.id)[:8] for row in rows()] == [number.replace(" ", "") for number, _ in slips[:2]]
    withdraw(client, slips[0][0], slips[1][1])
    assert [row.status for row in rows()] == ["accepted", "accepted"], "a number with the code of another slip"
    withdraw(client, *slips[0])
    assert [row.status for row in rows()] == ["withdrawn", "accepted"]
    assert "canary" not in str(rows()[0].model_dump())


def test_a_paper_taken_back_before_it_is_keyed_in_is_erased_when_it_is(
    sign_in: SignIn, client: FlaskClient, place: Study
) -> None:
    auditor = sign_in("auditor")
    [(number, code)] = printed(auditor, place)[1]
    withdraw(client, number, code.lower())
    save(auditor, place, reference=number, q__paid="2", q__words="canary")
    [row] = rows()
    assert (row.status, row.answers, "canary" in str(row.model_dump())) == ("withdrawn", {}, False)
    assert "Destroy the paper" in auditor.get("/account").text


def test_the_code_is_kept_nowhere_and_the_copies_name_nobody(sign_in: SignIn, place: Study) -> None:
    [(number, code)] = printed(sign_in("auditor"), place)[1]
    with store.session() as session:
        [copy] = session.exec(select(PaperCopy)).all()
        kept = "".join(str(row) for table in SQLModel.metadata.sorted_tables for row in session.execute(table.select()))
    assert set(copy.model_dump()) == {"id", "survey", "definition", "withdrawal", "printed"}
    assert copy.id.hex[:8] == number.replace(" ", "")
    assert code not in kept
    assert code.replace("-", "") not in kept


def test_a_misread_number_is_told_before_anything_is_stored(sign_in: SignIn, place: Study) -> None:
    auditor = sign_in("auditor")
    number = printed(auditor, place)[1][0][0]
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    for misread in (wrong, number[:-1] + "z"):
        answer = save(auditor, place, reference=misread, q__paid="2")
        assert (answer.status_code, "No paper with this number was printed here" in answer.text) == (422, True)
    assert rows() == []
    assert save(auditor, place, reference=f"P{wrong}", q__paid="2").status_code == 303


def test_a_paper_is_keyed_in_with_the_version_it_was_printed_from(sign_in: SignIn, place: Study) -> None:
    auditor = sign_in("auditor")
    number = printed(auditor, place)[1][0][0]
    place.rewrite("label: What did you have?", "label: What did you have in all?")
    new = library.load("worker", definitions.SURVEYS).version
    told = save(auditor, place, reference=number, q__paid="2", q__words="mine")
    assert (told.status_code, "changed after this paper was printed" in told.text) == (422, True)
    old = re.search(r'name="version" value="([^"]+)"', told.text)
    assert old
    assert old[1] != new
    assert 'value="mine"' in told.text or ">mine<" in told.text
    assert save(auditor, place, reference=number, q__paid="2", q__words="mine", version=old[1]).status_code == 303
    assert rows()[0].definition == old[1]


def test_a_researcher_prints_from_the_page_of_a_questionnaire(sign_in: SignIn, database: str) -> None:
    page = sign_in("researcher").get("/study/questionnaires/worker_short?in=ne").text
    assert "/interviews/paper/pages?survey=worker_short&amp;language=ne" in page


@pytest.fixture
def desk(browser: Browser, live_server: str, people: Any, place: Study) -> Any:
    context = browser.new_context(base_url=live_server, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(60_000)  # signing in may wait for whatever else the machine does
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.goto("/sign-in")
    page.fill("#name", "auditor")
    page.fill("#password", PASSWORD)
    page.click("form.form button")
    page.wait_for_url("**/interviews**")
    page.goto(f"/interviews/paper/key?survey=worker&language=en&round={place.round_id}&site={place.site_id}")
    yield page
    context.close()
    assert not [each for each in troubles if "422" not in each and "409" not in each], troubles


def here(page: Page) -> str:
    return str(page.evaluate("document.activeElement.dataset.path || document.activeElement.id"))


@pytest.mark.browser
def test_a_whole_paper_is_keyed_in_without_the_mouse(desk: Page) -> None:
    keys = desk.keyboard
    assert here(desk) == "reference"
    keys.type("B-7\n")
    keys.type("03042026")
    desk.locator("#date").fill("2026-03-04")
    keys.press("Enter")
    assert here(desk) == "stopped"
    keys.press("Enter")
    assert here(desk) == "paid"
    keys.type("2\n")
    assert here(desk) == "had"  # the paper says: no → go to 3
    desk.locator("[data-row=fee].skipped").wait_for()
    assert desk.locator("[data-path=fee]").is_visible()
    keys.type("1 2\n")
    keys.type("1\n500 NPR\n")
    keys.type("2\n")
    assert here(desk) == "payments[3]/what"  # the second row has no amount: “go to the next entry” is its way
    keys.type("\n")
    assert here(desk) == "since"
    keys.type("201905\nwell\n2\n")
    keys.press("Enter")
    desk.get_by_text("Paper B-7 is stored").wait_for()
    [row] = rows()
    assert row.answers["payments"] == [{"what": "bag", "cost": {"amount": 500, "currency": "NPR"}}, {"what": "9"}]
    assert row.answers["since"] == "2019-05-01"


@pytest.mark.browser
def test_a_contradiction_appears_while_keying_and_hides_nothing(desk: Page) -> None:
    desk.locator("[data-path=fee]").fill("500 NPR")
    desk.locator("[data-path=paid]").fill("2")
    told = desk.locator("[data-against=fee]")
    told.get_by_text("asked only if question 1 is “Yes”").wait_for()
    assert desk.locator("[data-path=fee]").input_value() == "500 NPR"
    desk.locator("#jump").fill("4")
    desk.keyboard.press("Enter")
    assert here(desk) == "payments[1]/what"
