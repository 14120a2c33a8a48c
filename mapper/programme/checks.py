"""What cannot be, in a file or in a form: each fault names its field, says why and what to do."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Protocol

from mapper.programme import figures, words
from mapper.programme.counters import COUNTERS
from mapper.programme.values import NOT_STATED, InCurrency, first_day
from mapper.setup.values import N_, Invalid


class Fault(Invalid):
    """`key` is the field that it stands at; `code` names it for files."""

    def __init__(self, key: str, code: str, message: str, remedy: str, **parts: object) -> None:
        super().__init__(message, remedy, **parts)
        self.key, self.code = key, code


Given = Mapping[str, Any]


class Measured(Protocol):
    """An indicator, as far as a figure of it is concerned."""

    unit: str
    currency: str | None


def indicator(given: Given) -> Iterator[Fault]:
    counter = COUNTERS.get(given.get("counter") or "")
    if counter and given.get("unit") not in (None, counter.unit):
        message, remedy = N_("'%(text)s' is not known here."), N_("Use one of: %(words)s.")
        yield Fault("unit", "unit_of_counter", message, remedy, text=given["unit"], words=counter.unit)
    if given.get("unit") == "money" and not given.get("currency"):
        message, remedy = N_("An amount of money has no currency."), N_("Name it, for example USD.")
        yield Fault("currency", "missing_currency", message, remedy)
    if given.get("currency") and given.get("unit") not in (None, "money"):
        message, remedy = N_("Only money has a currency."), N_("Choose the unit money, or leave the currency out.")
        yield Fault("currency", "pointless_currency", message, remedy)
    for key in ("baseline", "target"):
        yield from _number(key, given.get(key), given.get("unit") or "", given.get("currency"))
    if given.get("target_ambiguous") and not given.get("target_text"):
        message = N_("It is not said in which way the target is ambiguous.")
        remedy = N_("Write the words of the target; no percentage is computed then.")
        yield Fault("target_text", "missing_target_text", message, remedy)


def _number(key: str, number: float | None, unit: str, currency: str | None) -> Iterator[Fault]:
    """A number of the indicator's unit: nobody counts half a person, and an amount is in the indicator's currency."""
    if number is not None and unit in words.COUNTED and not float(number).is_integer():
        message = N_("'%(text)s' is not a whole number.")
        remedy = N_("Persons, cases and whatever else is counted are whole; a share or an amount has another unit.")
        yield Fault(key, "not_whole", message, remedy, text=_plain(float(number)))
    if isinstance(number, InCurrency) and unit != "money":
        message, remedy = N_("Only money has a currency."), N_("Choose the unit money, or leave the currency out.")
        yield Fault(key, "pointless_currency", message, remedy)
    elif isinstance(number, InCurrency) and currency and number.currency != currency:
        message = N_("These are two currencies: the amount is in %(given)s, the indicator in %(currency)s.")
        remedy = N_("Write one amount; the other currency is an indicator of its own.")
        yield Fault(key, "two_currencies", message, remedy, given=number.currency, currency=currency)


def has_been(key: str, day: date | None) -> Iterator[Fault]:
    """What is recorded as done has been: today or before."""
    if day and day > date.today():
        message, remedy = N_("%(day)s lies ahead."), N_("Give a day that has been, or today.")
        yield Fault(key, "lies_ahead", message, remedy, day=day.isoformat())


def has_begun(key: str, period: str | None) -> Iterator[Fault]:
    """A year or a month that has begun may be reported before it ends."""
    if period and first_day(period) > date.today():
        message = N_("%(period)s has not begun yet.")
        remedy = N_("Report what was reached; what is planned is a target or a milestone.")
        yield Fault(key, "lies_ahead", message, remedy, period=period)


def base_columns(base: int | str | None) -> dict[str, Any]:
    """How a stated base is stored: `base_stated` False where somebody said that the source does not state it."""
    if base is None:
        return {}
    return {"base": None, "base_stated": False} if base == NOT_STATED else {"base": base, "base_stated": True}


def actual(indicator: Measured, given: Given, as_printed: bool) -> Iterator[Fault]:
    """`as_printed`: parts may be more than their total, because a source prints them so."""
    value, breakdowns, unit = given.get("value"), given.get("breakdowns") or {}, indicator.unit
    yield from _number("value", value, unit, indicator.currency)
    yield from has_begun("as_of", given.get("as_of"))
    if value is None and not breakdowns:
        message, remedy = N_("Nothing was reported."), N_("Write a value, or parts of it.")
        yield Fault("value", "missing_value", message, remedy)
    if unit == "percent" and value is not None and given.get("base") is None and given.get("base_stated") is not False:
        message = N_("A percentage without its base cannot be judged.")
        remedy = N_("Write how many it is a percentage of, or say that the source does not state it.")
        yield Fault("base", "missing_base", message, remedy)
    if unit == "percent" and value is not None and value > 100 and not as_printed:
        message = N_("%(value)s %% is more than all: a share is at most 100 %%.")
        yield Fault("value", "more_than_all", message, N_("Check the number."), value=_plain(value))
    for dimension, parts in breakdowns.items():
        for part in parts.values() if dimension not in words.WHOLE else ():
            yield from _number("breakdowns", part, unit, indicator.currency)
        yield from _parts(dimension, parts, value, as_printed)


def _parts(dimension: str, parts: figures.Parts, value: float | None, as_printed: bool) -> Iterator[Fault]:
    known = words.PARTS.get(dimension)
    for category in parts if known else ():
        if category not in (known or ()):
            message, remedy = N_("'%(text)s' is not known here."), N_("Use one of: %(words)s.")
            yield Fault("breakdowns", "unknown_part", message, remedy, text=category, words=", ".join(known or ()))
    check = figures.check_sum(parts, words.WHOLE.get(dimension, value))
    if check.state == "over" and not as_printed:
        message = N_("The parts add up to %(sum)s, which is more than the total of %(total)s.")
        remedy = N_("Correct one of them. If a source prints it so, say that it is kept as printed.")
        yield Fault(
            "breakdowns", "more_than_total", message, remedy, sum=_plain(check.sum), total=_plain(check.total or 0)
        )


def training(given: Given) -> Iterator[Fault]:
    participants, total = given.get("participants") or {}, given.get("total")
    added = sum(participants.values())
    if total is not None and added > total:
        message = N_("The participants add up to %(sum)s, which is more than the total of %(total)s.")
        yield Fault("participants", "more_than_total", message, N_("Correct one of them."), sum=added, total=total)
    if given.get("satisfied") is not None and given.get("rated") is None:
        message = N_("It is not said how many were asked whether they were satisfied.")
        yield Fault("rated", "missing_base", message, N_("Write their number: a percentage needs its base."))
    elif (given.get("satisfied") or 0) > (given.get("rated") or 0):
        message = N_("More were satisfied than were asked.")
        yield Fault("satisfied", "more_than_total", message, N_("Correct one of the two numbers."))
    most = total if total is not None else added
    if given.get("rated") is not None and most and given["rated"] > most:
        message = N_("More were asked than took part.")
        yield Fault("rated", "more_than_total", message, N_("Correct one of the two numbers."))
    for key in ("held", "ends"):
        yield from has_been(key, given.get(key))
    if given.get("held") and given.get("ends") and given["ends"] < given["held"]:
        message = N_("It ends before it begins.")
        yield Fault("ends", "impossible_dates", message, N_("Correct one of the two dates."))


def _plain(value: float) -> str:
    return f"{figures.exact(value):f}"
