"""What a method is, as one short text: two figures are comparable only under one version."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from mapper.definition.raw import Keyed, Listed, Scalar, Value

# What changes no figure.
REMARKS = frozenset({"title", "label", "source", "instrument", "note", "because", "extends", "stage"})
LENGTH = 16


def version(parts: Sequence[Value]) -> str:
    """The hash of what the files say, whatever their layout, order of keys, comments and remarks."""
    content = json.dumps([plain(part) for part in parts], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:LENGTH]


def plain(value: Value) -> Any:
    match value:
        case Keyed(entries):
            return {key.text: plain(below) for key, below in entries if key.text not in REMARKS}
        case Listed(items):
            return [plain(item) for item in items]
        case Scalar(text):
            return _same(text)


def _same(text: str) -> float | str:
    """`0.30` and `0.3` are one number."""
    try:
        return float(text)
    except ValueError:
        return " ".join(text.split())
