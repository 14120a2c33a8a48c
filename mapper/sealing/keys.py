"""The sealing keys of this installation: files in the folder `sealing-keys` of the instance, readable by their owner
alone and never in the database, so that a copy of the database opens nothing.

Envelopes are made for the newest key and opened with every key that is still here. A retired key lies in `retired`
until somebody takes it away; putting its file back makes it open again.
"""

import json
import os
import tempfile
from base64 import urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from mapper import settings

CURVE = ec.SECP256R1()


class NoSuchKey(LookupError):
    """There is no key of this id here, or the one in use was to be retired; the message says what to do."""


@dataclass(frozen=True)
class SealingKey:
    """A key pair. `public` is the uncompressed point (65 bytes), of which `id` is the beginning of the hash."""

    id: str
    made: datetime
    public: bytes
    private: ec.EllipticCurvePrivateKey = field(repr=False, compare=False)

    @property
    def until(self) -> date:
        """The day on which the next one takes its place."""
        return self.made.date() + timedelta(days=settings.current().sealing_days)

    @property
    def public_text(self) -> str:
        return urlsafe_b64encode(self.public).rstrip(b"=").decode()


def current() -> SealingKey:
    """The key that tablets seal to now; made when there is none, or when the last one has had its time."""
    keys = held()
    return keys[-1] if keys and keys[-1].until > datetime.now(UTC).date() else rotate()


def rotate() -> SealingKey:
    """A new key, in use from now on. The older ones still open what was sealed to them."""
    keys, now = held(), datetime.now(UTC)
    made = max(now, keys[-1].made + timedelta(microseconds=1)) if keys else now  # the newest, whatever the clock says
    key = _key(made, ec.generate_private_key(CURVE))
    pem = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")
    _write(_file(key.id), json.dumps({"key": key.id, "made": made.isoformat(), "private": pem}))
    return key


def held() -> list[SealingKey]:
    """Every key that opens envelopes here, the oldest first."""
    files = sorted(folder().glob("*.json"))
    return sorted((_read(file, file.stat().st_mtime_ns) for file in files), key=lambda key: (key.made, key.id))


def find(key_id: str) -> SealingKey | None:
    """The key of this id, if it is held."""
    file = _file(key_id)
    return _read(file, file.stat().st_mtime_ns) if is_id(key_id) and file.is_file() else None


def retire(key_id: str) -> Path:
    """Take a key out of use; where its file lies now. Raises NoSuchKey for an unknown key and for the one in use."""
    if find(key_id) is None:
        raise NoSuchKey(f"There is no key '{key_id[:32]}' here. 'mapper key list' shows those that there are.")
    if current().id == key_id:
        raise NoSuchKey("Tablets seal to this key now. Run 'mapper key rotate' first, and retire it months later.")
    aside = folder() / "retired" / f"{key_id}.json"
    aside.parent.mkdir(mode=0o700, exist_ok=True)
    _file(key_id).rename(aside)
    return aside


def folder() -> Path:
    return settings.current().instance / "sealing-keys"


def is_id(text: str) -> bool:
    return len(text) == 16 and all(character in "0123456789abcdef" for character in text)


def _file(key_id: str) -> Path:
    return folder() / f"{key_id}.json"


@lru_cache(maxsize=64)
def _read(file: Path, _changed: int) -> SealingKey:
    content = json.loads(file.read_text("ascii"))
    private = load_pem_private_key(content["private"].encode("ascii"), None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{file} holds no key for envelopes.")
    return _key(datetime.fromisoformat(content["made"]), private)


def _key(made: datetime, private: ec.EllipticCurvePrivateKey) -> SealingKey:
    public = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return SealingKey(sha256(public).hexdigest()[:16], made, public, private)


def _write(file: Path, text: str) -> None:
    """Linked into place whole and on the disk before anybody seals to it."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=file.parent) as draft:  # readable by its owner alone
        draft.write(text)
        draft.flush()
        os.fsync(draft.fileno())
        with suppress(FileExistsError):
            os.link(draft.name, file)
    if hasattr(os, "O_DIRECTORY"):  # the name of the file is on the disk too; Windows has no such step
        above = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(above)
        os.close(above)
