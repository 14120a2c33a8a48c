"""A release as JSON, as it is frozen in the store, and back."""

from dataclasses import asdict
from datetime import date
from typing import Any

import rfc8785

from mapper.scoring.released import Released, ReleasedFigure, ReleasedGroup, ReleasedMonths, ReleasedShare


def as_json(released: Released) -> dict[str, Any]:
    """What the store keeps: everything but when it was decided, which has columns of its own."""
    found = asdict(released)
    for name in ("version", "decided", "supplier_from", "method_version"):
        del found[name]
    if released.questionnaires is None:
        del found["questionnaires"]  # an earlier release has the same content still
    return found


def digest(content: dict[str, Any]) -> str:
    """The same for the same content, however it was stored."""
    from hashlib import sha256

    return sha256(rfc8785.dumps(content)).hexdigest()


def restore(
    content: dict[str, Any], version: int, decided: date | None, supplier_from: date | None, method_version: str
) -> Released:
    return Released(
        version=version,
        decided=decided,
        supplier_from=supplier_from,
        method_version=method_version,
        level=content["level"],
        band=content["band"],
        why=tuple(content["why"]),
        interviews=content["interviews"],
        quality=content["quality"],
        groups=tuple(
            ReleasedGroup(one["name"], tuple((name, value) for name, value in one["values"]), one["base"])
            for one in content["groups"]
        ),
        figures=tuple(_figure(one) for one in content["figures"]),
        months=tuple(ReleasedMonths(**one) for one in content["months"]),
        questionnaires=tuple(content["questionnaires"]) if "questionnaires" in content else None,
    )


def _figure(stored: dict[str, Any]) -> ReleasedFigure:
    shares = tuple(ReleasedShare(**share) for share in stored["shares"])
    return ReleasedFigure(**{**stored, "actors": tuple(stored["actors"]), "shares": shares})
