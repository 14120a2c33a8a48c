"""How the codes of repayment and of remediation cases are said."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from mapper.assessment.repayment import TooEarly
from mapper.interview.numbers import latin_digits
from mapper.language import formats
from mapper.remediation.entry import WrongEntry
from mapper.remediation.instalments import TooLate
from mapper.remediation.money import NoRate
from mapper.remediation.notes import NOTES
from mapper.remediation.prices import WrongPrices
from mapper.web import locale

Words = Mapping[str, LazyString]

CONSENTS: Words = {"not_asked": _l("not asked"), "yes": _l("yes"), "no": _l("no")}
CONFIRMATIONS: Words = {
    "not_asked": _l("not asked"),
    "received": _l("received"),
    "less": _l("received less"),
    "not_received": _l("not received"),
}
GRADES: Words = {"A": _l("receipt"), "B": _l("consistent testimony"), "C": _l("cohort estimate")}
INTEREST_GRADES: Words = {"B": GRADES["B"], "A": GRADES["A"]}  # never an estimate
STEPS: Words = {
    "paid": _l("paid"),
    "deducted": _l("taken from pay"),
    "returned": _l("came back"),
    "repaid": _l("repaid since"),
    "interest": _l("interest paid on the loan"),
    "cohort": _l("estimated from the cohort"),
    "not_eligible": _l("not counted"),
    "floor": _l("never below zero"),
    "uplift": _l("rise of prices"),
    "problem": _l("could not be counted"),
}
ABOUT: Words = {"loan": _l("Loan for the job"), "earlier repayment": _l("Earlier repayment")}
CHANNELS: Words = {
    "interview": _l("interview"),
    "hotline": _l("hotline"),
    "worker_organisation": _l("worker organisation or union"),
    "civil_society": _l("civil society organisation"),
    "company": _l("company's own channel"),
    "state": _l("state mechanism"),
    "other": _l("other"),
}
CATEGORIES: Words = {
    "fees": _l("recruitment fees"),
    "wages": _l("wages"),
    "papers": _l("papers held back"),
    "contract": _l("contract"),
    "conditions": _l("working and living conditions"),
    "violence": _l("violence or harassment"),
    "dismissal": _l("dismissal or return"),
    "other": _l("other"),
}
CHECKS: Words = {
    "not_asked": _l("not asked yet"),
    "agrees": _l("says the same"),
    "less": _l("got less"),
    "more": _l("got more"),
    "nothing_came": _l("got nothing"),
    "other_currency": _l("speaks of another currency"),
    "not_known": _l("does not say how much"),
}
GENDERS: Words = {  # of a stratum; countries stay as their codes
    "woman": _l("woman"),
    "man": _l("man"),
    "another": _l("another gender"),
    "prefer_not": _l("prefers not to say"),
}
PARTS: Words = {"corridor": _l("corridor"), "recruiter": _l("kind of recruiter"), "year": _l("year")}  # of a cohort
CRITERIA: Words = {  # those of surveys/remediation/adequate.yaml
    "full": _l("All that was awarded or agreed was paid or done"),
    "confirmed": _l("The workers say themselves that they got it"),
    "in_time": _l("It came within the time that was agreed"),
    "no_retaliation": _l("Nobody was punished for the complaint or the payment"),
    "wanted": _l("It is the remedy that the workers wanted"),
    "no_waiver": _l("Nobody had to give up other rights for it"),
}
LINK_STATES: Words = {
    "open": _l("open"),
    "fetched": _l("fetched"),
    "ended": _l("ended"),
    "expired": _l("not fetched in time"),
}
STATES: Words = {"open": _l("open"), "closed": _l("closed")}
ANSWERS: Words = {"unknown": _l("not known"), "yes": _l("yes"), "no": _l("no")}
PERSONS: Words = {
    "woman": _l("Women"),
    "man": _l("Men"),
    "girl": _l("Girls"),
    "boy": _l("Boys"),
    "another": _l("Another gender"),
    "prefer_not": _l("Prefer not to say"),
    "unavailable": _l("Gender not available"),
}
WRONG: Words = {
    "negative": _l("An amount cannot be negative: write zero or more."),
    "two_currencies": _l("There are two currencies in one amount: write each in its own line."),
    "other_currency": _l("This is another currency than the one of this page: convert it first, or record it apart."),
    "currency": _l("Write the currency as its three letters, for example MYR."),
    "amount": _l("This is not an amount: write it in figures, with a point before the cents, for example 1,200.50."),
}


WRONG_PRICES: Words = {
    "line": _l("A line of the price index is a month and a number, for example 2024-01 103.5."),
    "month": _l("A line of the price index names no month: write 2024-01 to 2024-12."),
    "twice": _l("A month stands twice in the price index: keep one of the two."),
    "zero": _l("A price index is more than zero: look at the line again."),
    "short": _l("A price index needs two months at least: the one of the payment, and a later one."),
    "long": _l("The price index has too many lines: leave out what lies before the first payment."),
    "source": _l("Say where the price index comes from, so that others can look it up."),
}
PERIODS: Words = {"month": _l("a month"), "year": _l("a year")}


FAR = 50  # years from now
SHORTEST_REASON = 3  # letters: some languages say much in few


class WrongDay(ValueError):
    """What is wrong with a day, in a sentence."""


def day(text: str) -> date:
    """A day as the fields of a browser send it, in the digits of any language. Raises WrongDay."""
    try:
        return date.fromisoformat(latin_digits(text))
    except ValueError:
        raise WrongDay(_("Give the day: “%(text)s” is none.", text=text)) from None


def reason(text: str) -> str:
    """Why something odd is right, as somebody wrote it; "" where that says nothing, such as x or a line of points."""
    return text.strip()[:500] if sum(sign.isalnum() for sign in text) >= SHORTEST_REASON else ""


def exact(amount: str) -> str:
    """An amount or a rate with all its decimals, in the digits of the page's language."""
    return formats.number(Decimal(amount), locale.current(), len(amount.partition(".")[2]))


def written(day: date | str) -> str:
    """A day in the words and digits of the page's language; the steps of a calculation hold theirs as text."""
    return formats.date(date.fromisoformat(day) if isinstance(day, str) else day, locale.current())


def near_day(text: str) -> date:
    """A day to count on from. Raises WrongDay for one that nobody here lives to see."""
    found = day(text)
    if found.year > date.today().year + FAR:
        raise WrongDay(_("Give the day: “%(text)s” is none.", text=text))
    return found


def past_day(text: str, earliest: date = date.min) -> date:
    """Today or earlier, and not before `earliest`, when the interviews began. Raises WrongDay."""
    found = day(text)
    if found > date.today():
        raise WrongDay(_("%(day)s lies ahead: give a day that has been, or today.", day=written(found)))
    return not_before(found, earliest)


def not_before(found: date, earliest: date) -> date:
    """A day, and not before `earliest`, when the interviews began. Raises WrongDay."""
    if found < earliest:
        raise WrongDay(too_early(TooEarly(found, earliest)))
    return found


def too_early(error: TooEarly) -> str:
    days = {"day": written(error.day), "first": written(error.first)}
    if error.version is None:
        return _("%(day)s lies before the interviews, which began on %(first)s: look at the day again.", **days)
    days["version"] = str(error.version)
    return _("%(day)s lies before %(first)s, the day of version %(version)s: choose that day or a later one.", **days)


def wrong(error: WrongEntry) -> str:
    return f"{WRONG[error.reason]} ({error.said or '–'})"


def wrong_prices(error: WrongPrices) -> str:
    return f"{WRONG_PRICES[error.reason]} ({error.line or '–'})"


def no_rate(error: NoRate) -> str:
    what = {"currency": error.currency, "day": written(error.day)}
    return _("No exchange rate is known for %(currency)s on %(day)s. Ask the administrator to add one.", **what)


def too_late(error: TooLate) -> str:
    if error.ends is None or error.leaves is None:
        what = {"count": error.count, "most": error.fits}
        return _("%(count)s instalments are too many or too few: choose 1 to %(most)s. One is best.", **what)
    days = {"ends": written(error.ends), "leaves": written(error.leaves)}
    said = _("The instalments would end on %(ends)s and the worker leaves on %(leaves)s.", **days)
    remedy = ngettext("Pay in %(num)d instalment.", "Pay in %(num)d instalments.", error.fits)
    whole = _("Pay the whole amount now.")
    return f"{said} {remedy if error.fits else whole}"


def fault(error: Exception) -> str:
    """What is wrong with a form, in words."""
    if isinstance(error, WrongEntry):
        return wrong(error)
    if isinstance(error, TooEarly):
        return too_early(error)
    return too_late(error) if isinstance(error, TooLate) else str(error)


def stratum(name: str) -> str:
    """Gender in words and country as its code."""
    gender, sep, origin = name.partition(" · ")
    return f"{GENDERS.get(gender, gender)}{sep}{origin}"


FIGURES = ("amount", "value", "percent", "workers")  # in the details of a note, in the digits of the page


def note(name: str, details: Mapping[str, str | int]) -> str:
    """What a step of a calculation says, in the language of the page."""
    written = {key: exact(str(details[key]).replace(",", "")) for key in FIGURES if key in details}
    said = {**details, **written}
    if "parts" in said:
        said["parts"] = ", ".join(str(PARTS.get(part, part)) for part in str(said["parts"]).split(", "))
    return str(_(NOTES[name], **said))


def criterion(name: str, label: str) -> str:
    """A criterion that somebody added to the file is said as the file says it."""
    return str(CRITERIA.get(name, label))
