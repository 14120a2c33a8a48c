"""The order in which suppliers are read: the worst band first, and within a band the stronger evidence first."""

from collections.abc import Iterable

from mapper.scoring.results import SupplierScore

READING_ORDER = ("critical", "high", "elevated", "not_enough_information", "lower")


def ranked(scores: Iterable[SupplierScore]) -> tuple[SupplierScore, ...]:
    """By round (latest code first), then band, then the worker evidence component.

    "Not enough information" stands before "lower": it asks for work, "lower" does not. Suppliers of one band whose
    intervals overlap are in no meaningful order; the table says so.
    """
    return tuple(sorted(sorted(scores, key=_within_round), key=lambda score: score.round, reverse=True))


def _within_round(score: SupplierScore) -> tuple[int, float, str]:
    return (READING_ORDER.index(score.band), -(score.components.get("W") or 0.0), score.supplier)
