"""`mapper responses add`: responses from a file, a line each."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from mapper.cli import responses as command
from mapper.store import database as store
from mapper.store.tables import Response

Letter = Callable[..., dict[str, Any]]
Stored = Callable[..., list[Response]]
pytestmark = pytest.mark.usefixtures("study")


@pytest.fixture
def add(tmp_path: Path) -> Callable[..., Result]:
    """`add([line, …])` runs the command on a file of these lines; a line may be an object or bytes."""

    def run(lines: list[Any], *options: str) -> Result:
        file = tmp_path / "lines.jsonl"
        file.write_bytes(
            b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines)
        )
        return CliRunner().invoke(command.responses, ["add", str(file), *options])

    return run


def line(body: dict[str, Any]) -> dict[str, Any]:
    return {"id": str(uuid4())} | body


def test_good_lines_land_and_repeating_is_harmless(add: Callable[..., Result], letter: Letter, stored: Stored) -> None:
    lines = [line(letter()) for _ in range(5)]
    first, again = add(lines), add(lines)
    assert (first.exit_code, first.stdout) == (0, "5 lines: 5 stored, 0 already there, 0 refused.\n")
    assert (again.exit_code, again.stdout) == (0, "5 lines: 0 stored, 5 already there, 0 refused.\n")
    assert len(stored()) == 5


BAD_LINES: dict[str, tuple[Any, str]] = {
    "no JSON": (b'{"id": }', "column 8"),
    "no UTF-8": (b'{"id": "\xff"}', "not UTF-8"),
    "no object": (b"[1, 2]", "not a JSON object"),
    "no id": ({"id": None}, "that is a UUID"),
    "bad id": ({"id": "interview-1"}, "that is a UUID"),
    "number as id": ({"id": 5}, "that is a UUID"),
    "unknown supplier": ({"supplier": "ACME-1"}, "supplier: There is no supplier 'ACME-1'. Did you mean 'ACME-01'?"),
    "unknown survey": ({"survey": "wroker"}, "Did you mean 'worker'?"),
    "wrong type": ({"answers": "no"}, "answers: Give 'answers' as a JSON object."),
    "unknown choice": ({"answers": {"paid": "nope"}}, "paid: Choose from the answers offered: yes, no"),
    "amount with a comma": (
        {"answers": {"paid": "yes", "fee": {"amount": "1,200.50", "currency": "NPR"}}},
        "fee: Write this number as 1200.50",
    ),
    "negative money": (
        {"answers": {"paid": "yes", "fee": {"amount": -5, "currency": "NPR"}}},
        "fee: Enter the amount without a minus sign",
    ),
    "unknown question": ({"answers": {"paid": "no", "fees": 5}}, "fees: This survey has no question at this place"),
    "future version": ({"definition": "0" * 16}, "definition: This server does not have version"),
    "too deep": (b'{"a":' * 50_000, "nests too deeply"),
    "too long": (b'"' + b"a" * (2 * 1024 * 1024) + b'"', "longer than 2,097,152 bytes"),
}


@pytest.mark.parametrize(("bad", "said"), BAD_LINES.values(), ids=BAD_LINES.keys())
def test_a_bad_line_is_reported_with_its_number_and_stored_nowhere_while_the_others_land(
    add: Callable[..., Result], letter: Letter, stored: Stored, bad: Any, said: str
) -> None:
    wrong = bad if isinstance(bad, bytes) else line(letter()) | bad
    good = [line(letter()), line(letter())]
    result = add([good[0], wrong, good[1]])
    assert result.exit_code == 1
    assert result.stderr.startswith("line 2: ")
    assert said in result.stderr
    assert {str(row.id) for row in stored()} == {each["id"] for each in good}


def test_an_id_with_other_content_is_refused_and_the_first_stays(
    add: Callable[..., Result], letter: Letter, stored: Stored
) -> None:
    first = line(letter(paid="no"))
    result = add([first, first | letter(paid="no", words="other")])
    assert (result.exit_code, len(stored())) == (1, 1)
    assert "line 2: id: Another response has this id" in result.stderr


def test_receipts_may_be_had_as_json_lines(add: Callable[..., Result], letter: Letter, stored: Stored) -> None:
    result = add([line(letter()), b"", b"{", line(letter())], "--json")
    receipts = [json.loads(told) for told in result.stdout.splitlines()]
    assert [(told["line"], told["status"]) for told in receipts] == [(1, "accepted"), (3, "refused"), (4, "accepted")]
    assert receipts[0]["sha256"] == stored()[0].sha256
    assert "4 lines" not in result.stdout


def test_the_same_object_sent_by_command_and_over_http_is_one_response(
    add: Callable[..., Result], letter: Letter, stored: Stored
) -> None:
    from mapper import intake

    same = line(letter())
    add([same])
    with store.transaction() as session:
        assert intake.receive(session, stored()[0].id, same).http == 200


def test_lines_come_from_standard_input_too(letter: Letter, stored: Stored) -> None:
    text = json.dumps(line(letter()), ensure_ascii=False) + "\r\n"
    assert CliRunner().invoke(command.responses, ["add", "-"], input="\ufeff" + text).exit_code == 0
    assert len(stored()) == 1


def test_more_lines_than_one_transaction_takes_all_land(
    add: Callable[..., Result], letter: Letter, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "TOGETHER", 3)
    assert add([line(letter()) for _ in range(10)]).exit_code == 0
    assert len(stored()) == 10


def test_a_store_that_is_not_set_up_is_said_in_words(
    add: Callable[..., Result], letter: Letter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPPER_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    result = add([line(letter())])
    store.dispose()
    assert result.exit_code == 1
    assert "run 'mapper database upgrade'" in result.stderr


def test_a_file_that_is_not_there_is_wrong_use() -> None:
    assert CliRunner().invoke(command.responses, ["add", "no-such-file.jsonl"]).exit_code == 2
