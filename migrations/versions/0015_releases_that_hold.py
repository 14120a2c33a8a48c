"""Which releases of a buyer hold is found without reading them

Revision: 0015, after 0014, 2026-11-27.
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_release_buyer_id", "release")
    holds = ["buyer_id", "superseded_by", "supplier_id", "round_id", "version", "sha256"]
    op.create_index("ix_release_holds", "release", holds)


def downgrade() -> None:
    op.drop_index("ix_release_holds", "release")
    op.create_index("ix_release_buyer_id", "release", ["buyer_id"])
