"""Interest that is more than the loan says why

Revision: 0016, after 0015, 2026-11-28.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("repaymentworker", sa.Column("interest_reason", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("repaymentworker", "interest_reason")
