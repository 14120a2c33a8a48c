"""Who holds the tablet is not who may read it: passphrases, idleness, other auditors, other tabs, a worker alone."""

import pytest

pytestmark = pytest.mark.browser


def test_a_wrong_passphrase_is_refused_and_soon_costs_time(ready):
    ready.page.locator("[data-do=lock]").click()
    page = ready.page
    problem = page.locator("#unlock .problem")
    for _ in range(3):  # from the fourth try on it takes patience
        page.locator("#unlock [name=passphrase]").fill("kettle orange window rivet")
        page.locator("#unlock button").click()
        page.get_by_text("This passphrase is not right.").wait_for()
    page.reload()
    page.locator("#unlock [name=passphrase]").fill("kettle orange window river")
    page.locator("#unlock button").click()
    page.locator("#unlock .problem:not(:empty)").wait_for()
    assert "Wait" in problem.inner_text(), "not even the right one, and not after loading the page anew"
    page.wait_for_timeout(5200)
    ready.unlock()
    page.locator("#view-list:visible").wait_for()


def test_an_idle_tablet_locks_and_the_interview_goes_on_after_the_passphrase(ready):
    page = ready.page
    page.clock.install()
    ready.begin()
    ready.tap("No")
    ready.next()
    ready.write("paper")
    address = page.url
    page.clock.fast_forward(6 * 60_000)
    page.locator("#unlock:visible").wait_for()
    assert "Interview" not in page.title()
    assert page.locator("#view-list").is_hidden()
    ready.unlock()
    page.locator("html.ready").wait_for()
    assert page.url == address
    assert page.locator(".screen.shown input[type=text]").input_value() == "paper"


def test_an_interview_is_open_in_one_tab_only_and_several_interviews_side_by_side(ready):
    page = ready.page
    ready.begin()
    ready.tap("No")
    ready.kept()
    second = ready.context.new_page()
    second.goto(page.url)
    second.get_by_text("This interview is open in another tab.").wait_for()
    second.locator("#begin button").click()
    second.locator("html.ready").wait_for()
    second.locator(".screen.shown").get_by_text("Yes", exact=True).click()
    second.wait_for_timeout(250)
    third = ready.context.new_page()
    third.goto(f"{ready.address}/interviews/tablet")
    third.locator("#drafts li").nth(1).wait_for()
    assert third.locator("#drafts li").count() == 2
    assert second.url.split("?")[0] != page.url.split("?")[0]


def test_another_auditor_on_the_same_tablet_has_a_key_of_their_own(ready):
    page = ready.page
    ready.begin()
    ready.tap("No")
    ready.kept()
    mine = page.url
    page.goto(f"{ready.address}/interviews/tablet")
    page.locator("#drafts li").wait_for()
    page.locator("[data-do=lock]").click()
    page.locator("#unlock:visible").wait_for()
    ready.context.clear_cookies()
    ready.sign_in("researcher")
    page.goto(f"{ready.address}/interviews/tablet?prepare")
    for name in ("passphrase", "again"):
        page.locator(f"#prepare [name={name}]").fill("another four words here")
    page.locator("#prepare [name=code]").fill("1357")
    page.locator("#prepare button").click()
    page.locator("#prepare-done:visible").click()
    page.get_by_text("Nothing unfinished.").wait_for()
    page.goto(mine)
    page.get_by_text("The interview cannot be opened here.").wait_for()


def test_a_worker_alone_cannot_reach_other_interviews_and_the_code_takes_the_tablet_back(ready):
    page = ready.page
    ready.begin()
    page.locator("[data-do=overview]").click()
    page.locator("[data-do=alone]").click()
    page.locator("[data-do=hand-over]").click()
    assert page.locator("[data-do=overview]").is_hidden()
    ready.tap("Yes")
    for _ in range(4):
        ready.next()
    assert page.locator("#safety").is_hidden(), "the steps for the auditor are not for the worker to read"
    assert "give the tablet back" in ready.heading
    page.locator("[data-do=take-back]").click()
    page.locator("#code input").fill("1111")
    page.locator("#code form button").click()
    page.get_by_text("This code is not right.").wait_for()
    page.locator("#code input").fill("2468")
    page.locator("#code form button").click()
    page.locator("#safety[open] [value=later]").check()
    page.locator("#safety form button").click()
    page.locator("[data-do=back]").click()
    page.locator("[data-do=overview]").click()
    page.locator("[data-do=alone]").click()
    page.locator("[data-do=hand-over]").click()
    page.goto(f"{ready.address}/interviews/tablet")
    page.locator("#unlock:visible").wait_for()


def test_a_hidden_interview_comes_back_with_the_code_and_not_without(ready):
    page = ready.page
    ready.begin()
    page.locator("[data-do=hide]:visible").click()
    page.locator("#month-name").click(delay=2200)
    assert page.get_by_text("Are fees paid?").is_hidden()
    page.locator("#month-field").fill("1111")
    page.keyboard.press("Enter")
    page.wait_for_timeout(800)
    assert page.get_by_text("Are fees paid?").is_hidden()
    page.locator("#month-field").fill("2468")
    page.keyboard.press("Enter")
    page.get_by_text("Are fees paid?").locator("visible=true").wait_for()


def test_an_urgent_answer_opens_the_safety_steps_when_the_interview_is_resumed(ready):
    page = ready.page
    ready.begin()
    ready.tap("Yes")
    ready.kept()
    page.reload()
    page.locator("#safety[open] form button").click()
    ready.kept()
    page.reload()
    page.locator("html.ready").wait_for()
    assert page.locator("#safety").is_hidden(), "seen once is seen"
