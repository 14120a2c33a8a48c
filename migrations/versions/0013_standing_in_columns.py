"""The lines of the portfolio in columns, and what they say of corridors in a table of its own

Revision: 0013, after 0012, 2026-11-27.

Lines are made from other rows: going down they are thrown away, and come back when somebody opens the portfolio.
"""

from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

PLACE = ("supplier_id", "round_id", "owner")
NUMBERS = ("interviews", "paid_of", "words_of")
SHARES = ("low", "share", "high", "paid", "months", "sorting")
WORDS = ("paid_words", "method", "words")
OF_CORRIDOR = (
    "origin", "destination", "interviews", "answered", "payers", "paid", "with_wage", "months", "above_cap",
    "distribution", "with_cap", "cap_months",
)  # fmt: skip


def upgrade() -> None:
    before = list(op.get_bind().execute(_standing(sa.column("content", sa.JSON()))).mappings())
    op.drop_table("standing")
    lines = op.create_table(
        "standing",
        *_place(),
        sa.Column("made_from", sa.String(), nullable=False),
        sa.Column("band", sa.String(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in NUMBERS),
        *(sa.Column(name, sa.Float(), nullable=True) for name in SHARES),
        *(sa.Column(name, sa.String(), nullable=False) for name in WORDS),
        sa.Column("quality", sa.String(), nullable=True),
        sa.UniqueConstraint("owner", "supplier_id", "round_id"),
    )
    op.create_index("ix_standing_round", "standing", ["owner", "round_id"])
    corridors = op.create_table(
        "standingcorridor",
        *_place(),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("origin", "destination", "words", "cap_words")),
        sa.Column("interviews", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("answered", "payers", "with_wage", "with_cap")),
        *(sa.Column(name, sa.Float(), nullable=True) for name in ("paid", "months", "above_cap", "cap_months")),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("distribution", "bore")),
        sa.UniqueConstraint("owner", "supplier_id", "round_id", "origin", "destination"),
    )
    op.create_index(
        "ix_standingcorridor_ends", "standingcorridor", ["owner", "round_id", "origin", "destination"]
    )
    if before:
        op.bulk_insert(lines, [_line(row) for row in before])
    if told := [_corridor(row, one) for row in before for one in row["content"]["corridors"]]:
        op.bulk_insert(corridors, told)


def downgrade() -> None:
    op.drop_table("standingcorridor")
    op.drop_table("standing")
    op.create_table(
        "standing",
        *_place(),
        sa.Column("made_from", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.UniqueConstraint("owner", "supplier_id", "round_id"),
    )


def _standing(content: Any) -> Any:
    ids = (sa.column(name, sa.Uuid()) for name in PLACE[:2])
    return sa.select(*ids, sa.column("owner"), sa.column("made_from"), content).select_from(sa.table("standing"))


def _place() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("supplier_id", sa.Uuid(), sa.ForeignKey("supplier.id"), nullable=False),
        sa.Column("round_id", sa.Uuid(), sa.ForeignKey("round.id"), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
    )


def _line(row: Any) -> dict[str, Any]:
    said = row["content"]
    figures = {name: said.get(name) for name in (*NUMBERS, *SHARES, "quality", "band", "is_open")}
    words = {name: said.get(name) or "" for name in WORDS}
    return {"id": uuid4(), **{name: row[name] for name in (*PLACE, "made_from")}, **figures, **words}


def _corridor(row: Any, said: dict[str, Any]) -> dict[str, Any]:
    figures = {name: said.get(name) for name in OF_CORRIDOR}
    words = {name: said.get(name) or "" for name in ("words", "cap_words")}
    return {"id": uuid4(), **{name: row[name] for name in PLACE}, **figures, **words, "bore": said.get("bore") or []}
