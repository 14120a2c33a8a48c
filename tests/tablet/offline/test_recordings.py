"""Recordings: prepared with everything else, played without a network, and by themselves for a worker alone."""

import math
import struct
import wave
from pathlib import Path

import pytest
from flask import Flask

from mapper import create_app, paths

pytestmark = pytest.mark.browser
PLAYED = "(place) => [...document.querySelectorAll('audio')][place].currentTime > 0"


def tone(file: Path, seconds: float) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        waves = (int(8000 * math.sin(at / 3)) for at in range(int(8000 * seconds)))
        sound.writeframes(b"".join(struct.pack("<h", each) for each in waves))


@pytest.fixture
def app(database: str, compiled_templates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application with recordings of two questions in Nepali, and everything else that lies in `static/`."""
    static = tmp_path / "static"
    static.mkdir()
    for each in paths.STATIC.iterdir():
        (static / each.name).symlink_to(each)
    monkeypatch.setattr(paths, "STATIC", static)
    tone(static / "audio" / "ne" / "paid.wav", 20)
    tone(static / "audio" / "ne" / "visit" / "word.wav", 20)
    made = create_app({"TESTING": True})
    made.jinja_env.bytecode_cache = compiled_templates
    return made


def test_the_page_says_what_is_spoken_and_it_plays_without_a_network(tablet):
    tablet.prepare()
    said = tablet.page.locator("#prepared").inner_text()
    assert "English\u2069 (no recordings)" in said
    assert "नेपाली\u2069 (recordings of 2 of 4 questions)" in said
    page = tablet.page
    page.locator("#prepare-done").click()
    tablet.offline()
    tablet.begin("ne")
    button = page.locator(".screen.shown [data-do=listen]")
    assert button.bounding_box()["height"] >= 48
    button.click()
    page.wait_for_function(PLAYED, arg=0)
    assert button.evaluate("each => each.classList.contains('playing')")
    button.click()
    assert page.evaluate("document.querySelector('audio').paused"), "a second tap stops it"
    button.click()
    page.locator("[data-do=hide]:visible").click()
    assert page.evaluate("document.querySelector('audio').paused"), "nothing is heard of a hidden interview"


def test_a_worker_alone_hears_each_question_as_it_comes(tablet):
    tablet.prepare()
    page = tablet.page
    page.locator("#prepare-done").click()
    tablet.offline()
    tablet.begin("ne")
    page.locator("[data-do=overview]").click()
    page.locator("[data-do=alone]").click()
    page.locator("[data-do=hand-over]").click()
    page.wait_for_function(PLAYED, arg=0)
    page.locator(".screen.shown .choice").nth(1).click()
    tablet.next()
    page.wait_for_function(PLAYED, arg=1)
    assert page.evaluate("document.querySelector('audio').paused"), "one sound at a time"
