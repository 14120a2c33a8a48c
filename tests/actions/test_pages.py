"""The pages of an action plan: what cannot be stored is said in words, what is late is seen, who answers what."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from mapper.actions import changes, own_words
from mapper.actions.telling import telling
from mapper.definition import library
from mapper.intake import publish
from mapper.language.reader import reader
from mapper.store import database as store
from mapper.store.action_tables import ActionPlan, FindingNote, PlannedAction
from mapper.store.tables import Response, Supplier
from tests.actions.conftest import TODAY, Agreed
from tests.conftest import SignIn

BY_HAND = {"stage": "S1_recruitment", "actor": "sub_agent", "topic": "fees", "evidence": "observation"}
POST = Callable[..., tuple[int, str]]


def _form(client: object, path: str, **values: str) -> dict[str, str]:
    """The fields of a form as it is shown, with some of them changed."""
    from html import unescape

    page = client.get(path).text  # type: ignore[attr-defined]
    found = {name: unescape(value) for name, value in re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page)}
    found |= {name: unescape(text) for name, text in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>([^<]*)<', page)}
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        found[name] = next(iter(re.findall(r'<option selected value="([^"]*)"', options)), "")
    return {name: value for name, value in found.items() if name not in ("csrf_token", "language", "remove")} | values


def an_action(agreed: Agreed, sign_in: SignIn) -> tuple[FlaskClient, str]:
    """The buyer's reviewer, and the address of the plan's first action."""
    return sign_in("reviewer"), f"{agreed.page}actions/{agreed.actions()[0].id}"


def test_an_action_without_an_owner_is_refused_beside_its_field(agreed: Agreed, sign_in: SignIn, post: POST) -> None:
    client, path = an_action(agreed, sign_in)
    status, page = post(client, path, **_form(client, path, responsible="", status="ongoing"))
    assert status == 422
    assert "The action has no owner." in page
    assert agreed.actions()[0].status == "not_started"


def test_an_action_and_a_finding_that_are_sent_twice_are_one(agreed: Agreed, sign_in: SignIn, post: POST) -> None:
    client, before = sign_in("reviewer"), len(agreed.actions())
    path = f"{agreed.page}recommendations/{agreed.recommendations()[0].id}/actions/new"
    form = _form(client, path, text="Publish the rules", responsible="Centre", status="not_started")
    assert [post(client, path, **form)[0] for _ in range(3)] == [200] * 3
    post(client, path, **form | {"text": "Print the rules"})
    assert len(agreed.actions()) == before + 2
    here = "/suppliers/MILL/R1/findings"
    for _ in range(2):
        post(client, here, text="Rules hang in English only", once=form["once"], **BY_HAND)
    with store.session() as session:
        assert len(session.exec(select(FindingNote)).all()) == 1


def test_a_deadline_before_its_start_is_refused_with_both_dates(agreed: Agreed, sign_in: SignIn, post: POST) -> None:
    client, path = an_action(agreed, sign_in)
    form = _form(client, path, responsible="A", starts="2027-02-01", due="2027-01-01")
    status, page = post(client, path, **form)
    assert status == 422
    assert "The deadline 2027-01-01 lies before the start 2027-02-01." in page


def test_a_date_that_is_no_date_is_refused_and_what_was_typed_stays(
    agreed: Agreed, sign_in: SignIn, post: POST
) -> None:
    client, path = an_action(agreed, sign_in)
    status, page = post(client, path, **_form(client, path, responsible="Kept as typed", due="31.12."))
    assert status == 422
    assert "Kept as typed" in page


def test_a_rejection_needs_its_reasons(agreed: Agreed, sign_in: SignIn, post: POST) -> None:
    agreed.hand_over()
    client, row = sign_in("supplier"), agreed.recommendations()[0]
    path = f"{agreed.page}recommendations/{row.id}"
    status, page = post(client, path, **_form(client, path, response="reject", response_note=""))
    assert status == 422
    assert "no reason is given" in page
    status, _page = post(client, path, **_form(client, path, response="reject", response_note="We disagree."))
    assert status == 200
    assert agreed.recommendations()[0].response == "reject"


def test_a_supplier_finds_no_field_that_is_the_buyers(agreed: Agreed, sign_in: SignIn, post: POST) -> None:
    agreed.hand_over()
    client, row = sign_in("supplier"), agreed.recommendations()[0]
    path = f"{agreed.page}recommendations/{row.id}"
    page = client.get(path).text
    assert 'name="priority"' not in page
    assert 'name="rationale"' not in page
    post(client, path, **_form(client, path, response="accept", priority="3", text="Nothing"))
    stored = agreed.recommendations()[0]
    assert (stored.response, stored.priority, stored.text) == ("accept", row.priority, row.text)
    post(client, path, remove="yes")
    assert not agreed.recommendations()[0].removed
    for forbidden in ("recommendations/new", "propose", "hand-over"):
        assert post(client, agreed.page + forbidden)[0] == 403, forbidden


def test_two_people_on_one_form_lose_nothing_and_what_both_changed_is_asked_about(
    agreed: Agreed, sign_in: SignIn, post: POST
) -> None:
    agreed.hand_over()
    client, supplier, row = sign_in("reviewer"), sign_in("supplier"), agreed.actions()[0]
    path = f"{agreed.page}actions/{row.id}"
    first = _form(client, path, responsible="Director", comment="Ours", due="2099-01-31")
    second = _form(supplier, path, responsible="Personnel", evidence="Minutes")
    assert "Saved." in post(client, path, **first)[1]
    _status, page = post(supplier, path, **second)
    assert "Somebody else changed meanwhile, and it stays: Deadline, Comments." in page
    assert "Somebody else changed the same: 1. Both are kept, decide below." in page
    held = agreed.actions()[0]
    assert (held.responsible, held.comment, held.evidence) == ("Director", "Ours", "Minutes")
    assert held.due == date(2099, 1, 31)
    [(conflict, mark)] = dict(re.findall(r'/conflicts/([^"]+)".*?name="seen" value="([^"]+)"', page)).items()
    section = page[page.index("Two people changed the same") : page.index("Take what was written on the page")]
    assert "Director" in section
    assert "Personnel" in section
    post(supplier, f"{agreed.page}conflicts/{conflict}", take="yes", seen=mark)
    assert agreed.actions()[0].responsible == "Personnel"
    assert "Director" in client.get(agreed.page).text  # in the history


def test_a_page_that_does_not_say_what_it_showed_overwrites_nothing(
    agreed: Agreed, sign_in: SignIn, post: POST
) -> None:
    client, path = an_action(agreed, sign_in)
    for loaded in ("", "{", "[]", "1" * 5000):
        _status, page = post(client, path, **_form(client, path, responsible="A", loaded=loaded))
        assert "Both are kept, decide below." in page or "Saved." in page, loaded
        assert agreed.actions()[0].responsible == "", loaded


def test_dates_that_two_people_make_impossible_together_are_refused(
    agreed: Agreed, sign_in: SignIn, post: POST
) -> None:
    client, path = an_action(agreed, sign_in)
    second = _form(client, path, responsible="A", due="2099-01-31")
    post(client, path, **_form(client, path, responsible="A", starts="2099-02-01"))
    status, page = post(client, path, **second)
    assert (status, agreed.actions()[0].due) == (422, None)
    assert "The deadline 2099-01-31 lies before the start 2099-02-01." in page


def test_what_was_typed_into_an_action_that_somebody_removed_is_still_on_the_page(
    agreed: Agreed, sign_in: SignIn, post: POST
) -> None:
    agreed.hand_over()
    supplier, client, row = sign_in("supplier"), sign_in("reviewer"), agreed.actions()[0]
    path = f"{agreed.page}actions/{row.id}"
    typed = _form(supplier, path, responsible="Personnel", comment="A long answer")
    post(client, path, remove="yes")
    status, page = post(supplier, path, **typed)
    assert status == 409
    assert "Somebody removed this meanwhile" in page
    assert "A long answer" in page
    assert supplier.get(path).status_code == 404


def test_what_is_overdue_stands_in_a_view_of_its_own_with_owner_and_deadline(agreed: Agreed, sign_in: SignIn) -> None:
    client, row = sign_in("reviewer"), agreed.actions()[0]
    assert "Nothing is overdue" in client.get("/actions/?show=overdue").text
    with store.transaction() as session:
        held = session.get_one(PlannedAction, row.id)
        late = {"responsible": "Housing office", "due": TODAY - timedelta(days=3)}
        changes.change(session, agreed.plan, held, late, changes.Hand(None))
    page = client.get("/actions/?show=overdue").text
    assert row.text.split("'")[0] in page
    assert "Housing office" in page
    assert "1 overdue" in client.get("/actions/").text


def test_what_a_plan_says_of_its_actions_adds_up_to_all_of_them(agreed: Agreed, sign_in: SignIn) -> None:
    """One of two ongoing ones is overdue, and counts once."""
    past = TODAY - timedelta(days=3)
    given = [{"status": "ongoing", "due": past}, {"status": "ongoing"}, {"status": "done", "due": past}]
    with store.transaction() as session:
        for row, values in zip(agreed.actions(), given, strict=False):
            held = session.get_one(PlannedAction, row.id)
            changes.change(session, agreed.plan, held, values, changes.Hand(None))
    rest = len(agreed.actions()) - 3
    assert rest > 0
    assert agreed.now().shown == {"not_started": rest, "ongoing": 1, "done": 1, "overdue": 1}
    said = f"1 of {rest + 3} actions done · Not started: {rest} · 1 ongoing · 1 overdue"
    assert said in re.sub(r"<[^>]+>", "", sign_in("reviewer").get("/actions/").text)


def test_a_recommendation_that_may_tell_who_spoke_is_ticked_before_the_supplier_reads_it(
    agreed: Agreed, sign_in: SignIn, post: POST
) -> None:
    client, new, before = sign_in("reviewer"), agreed.page + "recommendations/new", len(agreed.recommendations())
    assert 'name="sure"' not in client.get(new).text
    given = {"text": "3 women of house B said they were beaten", "priority": "1"}
    status, page = post(client, new, **given)
    assert status == 422
    assert "These words may tell workers apart (3, house B, women)." in page
    assert len(agreed.recommendations()) == before
    assert post(client, new, **given, sure="y")[0] == 200
    assert len(agreed.recommendations()) == before + 1


def test_who_is_responsible_and_the_time_frame_of_an_action_tell_nobody_apart_either() -> None:
    given = {"text": "Pay back", "responsible": "Supervisor of house C", "due_text": "before three workers leave"}
    assert own_words.may_tell_in_plan("action", given, {}, reader(), ()) == ("house C", "three")


@pytest.mark.parametrize(
    ("line", "named"),
    [("အလုပ်သမားသုံးပုံနှစ်ပုံက ပေးခဲ့သည်", ("သုံးပုံ", "နှစ်ပုံ")), ("အလုပ်သမားတစ်ဝက်က", ("တစ်ဝက်",)), ("ငါးဆယ်ရာခိုင်နှုန်း", ("ဆယ်ရာခိုင်နှုန်း",)),
     ("आधाभन्दा बढीले", ("आधाभन्दा",)), ("تحدث ثلثان منهم", ("ثلثان",)), ("ba phần năm nói", ("phần năm",)),
     ("three fifths said", ("three fifths",)), ("the workers' quarters", ()), ("ပုံတစ်ပုံ ကပ်ပါ", ())],
)  # fmt: skip
def test_fractions_in_words_tell_how_many_spoke(line: str, named: tuple[str, ...]) -> None:
    assert telling(line) == named


def test_notes_of_the_audit_team_on_a_finding_never_reach_the_buyer(
    agreed: Agreed, sign_in: SignIn, post: POST
) -> None:
    here = "/suppliers/MILL/R1/findings"
    post(sign_in("auditor"), here, text="Written by the audit team", note="", **BY_HAND)
    post(sign_in("auditor"), here, key="indicator:icls_c5", note="Seen in the safe too", state="checked")
    post(sign_in("reviewer"), here, key="indicator:icls_c5", note="Asked on the telephone", state="checked")
    team, buyer = sign_in("auditor").get(here).text, sign_in("reviewer").get(here).text
    assert "Written by the audit team" in team
    assert "Seen in the safe too" in team
    assert "Asked on the telephone" not in team
    assert "Written by the audit team" not in buyer
    assert "Seen in the safe too" not in buyer
    assert "Asked on the telephone" in buyer


def test_two_notes_on_one_finding_never_overwrite_each_other_unsaid(
    agreed: Agreed, sign_in: SignIn, post: POST
) -> None:
    here, client = "/suppliers/MILL/R1/findings", sign_in("auditor")
    stale = {"key": "indicator:icls_c5", "began_state": "open", "began_note": ""}
    post(client, here, **stale, note="Seen in the safe", state="checked")
    status, page = post(client, here, **stale, note="Not seen", state="open")
    assert (status, "Somebody else changed this meanwhile (Seen in the safe)" in page) == (409, True)
    assert ">Not seen</textarea>" in page  # nothing typed is lost
    with store.session() as session:
        assert session.exec(select(FindingNote)).one().note == "Seen in the safe"
    again = stale | {"began_state": "checked", "began_note": "Seen in the safe"}
    post(client, here, **again, note="Not seen", state="checked")
    with store.session() as session:
        kept = session.exec(select(FindingNote)).one()
    assert (kept.note, kept.state) == ("Not seen", "checked")


def test_a_note_on_a_finding_that_is_not_there_is_not_kept(agreed: Agreed, sign_in: SignIn, post: POST) -> None:
    assert post(sign_in("reviewer"), "/suppliers/MILL/R1/findings", key="x" * 5000, note="n")[0] == 404
    with store.session() as session:
        assert not session.exec(select(FindingNote)).all()


def test_what_rests_on_management_alone_says_so_to_the_supplier(agreed: Agreed) -> None:
    """Without that the employer would look for the workers who told."""
    from mapper.actions.findings import Finding
    from mapper.actions.proposals import OF_MANAGEMENT, proposals

    gap = Finding("gap:management:locks_doors", "Doors are locked", "management", topic="movement")
    told = Finding("indicator:icls_c3", "Cannot go out", "workers", topic="movement")
    assert [one.rationale for one in proposals((gap,))] == [OF_MANAGEMENT]
    assert [one.rationale for one in proposals((gap, told))] == [""]


def test_the_suppliers_empty_page_says_when_a_plan_appears(agreed: Agreed, sign_in: SignIn) -> None:
    page = sign_in("other_supplier").get("/").headers["Location"]
    assert page == "/actions/"
    assert "A plan appears here when your buyer hands it over." in sign_in("other_supplier").get(page).text


def test_ten_plans_are_read_with_as_many_queries_as_one(agreed: Agreed) -> None:
    from sqlalchemy import event

    from mapper.actions import plans
    from mapper.store.action_tables import ActionPlan, Recommendation
    from mapper.store.tables import Buyer

    def queries() -> int:
        with store.session() as session:
            seen: list[str] = []
            event.listen(session.connection(), "before_cursor_execute", lambda *about: seen.append(about[2]))
            found = plans.plans(session, TODAY)
            assert all(plan.parts for plan in found)
            names = sum("FROM buyer" in one for one in seen)  # one more name for each company
            return len(seen) - names

    before = queries()
    with store.transaction() as session:
        for n in range(9):
            buyer = Buyer(code=f"B{n}", name=f"Buyer {n}")
            session.add(buyer)
            session.flush()
            plan = ActionPlan(supplier_id=agreed.world.supplier, round_id=agreed.world.round, buyer_id=buyer.id)
            session.add(plan)
            session.flush()
            session.add(Recommendation(plan_id=plan.id, number=1, text="One"))
    assert queries() == before


def test_a_finding_written_by_hand_says_what_it_rests_on_at_which_stage_and_of_whom(
    agreed: Agreed, sign_in: SignIn, post: POST
) -> None:
    _status, page = post(sign_in("reviewer"), "/suppliers/MILL/R1/findings", text="Agents wait at the gate", **BY_HAND)
    row = page.split("Agents wait at the gate")[1].split("</tr>")[0]
    for text in ("Observation on site", "Recruitment", "Sub-agent", "Fees and costs"):
        assert text in row, text
    for bogus in ({"evidence": "rule"}, {"actor": "nobody"}):
        status, page = post(sign_in("reviewer"), "/suppliers/MILL/R1/findings", text="Kept here", **BY_HAND | bogus)
        assert (status, "Choose from the lists of the form" in page) == (422, True)
        assert "Kept here</textarea>" in page


@pytest.mark.parametrize("left_out", ["text", *BY_HAND])
def test_a_finding_by_hand_that_leaves_something_out_is_not_stored_and_what_was_written_stays(
    agreed: Agreed, sign_in: SignIn, post: POST, left_out: str
) -> None:
    here, given = "/suppliers/MILL/R1/findings", {"text": "Agents wait at the gate", **BY_HAND}
    status, page = post(sign_in("reviewer"), here, **given | {left_out: ""})
    said = "Write between 1 and 1000 characters" if left_out == "text" else "Choose from the lists of the form"
    assert (status, said in page) == (422, True)
    assert all(f'value="{code}" selected' in page for name, code in BY_HAND.items() if name != left_out)
    assert left_out == "text" or "Agents wait at the gate</textarea>" in page
    assert post(sign_in("reviewer"), here, **given | {"topic": "unknown", "actor": "unknown"})[0] == 200
    with store.session() as session:
        [kept] = session.exec(select(FindingNote)).all()
    assert (kept.stage, kept.actor, kept.topic, kept.evidence) == ("S1_recruitment", None, None, "observation")


def test_what_people_say_of_the_help_is_read_by_the_audit_team_and_counts_in_no_figure_on_workers(
    agreed: Agreed, sign_in: SignIn
) -> None:
    def shown(person: str) -> tuple[str, ...]:
        page = " ".join(re.sub(r"<[^>]+>", " ", sign_in(person).get("/suppliers/MILL/").text).split())
        return page.partition("After the help, a short follow-up")[::2]

    before, none = shown("auditor")
    survey = library.load("assistance_monitoring")
    said = [("given_verbal", {"help_arrived": "yes"}), ("given_verbal", {"help_arrived": "no"}), ("given_verbal", {})]
    with store.transaction() as session:
        publish(session, survey)
        for consent, answers in [*said, ("refused", {})]:
            made = uuid4()
            row = Response(id=made, sha256=made.hex, status="accepted", survey=survey.name, definition=survey.version)
            row.supplier_id, row.round_id = agreed.world.supplier, agreed.world.round
            row.answers, row.conditions = answers, {"consent": consent}
            session.add(row)
    whole, help_ = shown("auditor")
    assert (none, before.count("Valid interviews 60"), whole.count("Valid interviews 60")) == ("", 1, 1)
    assert "Valid interviews: 3 · 1 person refused" in help_
    assert "Help arrived as it was said 1 of 2 50 %" in help_.replace("&nbsp;", " ")
    assert shown("reviewer")[1] == ""


def test_many_plans_are_listed_a_hundred_at_a_time(agreed: Agreed, sign_in: SignIn) -> None:
    with store.transaction() as session:
        first = session.get_one(ActionPlan, agreed.plan)
        for place in range(120):
            supplier = Supplier(code=f"S{place}", name=f"Firm {place}", country="MY")
            session.add(supplier)
            session.flush()
            session.add(ActionPlan(supplier_id=supplier.id, round_id=first.round_id, buyer_id=first.buyer_id))
    client = sign_in("reviewer")
    pages = [client.get(f"/actions/?page={page}").text for page in (1, 2)]
    assert [page.count("plan-progress") for page in pages] == [100, 21]
    assert "Page 1 of 2" in pages[0]
    assert "page=2" in pages[0]
