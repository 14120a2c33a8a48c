"""Amounts as people type them: read exactly, or a sentence that says what is wrong."""

import re
from decimal import Decimal

from babel.core import get_global

from mapper.remediation.money import Money, rounded

CURRENCIES = frozenset(get_global("all_currencies"))
WORDS = re.compile(r"(?<![A-Za-z])[A-Za-z]{3}(?![A-Za-z])")
MARKS = str.maketrans({"\u066b": ".", "\u066c": ","})  # of Arabic amounts
LONGEST = 20  # digits and their marks
PLAIN = re.compile(r"-?(\d+|\d{1,3}([, ]\d{3})+)(\.\d+)?")  # 1200,50 and 1.200 would be read as something else


class WrongEntry(ValueError):
    """What is wrong with an amount, as `reason` (currency, two_currencies, negative, amount, other_currency) that pages
    put into words."""

    def __init__(self, reason: str, said: str) -> None:
        super().__init__(f"{reason}: {said}")
        self.reason, self.said = reason, said


def currency(text: str, *amounts: str) -> str:
    """A code of ISO 4217 in capitals; where none is given, the one beside the amounts. Raises WrongEntry."""
    named = {word.upper() for amount in amounts for word in WORDS.findall(amount)} & CURRENCIES
    if not text.strip() and len(named) > 1:
        raise WrongEntry("two_currencies", ", ".join(sorted(named)))
    code = text.strip().upper() or "".join(named)
    if code not in CURRENCIES:
        raise WrongEntry("currency", text.strip())
    return code


def money(text: str, expected: str) -> Money:
    """`1,200.50`, `1 200.50` or `1200.50 MYR`, in the expected currency and in any digits. Raises WrongEntry."""
    text = text.translate(MARKS)
    named = {word.upper() for word in WORDS.findall(text)}
    if named - CURRENCIES - {expected}:
        raise WrongEntry("amount", text.strip())
    if len(named) > 1:
        raise WrongEntry("two_currencies", text.strip())
    if named - {expected}:
        raise WrongEntry("other_currency", text.strip())
    plain = WORDS.sub("", text).strip()
    if not PLAIN.fullmatch(plain) or len(plain) > LONGEST:
        raise WrongEntry("amount", text.strip())
    amount = Decimal(plain.replace(",", "").replace(" ", ""))
    if amount < 0:
        raise WrongEntry("negative", text.strip())
    if amount != rounded(amount, expected):
        raise WrongEntry("amount", text.strip())
    return Money(amount, expected)
