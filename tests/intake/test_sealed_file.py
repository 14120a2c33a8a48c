"""Sealed interviews by USB stick: the page and the command take in the same file, and receipts go back."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from mapper.cli import responses as command
from mapper.intake import sealed_file
from mapper.store.tables import Response
from tests.conftest import csrf
from tests.intake.sealing import seal

Letter = Callable[..., dict[str, Any]]
Stored = Callable[..., list[Response]]
pytestmark = pytest.mark.usefixtures("study")


@pytest.fixture
def content(letter: Letter) -> Callable[..., bytes]:
    def made(count: int = 3, stated: int | None = None, draft: bool = False) -> bytes:
        lines: list[Any] = [{"mapper_file": 1, "made": "2026-11-27", "count": count if stated is None else stated}]
        for _ in range(count):
            same = uuid4()
            lines.append({"id": str(same), "body": seal(letter(), same)} | ({"draft": True} if draft else {}))
        return b"".join(json.dumps(line).encode() + b"\n" for line in lines)

    return made


def test_every_interview_lands_once_and_the_receipts_name_the_envelopes(
    content: Callable[..., bytes], stored: Stored
) -> None:
    file = content()
    first, again = (sealed_file.take_in(io.BytesIO(file)) for _ in range(2))
    assert (first.stored, first.same, again.stored, again.same) == (3, 0, 0, 3)
    assert first.as_json() == again.as_json()
    sent = [json.loads(line) for line in file.splitlines()[1:]]
    assert [receipt["id"] for receipt in first.as_json()["receipts"]] == [each["id"] for each in sent]
    assert len(stored()) == 3


def test_drafts_of_a_whole_tablet_are_kept_as_unfinished(content: Callable[..., bytes], stored: Stored) -> None:
    taken = sealed_file.take_in(io.BytesIO(content(2, draft=True)))
    assert (taken.held, [row.status for row in stored()]) == (2, ["quarantined"] * 2)


def test_a_file_that_was_cut_short_gives_what_it_holds_and_says_so(content: Callable[..., bytes]) -> None:
    file = content(3)
    taken = sealed_file.take_in(io.BytesIO(file[:-100]))
    assert (taken.stored, len(taken.wrong), taken.wrong[0].line) == (2, 1, 4)
    assert sealed_file.take_in(io.BytesIO(content(2, stated=5))).is_cut_short


@pytest.mark.parametrize(
    "line", [b"[]", b'{"id": 5, "body": {"sealed": 1}}', b'{"id": "x", "body": {"sealed": 1}}', b'{"body": {}}', b"{"]
)
def test_a_line_that_is_none_is_named_and_the_others_land(content: Callable[..., bytes], line: bytes) -> None:
    head, _, rest = content(2, stated=3).partition(b"\n")
    taken = sealed_file.take_in(io.BytesIO(b"\n".join((head, line, rest))))
    assert (taken.stored, [each.line for each in taken.wrong]) == (2, [2])


def test_a_line_of_many_megabytes_does_not_stop_the_rest(content: Callable[..., bytes]) -> None:
    head, _, rest = content(1, stated=2).partition(b"\n")
    taken = sealed_file.take_in(io.BytesIO(b"\n".join((head, b"a" * (7 * 1024 * 1024), rest))))
    assert (taken.stored, [each.line for each in taken.wrong]) == (1, [2])


@pytest.mark.parametrize("wrong", [b"", b"id,name\n", b"[1]\n", b'{"mapper_file": 2}\n', b"\xff\xfe"])
def test_another_kind_of_file_is_refused_whole(wrong: bytes, stored: Stored) -> None:
    with pytest.raises(sealed_file.NotSealedFile):
        sealed_file.take_in(io.BytesIO(wrong))
    assert stored() == []


def test_the_command_writes_the_receipts(content: Callable[..., bytes], tmp_path: Path, stored: Stored) -> None:
    file, receipts = tmp_path / "tablet.jsonl", tmp_path / "receipts.json"
    file.write_bytes(content())
    words = ["add", "--sealed", str(file), "--receipts", str(receipts)]
    result = CliRunner().invoke(command.responses, words)
    assert (result.exit_code, result.output) == (
        0,
        "3 interviews: 3 stored, 0 already there, 0 kept for the audit team.\n",
    )
    assert [each["id"] for each in json.loads(receipts.read_text())["receipts"]] == [str(row.id) for row in stored()]
    file.write_bytes(b"{}")
    assert CliRunner().invoke(command.responses, ["add", "--sealed", str(file)]).exit_code == 1


def test_the_page_takes_a_file_and_gives_the_receipts(
    sign_in: Callable[..., FlaskClient], content: Callable[..., bytes], stored: Stored
) -> None:
    auditor = sign_in("auditor")
    token = csrf(auditor, "/interviews/file")
    data = {"csrf_token": token, "file": (io.BytesIO(content()), "tablet.jsonl")}
    page = auditor.post("/interviews/file", data=data)
    assert page.status_code == 200
    assert "3 interviews have arrived" in page.text
    told = {"receipts": [{"id": str(UUID(int=1)), "sha256": "0" * 64, "status": "accepted"}]}
    saved = auditor.post("/interviews/file/receipts", data={"csrf_token": token, "receipts": json.dumps(told)})
    assert saved.json == told
    assert "attachment" in saved.headers["Content-Disposition"]
    wrong = {"csrf_token": token, "file": (io.BytesIO(b"no"), "photo.jpg")}
    assert auditor.post("/interviews/file", data=wrong).status_code == 422
    assert auditor.post("/interviews/file", data={"csrf_token": token}).status_code == 422
    assert len(stored()) == 3
