"""Receives responses: verified by the rules of the definition they answered, stored exactly once, with a receipt."""

from mapper.intake.arrival import Incoming
from mapper.intake.definitions import publish
from mapper.intake.receipt import Receipt
from mapper.intake.receive import open_again, receive, receive_all
from mapper.intake.storing import StoreUnavailable
from mapper.intake.withdraw import read_code, read_number, withdraw, withdraw_by_code

__all__ = [
    "Incoming", "Receipt", "StoreUnavailable", "open_again", "publish", "read_code", "read_number", "receive",
    "receive_all", "withdraw", "withdraw_by_code",
]  # fmt: skip
