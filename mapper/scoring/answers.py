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
from mapper.scoring.memo import per_object

Bools = NDArray[np.bool_]
EPOCH = date(1970, 1, 1).toordinal()
SECONDS_OF_DAY = 86_400
NOTHING = -1


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """The answers to one question before it is known why some are absent.

    `absent` are the entries without a value, None where there are none; `declared` those that say, by their choice, why
    nothing is known.
    """

    value: Numbers | Texts | Choices
    absent: Bools | None
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
    return Answered(value, value.unknown, {})


def _part(money: Any, part: str, otherwise: str | None) -> str | None:
    if money is None or money == "":
        return None
    return (money.get(part) if isinstance(money, dict) else None) or otherwise


def _numbers(_: Sequence[Choice], raw: Sequence[Any]) -> Answered:
    return _as_numbers([_number(value) for value in raw])


def _dates(_: Sequence[Choice], raw: Sequence[Any]) -> Answered:
    return _as_numbers([_day(value) for value in raw], dates=True)


def _as_numbers(values: Sequence[float | None], dates: bool = False) -> Answered:
    absent = np.array([value is None for value in values], bool)
    data = np.array([value or 0.0 for value in values], np.float64)
    return Answered(Numbers(data, dates=dates), absent if absent.any() else None, {})


def _texts(_: Sequence[Choice], raw: Sequence[Any]) -> Answered:
    value = Texts.of(str(text) if text not in (None, "", []) else None for text in raw)
    return Answered(value, value.unknown, {})


@dataclass(frozen=True, slots=True)
class _Offered:
    """A choice list: the number of each choice, the missing kinds, and of the choices that declare one which.

    `places` has every answer with its number; −1 is no answer, −2 and below one of the missing kinds.
    """

    codes: Mapping[str, int]
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    declares: Mapping[str, str]
    places: Mapping[Any, int]


@per_object
def _offered(choices: Sequence[Choice]) -> _Offered:
    declares = {choice.name: choice.missing for choice in choices if choice.missing}
    codes = {choice.name: number for number, choice in enumerate(c for c in choices if not c.missing)}
    kinds = tuple(dict.fromkeys(declares.values()))
    declared = {name: NOTHING - 1 - kinds.index(kind) for name, kind in declares.items()}
    return _Offered(codes, tuple(codes), kinds, declares, {None: NOTHING, "": NOTHING, **codes, **declared})


def _choice(choices: Sequence[Choice], raw: Sequence[Any]) -> Answered:
    offered = _offered(choices)
    try:
        names, codes = offered.names, np.array([offered.places[value] for value in raw], np.int32)
    except (KeyError, TypeError):  # a choice that the list no longer has, or something that is no choice at all
        names, codes = _with_others(offered, raw)
    if codes.min(initial=0) > NOTHING:
        return Answered(Texts(codes, names), None, {})
    kinds = {kind: codes == NOTHING - 1 - number for number, kind in enumerate(offered.kinds)}
    return Answered(Texts(np.maximum(codes, NOTHING), names), codes == NOTHING, kinds)


def _with_others(offered: _Offered, raw: Sequence[Any]) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """Names and codes where some answers are not on the list: they keep the name that they have."""
    places, names = dict(offered.places), list(offered.names)
    texts = [value if value is None else str(value) for value in raw]
    for text in texts:
        if text not in places:
            places[text] = len(names)
            names.append(str(text))
    return tuple(names), np.array([places[text] for text in texts], np.int32)


def _several(choices: Sequence[Choice], raw: Sequence[Any]) -> Answered:
    offered = _offered(choices)
    chosen = [value.split() if isinstance(value, str) else (value or ()) for value in raw]
    codes = dict(offered.codes)
    for name in dict.fromkeys(name for names in chosen for name in names):
        if name not in offered.declares:
            codes.setdefault(name, len(codes))
    places = [[codes[name] for name in names if name in codes] for names in chosen]
    kinds = {
        kind: np.array([any(offered.declares.get(name) == kind for name in names) for names in chosen], bool)
        for kind in offered.kinds
    }
    absent = np.array([not names for names in chosen], bool)
    return Answered(Choices(_bits(places, len(codes)), tuple(codes)), absent, kinds)


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
