"""Without the script the same document is a long form; when the script does not arrive it becomes one."""

import pytest

pytestmark = pytest.mark.browser

FORM = """
name: tiny
title: Form
respondent: management
languages: [en]
choices:
  many:
{many}
questions:
  - {type: text, name: word, label: "A word?"}
  - {type: select_one many, name: place, label: "Which place?"}
  - type: repeat
    name: agents
    label: Agent
    questions:
      - {type: select_one many, name: where, label: "Where?"}
      - {type: money, name: paid, label: "Paid?", currency: [NPR, USD]}
""".replace("{many}", "\n".join(f'    - {{name: p{n}, label: "Place {n}"}}' for n in range(30)))


def test_the_long_form_shows_every_question_and_posts_what_was_filled_in(browser, office, live_server, tablet):
    tablet.open(FORM)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server}/tiny/en")
    assert page.locator(".screen:visible").count() > 6
    page.fill("[name=word]", "hello")
    page.select_option("[name=place]", "p7")
    page.select_option("[name='agents[2]/where']", "p8")
    page.fill("[name='agents[2]/paid']", "100")
    page.select_option("[name='agents[2]/paid~currency']", "USD")
    page.get_by_text("Finish and send").click()
    context.close()
    posted = {name: values for name, values in office.received[-1].items() if values != [""]}
    assert posted == {
        "csrf_token": ["token"],
        "action": ["send"],
        "word": ["hello"],
        "place": ["p7"],
        "agents[2]/where": ["p8"],
        "agents[2]/paid": ["100"],
        "agents[2]/paid~currency": ["USD"],
    }


def test_when_the_script_does_not_arrive_the_long_form_comes_back_whole(tablet):
    page = tablet.page
    page.clock.install()
    page.route("**/interviews/script/*", lambda route: route.abort())
    tablet.serve(FORM)
    page.goto(f"{tablet.office.address}/tiny/en")
    assert page.locator(".screen:visible").count() == 0
    page.clock.run_for(21_000)
    assert page.locator(".screen:visible").count() > 6
    assert page.locator("[name='agents[3]/where'] option").count() == 31
