"""A long list, a part at a time: which part the address of this request asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

ON_A_PAGE = 100
T = TypeVar("T")


@dataclass(frozen=True)
class Part(Generic[T]):
    """`rows` of page `page`, of `pages`."""

    rows: Sequence[T]
    page: int
    pages: int


def part(every: Sequence[T]) -> Part[T]:
    """What `?page=` asks for; the last part where it asks for more, the first where it asks for nonsense."""
    asked = request.args.get("page", "1")
    wanted = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
    pages = max(-(-len(every) // ON_A_PAGE), 1)
    page = min(max(wanted, 1), pages)
    return Part(every[(page - 1) * ON_A_PAGE : page * ON_A_PAGE], page, pages)
