"""Reads JSON as people and tablets send it; what cannot be read is said with its place."""

import json
from typing import Any


class NotJson(ValueError):
    """The text is not JSON that means the same everywhere; the message says where and why."""


def read_json(text: bytes | str) -> Any:
    """JSON in UTF-8 with no key twice and no NaN, so that it has one content hash (RFC 8785)."""
    try:
        whole = text.decode("utf-8-sig") if isinstance(text, bytes) else text
        return json.loads(whole, object_pairs_hook=_object, parse_constant=_no_constant)
    except NotJson:
        raise
    except UnicodeDecodeError as problem:
        raise NotJson(f"byte {problem.start + 1} is not UTF-8") from None
    except json.JSONDecodeError as problem:
        raise NotJson(f"line {problem.lineno}, column {problem.colno}: {problem.msg}") from None
    except RecursionError:
        raise NotJson("it nests too deeply") from None
    except ValueError:  # Python's own bound on the digits of an integer
        raise NotJson("a number has too many digits") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise NotJson(f"the key '{twice[:40]}' stands twice in one object")
    return read


def _no_constant(name: str) -> None:
    raise NotJson(f"{name} is not a number in JSON")
