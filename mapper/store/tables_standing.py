"""The lines of the portfolio, made from other rows: they can be thrown away and come back the same.

Every figure that a page sorts, filters or adds up by is a column, so that a page of many suppliers reads no more than
it shows. `owner` is the buyer who may read a line, or `audit`.
"""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from mapper.store.tables import json_column


class OfLine(SQLModel):
    """Whose a row is: one owner's line of a supplier in a round."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    supplier_id: UUID = Field(foreign_key="supplier.id")
    round_id: UUID = Field(foreign_key="round.id")
    owner: str


class Standing(OfLine, table=True):
    """A supplier's line in the portfolio of one round; `made_from` changes when anything changes that it says."""

    made_from: str
    band: str
    is_open: bool
    interviews: int | None = None
    low: float | None = None
    share: float | None = None
    high: float | None = None
    paid: float | None = None
    paid_words: str = ""
    months: float | None = None
    sorting: float | None = None
    method: str = ""
    paid_of: int | None = None
    quality: str | None = None
    words: str = ""
    words_of: int | None = None
    __table_args__ = (
        UniqueConstraint("owner", "supplier_id", "round_id"),
        Index("ix_standing_round", "owner", "round_id"),
    )


class StandingCorridor(OfLine, table=True):
    """What workers of one corridor paid, as far as that line tells. `distribution` counts workers by whole months of
    wage; `bore` is what a release has instead."""

    origin: str
    destination: str
    interviews: int
    answered: int | None = None
    payers: int | None = None
    paid: float | None = None
    words: str = ""
    with_wage: int | None = None
    months: float | None = None
    above_cap: float | None = None
    distribution: list[int] = Field(default_factory=list, sa_column=json_column())
    bore: list[Any] = Field(default_factory=list, sa_column=json_column())
    cap_words: str = ""
    with_cap: int | None = None
    cap_months: float | None = None
    __table_args__ = (
        UniqueConstraint("owner", "supplier_id", "round_id", "origin", "destination"),
        Index("ix_standingcorridor_ends", "owner", "round_id", "origin", "destination"),
    )


def figures_of(table: type[OfLine]) -> tuple[str, ...]:
    """The columns that tell something, in their order: all but whose the row is and what it was made from."""
    return tuple(name for name in table.model_fields if name not in {*OfLine.model_fields, "made_from"})
