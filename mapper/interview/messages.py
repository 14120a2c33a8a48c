"""Every sentence that this room says about an answer. Each is an interface text: translators find them here."""

from collections.abc import Callable
from typing import Any


def N_(text: str) -> str:  # the name by which pybabel finds texts that are looked up later
    return text


Say = Callable[[str], str]  # looks a text up in a language; `str` leaves it in English

REQUIRED = N_("Answer this question, or record why there is no answer.")
CONSTRAINT = N_("This answer cannot be right. Check it and enter it again.")

SHAPE_TEXT = N_("Write the answer as text.")
SHAPE_GROUP = N_("Give the answers of this group as one object with a key for each question.")
SHAPE_REPEAT = N_("Give the rows of this list as a JSON list with one object for each row.")
TOO_MANY_ROWS = N_("Give at most %(most)s rows here.")
NUMBER = N_("Enter a number with digits and a point only, for example %(example)s.")
NUMBER_MARKS = N_("Write this number as %(example)s: digits and one point, no commas, spaces or currency signs.")
NUMBER_COMMA = N_("Leave out the comma: write 1200 for a whole number, or 12.5 with a point for a fraction.")
WHOLE_NUMBER = N_("Enter a whole number, for example %(example)s.")
NUMBER_TOO_LARGE = N_("This number is too large to be kept exactly. Enter a number of at most 15 digits.")
RANGE = N_("Enter a number from %(low)s to %(high)s.")
DATE = N_("Write the date as year-month-day, for example 2024-05-31.")
IMPOSSIBLE_DATE = N_("There is no such day in the calendar. Write the date as year-month-day, for example 2024-05-31.")
TIME = N_("Write the time as hours and minutes, for example 14:30.")
DATETIME = N_("Write date and time as in 2024-05-31T14:30:00+02:00.")
CHOICE_NAME = N_("Give the name of one choice as text: %(offered)s.")
CHOICE_NAMES = N_("Give a list of choice names: %(offered)s.")
CHOICE = N_("Choose from the answers offered: %(offered)s.")
CHOICE_MEANT = N_("Choose from the answers offered: %(offered)s. Did you mean %(meant)s?")
NO_CHOICE = N_("No answer is offered here, given the earlier answers. Leave this question out.")
RANKED_TWICE = N_("Give each answer one place in the order, not two.")
MONEY = N_('Give the amount with its currency, for example {"amount": %(example)s, "currency": "%(currency)s"}.')
MONEY_KEYS = N_("Give only amount, currency and period; %(key)s is not known here.")
AMOUNT = N_("Enter the amount with digits and a point only, for example %(example)s.")
NEGATIVE_AMOUNT = N_("Enter the amount without a minus sign, for example %(example)s.")
CURRENCY = N_("Choose a currency that this question offers: %(offered)s.")
PERIOD = N_("Say what time the amount is for: %(offered)s.")
ACKNOWLEDGE = N_('Write "OK" when this has been confirmed.')
GEOPOINT = N_("Write the place as latitude and longitude, for example 27.7 85.3.")

UNKNOWN = N_("This survey has no question at this place. Remove it.")
UNKNOWN_MEANT = N_("This survey has no question at this place. Did you mean %(meant)s?")
UNKNOWN_PATH = N_("Write the place as group/question or repeat[2]/question.")
MISSING_KIND = N_("Say why there is no answer with one of: %(offered)s.")
ANSWER_AND_MISSING = N_("There is an answer here and also a reason for having none. Keep one of the two.")
SHAPE_ANSWERS = N_("Give the answers as one object with a key for each question.")
SHAPE_MISSING = N_('Give the unanswered questions as one object, for example {"group/question": "refused"}.')


def said(say: Say, text: str, details: dict[str, Any] | None = None) -> str:
    """The text in a language with its details filled in. A damaged translation falls back to the English text."""
    if not details:
        return say(text)
    try:
        return say(text) % details
    except (KeyError, ValueError, TypeError):
        return text % details
