"""Updates: never half an app, never a form taken away from under an interview."""

import pytest
from sqlmodel import select

from mapper.store import database as store
from mapper.store.tables import Response
from tests.tablet.offline.conftest import SURVEY

pytestmark = pytest.mark.browser


def go_back(ready) -> None:
    ready.go("/interviews/tablet")
    ready.page.locator("#view-list:visible").wait_for()


def test_an_open_interview_outlives_a_newer_questionnaire_and_a_newer_worker(ready, surveys, app):
    page = ready.page
    ready.begin()
    ready.tap("No")
    ready.kept()
    mine = page.url
    go_back(ready)
    (surveys / "visit.yaml").write_text(SURVEY.replace("What else?", "Anything else?"))
    newer_worker(app)
    page.reload()
    page.get_by_text("There is a newer version").wait_for()
    page.locator("[data-do=update]").click()
    page.locator("#prepared:visible").wait_for(timeout=60_000)
    workers = page.evaluate("navigator.serviceWorker.getRegistration().then((each) => each.update()).then(() => true)")
    assert workers
    page.locator("#prepare-done").click()
    ready.offline()
    ready.begin()
    ready.tap("No")
    ready.next()
    assert ready.heading == "Anything else?"
    go_back(ready)
    page.locator(f"#drafts a[href*='{mine.split('?')[0].rsplit('/', 1)[1]}']").click()
    page.locator("html.ready").wait_for()
    assert page.url.split("?")[0] == mine.split("?")[0], "the draft keeps the version that it was begun in"
    ready.next()
    assert ready.heading == "What else?"
    for _ in range(3):
        ready.next()
    page.get_by_text("Finished and sealed").wait_for()
    ready.offline(False)
    page.locator("#leave").click()
    page.get_by_text("Everything is sent.").wait_for()
    with store.session() as reading:
        assert len(list(reading.exec(select(Response)))) == 1


def newer_worker(app) -> None:
    before = app.view_functions["offline.worker"]

    def newer(**_parts):
        answer = before()
        answer.direct_passthrough = False
        answer.set_data(answer.get_data() + b"\n// newer\n")
        return answer

    app.view_functions["offline.worker"] = newer


def test_an_update_that_breaks_off_or_meets_a_captive_portal_changes_nothing(ready, surveys, app):
    page = ready.page
    (surveys / "visit.yaml").write_text(SURVEY.replace("What else?", "Anything else?"))
    documents = app.view_functions["tablet.document"]
    served = []

    def stingy(**parts):
        served.append(parts["language"])
        return documents(**parts) if len(served) == 1 else "<p>Welcome to the hotel</p>"

    app.view_functions["tablet.document"] = stingy
    page.reload()
    page.locator("[data-do=update]:visible").click()
    page.get_by_text("gave a strange answer").wait_for()
    page.locator("#prepare-done").click()
    ready.offline()
    ready.begin("ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.locator(".screen.shown .choice").nth(1).click()
    ready.next()
    assert ready.heading == "What else?", "the old questionnaire is whole"
