"""Numbers and days of a method's files, with a problem by line where they are neither."""

from datetime import date
from math import isfinite

from mapper.definition.fields import Fields
from mapper.definition.raw import Scalar
from mapper.definition.report import Report
from mapper.notice import Notice

EPOCH = date(1970, 1, 1).toordinal()


def number(
    fields: Fields, key: str, report: Report, above: float | None = None, most: float | None = None
) -> float | None:
    """The number under a key; None where there is none."""
    written = fields.scalar(key)
    return None if written is None else number_of(written, report, above, most)


def numbers(fields: Fields, key: str, report: Report) -> dict[str, float]:
    """Numbers of 0 or more, by name."""
    found = {
        name.text: number_of(value, report, above=-1e-12)
        for name, value in fields.entries(key)
        if isinstance(value, Scalar)
    }
    return {name: value for name, value in found.items() if value is not None}


def number_of(written: Scalar, report: Report, above: float | None = None, most: float | None = None) -> float | None:
    try:
        value = float(written.text)
    except ValueError:
        value = float("inf")
    if not isfinite(value):
        message = Notice("'%(value)s' is not a number.", value=written.text)
        report.add("unknown_value", written, message, Notice("Write digits with a point, for example 0.25."))
        return None
    if (above is not None and value <= above) or (most is not None and value > most):
        message = Notice("%(value)s cannot be here.", value=f"{value:g}")
        remedy = Notice("Write a number above %(above)s.", above=above)
        if most is not None:
            remedy = Notice("Write a number above %(above)s and at most %(most)s.", above=above or 0, most=most)
        report.add("unknown_value", written, message, remedy)
        return None
    return value


def day(fields: Fields, key: str, report: Report) -> int | None:
    """Days since 1970-01-01; a year or month alone means its first day. None where there is none."""
    written = fields.scalar(key)
    if written is None:
        return None
    parts = written.text.strip().split("-")
    try:
        return date(*(int(part) for part in (*parts, "1", "1")[:3])).toordinal() - EPOCH
    except (ValueError, TypeError):
        message = Notice("'%(value)s' is not a date.", value=written.text)
        report.add("unknown_value", written, message, Notice("Write for example 2022-07-06."))
        return None
