"""A plan goes out as a workbook and comes back: two people, nothing lost; what is wrong is told with row and column."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlmodel import update

from mapper.actions import changes
from mapper.exchange.plan_out import HEADINGS, heading_in
from mapper.language.profile import languages
from mapper.language.reader import reader
from mapper.store import database as store
from mapper.store.action_tables import PlannedAction, Recommendation
from tests.actions.conftest import Agreed
from tests.conftest import SignIn, csrf

Sheet = Any
POST = Callable[..., tuple[int, str]]
RECOMMENDATION, ACTION = 2, 3  # rows of the first recommendation and its first key action


@contextmanager
def edited(client: FlaskClient, agreed: Agreed) -> Iterator[Callable[..., None]]:
    """Download the plan, change cells by row and heading; what is to be sent stands in `sent` afterwards."""
    book = load_workbook(BytesIO(client.get(agreed.page + "plan.xlsx").data))
    sheet = book["plan"]
    columns = {cell.value: cell.column for cell in sheet[1]}

    def write(row: int, **cells: object) -> None:
        for heading, value in cells.items():
            sheet.cell(row, columns[heading.replace("_", " ")]).value = value  # type: ignore[assignment]

    write.sheet, write.columns = sheet, columns  # type: ignore[attr-defined]
    yield write
    out = BytesIO()
    book.save(out)
    write.sent = out.getvalue()  # type: ignore[attr-defined]


def send(client: FlaskClient, agreed: Agreed, content: bytes, name: str = "plan.xlsx", **form: str) -> tuple[int, str]:
    data = {"csrf_token": csrf(client, "/account"), "workbook": (BytesIO(content), name), **form}
    answer = client.post(
        agreed.page + "plan.xlsx", data=data, follow_redirects=True, content_type="multipart/form-data"
    )
    return answer.status_code, answer.text


def test_what_a_supplier_fills_in_comes_back_into_the_plan(agreed: Agreed, sign_in: SignIn) -> None:
    agreed.hand_over()
    client = sign_in("supplier")
    with edited(client, agreed) as write:
        write(RECOMMENDATION, Response="Accepted")
        write(ACTION, Responsible="Personnel", Deadline="2027-03-31", Status="Ongoing")
    status, page = send(client, agreed, write.sent)  # type: ignore[attr-defined]
    assert status == 200
    assert "Taken over: 4 changes, 0 new actions." in page
    first = agreed.now().parts[0]
    assert first.row.response == "accept"
    assert (first.steps[0].row.responsible, str(first.steps[0].row.due), first.steps[0].row.status) == (
        "Personnel", "2027-03-31", "ongoing",
    )  # fmt: skip


def test_a_workbook_that_nobody_changed_changes_nothing(agreed: Agreed, sign_in: SignIn) -> None:
    client = sign_in("reviewer")
    before = len(_history(agreed))
    _status, page = send(client, agreed, client.get(agreed.page + "plan.xlsx").data)
    assert "Taken over: 0 changes, 0 new actions." in page
    assert len(_history(agreed)) == before


def test_a_row_without_a_key_is_a_new_action(agreed: Agreed, sign_in: SignIn) -> None:
    client = sign_in("reviewer")
    with edited(client, agreed) as write:
        write(60, No="1", Text="Ask workers whether it is so", Responsible="Centre")
    send(client, agreed, write.sent)  # type: ignore[attr-defined]
    last = agreed.now().parts[0].steps[-1].row
    assert (last.text, last.responsible) == ("Ask workers whether it is so", "Centre")


@pytest.mark.parametrize(("text", "no"), [(None, "1"), ("=A1", "1"), (None, None)])
def test_a_new_row_without_its_text_is_said_and_not_passed_over(
    agreed: Agreed, sign_in: SignIn, text: str | None, no: str | None
) -> None:
    client = sign_in("reviewer")
    with edited(client, agreed) as write:
        write(60, No=no, Text=text, Responsible="Centre", Comments="Soon")
    status, page = send(client, agreed, write.sent)  # type: ignore[attr-defined]
    assert status == 422
    assert "row 60" in page or "60" in page.split("<main")[1]


def test_a_row_of_which_only_a_formula_is_left_is_said(agreed: Agreed, sign_in: SignIn) -> None:
    client = sign_in("reviewer")
    with edited(client, agreed) as write:
        write(60, Text="=A1")
    status, page = send(client, agreed, write.sent)  # type: ignore[attr-defined]
    assert status == 422
    assert "row 60, Text: The cell C60 holds a formula without a result. Write the value itself" in page


@pytest.mark.parametrize("language", languages())
def test_the_workbook_is_in_the_readers_language_and_comes_back_into_any(
    agreed: Agreed, sign_in: SignIn, post: POST, language: str
) -> None:
    client, read = sign_in("reviewer"), reader(language)
    post(client, "/language", language=language, back="/")
    names = [heading_in(read, heading) for heading, *_ in HEADINGS]
    with edited(client, agreed) as write:
        assert [cell.value for cell in write.sheet[1]] == names  # type: ignore[attr-defined]
        write(RECOMMENDATION, **{heading_in(read, "Response"): read.say("Accepted")})
        write(
            60, **{heading_in(read, "No"): "1", heading_in(read, "Text"): "Ask", heading_in(read, "Responsible"): "HR"}
        )
    assert len(set(names)) == len(names)
    post(client, "/language", language="en", back="/")
    assert "Taken over: 1 changes, 1 new actions." in send(client, agreed, write.sent)[1]  # type: ignore[attr-defined]
    assert agreed.now().parts[0].row.response == "accept"


def test_what_the_supplier_will_read_is_looked_at_in_a_workbook_as_on_the_page(agreed: Agreed, sign_in: SignIn) -> None:
    client = sign_in("reviewer")
    with edited(client, agreed) as write:
        write(RECOMMENDATION, Text="Listen to the fifty-seven of house b")
        write(ACTION, Responsible="Centre", Deadline="2027-03-01", Comments="Within 14 days. Workers: 3")
    status, page = send(client, agreed, write.sent)  # type: ignore[attr-defined]
    assert status == 422
    assert "may tell workers apart (fifty-seven, house b)" in page
    assert "may tell workers apart (Workers: 3)" in page
    assert agreed.now().parts[0].row.text != "Listen to the fifty-seven of house b"
    assert send(client, agreed, write.sent, sure="yes")[0] == 200  # type: ignore[attr-defined]
    assert agreed.now().parts[0].row.text == "Listen to the fifty-seven of house b"


def test_signs_that_turn_a_text_round_come_neither_by_page_nor_by_workbook(
    agreed: Agreed, sign_in: SignIn, post: POST
) -> None:
    client, turned = sign_in("reviewer"), "Pay \u202e001 RYM"
    with edited(client, agreed) as write:
        write(ACTION, Text=turned, Responsible="Centre")
    assert "control character" in send(client, agreed, write.sent)[1]  # type: ignore[attr-defined]
    row = agreed.now().parts[0].steps[0].row
    page = post(client, f"{agreed.page}actions/{row.id}", text=turned, responsible="Centre", status="ongoing")[1]
    assert "control character" in page
    assert turned not in client.get(agreed.page + "plan.ics").text


def test_two_people_edit_one_plan_and_every_cell_that_both_changed_is_asked_about(
    agreed: Agreed, sign_in: SignIn, post: POST
) -> None:
    agreed.hand_over()
    supplier, reviewer = sign_in("supplier"), sign_in("reviewer")
    with edited(supplier, agreed) as write:
        write(ACTION, Responsible="Personnel", Comments="Theirs", Status="Ongoing")
    row = agreed.now().parts[0].steps[0].row
    with store.transaction() as session:
        mine = session.get_one(PlannedAction, row.id)
        values = {"responsible": "Director", "comment": "Ours"}
        changes.change(session, agreed.plan, mine, values, changes.Hand(agreed.reviewer))
    _status, page = send(supplier, agreed, write.sent)  # type: ignore[attr-defined]
    assert "Taken over: 1 changes" in page  # the status, which only one changed
    assert "Somebody else changed the same: 2" in page
    assert all(each in page for each in ("Director", "Personnel", "Ours", "Theirs"))
    kept = agreed.now().parts[0].steps[0].row
    assert (kept.responsible, kept.comment, kept.status) == ("Director", "Ours", "ongoing")
    send(supplier, agreed, write.sent)  # type: ignore[attr-defined]
    asked = waiting(reviewer, agreed)
    assert len(asked) == 2  # the same file twice asks once

    for one, seen in asked.items():
        post(reviewer, f"{agreed.page}conflicts/{one}", take="yes", seen=seen)
    decided = agreed.now().parts[0].steps[0].row
    assert (decided.responsible, decided.comment) == ("Personnel", "Theirs")
    assert "Ours" in reviewer.get(agreed.page).text  # in the history


def test_a_decision_cannot_put_the_deadline_before_the_start(agreed: Agreed, sign_in: SignIn, post: POST) -> None:
    reviewer = sign_in("reviewer")
    with edited(reviewer, agreed) as write:
        write(ACTION, Responsible="Centre", Deadline="2027-03-01")
    _set(agreed, due=date(2027, 9, 1), responsible="Centre")
    send(reviewer, agreed, write.sent)  # type: ignore[attr-defined]
    _set(agreed, starts=date(2027, 6, 1))
    [(conflict, seen)] = waiting(reviewer, agreed).items()
    page = post(reviewer, f"{agreed.page}conflicts/{conflict}", take="yes", seen=seen)[1]
    assert "2027-03-01 lies before the start 2027-06-01" in page
    assert agreed.now().parts[0].steps[0].row.due == date(2027, 9, 1)
    assert waiting(reviewer, agreed)  # nothing is decided


def waiting(client: FlaskClient, agreed: Agreed) -> dict[str, str]:
    """Conflicts on the page, each with the mark of what the page said that the plan holds."""
    return dict(re.findall(r'/conflicts/([^"]+)".*?name="seen" value="([^"]+)"', client.get(agreed.page).text))


def test_a_conflict_is_not_decided_over_a_change_that_nobody_looked_at(
    agreed: Agreed, sign_in: SignIn, post: POST
) -> None:
    reviewer = sign_in("reviewer")
    with edited(reviewer, agreed) as write:
        write(ACTION, Responsible="Theirs")
    _set(agreed, responsible="Ours")
    send(reviewer, agreed, write.sent)  # type: ignore[attr-defined]
    [(conflict, seen)] = waiting(reviewer, agreed).items()
    _set(agreed, responsible="A third one")
    _status, page = post(reviewer, f"{agreed.page}conflicts/{conflict}", take="yes", seen=seen)
    assert "changed once more meanwhile" in page
    assert "A third one" in page
    assert agreed.now().parts[0].steps[0].row.responsible == "A third one"
    post(reviewer, f"{agreed.page}conflicts/{conflict}", take="yes", seen=waiting(reviewer, agreed)[conflict])
    assert agreed.now().parts[0].steps[0].row.responsible == "Theirs"


@pytest.mark.parametrize(
    ("row", "cells", "said"),
    [
        (RECOMMENDATION, {"Priority": "urgent"}, "row 2, Priority: 'urgent' is no priority. Write 1, 2 or 3."),
        (RECOMMENDATION, {"Response": "Perhaps"}, "row 2, Response: 'Perhaps' is not known."),
        (RECOMMENDATION, {"Response": "Rejected"}, "row 2, Reasons: It is accepted in part or rejected, and no"),
        (ACTION, {"Status": "Ongoing"}, "row 3, Responsible: The action has no owner."),
        (ACTION, {"Responsible": "A", "Start": "2027-02-01", "Deadline": "2027-01-01"},
         "row 3, Deadline: The deadline 2027-01-01 lies before the start 2027-02-01."),
        (ACTION, {"Responsible": "A", "Deadline": "soon"}, "row 3, Deadline:"),
        (ACTION, {"Base": "[1]"}, "row 3, Base: This hidden column was changed. Download the plan anew."),
        (60, {"Text": "New one", "Responsible": "A", "No": "99"}, "row 60, No: To add an action"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_sheet_row_and_column_and_nothing_is_changed(
    agreed: Agreed, sign_in: SignIn, row: int, cells: dict[str, str], said: str
) -> None:
    client, before = sign_in("reviewer"), len(_history(agreed))
    with edited(client, agreed) as write:
        write(row, **cells)
        write(ACTION + 1, Responsible="Somebody", Comments="Right, and still not taken")
    status, page = send(client, agreed, write.sent)  # type: ignore[attr-defined]
    assert status == 422
    assert f"sheet plan, {said}" in page.replace("&#39;", "'")
    assert len(_history(agreed)) == before


def test_a_supplier_cannot_change_what_the_buyer_wrote(agreed: Agreed, sign_in: SignIn) -> None:
    agreed.hand_over()
    client = sign_in("supplier")
    with edited(client, agreed) as write:
        write(RECOMMENDATION, Priority="3")
    status, page = send(client, agreed, write.sent)  # type: ignore[attr-defined]
    assert status == 422
    assert "row 2, Priority: This is not yours to change." in page


def test_a_number_or_a_date_that_a_spreadsheet_made_of_a_text_is_read(agreed: Agreed, sign_in: SignIn) -> None:
    from datetime import date

    client = sign_in("reviewer")
    with edited(client, agreed) as write:
        write(RECOMMENDATION, Priority=3)
        write(ACTION, Responsible="A", Deadline=date(2027, 3, 31))
    status, page = send(client, agreed, write.sent)  # type: ignore[attr-defined]
    assert status == 200, page
    first = agreed.now().parts[0]
    assert (first.row.priority, first.steps[0].row.due) == (3, date(2027, 3, 31))


def test_a_number_or_a_date_in_the_digits_of_another_script_is_read(agreed: Agreed, sign_in: SignIn) -> None:
    client = sign_in("reviewer")
    with edited(client, agreed) as write:
        write(RECOMMENDATION, Priority="३")
        write(ACTION, Responsible="A", Deadline="၂၀၂၇-၀၃-၃၁")
        write(60, Text="Publish the rules", Responsible="Centre", No="١")
    status, page = send(client, agreed, write.sent)  # type: ignore[attr-defined]
    assert status == 200, page
    first = agreed.now().parts[0]
    assert (first.row.priority, first.steps[0].row.due, first.steps[-1].row.text) == (
        3,
        date(2027, 3, 31),
        "Publish the rules",
    )


def test_an_answer_that_looks_like_a_formula_stays_text(agreed: Agreed, sign_in: SignIn) -> None:
    _set(agreed, responsible="=HYPERLINK(1)", comment="+1")
    sheet = load_workbook(BytesIO(sign_in("reviewer").get(agreed.page + "plan.xlsx").data))["plan"]
    assert {cell.data_type for line in sheet.iter_rows() for cell in line if cell.value} == {"s"}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no workbook", b"text"])
def test_a_file_that_is_no_workbook_is_refused_in_words(agreed: Agreed, sign_in: SignIn, content: bytes) -> None:
    status, page = send(sign_in("reviewer"), agreed, content)
    assert status == 422
    assert "Nothing was changed" in page


def test_a_copied_row_and_a_row_of_another_plan_are_refused(agreed: Agreed, sign_in: SignIn) -> None:
    client = sign_in("reviewer")
    with edited(client, agreed) as write:
        sheet, key = write.sheet, write.columns["Key"]  # type: ignore[attr-defined]
        sheet.cell(ACTION + 1, key).value = sheet.cell(ACTION, key).value
        sheet.cell(RECOMMENDATION, key).value = "6f1c2f4e-8f5d-4b7e-9a55-3f4b1d2c0a99"
    _status, page = send(client, agreed, write.sent)  # type: ignore[attr-defined]
    assert "row 4, Key: The same row stands in row 3 already." in page
    assert "row 2: This row is not in the plan any more, or of another plan." in page


def _history(agreed: Agreed) -> list[Any]:
    with store.session() as session:
        return changes.history(session, agreed.plan)


def _set(agreed: Agreed, **values: object) -> None:
    row = agreed.now().parts[0].steps[0].row
    with store.transaction() as session:
        held = session.get_one(PlannedAction, row.id)
        changes.change(session, agreed.plan, held, values, changes.Hand(agreed.reviewer))


PUBLISHED = """
1 1 accept 2021-11-30 2021-12-31 2021-12-31 2021-12-31 2021-12-31
2 2 partially_accept 2022-09-30 2022-09-30 2022-12-31 2022-12-31
3 1 accept 2022-03-31 2022-04-30 2022-07-31 2022-12-31/ongoing
4 3 accept 2021-12-31/ongoing 2022-03-31 2022-05-31
5 1 accept 2022-02-28 2022-03-31 2022-03-31 2022-03-31
"""


def test_a_published_management_response_fits_the_form_and_comes_back_whole(agreed: Agreed, sign_in: SignIn) -> None:
    """Number, priority, response and the deadline of each action; a status where one is given, and never a guessed one.

    **Source:** IOM, management follow-up response to the CREST mid-term evaluation, 2021: 5 recommendations, 3 of
    priority 1, 4 accepted and 1 in part, 20 actions, 2 of them ongoing.
    """
    with store.transaction() as session:
        session.execute(update(Recommendation).values(removed=True))
        for line in PUBLISHED.split("\n")[1:-1]:
            number, priority, response, *deadlines = line.split()
            about = {"priority": int(priority), "response": response, "response_note": "Reasons as published"}
            row = Recommendation(plan_id=agreed.plan, number=0, text=f"Recommendation {number}", **about)
            changes.add(session, agreed.plan, row, changes.Hand(agreed.reviewer))
            for deadline in deadlines:
                day, _, status = deadline.partition("/")
                about = {"due": date.fromisoformat(day), "status": status or "not_started", "responsible": "Unit"}
                step = PlannedAction(recommendation_id=row.id, number=0, text="Action", **about)
                changes.add(session, agreed.plan, step, changes.Hand(agreed.reviewer))
    plan, client = agreed.now(), sign_in("reviewer")
    assert Counter(part.row.priority for part in plan.parts) == {1: 3, 2: 1, 3: 1}
    assert Counter(part.row.response for part in plan.parts) == {"accept": 4, "partially_accept": 1}
    assert (len(plan.steps), plan.count("ongoing"), plan.count("done")) == (20, 2, 0)
    assert len(plan.overdue) == 20, "all deadlines have passed, and nothing is called done"
    with edited(client, agreed) as write:
        assert write.sheet.max_row == 1 + 5 + 20  # type: ignore[attr-defined]
    assert "Taken over: 0 changes, 0 new actions." in send(client, agreed, write.sent)[1]  # type: ignore[attr-defined]
