"""Releases

Revision: 0002, after 0001, 2026-11-22.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import mapper.store.tables

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "releaseplan",
        sa.Column("mapping_id", sa.Uuid(), nullable=False),
        sa.Column("least_workers", sa.Integer(), nullable=False),
        sa.Column("two_way", sa.JSON(), nullable=False),
        sa.Column("supplier_days", sa.Integer(), nullable=False),
        sa.Column("declared", mapper.store.tables.Moment(), nullable=False),
        sa.Column("declared_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["declared_by"],
            ["user.id"],
        ),
        sa.ForeignKeyConstraint(
            ["mapping_id"],
            ["mapping.id"],
        ),
        sa.PrimaryKeyConstraint("mapping_id"),
    )
    op.create_table(
        "release",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("method", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("method_version", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("decided", mapper.store.tables.Moment(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("supplier_from", sa.Date(), nullable=False),
        sa.Column("superseded_by", sa.Uuid(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"],
            ["buyer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["user.id"],
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["round.id"],
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by"],
            ["release.id"],
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["supplier.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("supplier_id", "round_id", "buyer_id", "version"),
    )
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_buyer_id"), ["buyer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_release_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_release_supplier_id"), ["supplier_id"], unique=False)

    op.create_table(
        "releasegroup",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["release.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("release_id", "name"),
    )
    with op.batch_alter_table("releasegroup", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_releasegroup_release_id"), ["release_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("releasegroup", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_releasegroup_release_id"))

    op.drop_table("releasegroup")
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_release_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_release_round_id"))
        batch_op.drop_index(batch_op.f("ix_release_buyer_id"))

    op.drop_table("release")
    op.drop_table("releaseplan")
