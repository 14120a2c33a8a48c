"""Receives responses: verified by the rules of the definition they answered, stored exactly once, with a receipt."""

from mapper.intake.definitions import publish
from mapper.intake.receipt import Receipt
from mapper.intake.receive import Incoming, receive, receive_all
from mapper.intake.storing import StoreUnavailable
from mapper.intake.withdraw import withdraw

__all__ = ["Incoming", "Receipt", "StoreUnavailable", "publish", "receive", "receive_all", "withdraw"]
