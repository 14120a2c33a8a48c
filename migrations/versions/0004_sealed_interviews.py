"""Sealed interviews, decisions, withdrawals, safeguarding

Revision: 0004, after 0003, 2026-11-27.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import mapper.store.tables

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "withdrawalrequest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked", mapper.store.tables.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number", "code"),
    )
    with op.batch_alter_table("withdrawalrequest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_withdrawalrequest_number"), ["number"], unique=False)

    op.create_table(
        "envelope",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("content", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("problem", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("received", mapper.store.tables.Moment(), nullable=False),
        sa.Column("received_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["received_by"],
            ["user.id"],
        ),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("response_id", "sha256"),
    )
    with op.batch_alter_table("envelope", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_envelope_problem"), ["problem"], unique=False)
        batch_op.create_index(batch_op.f("ix_envelope_response_id"), ["response_id"], unique=False)

    op.create_table(
        "safeguardingcase",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("survey", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=True),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("urgent", sa.JSON(), nullable=False),
        sa.Column("wishes", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("opened", mapper.store.tables.Moment(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["user.id"],
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referralcontact.id"],
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["site.id"],
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["supplier.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("response_id"),
    )
    with op.batch_alter_table("safeguardingcase", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_safeguardingcase_status"), ["status"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.Integer(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=True),
        sa.Column("action", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        sa.Column("decided", mapper.store.tables.Moment(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["about"],
            ["response.sequence"],
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["user.id"],
        ),
        sa.ForeignKeyConstraint(
            ["made"],
            ["response.sequence"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_about"), ["about"], unique=False)

    op.create_table(
        "safeguardingstep",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", mapper.store.tables.Moment(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("changed", sa.JSON(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["safeguardingcase.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("safeguardingstep", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_safeguardingstep_case_id"), ["case_id"], unique=False)

    op.add_column("user", sa.Column("safeguarding", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("user", "safeguarding")  # in place: rows that point to users would not let the table be copied

    with op.batch_alter_table("safeguardingstep", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_safeguardingstep_case_id"))

    op.drop_table("safeguardingstep")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_about"))

    op.drop_table("decision")
    with op.batch_alter_table("safeguardingcase", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_safeguardingcase_status"))

    op.drop_table("safeguardingcase")
    with op.batch_alter_table("envelope", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_envelope_response_id"))
        batch_op.drop_index(batch_op.f("ix_envelope_problem"))

    op.drop_table("envelope")
    with op.batch_alter_table("withdrawalrequest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_withdrawalrequest_number"))

    op.drop_table("withdrawalrequest")
