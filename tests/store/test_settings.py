"""Settings: every one is documented, and a wrong one is named."""

import stat
import threading
from dataclasses import fields
from pathlib import Path

import pytest

from mapper import settings

HANDBOOK = (Path(__file__).parents[2] / "docs" / "administrator.md").read_text("utf-8")


@pytest.mark.parametrize("field", fields(settings.Settings), ids=lambda field: field.name)
def test_every_setting_stands_in_the_handbook_with_its_default(field):
    default = f"`{field.metadata['default']}`" if field.metadata["default"] else ""
    row = f"| `MAPPER_{field.name.upper()}` | {default} | {field.metadata['meaning']} |".replace("|  |", "| |")
    assert row in HANDBOOK


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTPS", "true"),
        ("PROXIES", "one"),
        ("IDLE_MINUTES", "-5"),
        ("ARGON2", "1,2"),
        ("ARGON2", "a,b,c"),
        ("UPLOAD_MB", "1.5"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named_with_what_to_write(name, value):
    with pytest.raises(settings.InvalidSetting, match=rf"MAPPER_{name} is '{value}': write "):
        settings.current({f"MAPPER_{name}": value})


def test_an_empty_variable_is_as_good_as_none():
    assert settings.current({"MAPPER_IDLE_MINUTES": ""}) == settings.current({})


def test_by_default_the_database_is_a_file_in_the_instance_folder():
    found = settings.current({"MAPPER_INSTANCE": "/srv/mapper"})
    assert found.database == "sqlite:////srv/mapper/mapper.db"


def test_a_key_is_made_once_and_is_private(instance):
    found = settings.current()
    key = found.key("secret-key")
    assert len(key) == 64
    assert found.key("secret-key") == key != found.key("audit-key")
    assert stat.S_IMODE((instance / "secret-key").stat().st_mode) == 0o600


def test_servers_that_start_at_once_agree_on_one_key(instance):
    keys = []
    threads = [threading.Thread(target=lambda: keys.append(settings.current().key("secret-key"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1
