"""How often sign-in may fail, an account may send, and an address may withdraw, before it has to wait."""

from collections.abc import Iterator
from functools import cached_property
from time import time
from typing import Any

from flask import abort, current_app, request
from werkzeug.exceptions import TooManyRequests

from mapper.store.queries import normal_name


class Attempts:
    """Failed attempts, counted in this process over a window that moves along. Attempts that succeed never count.

    The library is imported when somebody first signs in: it weighs more than the page with the form.
    """

    @cached_property
    def _window(self) -> Any:
        from limits.storage import MemoryStorage
        from limits.strategies import MovingWindowRateLimiter

        return MovingWindowRateLimiter(MemoryStorage())

    def refuse_too_many(self, name: str) -> None:
        """429 while this name or this address has failed too often."""
        if not all(self._window.test(limit, key) for limit, key in _limits(name)):
            abort(429)

    def count_failure(self, name: str) -> None:
        for limit, key in _limits(name):
            self._window.hit(limit, key)


def attempts() -> Attempts:
    """Those of the application that answers."""
    kept: Attempts = current_app.extensions["sign_in_attempts"]
    return kept


class Sending:
    """How many interviews each account sent lately. Generous: it only keeps a stolen account from filling the disk."""

    @cached_property
    def _window(self) -> Any:
        from limits.storage import MemoryStorage
        from limits.strategies import FixedWindowRateLimiter

        return FixedWindowRateLimiter(MemoryStorage())

    def refuse_too_many(self, limit: str, key: str, count: int = 1) -> None:
        """429 with the seconds to wait once this account, or this address, has done it too often."""
        from limits import parse

        allowed = parse(limit)
        if not self._window.hit(allowed, key, cost=count):
            ends = self._window.get_window_stats(allowed, key).reset_time
            raise TooManyRequests(retry_after=max(1, round(ends - time())))


def sending() -> Sending:
    """That of the application that answers."""
    kept: Sending = current_app.extensions["sending"]
    return kept


def _limits(name: str) -> Iterator[tuple[Any, str]]:
    from limits import parse

    chosen = current_app.config["MAPPER"]
    yield parse(chosen.sign_in_name_limit), f"name:{normal_name(name)[:200]}"
    yield parse(chosen.sign_in_address_limit), f"address:{request.remote_addr}"
