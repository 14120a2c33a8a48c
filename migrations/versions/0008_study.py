"""Drafts of questionnaires, and which version is in the field

Revision: 0008, after 0007, 2026-11-27.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import mapper.store.tables

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString, mapper.store.tables.Moment
    op.create_table(
        "studydraft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", text(), nullable=False),
        sa.Column("file", text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("repairs", sa.JSON(), nullable=False),
        sa.Column("state", text(), nullable=False),
        sa.Column("uploaded", moment(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["uploaded_by"], ["user.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "publication",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("name", text(), nullable=False),
        sa.Column("action", text(), nullable=False),
        sa.Column("version", text(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=True),
        sa.Column("reason", text(), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["user.id"]),
        sa.ForeignKeyConstraint(["draft_id"], ["studydraft.id"]),
        sa.PrimaryKeyConstraint("sequence"),
    )
    for table, column in (("studydraft", "name"), ("studydraft", "state"), ("publication", "name")):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def downgrade() -> None:
    op.drop_table("publication")
    op.drop_table("studydraft")
