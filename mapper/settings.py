"""Every setting, in one place: read from the environment as `MAPPER_…`, listed in docs/administrator.md."""

import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any


class InvalidSetting(ValueError):
    """An environment variable holds something that cannot be used; the message names it and says what to write."""


def yes_or_no(text: str) -> bool:
    if text.lower() not in ("yes", "no"):
        raise ValueError("write yes or no")
    return text.lower() == "yes"


def whole_number(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("write a whole number, for example 30")
    return int(text)


def names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def argon2_cost(text: str) -> tuple[int, int, int]:
    parts = tuple(whole_number(part) for part in names(text))
    if len(parts) != 3:
        raise ValueError("write three whole numbers: passes, memory in KiB, lanes")
    return parts[0], parts[1], parts[2]


def setting(default: str, meaning: str, read: Callable[[str], Any] = str) -> Any:
    return field(metadata={"default": default, "meaning": meaning, "read": read})


@dataclass(frozen=True)
class Settings:
    """What `current()` found. The environment variable of a field is `MAPPER_` and its name in capitals."""

    instance: Path = setting("instance", "Folder for the database and the keys; keep it private", Path)
    database_url: str = setting("", "Database; empty means a SQLite file in the instance folder")
    secret_key: str = setting("", "Signs sessions; empty means a key kept in the instance folder, made on first use")
    https: bool = setting("no", "yes when people reach the program by https: secure cookies and HSTS", yes_or_no)
    proxies: int = setting("0", "Number of reverse proxies in front whose X-Forwarded headers are true", whole_number)
    hosts: tuple[str, ...] = setting("", "Host names that are answered, separated by commas; empty means all", names)
    idle_minutes: int = setting("30", "Minutes without a request after which a person is signed out", whole_number)
    session_hours: int = setting("12", "Hours after which a person signs in again in any case", whole_number)
    upload_mb: int = setting("20", "Largest request that is accepted, in megabytes", whole_number)
    sign_in_name_limit: str = setting("10 per 15 minutes", "Failed sign-ins for one name before it has to wait")
    sign_in_address_limit: str = setting("50 per 15 minutes", "Failed sign-ins from one address before it has to wait")
    withdraw_limit: str = setting("20 per hour", "Withdrawals tried from one address before it has to wait")
    intake_limit: str = setting("10000 per minute", "Interviews that one account may send before it has to wait")
    sealing_days: int = setting("90", "Days until tablets get a new key to seal interviews to", whole_number)
    argon2: tuple[int, int, int] = setting(
        "3,65536,4", "Cost of a password: passes, memory in KiB, lanes; lower it only in tests", argon2_cost
    )

    @property
    def database(self) -> str:
        """The URL of the database to use."""
        return self.database_url or f"sqlite:///{(self.instance / 'mapper.db').absolute()}"

    def key(self, name: str) -> str:
        """A secret of this installation, 64 hex digits, made on first use and readable by its owner alone."""
        file = self.instance / name
        if not file.exists():
            _create_secret(file)
        return file.read_text("ascii").strip()


FIELDS = {f"MAPPER_{field.name.upper()}": field for field in fields(Settings)}


def current(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings as the environment has them now; InvalidSetting if one cannot be read."""
    return _settings(tuple(environment.get(variable, "") for variable in FIELDS))


@lru_cache(maxsize=8)
def _settings(texts: tuple[str, ...]) -> Settings:
    """Asked several times by every request, and mostly the same."""
    found = zip(FIELDS.items(), texts, strict=True)
    return Settings(**{field.name: _value(variable, field.metadata, text) for (variable, field), text in found})


def _value(variable: str, metadata: Mapping[str, Any], text: str) -> Any:
    text = text or metadata["default"]
    try:
        return metadata["read"](text)
    except ValueError as problem:
        raise InvalidSetting(f"The setting {variable} is '{text}': {problem}.") from None


def _create_secret(file: Path) -> None:
    """Linked into place whole, so that two servers starting at once agree on one key."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=file.parent) as draft:  # readable by its owner alone
        draft.write(secrets.token_hex(32))
        draft.flush()
        with suppress(FileExistsError):
            os.link(draft.name, file)
