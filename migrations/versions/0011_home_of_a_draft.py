"""Which questionnaire the module of a draft was added to

Revision: 0011, after 0010, 2026-11-27.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("studydraft", sa.Column("home", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("studydraft", "home")
