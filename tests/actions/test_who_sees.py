"""A supplier sees its own plan, from the day that the release allows; a buyer its suppliers; nobody workers' words."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from mapper.release import frozen
from mapper.store import database as store
from mapper.store.tables import Release
from tests.actions.conftest import TODAY, Agreed
from tests.conftest import SignIn
from tests.release.conftest import CANARY, World

POST = Callable[..., tuple[int, str]]
ALL_PARTS = ("", "plan.xlsx", "deadlines.ics")


def test_a_supplier_sees_no_plan_before_it_is_handed_over(agreed: Agreed, sign_in: SignIn) -> None:
    client = sign_in("supplier")
    assert {client.get(agreed.page + part).status_code for part in ALL_PARTS} == {404}
    assert "There is no plan for you yet" in client.get("/actions/").text


def test_a_supplier_sees_its_own_plan_and_nothing_of_the_findings(agreed: Agreed, sign_in: SignIn) -> None:
    agreed.hand_over()
    client = sign_in("supplier")
    page = client.get(agreed.page)
    assert page.status_code == 200
    assert "Give passports, permits and other papers back" in page.text
    assert "Why, and whether it worked" not in page.text
    assert agreed.page in client.get("/actions/").text
    for path in ("/suppliers/", "/suppliers/MILL/", "/suppliers/MILL/R1/findings", "/programmes/"):
        assert client.get(path).status_code in (403, 404), path


@pytest.mark.parametrize("name", ["other_supplier", "other_reviewer"])
def test_another_supplier_and_another_buyer_find_no_plan(agreed: Agreed, sign_in: SignIn, name: str) -> None:
    agreed.hand_over()
    client = sign_in(name)
    assert {client.get(agreed.page + part).status_code for part in ALL_PARTS} == {404}
    assert str(agreed.plan) not in client.get("/actions/").text


def test_a_plan_cannot_be_handed_over_before_the_supplier_may_see_the_round(
    agreed: Agreed, sign_in: SignIn, post: POST
) -> None:
    _supplier_from(TODAY + timedelta(days=1))
    _status, page = post(sign_in("reviewer"), agreed.page + "hand-over")
    assert "only after its round is released, and later than the buyer" in page
    assert agreed.now().row.handed_over is None


def test_a_newer_release_hides_the_plan_until_it_is_handed_over_anew(agreed: Agreed, sign_in: SignIn) -> None:
    agreed.hand_over()
    agreed.world.fill(15)
    with store.transaction() as session:
        frozen.declare(session, "M", None, None, 30)
    agreed.world.release()
    client = sign_in("supplier")
    assert client.get(agreed.page).status_code == 404
    assert "There is no plan for you yet" in client.get("/actions/").text


def test_the_suppliers_history_begins_when_the_plan_was_handed_over(
    agreed: Agreed, sign_in: SignIn, post: POST
) -> None:
    reviewer, row = sign_in("reviewer"), agreed.recommendations()[0]
    edit = f"{agreed.page}recommendations/{row.id}"
    form = {"text": "Before only", "priority": "1", "rationale": ""}
    post(reviewer, edit, **form, loaded=_base(reviewer.get(edit).text))
    post(reviewer, edit, **form | {"text": "As handed over"}, loaded=_base(reviewer.get(edit).text))
    agreed.hand_over()
    post(reviewer, edit, **form | {"text": "Since"}, loaded=_base(reviewer.get(edit).text))
    seen, own = sign_in("supplier").get(agreed.page).text, reviewer.get(agreed.page).text
    assert "Before only" in own
    assert "Before only" not in seen
    assert "As handed over" in seen
    assert "Since" in seen
    assert "reviewer" not in seen.split("History")[-1].replace("reviewer,", "")


def test_what_a_buyer_took_back_is_not_the_suppliers_to_read(agreed: Agreed, sign_in: SignIn, post: POST) -> None:
    """A text, a status-like code and a whole recommendation that stood only between a change and its undoing."""
    reviewer, row = sign_in("reviewer"), agreed.recommendations()[0]
    edit, before = f"{agreed.page}recommendations/{row.id}", row.text
    agreed.hand_over()
    post(reviewer, edit, text=CANARY, priority="3", rationale=CANARY, loaded=_base(reviewer.get(edit).text))
    post(reviewer, agreed.page + "undo")
    post(reviewer, agreed.page + "recommendations/new", text=CANARY + " new", priority="1")
    assert CANARY + " new" in reviewer.get(agreed.page).text
    post(reviewer, agreed.page + "undo")
    for name, reads in (("reviewer", True), ("auditor", True), ("supplier", False)):
        assert (CANARY in sign_in(name).get(agreed.page).text) is reads, name
    history = sign_in("supplier").get(agreed.page).text.split("History")[-1]
    assert "(taken back)" in history
    assert "3 – low" not in history
    assert before in history
    assert CANARY not in _strings(sign_in("supplier").get(agreed.page + "plan.xlsx").data).decode()


def test_what_a_supplier_took_back_is_not_the_buyers_to_read(agreed: Agreed, sign_in: SignIn, post: POST) -> None:
    agreed.hand_over()
    client, row = sign_in("supplier"), agreed.recommendations()[0]
    edit = f"{agreed.page}recommendations/{row.id}"
    given = {"response": "reject", "response_note": CANARY}
    post(client, edit, **given, loaded=_base(client.get(edit).text))
    assert CANARY in sign_in("reviewer").get(agreed.page).text, "while it stands"
    post(client, agreed.page + "undo")
    assert CANARY in client.get(agreed.page).text, "its own history"
    for name in ("reviewer", "auditor"):
        assert CANARY not in sign_in(name).get(agreed.page).text


def test_a_conflict_says_nothing_of_what_was_taken_back_meanwhile(agreed: Agreed, sign_in: SignIn, post: POST) -> None:
    """The supplier's workbook meets a comment of the buyer, who then takes it back: the conflict tells of the plan."""
    reviewer, step = sign_in("reviewer"), agreed.actions()[0]
    edit = f"{agreed.page}actions/{step.id}"
    agreed.hand_over()
    client = sign_in("supplier")
    book = load_workbook(BytesIO(client.get(agreed.page + "plan.xlsx").data))
    form = {"text": step.text, "responsible": "HR", "status": "not_started", "comment": CANARY}
    status, said = post(reviewer, edit, **form, loaded=_base(reviewer.get(edit).text))
    assert CANARY in said, status
    for row in book["plan"].iter_rows(min_row=2):
        if row[13].value == str(step.id):
            row[11].value, row[6].value = "Ours", "HR"
    content = BytesIO()
    book.save(content)
    content.seek(0)
    _status, page = post(client, agreed.page + "plan.xlsx", workbook=(content, "plan.xlsx"))
    assert "Two people changed the same" in page
    assert CANARY in page, "the supplier may read it while it stands"
    post(reviewer, agreed.page + "undo")
    page = client.get(agreed.page).text
    assert "Two people changed the same" in page
    assert CANARY not in page


def test_nobody_outside_the_audit_team_meets_a_workers_words_a_small_count_or_an_interview(
    agreed: Agreed, sign_in: SignIn
) -> None:
    """37 of 60 leaves as 'about 35 of 60': an exact count, an id or a word of a worker is on no page and in no file."""
    agreed.hand_over()
    ids = [str(one) for one in agreed.world.added]
    for name in ("reviewer", "supplier"):
        client = sign_in(name)
        found = [client.get(agreed.page + part).data for part in ALL_PARTS] + [client.get("/actions/").data]
        if name == "reviewer":
            found.append(client.get("/suppliers/MILL/R1/findings").data)
            assert b"about 35 of 60" in found[-1]
        for content in (*found, _strings(found[1])):
            text = content.decode("utf-8", "replace")
            assert CANARY not in text
            assert "37 of" not in text
            assert ">37<" not in text
            assert "/ 60" not in text
            assert not any(each in text for each in ids)


def test_before_the_release_a_reviewer_finds_nothing_to_plan_with(world: World, sign_in: SignIn) -> None:
    world.fill(40, held="yes", moved="yes")
    page = sign_in("reviewer").get("/suppliers/MILL/R1/findings")
    assert page.status_code == 200
    assert "Give passports" not in page.text
    assert "Passport" not in page.text
    assert "not released yet" in page.text.lower()


def test_the_workbook_names_what_it_holds_and_hides_nothing_but_keys(agreed: Agreed, sign_in: SignIn) -> None:
    agreed.hand_over()
    sheet = load_workbook(BytesIO(sign_in("supplier").get(agreed.page + "plan.xlsx").data))["plan"]
    assert not {"Findings", "Rationale", "Because of"} & {cell.value for cell in sheet[1]}


def _strings(workbook: bytes) -> bytes:
    with ZipFile(BytesIO(workbook)) as file:
        return b"".join(file.read(name) for name in file.namelist() if not name.startswith("xl/worksheets/"))


def _supplier_from(day: object) -> None:
    with store.transaction() as session:
        table = Release.__table__  # type: ignore[attr-defined]
        session.execute(table.update().values(supplier_from=day))  # the row is frozen: around its guard


def _base(page: str) -> str:
    found = page.split('name="loaded"')[1].split('value="')[1].split('"')[0] if 'name="loaded"' in page else ""
    return unescape(found)
