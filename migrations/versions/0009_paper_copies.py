"""Printed copies of questionnaires, each with a number and the check of a withdrawal code

Revision: 0009, after 0008, 2026-11-27.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import mapper.store.tables

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString, mapper.store.tables.Moment
    op.create_table(
        "papercopy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey", text(), nullable=False),
        sa.Column("definition", text(), nullable=False),
        sa.Column("withdrawal", text(), nullable=False),
        sa.Column("printed", moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_papercopy_survey"), "papercopy", ["survey"], unique=False)


def downgrade() -> None:
    op.drop_table("papercopy")
