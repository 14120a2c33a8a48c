"""Sending: only our own receipt, with the number and the hash of what was sent, takes anything off the tablet."""

import json

import pytest

from tests.tablet.offline.conftest import send, stored

pytestmark = pytest.mark.browser
API = "**/api/responses"
OUTBOX = """() => new Promise((done) => {
  const asked = indexedDB.open("mapper-tablet");
  asked.onsuccess = () => {
    const all = asked.result.transaction("outbox").objectStore("outbox").getAll();
    all.onsuccess = () => done(all.result);
  };
})"""


def test_nothing_but_a_right_receipt_empties_the_outbox(waiting):
    page, context = waiting.page, waiting.context
    send(waiting, "There is no connection")
    answers = {
        "a captive portal": {"status": 200, "content_type": "text/html", "body": "<p>Welcome to the hotel</p>"},
        "a captive portal that speaks JSON": {"status": 200, "json": {"ok": True}},
        "an error": {"status": 500, "json": {"error": "No."}},
        "a receipt for something else": None,
        "a cut": "cut",
        "a receipt that never arrives": "lost",
    }

    def answer(route, said):
        if said == "cut":
            return route.abort("connectionreset")
        if said == "lost":
            route.fetch()  # the server has it; the tablet does not know
            return route.abort("connectionreset")
        if said is None:
            [item] = json.loads(route.request.post_data)
            return route.fulfill(json={"receipts": [{"id": item["id"], "sha256": "0" * 64, "status": "accepted"}]})
        return route.fulfill(**said)

    context.route(API, lambda route: route.abort())
    waiting.offline(False)
    page.locator("#sending-state").get_by_text("There is no connection").wait_for()
    context.unroute(API)
    for name, said in answers.items():
        context.route(API, lambda route, _request, said=said: answer(route, said))
        send(waiting, "There is no connection" if said in ("cut", "lost") else "did not take everything")
        assert page.get_by_text("Not sent yet: 1").is_visible(), name
        context.unroute(API)
    context.clear_cookies()
    send(waiting, "You are signed out")
    page.locator("#sign-in").click()
    page.fill("[name=name]", "auditor")
    page.fill("[name=password]", "correct horse battery")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Everything is sent.").wait_for()
    assert len(stored()) == 1


def test_interviews_from_a_clock_that_is_wrong_by_years_arrive_too(ready):
    """Years ahead, set back in the middle of an interview, years behind: each arrives, and the auditor is told."""
    page = ready.page
    assert page.locator("#clock").is_hidden()
    page.clock.set_system_time("2041-01-01")
    page.reload()
    page.locator("#clock:visible").wait_for()
    ready.offline()
    ready.begin()
    ready.tap("No")
    page.clock.set_system_time("2016-01-01")
    ready.next()
    ready.write("set back")
    for _ in range(3):
        ready.next()
    page.locator("[data-do=slip-done]:visible").click()
    page.locator("#begin:visible").wait_for()
    page.clock.set_system_time("1999-01-01")
    ready.finish_one()
    ready.offline(False)
    page.get_by_text("Everything is sent.").wait_for()
    found = sorted((row.status, row.answers["word"], row.body["finished"][:4]) for row in stored())
    assert found == [("accepted", "brown paper", "1999"), ("accepted", "set back", "2016")]


def test_two_tabs_and_a_file_send_each_interview_once(waiting):
    page = waiting.page
    page.locator("[data-do=files]").click()
    with page.expect_download() as saved:
        page.locator("[data-do=export]").click()
    head, line = [json.loads(text) for text in saved.value.path().read_text().splitlines()]
    assert head["count"] == 1
    assert line["body"]["sealed"] == 1
    waiting.offline(False)
    other = waiting.context.new_page()
    other.goto(f"{waiting.address}/interviews/tablet")
    page.locator("#view-files [data-do=list]").click()
    page.evaluate("document.getElementById('send').click()")
    other.evaluate("document.getElementById('send').click()")
    for each in (page, other):
        each.get_by_text("Everything is sent.").wait_for()
    assert len(stored()) == 1


def test_receipts_from_a_file_empty_the_outbox_and_strange_ones_do_not(waiting):
    page = waiting.page
    sealed = page.evaluate(OUTBOX)
    right = {"id": sealed[0]["id"], "sha256": sealed[0]["sha256"], "status": "accepted"}
    page.locator("[data-do=files]").click()
    for receipts, said in (([right | {"sha256": "f" * 64}], "holds no receipt"), ([right], "Receipts read: 1")):
        content = json.dumps({"receipts": receipts}).encode()
        page.locator("#receipts").set_input_files({"name": "r.json", "mimeType": "application/json", "buffer": content})
        page.get_by_text(said).wait_for()
    page.locator("#view-files [data-do=list]").click()
    page.get_by_text("Everything is sent.").wait_for()
