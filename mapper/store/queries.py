"""What the rooms above ask the store, in one place so that SQL stays below pages and commands."""

from uuid import UUID

from sqlmodel import Session, col, select

from mapper.store.tables import ApiToken, Buyer, User, now


def user_by_name(session: Session, name: str) -> User | None:
    """The user of this name, however it is capitalised."""
    return session.exec(select(User).where(col(User.name) == normal_name(name))).first()


def normal_name(name: str) -> str:
    """How names of users are stored and compared."""
    return " ".join(name.split()).casefold()


def user_by_token(session: Session, token_hash: str) -> User | None:
    """The user for whom a token acts, if it is neither revoked nor expired."""
    found = session.exec(select(ApiToken).where(ApiToken.sha256 == token_hash)).first()
    if found is None or found.revoked or (found.expires and found.expires <= now()):
        return None
    return session.get(User, found.user_id)


def user(session: Session, user_id: UUID) -> User | None:
    return session.get(User, user_id)


def ping(session: Session) -> None:
    """Raises when the database does not answer or has no tables."""
    session.exec(select(User.id).limit(1)).first()


def users(session: Session) -> list[User]:
    return list(session.exec(select(User).order_by(col(User.name))))


def buyer_by_code(session: Session, code: str) -> Buyer | None:
    return session.exec(select(Buyer).where(Buyer.code == code)).first()
