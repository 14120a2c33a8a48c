"""Readers outside the audit team read releases and nothing else: what arrives beside a release changes nothing."""

import io
import re
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from mapper.cli.score import score as score_command
from mapper.web import access
from tests.release.conftest import CANARY

ASKED = {"supplier": "MILL", "round": "R1", "ends": "NP-MY"}
OF_ONES_OWN = {"/account"}  # says when somebody signed in, and nothing of a mapping
CHANGES = re.compile(r'name="csrf_token" value="[^"]+"')  # what differs from one request to the next


def addresses(app, role) -> list[str]:
    """Every page and file that a role may get and that needs no more than a supplier, a round or a corridor."""
    adapter = app.url_map.bind("localhost")
    found = set()
    for rule in app.url_map.iter_rules():
        open_to = access.RULES.get(rule.endpoint, frozenset())
        is_ours = role in open_to and access.ANONYMOUS not in open_to
        if "GET" in rule.methods and rule.arguments <= ASKED.keys() and is_ours:
            found.add(adapter.build(rule.endpoint, {name: ASKED[name] for name in rule.arguments}))
    return sorted(found - OF_ONES_OWN)


def gets(client, role) -> Iterator[tuple[str, int, str]]:
    for address in addresses(client.application, role):
        answer = client.get(address)
        yield address, answer.status_code, said(answer)


def said(answer) -> str:
    if answer.data.startswith(b"PK"):
        book = load_workbook(io.BytesIO(answer.data))
        return str([[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()])
    if answer.data.startswith(b"%PDF"):
        import pypdfium2

        with pypdfium2.PdfDocument(answer.data) as document:
            return " ".join(page.get_textpage().get_text_range() for page in document)
    return CHANGES.sub("", answer.text)


READERS = ("reviewer", "supplier", "other_reviewer")


def everything(sign_in) -> dict[tuple[str, str], tuple[int, str]]:
    answer = CliRunner().invoke(score_command, ["--json", "--audience", "release"])
    return {("command", "score"): (200, answer.stdout)} | {
        (who, address): (status, text)
        for who in READERS
        for address, status, text in gets(sign_in(who), who.removeprefix("other_"))
    }


def test_nothing_that_a_reader_gets_changes_with_interviews_that_are_not_released(world, sign_in) -> None:
    """Nine of them, who all tell the worst: the release holds, and so do band, counts, plans and files."""
    world.fill(24)
    world.fill(16, gender="man", held="yes", moved="yes")
    world.release()
    before = everything(sign_in)
    assert sum(status == 200 for status, _ in before.values()) >= 20, sorted(before)
    assert any("About 15 of 40" in text for _, text in before.values()), "otherwise nothing would be compared"
    world.fill(9, gender="another", held="yes", moved="yes", in_own_words=CANARY)
    after = everything(sign_in)
    assert [where for where in before if before[where] != after[where]] == []
    assert not any(CANARY in text for _, text in after.values())


def test_before_a_release_only_that_there_is_none_is_read(world, sign_in) -> None:
    world.fill(24)
    before = everything(sign_in)
    world.fill(16, gender="man", held="yes", moved="yes", in_own_words=CANARY)
    after = everything(sign_in)
    assert [where for where in before if before[where] != after[where]] == []


def test_another_buyer_of_the_supplier_gets_nothing_of_a_release_that_is_not_its_own(world, sign_in) -> None:
    world.fill(24)
    world.fill(16, gender="man", held="yes", moved="yes")
    other = [one for one in everything(sign_in).items() if one[0][0] == "other_reviewer"]
    world.release()
    assert [one for one in everything(sign_in).items() if one[0][0] == "other_reviewer"] == other


@pytest.mark.parametrize("path", ["/suppliers/MILL/R1", "/suppliers/mapping-summary.xlsx?supplier=MILL"])
def test_no_header_tells_when_or_whether_something_changed(world, sign_in, path) -> None:
    world.fill(30)
    world.release()
    headers = sign_in("reviewer").get(path).headers
    assert not {"ETag", "Last-Modified"} & set(headers.keys())
    assert "no-store" in headers["Cache-Control"]
