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
    hand_over(page)
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
    hand_over(page)
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


def hand_over(page) -> None:
    page.locator("header [data-do=overview]").click()
    page.locator("[data-do=alone]").click()
    page.locator("[data-do=hand-over]").click()


def take_back(page) -> None:
    page.locator("[data-do=take-back]").click()
    page.locator("#code input").fill("2468")
    page.locator("#code form button").click()


def to_the_list(ready, *names: str) -> None:
    """Past the two questions, and these agencies in the list that follows."""
    ready.begin()
    ready.tap("No")
    ready.next()
    ready.next()
    for name in names:
        ready.page.locator("[data-do=add]").click()
        ready.write(name)
        ready.next()


def agencies(page) -> list[str]:
    return page.locator(".screen.shown .row-line b").all_inner_texts()


def speak(page, language: str) -> None:
    page.locator("[data-do=languages]").click()
    page.locator(f"[data-language={language}]").click()
    page.locator(f"html[lang={language}]").wait_for()


def test_an_interview_left_at_the_hand_back_goes_on_where_taking_back_would(ready):
    page = ready.page
    ready.begin()
    ready.tap("No")
    ready.next()
    ready.write("paper")
    hand_over(page)
    for _ in range(2):  # an impatient person
        page.locator("[data-do=hand-back]").click()
    ready.kept()
    page.reload()
    ready.unlock()
    page.locator("html.ready").wait_for()
    assert ready.heading == "What else?"
    hand_over(page)
    page.locator("[data-do=hand-back]").click()
    page.locator("header [data-do=stop]").click()
    page.locator("#stop [data-do=stop-now]").click()
    take_back(page)
    page.locator("[data-screen='~review'].shown").wait_for()


def test_a_tablet_is_taken_back_in_another_language_where_it_was_given(ready):
    page = ready.page
    ready.begin()
    ready.tap("Yes")
    hand_over(page)
    page.locator("[data-do=hand-back]").click()
    speak(page, "ar")
    take_back(page)
    page.locator("#safety[open] form button").click()
    assert ready.heading == "Are fees paid?"
    assert page.locator(".screen.shown input:checked").get_attribute("value") == "yes"


def test_rows_moved_and_removed_are_kept_at_once(ready):
    page = ready.page
    to_the_list(ready, "One", "Two", "Three")
    page.get_by_label("Move up: Two").click()
    page.get_by_label("Remove: Three").click()
    ready.kept()
    page.reload()
    page.locator("html.ready").wait_for()
    assert agencies(page) == ["Two", "One"]
    page.get_by_label("Remove: One").click()
    page.locator("[data-do=row-undo]").click()
    ready.kept()
    page.reload()
    page.locator("html.ready").wait_for()
    assert agencies(page) == ["Two", "One"]


def test_another_language_keeps_the_undo_of_a_row_and_the_count_of_what_waits(waiting):
    page = waiting.page
    to_the_list(waiting, "One")
    page.locator("#unsent:visible").wait_for()
    page.get_by_label("Remove: One").click()
    speak(page, "ne")
    page.locator("#unsent:visible:not(:empty)").wait_for()
    page.locator("[data-do=row-undo]").click()
    assert agencies(page) == ["One"]


def test_a_tab_that_hands_the_tablet_over_stays_open_while_the_others_lock(ready):
    page = ready.page
    ready.begin()
    other = ready.context.new_page()
    other.goto(f"{ready.address}/interviews/tablet")
    other.locator("#begin:visible").wait_for()
    hand_over(page)
    other.locator("#unlock:visible").wait_for()
    page.wait_for_timeout(300)
    assert ready.heading == "Are fees paid?"


def test_a_note_being_written_is_kept_and_back_leaves_it_as_it_was(ready):
    page = ready.page

    def open_note() -> None:
        page.locator("header [data-do=overview]").click()
        page.locator("[data-do=note]").click()

    ready.begin()
    ready.tap("No")
    open_note()
    page.locator("#note-text").fill("half a sent")
    ready.kept()
    page.reload()
    page.locator("html.ready").wait_for()
    open_note()
    assert page.locator("#note-text").input_value() == "half a sent"
    page.locator("#note-text").fill("something else")
    page.locator("#note form button").click()
    open_note()
    assert page.locator("#note-text").input_value() == "half a sent"
