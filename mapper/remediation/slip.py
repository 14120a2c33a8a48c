"""A sheet for a worker who is owed money: how much, when, and what to do if it does not come. Without any name: not the
worker's, not the employer's, not the buyer's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mapper.language.reader import N_

TITLE = N_("You are owed money that you paid for your job")
NUMBER = N_("Your number")
OWED = N_("You are owed")
CAME = N_("Came so far")
LEFT = N_("Still to come")
PARTS = N_("When it is to come")
AT_ONCE = N_("All of it at once, as soon as possible.")
LISTED = N_("You agreed that the company gets a list with your number and this amount. You may take that back.")
NOT_LISTED = N_("The company gets no list with your number unless you agree to it.")
NO_PROMISE = N_("We worked out this amount. The company has to pay it. We ask you later whether it came.")
IF_NOT = N_("If it does not come")
CALL = N_("If the money does not come, or is less, tell the people who gave you this sheet.")
KEEP_IT = N_("The money is yours. Nobody may take it from your pay or ask for it back.")
NO_WAIVER = N_("You need not sign that you will not complain or that you give up other rights.")
NO_PUNISHMENT = N_("Nobody may punish you for it. If somebody does, call at once.")
HELP = N_("Who can help")
NOBODY_YET = N_("Ask the people who gave you this sheet whom you can call.")
WITHDRAW = N_(
    "You can have your interview erased at any time, with the number and code of the slip from the interview:"
)
THEN = N_("What we know of this money is erased with it.")
HIDE_IT = N_("There is no name on this sheet. Keep it where nobody else finds it, or throw it away.")


@dataclass(frozen=True, slots=True)
class Contact:
    organisation: str
    telephone: str


@dataclass(frozen=True, slots=True)
class Slip:
    """`parts` are instalments still to come; none: all at once. `withdraw` is the address for taking the interview
    back."""

    number: str
    currency: str
    owed: Decimal
    came: Decimal
    left: Decimal
    parts: Sequence[tuple[date, Decimal]]
    is_listed: bool
    contacts: Sequence[Contact]
    withdraw: str
    is_draft: bool
    synthetic: bool
