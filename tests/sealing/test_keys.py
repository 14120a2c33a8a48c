"""The keys of an installation: files of its own, renewed in time, and old ones that still open."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mapper.cli.key import key as command
from mapper.sealing import keys
from mapper.store import database as store
from mapper.store import queries

pytestmark = pytest.mark.usefixtures("database")


def run(*words: str) -> Result:
    return CliRunner().invoke(command, words)


def test_the_first_key_is_made_when_somebody_asks_and_stays_the_same() -> None:
    assert keys.held() == []
    first = keys.current()
    assert keys.current() == first
    assert keys.find(first.id) == first
    assert len(first.public) == 65


def test_key_files_are_for_their_owner_alone_and_not_in_the_database(instance: Path) -> None:
    made = keys.current()
    [file] = (instance / "sealing-keys").glob("*")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    secret = made.private.private_numbers().private_value.to_bytes(32, "big")
    assert not any(secret in each.read_bytes() for each in instance.glob("mapper.db*"))


def test_a_key_that_has_had_its_time_makes_room_for_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    old = keys.current()
    monkeypatch.setenv("MAPPER_SEALING_DAYS", "0")
    new = keys.current()
    assert new != old
    assert keys.find(old.id) == old


def test_the_newest_is_in_use_even_where_the_clock_was_set_back(instance: Path) -> None:
    ahead = keys.current()
    file = instance / "sealing-keys" / f"{ahead.id}.json"
    file.write_text(file.read_text().replace(ahead.made.isoformat(), (ahead.made + timedelta(days=900)).isoformat()))
    assert keys.rotate() == keys.current()


def test_rotating_and_retiring_by_command() -> None:
    assert "no key yet" in run("list").output
    old = keys.current()
    assert "rotate' first" in run("retire", old.id).output
    assert run("rotate").exit_code == 0
    assert "opens older ones" in run("list").output
    assert run("retire", old.id).exit_code == 0
    assert keys.find(old.id) is None
    with store.session() as session:
        assert [event.action for event in queries.events(session, None, 5)] == ["retire", "rotate"]


def test_a_retired_key_opens_again_when_its_file_is_back(instance: Path) -> None:
    old = keys.current()
    keys.rotate()
    aside = keys.retire(old.id)
    aside.rename(instance / "sealing-keys" / aside.name)
    assert keys.find(old.id) == old


@pytest.mark.parametrize("unknown", ["", "../secret-key", "0" * 16, "x" * 16])
def test_what_is_no_key_is_none(unknown: str) -> None:
    keys.current()
    assert keys.find(unknown) is None
    assert run("retire", unknown).exit_code == 1
