"""Turn one raw answer into a typed one, or say what is wrong with it. Nothing here knows other answers.

A raw answer is whatever JSON brings. The typed answer has two faces: `value` is what is stored and counted, `text` is
what rules see (as in XForms, where every answer is text).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any

from mapper.definition.model import Question
from mapper.expression.values import number_text
from mapper.interview import messages
from mapper.interview.faults import Fault, Unfit
from mapper.interview.numbers import LARGEST, NUMBER, as_finite, latin_digits, number, shortest

PERIODS = ("hour", "day", "week", "month", "year", "once")
DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
YEAR = re.compile(r"\d{4}", re.ASCII)
TIME = re.compile(r"\d{1,2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
DATETIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answer:
    """`value` None and `text` "" mean no answer. `parts` are the further fields that a rule may name, by suffix:
    `${fee_currency}` and `${fee_period}` of a money question `fee`."""

    value: Any = None
    text: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)


BLANK = Answer()
Reader = Callable[[Question, Any, Sequence[str]], Answer]


def is_blank(raw: Any) -> bool:
    """Nothing was answered: null, no text, an empty list or object."""
    if raw is None:
        return True
    return not raw.strip() if isinstance(raw, str) else isinstance(raw, list | dict) and not raw


def typed(question: Question, raw: Any, offered: Sequence[str] = ()) -> Answer | Fault:
    """The answer as this question's type understands it. `offered` are the names of the choices that apply now."""
    if is_blank(raw):
        return BLANK
    try:
        return READERS.get(question.type, read_text)(question, raw, offered)
    except Unfit as unfit:
        return unfit.fault


def read_text(question: Question, raw: Any, offered: Sequence[str]) -> Answer:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        raw = number_text(float(as_finite(raw)))
    if not isinstance(raw, str):
        raise Unfit(messages.SHAPE_TEXT)
    text = clean(raw)
    return Answer(text, text) if text.strip() else BLANK


def clean(text: str) -> str:
    """The same text in one Unicode form (NFC), so that equal words are equal, without control characters and half
    characters that a database or a workbook refuses. Emoji, joiners and marks of direction stay."""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))


def read_integer(question: Question, raw: Any, offered: Sequence[str]) -> Answer:
    value = number(raw, example="25")
    if value != int(value):
        raise Unfit(messages.WHOLE_NUMBER, example=int(value))
    return Answer(int(value), str(int(value)))


def read_decimal(question: Question, raw: Any, offered: Sequence[str]) -> Answer:
    value = number(raw, example="12.5")
    return Answer(value, number_text(float(value)))


def read_range(question: Question, raw: Any, offered: Sequence[str]) -> Answer:
    value = number(raw, example=question.parameters.get("start", "1"))
    low, high = (_bound(question.parameters.get(key)) for key in ("start", "end"))
    if (low is not None and value < low) or (high is not None and value > high):
        raise Unfit(messages.RANGE, low=low, high=high)
    return Answer(value, number_text(float(value)))


def _bound(text: str | None) -> int | float | None:
    return shortest(float(text)) if text is not None and NUMBER.fullmatch(str(text)) else None


def read_date(question: Question, raw: Any, offered: Sequence[str]) -> Answer:
    """An ISO date. Month or year alone are taken where the question asks for no more (`month-year`, `year`)."""
    text = latin_digits(raw.strip()) if isinstance(raw, str) else ""
    if "month-year" in question.appearance and MONTH.fullmatch(text):
        text += "-01"
    elif "year" in question.appearance and YEAR.fullmatch(text):
        text += "-01-01"
    match = DATE.fullmatch(text)
    if not match:
        raise Unfit(messages.DATE)
    try:
        day = date(*map(int, match.groups()))
    except ValueError:
        raise Unfit(messages.IMPOSSIBLE_DATE) from None
    return Answer(day.isoformat(), day.isoformat())


def read_time(question: Question, raw: Any, offered: Sequence[str]) -> Answer:
    text = latin_digits(raw.strip()) if isinstance(raw, str) else ""
    if not TIME.fullmatch(text):
        raise Unfit(messages.TIME)
    text = text if text[1] != ":" else f"0{text}"
    try:
        time.fromisoformat(text)
    except ValueError:
        raise Unfit(messages.TIME) from None
    return Answer(text, text)


def read_datetime(question: Question, raw: Any, offered: Sequence[str]) -> Answer:
    text = latin_digits(raw.strip()) if isinstance(raw, str) else ""
    try:
        moment = datetime.fromisoformat(text) if DATETIME.fullmatch(text) else None
    except ValueError:
        moment = None
    if moment is None:
        raise Unfit(messages.DATETIME)
    return Answer(text, text)


def read_select_one(question: Question, raw: Any, offered: Sequence[str]) -> Answer:
    name = _choice_name(raw)
    if name is None:
        raise Unfit(messages.CHOICE_NAME, offered=listed(offered))
    _require_offered((name,), offered)
    return Answer(name, name)


def read_select_multiple(question: Question, raw: Any, offered: Sequence[str]) -> Answer:
    """A list of names or the same space-joined, in the order of the choices, as a tablet's boxes give them."""
    chosen = set(_choice_names(raw, offered))
    names = [name for name in offered if name in chosen]
    return Answer(names, " ".join(names))


def read_rank(question: Question, raw: Any, offered: Sequence[str]) -> Answer:
    names = _choice_names(raw, offered)
    if len(set(names)) < len(names):
        raise Unfit(messages.RANKED_TWICE)
    return Answer(names, " ".join(names))


def _choice_names(raw: Any, offered: Sequence[str]) -> list[str]:
    parts = raw.split() if isinstance(raw, str) else raw if isinstance(raw, list) else [raw]
    names = [_choice_name(part) for part in parts]
    known = [name for name in names if name is not None]
    if len(known) < len(names):
        raise Unfit(messages.CHOICE_NAMES, offered=listed(offered))
    _require_offered(known, offered)
    return known


def _choice_name(raw: Any) -> str | None:
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) <= LARGEST:
        return str(raw)  # choices coded 1, 2, … come as numbers from other tools
    return raw.strip() if isinstance(raw, str) else None


def _require_offered(names: Sequence[str], offered: Sequence[str]) -> None:
    for name in names:
        if name not in offered:
            raise _not_offered(name, offered)


def _not_offered(name: str, offered: Sequence[str]) -> Unfit:
    if not offered:
        return Unfit(messages.NO_CHOICE, kind="choice")
    alike = [other for other in offered if other[:1].lower() == name[:1].lower()]  # comparing with all is slow
    if meant := get_close_matches(name[:60], alike, 1):
        return Unfit(messages.CHOICE_MEANT, kind="choice", offered=listed(offered), meant=meant[0])
    return Unfit(messages.CHOICE, kind="choice", offered=listed(offered))


def listed(names: Sequence[str], most: int = 12) -> str:
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")


def read_acknowledge(question: Question, raw: Any, offered: Sequence[str]) -> Answer:
    if raw is True or (isinstance(raw, str) and raw.strip().upper() == "OK"):
        return Answer("OK", "OK")
    if raw is False:
        return BLANK
    raise Unfit(messages.ACKNOWLEDGE)


def read_geopoint(question: Question, raw: Any, offered: Sequence[str]) -> Answer:
    parts = raw.split() if isinstance(raw, str) else ()
    if not 2 <= len(parts) <= 4 or not all(NUMBER.fullmatch(part) for part in parts):
        raise Unfit(messages.GEOPOINT)
    if abs(float(parts[0])) > 90 or abs(float(parts[1])) > 180:
        raise Unfit(messages.GEOPOINT)
    return Answer(" ".join(parts), " ".join(parts))


def read_money(question: Question, raw: Any, offered: Sequence[str]) -> Answer:
    """Amount, currency and the time the amount is for. The currency may be left out only where there is but one."""
    money = raw if isinstance(raw, dict) else {"amount": raw}
    if unknown := next((key for key in money if key not in ("amount", "currency", "period")), None):
        raise Unfit(messages.MONEY_KEYS, key=clean(str(unknown))[:40])
    if is_blank(money.get("amount")):
        return BLANK  # a currency alone is what a form shows before anybody has answered
    amount = number(money["amount"], example="25000", message=messages.AMOUNT)
    if amount < 0:
        raise Unfit(messages.NEGATIVE_AMOUNT, example=-amount)
    currency, period = _currency(question, money.get("currency"), amount), _period(question, money.get("period"))
    value = {"amount": amount, "currency": currency} | ({"period": period} if period else {})
    return Answer(value, number_text(float(amount)), {"_currency": currency, "_period": period})


def _currency(question: Question, raw: Any, amount: int | float) -> str:
    offered = question.currencies
    if is_blank(raw):
        if len(offered) == 1:
            return offered[0]
        raise Unfit(messages.MONEY, example=amount, currency=offered[0] if offered else "NPR")
    currency = raw.strip().upper() if isinstance(raw, str) else ""
    if not re.fullmatch("[A-Z]{3}", currency) or (offered and currency not in offered):
        raise Unfit(messages.CURRENCY, kind="choice", offered=listed(offered) or "NPR, …")
    return currency


def _period(question: Question, raw: Any) -> str:
    if is_blank(raw):
        return question.period or ""
    if raw not in PERIODS:
        raise Unfit(messages.PERIOD, kind="choice", offered=listed(PERIODS))
    return str(raw)


READERS: Mapping[str, Reader] = {
    "today": read_date,
    "start": read_datetime,
    "end": read_datetime,
    "integer": read_integer,
    "decimal": read_decimal,
    "range": read_range,
    "date": read_date,
    "time": read_time,
    "datetime": read_datetime,
    "select_one": read_select_one,
    "select_multiple": read_select_multiple,
    "rank": read_rank,
    "money": read_money,
    "acknowledge": read_acknowledge,
    "geopoint": read_geopoint,
}
