"""Interest that workers paid, and the price index given with a calculation

Revision: 0010, after 0009, 2026-11-27.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TEXTS = ("interest", "interest_currency", "interest_grade")


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString
    for name in TEXTS:
        op.add_column("repaymentworker", sa.Column(name, text(), nullable=True))
    op.add_column("repaymentworker", sa.Column("interest_day", sa.Date(), nullable=True))
    op.add_column("repaymentdecision", sa.Column("prices", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
    op.add_column("repaymentdecision", sa.Column("prices_source", text(), server_default="", nullable=False))


def downgrade() -> None:
    for name in ("prices", "prices_source"):
        op.drop_column("repaymentdecision", name)
    for name in (*TEXTS, "interest_day"):
        op.drop_column("repaymentworker", name)
