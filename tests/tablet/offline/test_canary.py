"""What is typed cannot be found on the disk of the tablet, and the server reads what was sealed."""

from pathlib import Path

import pytest
from sqlmodel import select

from mapper.store import database as store
from mapper.store.tables import Response

pytestmark = pytest.mark.browser
CANARY = "zq7canary"


def found_in(profile: Path, word: str) -> list[str]:
    """Files of the profile that hold the word, as UTF-8 or as UTF-16."""
    forms = [word.encode(), word.encode("utf-16-le")]
    files = [file for file in profile.rglob("*") if file.is_file()]
    return [str(file) for file in files if any(form in file.read_bytes() for form in forms)]


def test_no_answer_passphrase_or_code_lies_readable_in_the_profile_and_the_server_reads_all(ready):
    page = ready.page
    ready.offline()
    ready.begin()
    ready.tap("No")
    page.locator("[data-do=overview]").click()
    page.locator("[data-do=note]").click()
    page.locator("#note-text").fill(CANARY + "note")
    page.locator("[data-do=note-keep]").click()
    ready.next()
    ready.write(CANARY + "draft")
    ready.kept()
    ready.go("/interviews/tablet")
    page.locator("#drafts li").wait_for()
    code = ready.finish_one(CANARY + "sealed", hand_over=False)
    ready.kill()
    for word in (CANARY + "note", CANARY, "kettle orange", code, code.replace("-", "")):
        assert found_in(ready.profile, word) == []
    assert found_in(ready.profile, "Main plant"), "the search finds what lies there in clear"
    ready.start()
    ready.sign_in()
    ready.go("/interviews/tablet")
    ready.unlock()
    ready.page.get_by_text("Everything is sent.").wait_for()
    with store.session() as reading:
        row = reading.exec(select(Response)).one()
    assert row.status == "accepted", row.problems
    assert row.answers == {"paid": "no", "word": CANARY + "sealed"}
    assert len(row.body["withdrawal"]) == 64
    assert found_in(ready.profile, CANARY) == []
