"""What the pages for workers said when somebody read them

Revision: 0012, after 0011, 2026-11-27.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workermessage", sa.Column("read_as", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("workermessage", "read_as")
