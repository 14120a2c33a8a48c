"""Answers as they are stored, turned into arrays with masks, one function per kind of question."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mapper.definition.model import Choice, Question
from mapper.definition.types import TYPES
from mapper.expression.columns import Choices, Numbers, Texts

Bools = NDArray[np.bool_]
EPOCH = date(1970, 1, 1).toordinal()
SECONDS_OF_DAY = 86_400


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """The answers to one question before it is known why some are absent.

    `absent` are the entries without a value; `declared` those that say, by their choice, why nothing is known.
    """

    value: Numbers | Texts | Choices
    absent: Bools
    declared: Mapping[str, Bools]


def answered(question: Question, choices: Sequence[Choice], raw: Sequence[Any]) -> Answered:
    """What was answered, as stored: None, "" and an empty list are no answer."""
    return _READERS[TYPES[question.type].answer](choices, raw)


def amounts(raw: Sequence[Any]) -> Sequence[Any]:
    """The amounts of money answers."""
    return [money.get("amount") if isinstance(money, dict) else money for money in raw]


def money_part(part: str, otherwise: str | None, raw: Sequence[Any]) -> Answered:
    """`currency` or `period` of money answers; `otherwise` where an amount says nothing."""
    texts = [_part(money, part, otherwise) for money in raw]
    value = Texts.of(texts)
    return Answered(value, value.codes < 0, {})


def _part(money: Any, part: str, otherwise: str | None) -> str | None:
    if money is None or money == "":
        return None
    return (money.get(part) if isinstance(money, dict) else None) or otherwise


def _numbers(_: Sequence[Choice], raw: Sequence[Any]) -> Answered:
    return _as_numbers([_number(value) for value in raw])


def _dates(_: Sequence[Choice], raw: Sequence[Any]) -> Answered:
    return _as_numbers([_day(value) for value in raw], dates=True)


def _as_numbers(values: Sequence[float | None], dates: bool = False) -> Answered:
    absent = np.fromiter((value is None for value in values), bool, len(values))
    data = np.fromiter((value or 0.0 for value in values), np.float64, len(values))
    return Answered(Numbers(data, dates=dates), absent, {})


def _texts(_: Sequence[Choice], raw: Sequence[Any]) -> Answered:
    value = Texts.of(str(text) if text not in (None, "", []) else None for text in raw)
    return Answered(value, value.codes < 0, {})


def _choice(choices: Sequence[Choice], raw: Sequence[Any]) -> Answered:
    missing: dict[str, str] = {choice.name: choice.missing for choice in choices if choice.missing}
    codes = {choice.name: number for number, choice in enumerate(c for c in choices if not c.missing)}
    found = np.fromiter((_code(value, codes, missing) for value in raw), np.int32, len(raw))
    kinds = {
        kind: np.fromiter((missing.get(_name(v)) == kind for v in raw), bool, len(raw))
        for kind in set(missing.values())
    }
    absent = found < 0
    for declared in kinds.values():
        absent &= ~declared
    return Answered(Texts(found, tuple(codes)), absent, kinds)


def _code(value: Any, codes: dict[str, int], missing: Mapping[str, str]) -> int:
    """The number of a choice; one that the list no longer has keeps its name."""
    name = _name(value)
    return -1 if not name or name in missing else codes.setdefault(name, len(codes))


def _name(value: Any) -> str:
    return "" if value is None or isinstance(value, list) else str(value)


def _several(choices: Sequence[Choice], raw: Sequence[Any]) -> Answered:
    missing: dict[str, str] = {choice.name: choice.missing for choice in choices if choice.missing}
    chosen = [value.split() if isinstance(value, str) else (value or ()) for value in raw]
    codes = {choice.name: number for number, choice in enumerate(c for c in choices if not c.missing)}
    for name in dict.fromkeys(name for names in chosen for name in names):
        if name not in missing:
            codes.setdefault(name, len(codes))
    places = [[codes[name] for name in names if name in codes] for names in chosen]
    kinds = _declared(chosen, missing)
    absent = np.fromiter((not names for names in chosen), bool, len(chosen))
    return Answered(Choices(_bits(places, len(codes)), tuple(codes)), absent, kinds)


def _declared(chosen: Sequence[Any], missing: Mapping[str, str]) -> dict[str, Bools]:
    """By reason, the entries that chose to say that nothing is known."""
    kinds = {name: kind for name, kind in missing.items() if kind}
    return {
        kind: np.fromiter(
            (any(kinds.get(name) == kind for name in _each(names)) for names in chosen), bool, len(chosen)
        )
        for kind in dict.fromkeys(kinds.values())
    }


def _each(names: Any) -> Sequence[str]:
    return (names,) if isinstance(names, str) else names


def _bits(places: Sequence[Sequence[int]], names: int) -> NDArray[Any]:
    """One bit for each choice, in the smallest words that hold them."""
    width = next((w for w in (8, 16, 32, 64) if names <= w), 64)
    bits = np.zeros((max(1, -(-names // width)), len(places)), f"uint{width}")
    for row, found in enumerate(places):
        for place in found:
            bits[place // width, row] |= bits.dtype.type(1 << place % width)
    return bits


def _number(value: Any) -> float | None:
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return found if np.isfinite(found) else None


def _day(value: Any) -> float | None:
    """Days since 1970-01-01; a date with time has a fraction."""
    try:
        if len(value) == 10:
            return float(date.fromisoformat(value).toordinal() - EPOCH)
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return moment.toordinal() - EPOCH + seconds / SECONDS_OF_DAY


_Reader = Callable[[Sequence[Choice], Sequence[Any]], Answered]
_READERS: Mapping[str, _Reader] = {
    "number": _numbers,
    "date": _dates,
    "choice": _choice,
    "choices": _several,
    "text": _texts,
    "file": _texts,
    "any": _texts,
    "nothing": _texts,
}
