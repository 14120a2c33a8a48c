"""In which language a page is answered."""

import pytest
from flask import render_template_string

from mapper import paths
from mapper.language.formats import counter_style
from mapper.language.profile import languages
from mapper.store import database as store
from mapper.store.tables import User
from tests.conftest import csrf


def language_of(page):
    return page.text.partition('<html lang="')[2].partition('"')[0]


@pytest.mark.parametrize(
    ("accepted", "answered"),
    [("ne", "ne"), ("ar-SA,ar;q=0.9", "ar"), ("xx", "en"), ("", "en"), ("en;q=0.5,ne;q=0.9", "ne"), (";;q=x", "en")],
)
def test_a_browser_is_answered_in_its_language(client, accepted, answered):
    assert language_of(client.get("/sign-in", headers={"Accept-Language": accepted})) == answered


def test_a_link_may_name_the_language_and_the_device_keeps_it(client):
    assert language_of(client.get("/sign-in?lang=ar")) == "ar"
    assert language_of(client.get("/sign-in")) == "ar"


@pytest.mark.parametrize("language", [code for code in languages() if counter_style(code) != "decimal"])
def test_steps_are_numbered_in_the_digits_of_the_language(language):
    written = f":lang({language}) .step::before {{ content: counter(step, {counter_style(language)}); }}"
    assert written in (paths.STATIC / "css" / "parts.css").read_text("utf-8")


@pytest.mark.parametrize("nonsense", ["xx", "../../etc", "<b>", ""])
def test_an_unknown_language_changes_nothing(client, nonsense):
    assert language_of(client.get("/sign-in", query_string={"lang": nonsense})) == "en"


def test_a_person_keeps_their_language_on_every_device(sign_in, people):
    client = sign_in("auditor")
    client.post("/language", data={"language": "ne", "csrf_token": csrf(client), "next": "/account"})
    assert language_of(sign_in("auditor").get("/account")) == "ne"
    with store.session() as session:
        assert session.get(User, people["auditor"].id).language == "ne"


@pytest.mark.parametrize("next_page", ["https://evil.example", "//evil.example", "/account"])
def test_changing_the_language_stays_on_this_site(client, next_page):
    answer = client.post("/language", data={"language": "ne", "csrf_token": csrf(client), "next": next_page})
    assert answer.headers["Location"] == ("/account" if next_page == "/account" else "/")


def test_right_to_left_languages_turn_the_page(client):
    assert '<html lang="ar" dir="rtl">' in client.get("/sign-in?lang=ar").text
    assert '<html lang="ne" dir="ltr">' in client.get("/sign-in?lang=ne").text


def test_a_draft_translation_says_so(client):
    from mapper.language.profile import profile

    drafts = [code for code in ("ar", "my", "ne") if profile(code).is_draft]
    assert all('class="notice notice-draft"' in client.get(f"/sign-in?lang={code}").text for code in drafts)
    assert 'class="notice notice-draft"' not in client.get("/sign-in?lang=en").text


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "1,450 migrant workers, Nepal → Malaysia"),
        ("ar", "١٬٤٥٠ عاملًا مهاجرًا, نيبال ← ماليزيا"),
    ],
)
def test_counts_and_corridors_are_written_the_way_the_page_is_read(app, language, shown):
    template = '{{ ngettext("%(num)s migrant worker", "%(num)s migrant workers", 1450) }}, {{ "NP → MY" | corridor }}'
    with app.test_request_context(f"/?lang={language}"):
        assert render_template_string(template) == shown
