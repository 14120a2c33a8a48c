"""Hashing of passwords and tokens."""

import hashlib
import secrets
from functools import cache
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mapper import settings

SHORTEST, LONGEST = 12, 256
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread on paper


def hash_password(password: str) -> str:
    return _hasher(settings.current().argon2).hash(password)


def verify(password_hash: str, password: str) -> bool:
    """Whether the password is right. An empty hash takes as long as a wrong password, and is never right."""
    cost = settings.current().argon2
    try:
        _hasher(cost).verify(password_hash or _nobodys(cost), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return bool(password_hash)


def needs_rehash(password_hash: str) -> bool:
    """Whether it was made at another cost than the settings ask for now."""
    return _hasher(settings.current().argon2).check_needs_rehash(password_hash)


def weakness(password: str, name: str) -> Literal["short", "long", "easy"] | None:
    """Why a password may not be used: too short, too long, or made of its owner's name or a few characters."""
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    rest = password.casefold().replace(name.casefold(), "") if name else password
    return "easy" if len(set(rest)) < 5 or rest in "abcdefghijklmnopqrstuvwxyz01234567890" else None


def generate() -> str:
    """A password to write down once: four groups of five, nearly 100 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))


def token() -> tuple[str, str]:
    """A bearer token and the hash under which it is kept. It is random, so that a fast hash is enough."""
    made = "lmm_" + secrets.token_urlsafe(32)
    return made, token_hash(made)


def token_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _hasher(cost: tuple[int, int, int]) -> PasswordHasher:
    passes, memory, lanes = cost
    return PasswordHasher(time_cost=passes, memory_cost=memory, parallelism=lanes)


@cache
def _nobodys(cost: tuple[int, int, int]) -> str:
    """What a password for an unknown name is compared with, at the same cost as a real one."""
    return _hasher(cost).hash(secrets.token_hex(16))
