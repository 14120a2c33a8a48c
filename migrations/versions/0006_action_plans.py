"""Action plans, findings, what workers are told; users of a supplier

Revision: 0006, after 0005, 2026-11-27.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import mapper.store.tables

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "actionplan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_id", sa.Uuid(), nullable=False),
        sa.Column("handed_over", sa.Date(), nullable=True),
        sa.Column("created", mapper.store.tables.Moment(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"],
            ["buyer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["user.id"],
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["round.id"],
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["supplier.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("supplier_id", "round_id", "buyer_id"),
    )
    with op.batch_alter_table("actionplan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_actionplan_buyer_id"), ["buyer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_actionplan_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_actionplan_supplier_id"), ["supplier_id"], unique=False)

    op.create_table(
        "findingnote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_id", sa.Uuid(), nullable=True),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("evidence", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("stage", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("actor", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("topic", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", mapper.store.tables.Moment(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["buyer_id"],
            ["buyer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["round.id"],
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["supplier.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("findingnote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_findingnote_buyer_id"), ["buyer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_findingnote_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_findingnote_supplier_id"), ["supplier_id"], unique=False)

    op.create_table(
        "roundclosing",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("closed", mapper.store.tables.Moment(), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["closed_by"],
            ["user.id"],
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["round.id"],
        ),
        sa.PrimaryKeyConstraint("round_id"),
    )
    op.create_table(
        "workermessage",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("contact", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("checked", mapper.store.tables.Moment(), nullable=True),
        sa.Column("checked_by", sa.Uuid(), nullable=True),
        sa.Column("told", sa.Date(), nullable=True),
        sa.Column("ways", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checked_by"],
            ["user.id"],
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["round.id"],
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["supplier.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("supplier_id", "round_id"),
    )
    with op.batch_alter_table("workermessage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workermessage_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workermessage_supplier_id"), ["supplier_id"], unique=False)

    op.create_table(
        "planchange",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("at", mapper.store.tables.Moment(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("way", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at_once", sa.Uuid(), nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["actionplan.id"],
        ),
        sa.ForeignKeyConstraint(
            ["undoes"],
            ["planchange.sequence"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user.id"],
        ),
        sa.PrimaryKeyConstraint("sequence"),
    )
    with op.batch_alter_table("planchange", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planchange_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "planconflict",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("field", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("base", sa.JSON(), nullable=False),
        sa.Column("at", mapper.store.tables.Moment(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("settled", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["actionplan.id"],
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"],
            ["user.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("planconflict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planconflict_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "recommendation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rationale", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("library", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("remedy", sa.Boolean(), nullable=False),
        sa.Column("response", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("response_note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["actionplan.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recommendation_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "plannedaction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("responsible", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("due_text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("comment", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("evidence", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("verified_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("plannedaction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plannedaction_recommendation_id"), ["recommendation_id"], unique=False)

    # in place: rows that point to users would not let the table be copied
    kind = "CHAR(32)" if op.get_bind().dialect.name == "sqlite" else "UUID"
    op.execute(f'ALTER TABLE "user" ADD COLUMN supplier_id {kind} REFERENCES supplier (id)')


def downgrade() -> None:
    op.drop_column("user", "supplier_id")

    with op.batch_alter_table("plannedaction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plannedaction_recommendation_id"))

    op.drop_table("plannedaction")
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recommendation_plan_id"))

    op.drop_table("recommendation")
    with op.batch_alter_table("planconflict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planconflict_plan_id"))

    op.drop_table("planconflict")
    with op.batch_alter_table("planchange", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planchange_plan_id"))

    op.drop_table("planchange")
    with op.batch_alter_table("workermessage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workermessage_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_workermessage_round_id"))

    op.drop_table("workermessage")
    op.drop_table("roundclosing")
    with op.batch_alter_table("findingnote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_findingnote_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_findingnote_round_id"))
        batch_op.drop_index(batch_op.f("ix_findingnote_buyer_id"))

    op.drop_table("findingnote")
    with op.batch_alter_table("actionplan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_actionplan_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_actionplan_round_id"))
        batch_op.drop_index(batch_op.f("ix_actionplan_buyer_id"))

    op.drop_table("actionplan")
