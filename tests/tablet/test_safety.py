"""What protects the person: refusal, stopping, the safety steps, hiding, and nothing left behind."""

import pytest

pytestmark = pytest.mark.browser

CONSENT = """
name: tiny
title: Safety
respondent: worker
languages: [en, ne]
consent: ${consent} = 'yes'
modules: [consent, harm, notes]
"""
MODULES = {
    "consent": """
name: consent
label: Before we start
record: conditions
choices:
  consent:
    - {name: yes, label: "Yes, I agree"}
    - {name: refused, label: "No"}
questions:
  - {type: select_one consent, name: consent, label: "Do you agree to talk?", required: yes}
""",
    "harm": """
name: harm
label: Harm
choices:
  harm:
    - {name: none, label: "Nothing"}
    - {name: locked, label: "I am locked in"}
questions:
  - {type: select_one harm, name: harm, label: "Has anything happened?", urgent: ". = 'locked'"}
  - {type: text, name: more, label: "Do you want to say more?", required: yes}
  - type: repeat
    name: people
    label: Person
    questions:
      - {type: text, name: who, label: "Who?"}
""",
    "notes": """
name: notes
label: Your notes
record: conditions
choices:
  place:
    - {name: room, label: "A room"}
    - {name: street, label: "The street"}
questions:
  - {type: select_one place, name: place, label: "Where did you talk?"}
""",
}


@pytest.fixture
def worker(tablet):
    """The interview of this page, opened on the tablet."""
    for name, module in MODULES.items():
        folder = tablet.folder / "modules" / name
        folder.mkdir(parents=True)
        head, _, choices = module.partition("choices:")
        choices, _, questions = choices.partition("questions:")
        (folder / "module.yaml").write_text(f"{head}questions:{questions}")
        (folder / "choices.yaml").write_text(f"choices:{choices}")
    tablet.open(CONSENT)
    return tablet


def test_saying_no_is_thanked_for_recorded_and_sent(worker):
    worker.tap("No")
    worker.next()
    assert "It is all right to say no" in worker.heading
    worker.next()
    assert worker.heading == "Where did you talk?"
    worker.tap("A room")
    worker.next()
    body = worker.send()
    assert body["conditions"] == {"consent": "refused", "place": "room"}
    assert body["answers"] == {}


def test_an_urgent_answer_opens_the_safety_steps_once_with_contacts_to_call(worker):
    worker.tap("Yes, I agree")
    worker.next()
    worker.tap("I am locked in")
    assert "may mean that someone is in danger" in worker.problem
    worker.next()
    panel = worker.page.locator("#safety[open]")
    assert "Migrant help line" in panel.inner_text()
    assert panel.locator("a.button").get_attribute("href") == "tel:+60312345678"
    panel.get_by_text("Go on when the person wants to").click()
    worker.next()
    assert worker.heading == "Do you want to say more?"


def in_danger(worker) -> None:
    worker.tap("Yes, I agree")
    worker.next()
    worker.tap("I am locked in")


@pytest.mark.parametrize("way", ["back", "review", "open-section", "stop-now", "hide"])
def test_an_urgent_answer_opens_the_safety_steps_by_whatever_way_its_screen_is_left(worker, way):
    page = worker.page
    in_danger(worker)
    if way == "back":
        worker.back()
    elif way == "hide":
        page.locator("[data-do=hide]:visible").click()
        assert page.locator("#safety[open]").count() == 0
        page.locator("#month-name").click(delay=2200)
    else:
        page.locator(f"header [data-do={'stop' if way == 'stop-now' else 'overview'}]").click()
        page.locator(f"dialog[open] [data-do={way}]").first.click()
    page.locator("#safety[open] #safety-why:visible").wait_for()
    page.locator("#safety [data-do=stop-now]").click()
    page.get_by_text("Where did you talk?").locator("visible=true").wait_for()
    assert page.locator("#safety").is_hidden(), "once for each answer"


def test_safety_steps_that_hiding_closed_come_again(worker):
    page = worker.page
    in_danger(worker)
    worker.next()
    page.locator("#safety[open] [data-do=hide]").click()
    page.locator("#month-name").click(delay=2200)
    page.locator("#safety[open]").wait_for()


def test_the_safety_steps_are_one_tap_away_at_any_time(worker):
    worker.page.locator("[data-do=safety]").click()
    assert worker.page.locator("#safety-why").is_hidden()
    worker.page.locator("#contacts li").wait_for()  # even where the panel was quicker than the list
    assert not worker.page.locator("#no-contacts").is_visible()
    assert "नेपाली" in worker.page.locator("#contacts").inner_text()


def test_stopping_notes_the_rest_as_not_reached_and_leaves_the_auditors_notes(worker):
    worker.tap("Yes, I agree")
    worker.next()
    worker.tap("Nothing")
    worker.page.locator("[data-do=stop]").click()
    worker.page.locator("#stop [data-do=stop-now]").click()
    assert worker.heading == "Where did you talk?"
    worker.tap("The street")
    worker.next()
    body = worker.send()
    assert body["answers"] == {"harm": "none"}
    assert body["missing"] == {"more": "not_reached", "people": "not_reached"}


def test_hiding_takes_one_tap_shows_a_calendar_and_comes_back_by_holding_the_month(worker):
    page = worker.page
    page.locator("[data-do=hide]:visible").click()
    assert page.title() == "Calendar"
    assert page.get_by_text("Do you agree to talk?").is_hidden()
    month = page.locator("#month-name").inner_text()
    page.locator("#month-after").click()
    assert page.locator("#month-name").inner_text() != month
    page.locator("#month-name").click()
    page.wait_for_timeout(300)
    assert page.get_by_text("Do you agree to talk?").is_hidden()
    page.locator("#month-name").click(delay=2200)
    assert page.get_by_text("Do you agree to talk?").is_visible()


def test_hiding_closes_what_was_open_and_no_key_uncovers_it(worker):
    page = worker.page
    page.locator("[data-do=safety]").click()
    page.keyboard.press("Escape")
    page.locator("[data-do=hide]:visible").click()
    for key in ("Enter", "Escape", "ArrowRight", "1"):
        page.keyboard.press(key)
    assert page.get_by_text("Do you agree to talk?").is_hidden()


def test_nothing_of_the_answers_is_kept_in_the_browser(worker):
    worker.tap("Yes, I agree")
    worker.next()
    worker.tap("I am locked in")
    kept = worker.page.evaluate(
        "async () => [localStorage, sessionStorage, await indexedDB.databases(), document.cookie].map((e) => e.length)"
    )
    assert kept == [0, 0, 0, 0]


def test_leaving_the_page_with_answers_is_warned_about(worker):
    worker.tap("Yes, I agree")
    warned = []
    worker.page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    worker.page.goto("about:blank")
    assert warned == ["beforeunload"]
