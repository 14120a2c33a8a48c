"""Headers: what every answer carries."""

import re

import pytest

from mapper import paths


@pytest.fixture(
    params=["/sign-in", "/account", "/admin/", "/nowhere", "/healthz", "/static/css/ground.css", "/api/nowhere"]
)
def answer(request, sign_in):
    return sign_in("administrator").get(request.param, buffered=True)


def test_no_answer_lets_foreign_or_inline_code_run(answer):
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_no_answer_is_guessed_framed_or_followed(answer):
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/account", "/admin/", "/suppliers/", "/sign-in", "/nowhere"])
def test_pages_are_not_kept_by_browsers_or_proxies(sign_in, path):
    assert sign_in("administrator").get(path).headers["Cache-Control"] == "no-store"


def test_styles_may_be_kept(client):
    assert "no-store" not in client.get("/static/css/ground.css", buffered=True).headers["Cache-Control"]


def test_hsts_is_sent_only_over_https(client):
    assert "Strict-Transport-Security" not in client.get("/sign-in").headers
    assert "Strict-Transport-Security" in client.get("/sign-in", base_url="https://localhost").headers


FILES_OF_THEIR_OWN = {"codebook.html"}  # written beside exported data and never served as a page
ON_PAPER = paths.TEMPLATES / "print"  # become PDF files on the server; no browser reads them under the policy
PAGES = sorted(
    file
    for file in paths.TEMPLATES.rglob("*.html")
    if file.name not in FILES_OF_THEIR_OWN and ON_PAPER not in file.parents
)


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_no_template_has_inline_style_or_script(file):
    """The policy would refuse them silently."""
    text = file.read_text("utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style", text)
    assert all("src=" in tag or 'type="application/json"' in tag for tag in re.findall(r"<script[^>]*>", text))
