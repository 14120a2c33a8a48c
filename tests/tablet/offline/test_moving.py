"""A whole tablet in a file: to the server, which alone can read it, or with the passphrase to another tablet."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import csrf
from tests.tablet.offline.conftest import PASSPHRASE, Tablet, stored
from tests.tablet.offline.test_canary import CANARY

pytestmark = pytest.mark.browser
WRONG = ("", "[]", '{"mapper_file": 1}', json.dumps({"mapper_tablet": 1, "drafts": 5}))


@pytest.fixture
def full(ready: Tablet) -> Tablet:
    """A tablet with one unfinished and one finished interview, without a network, at its files."""
    ready.offline()
    ready.begin("ne")
    ready.page.locator(".screen.shown .choice").nth(0).click()
    ready.kept()
    ready.go("/interviews/tablet")
    ready.page.locator("#begin:visible").wait_for()
    ready.begin("ar")
    ready.page.locator(".screen.shown .choice").nth(1).click()
    ready.next()
    ready.write(f"{CANARY}draft")
    ready.kept()
    ready.go("/interviews/tablet")
    ready.page.locator("#begin:visible").wait_for()
    ready.code = ready.finish_one(f"{CANARY}sealed", hand_over=False)
    ready.page.locator("[data-do=files]").click()
    return ready


def saved(tablet: Tablet, button: str, folder: Path) -> Path:
    with tablet.page.expect_download() as download:
        tablet.page.locator(f"[data-do={button}]").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    assert CANARY not in file.read_text()
    return file


def test_the_server_takes_in_a_whole_tablet_and_holds_what_was_not_finished(full, sign_in, tmp_path):
    file = saved(full, "export-all", tmp_path)
    auditor = sign_in("auditor")
    with file.open("rb") as content:
        form = {"csrf_token": csrf(auditor), "file": (content, file.name)}
        page = auditor.post("/interviews/file", data=form, content_type="multipart/form-data").text
    assert "3 interviews have arrived" in page
    assert sorted(row.status for row in stored()) == ["accepted", "quarantined", "quarantined"]
    held = {str(row.body["answers"]) for row in stored() if row.status == "quarantined"}
    assert held == {"{'paid': 'yes'}", str({"paid": "no", "word": f"{CANARY}draft"})}


@pytest.fixture
def other(playwright, address, full, tmp_path) -> Iterator[Tablet]:
    """Another tablet of the same auditor, prepared with another passphrase, at its files."""
    made = Tablet(playwright, address, tmp_path / "other")
    made.start()
    made.sign_in()
    page = made.go("/interviews/tablet")
    for name in ("passphrase", "again"):
        page.fill(f"#prepare [name={name}]", "another four words here")
    page.fill("#prepare [name=code]", "1357")
    page.locator("#prepare button").click()
    page.locator("#prepare-done:visible").click()
    page.locator("#view-list [data-do=files]").click()
    yield made
    made.stop()
    assert not [trouble for trouble in made.troubles if "net::ERR" not in trouble]


def read_in(tablet: Tablet, file: Path, passphrase: str = PASSPHRASE) -> None:
    tablet.page.locator("#move [name=file]").set_input_files(file)
    tablet.page.locator("#move [name=passphrase]").fill(passphrase)
    tablet.page.locator("#move button").click()


def test_another_tablet_goes_on_with_everything_and_both_may_send(full, other, tmp_path):
    file = saved(full, "export-tablet", tmp_path)
    page = other.page
    read_in(other, file, "kettle orange window rivet")
    page.get_by_text("This passphrase is not right.").wait_for()
    other.offline()
    read_in(other, file)
    page.get_by_text("Read in: 2 unfinished and 1 finished. 0 were here already.").wait_for()
    read_in(other, file)
    page.get_by_text("Read in: 0 unfinished and 0 finished. 3 were here already.").wait_for()
    page.locator("#view-files [data-do=list]").click()
    page.get_by_text("Not sent yet: 1").wait_for()
    page.locator("[data-do=slip]").click()
    assert page.locator(".slip-code").inner_text() == full.code, "the person can get it from this one too"
    page.locator("#drafts a").filter(has_text="ar").click()
    page.locator("html.ready").wait_for()
    assert page.locator(".screen.shown input[type=text]").input_value() == f"{CANARY}draft"
    for _ in range(3):
        other.next()
    page.locator("#slip:visible").wait_for()
    page.locator("#leave").click()
    other.offline(False)
    full.offline(False)
    full.page.locator("#view-files [data-do=list]").click()
    for tablet in (full, other):
        tablet.page.get_by_text("Everything is sent.").wait_for()
    assert sorted((row.status, row.answers["word"]) for row in stored()) == [
        ("accepted", f"{CANARY}draft"),
        ("accepted", f"{CANARY}sealed"),
    ]


def test_a_file_of_another_kind_is_refused_in_words(tmp_path, other):
    for place, wrong in enumerate(WRONG):
        file = tmp_path / f"strange{place}.moved"
        file.write_text(wrong)
        read_in(other, file)
        other.page.get_by_text("This is not a file that another tablet saved").wait_for()
