"""How often sign-in may fail, for one name and from one address, before it has to wait."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from flask import abort, current_app, request

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


def _limits(name: str) -> Iterator[tuple[Any, str]]:
    from limits import parse

    chosen = current_app.config["MAPPER"]
    yield parse(chosen.sign_in_name_limit), f"name:{normal_name(name)[:200]}"
    yield parse(chosen.sign_in_address_limit), f"address:{request.remote_addr}"
