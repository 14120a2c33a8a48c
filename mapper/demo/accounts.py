"""Accounts of the demonstration, one for each role, with passwords that nobody chose."""

from sqlmodel import Session

from mapper.store import accounts, queries
from mapper.store.tables import Supplier

BUYER = "meridian"
SUPPLIER = "birch"


def renew(session: Session) -> list[tuple[str, str, str]]:
    """Name, role and new password of each account; made where it is missing."""
    return [(f"demo-{role}", role, _renewed(session, role)) for role in accounts.ROLES]


def _renewed(session: Session, role: str) -> str:
    user = queries.user_by_name(session, f"demo-{role}")
    if user:
        accounts.set_active(session, user, True)
        return accounts.set_password(session, user)
    buyer = queries.buyer_by_code(session, BUYER) if role == "reviewer" else None
    supplier = queries.same_code(session, Supplier, SUPPLIER) if role == "supplier" else None
    return accounts.add(session, accounts.NewUser(f"demo-{role}", role, buyer, supplier=supplier))[1]
