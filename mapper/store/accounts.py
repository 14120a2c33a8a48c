"""Users and their tokens: every way in which they come, change and go, each with its line in the audit trail."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.store import audit, passwords, queries
from mapper.store.tables import ApiToken, Buyer, SignIn, Supplier, User, now

ROLES = ("auditor", "reviewer", "supplier", "researcher", "administrator", "remediation")
OUTSIDE = ("reviewer", "supplier", "remediation")  # who is no part of the audit team


class Refused(ValueError):
    """What cannot be done with this account, as `reason`: a short code that commands and pages put into words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class NewUser:
    """A reviewer needs a buyer, the role supplier a supplier; nobody else has one."""

    name: str
    role: str
    buyer: Buyer | None = None
    language: str = "en"
    supplier: Supplier | None = None


def add(session: Session, new: NewUser, by: UUID | None = None, password: str | None = None) -> tuple[User, str]:
    """The new user and their password, generated unless given. Refused: `taken`, `role`, `buyer`, `supplier`, `name` or
    a weakness of the password."""
    name = queries.normal_name(new.name)
    if not name or len(name) > 80 or not name.isprintable():
        raise Refused("name")
    if queries.user_by_name(session, name):
        raise Refused("taken")
    if new.role not in ROLES:
        raise Refused("role")
    if (new.role == "reviewer") != (new.buyer is not None):
        raise Refused("buyer")
    if (new.role == "supplier") != (new.supplier is not None):
        raise Refused("supplier")
    chosen = _acceptable(password, name)
    buyer_id = new.buyer.id if new.buyer else None
    user = User(name=name, role=new.role, buyer_id=buyer_id, language=new.language, password_hash="")
    user.supplier_id = new.supplier.id if new.supplier else None
    user.password_hash = passwords.hash_password(chosen)
    session.add(user)
    session.flush()
    audit.record(session, by, "create", f"user {name}", role=new.role, of=_whose(new))
    return user, chosen


def set_password(session: Session, user: User, by: UUID | None = None, password: str | None = None) -> str:
    """The new password, generated unless given; every session of the user ends."""
    chosen = _acceptable(password, user.name)
    user.password_hash = passwords.hash_password(chosen)
    user.session_epoch += 1
    session.add(user)
    audit.record(session, by, "change password", f"user {user.name}")
    return chosen


def set_active(session: Session, user: User, active: bool, by: UUID | None = None) -> None:
    """Let a user in again or keep them out. Refused(`last`) for the only active administrator."""
    if not active and user.role == "administrator" and _administrators(session) <= {user.id}:
        raise Refused("last")
    user.active = active
    user.session_epoch += 1
    session.add(user)
    audit.record(session, by, "activate" if active else "deactivate", f"user {user.name}")


def set_safeguarding(session: Session, user: User, named: bool, by: UUID | None = None) -> None:
    """Name somebody as safeguarding staff, or no more. Refused(`duty`) for who is of a buyer or a supplier."""
    if named and user.role in OUTSIDE:
        raise Refused("duty")
    user.safeguarding = named
    session.add(user)
    audit.record(session, by, "name for safeguarding" if named else "end safeguarding", f"user {user.name}")


def begin_session(session: Session, user: User) -> UUID:
    """A new browser session of this user; its id is what the cookie names."""
    begun = SignIn(user_id=user.id, epoch=user.session_epoch)
    session.add(begun)
    return begun.id


def end_session(session: Session, user_id: UUID, sign_in_id: UUID | None) -> None:
    begun = session.get(SignIn, sign_in_id) if sign_in_id else None
    if begun and begun.user_id == user_id:
        begun.ended = now()
        audit.record(session, user_id, "sign-out", "session")


def end_every_session(session: Session, user: User) -> None:
    user.session_epoch += 1
    audit.record(session, user.id, "sign-out everywhere", "session")


def add_token(session: Session, user: User, label: str, days: int | None, by: UUID | None = None) -> str:
    """A bearer token with which a program acts as this user; it can be read only now."""
    made, hashed = passwords.token()
    expires = now() + timedelta(days=days) if days else None
    session.add(ApiToken(user_id=user.id, sha256=hashed, label=label, expires=expires))
    audit.record(session, by, "create", f"token of {user.name}", label=label)
    return made


def revoke_token(session: Session, token: ApiToken, by: UUID | None = None) -> None:
    token.revoked = token.revoked or now()
    session.add(token)
    audit.record(session, by, "revoke", f"token {token.id}", label=token.label)


def _whose(new: NewUser) -> str | None:
    owner = new.buyer or new.supplier
    return owner.code if owner else None


def _acceptable(password: str | None, name: str) -> str:
    if password is None:
        return passwords.generate()
    weakness = passwords.weakness(password, name)
    if weakness:
        raise Refused(weakness)
    return password


def _administrators(session: Session) -> set[UUID]:
    return set(session.exec(select(User.id).where(User.role == "administrator", col(User.active))))
