"""What the rooms above ask the store, in one place so that SQL stays below pages and commands."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import inspect
from sqlmodel import Session, SQLModel, col, func, select

from mapper.store import tables
from mapper.store.action_tables import RoundClosing
from mapper.store.tables import ApiToken, AuditEvent, Buyer, SignIn, User, now

Row = TypeVar("Row", bound=SQLModel)


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


def user_by_sign_in(session: Session, sign_in_id: UUID) -> User | None:
    """The user whose browser session this is, while it is open."""
    found = session.get(SignIn, sign_in_id)
    owner = session.get(User, found.user_id) if found and not found.ended else None
    return owner if owner and found and found.epoch == owner.session_epoch else None


def user(session: Session, user_id: UUID) -> User | None:
    return session.get(User, user_id)


def ping(session: Session) -> None:
    """Raises when the database does not answer or has no tables."""
    session.exec(select(User.id).limit(1)).first()


def users(session: Session) -> list[User]:
    return list(session.exec(select(User).order_by(col(User.name))))


def buyer_by_code(session: Session, code: str) -> Buyer | None:
    return session.exec(select(Buyer).where(Buyer.code == code)).first()


def everything(session: Session, table: type[Row]) -> list[Row]:
    """Every row of a table of the set-up, by code."""
    order = inspect(table).columns
    return list(session.exec(select(table).order_by(order["code"] if "code" in order else order["id"])))


def row(session: Session, table: type[Row], row_id: UUID) -> Row | None:
    return session.get(table, row_id)


def is_closed(session: Session, round_id: UUID) -> bool:
    return session.get(RoundClosing, round_id) is not None


def same_code(session: Session, table: type[Row], code: str, **within: Any) -> Row | None:
    """The row that has this code already; `within` names the owner where codes are unique to one."""
    return session.exec(select(table).filter_by(code=code, **within)).first()


def dependents(session: Session, row: SQLModel, owned: Collection[type[SQLModel]] = ()) -> dict[str, int]:
    """How many rows of which table point to this one, so that it cannot go. `owned` tables would go with it."""
    from mapper.store import schema  # noqa: F401  which knows every table: else what points from there would go unseen

    mine = inspect(type(row)).local_table
    parts = {inspect(table).local_table for table in owned}
    counts: dict[str, int] = {}
    for table in SQLModel.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is mine and table not in parts:
                found = session.exec(select(func.count()).where(key.parent == row.id)).one()  # type: ignore[attr-defined]
                counts[table.name] = counts.get(table.name, 0) + found
    return {name: count for name, count in counts.items() if count}


def remove(session: Session, row: SQLModel, owned: Mapping[type[SQLModel], str]) -> None:
    """Delete a row and the links that are its own; `owned` says by which column a link points to it."""
    for table, column in owned.items():
        for link in session.exec(select(table).filter_by(**{column: row.id})):  # type: ignore[attr-defined]
            session.delete(link)
    session.flush()
    session.delete(row)


def links(session: Session, table: type[Row], **ends: UUID) -> list[Row]:
    """Supply links or recruiter links with these ends."""
    return list(session.exec(select(table).filter_by(**ends)))


def events(session: Session, before: int | None, limit: int) -> list[AuditEvent]:
    """The audit trail from the newest event, or from the one before `before`."""
    found = select(AuditEvent).order_by(col(AuditEvent.sequence).desc()).limit(limit)
    return list(session.exec(found.where(col(AuditEvent.sequence) < before) if before else found))


def tokens(session: Session) -> list[ApiToken]:
    return list(session.exec(select(ApiToken).order_by(col(ApiToken.created).desc())))


def count_responses(session: Session) -> int:
    return session.exec(select(func.count()).select_from(tables.Response)).one()


def has_real_mapping(session: Session) -> bool:
    """Whether somebody set up a mapping or a programme, or received a response, that is not synthetic. Published
    figures are nobody's own."""
    from mapper.store.programme_tables import Programme

    kinds = (tables.Mapping, tables.Response)
    real = [select(kind.id).where(col(kind.synthetic).is_(False)).limit(1) for kind in kinds]
    real.append(select(Programme.id).where(col(Programme.synthetic).is_(False), col(Programme.published).is_(False)))
    return any(session.exec(query).first() is not None for query in real)


def holds_synthetic(session: Session) -> bool:
    """Whether made-up demonstration data lie in this store."""
    return session.exec(select(tables.Mapping.id).where(col(tables.Mapping.synthetic)).limit(1)).first() is not None


def rounds_asking(session: Session, questionnaire: str) -> list[str]:
    """The rounds that offer a questionnaire, as `mapping/code`; one that names none offers all of them."""
    asked = select(tables.Round, tables.Mapping.code).join(
        tables.Mapping, col(tables.Round.mapping_id) == col(tables.Mapping.id)
    )
    found = session.exec(asked.order_by(col(tables.Mapping.code), col(tables.Round.code)))
    return [f"{code}/{row.code}" for row, code in found if questionnaire in (row.questionnaires or [questionnaire])]
