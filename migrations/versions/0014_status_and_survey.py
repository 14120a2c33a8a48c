"""Responses by status and questionnaire: whether any counts is found without reading them

Revision: 0014, after 0013, 2026-11-27.
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_response_status", "response")
    op.create_index("ix_response_status", "response", ["status", "survey"])


def downgrade() -> None:
    op.drop_index("ix_response_status", "response")
    op.create_index("ix_response_status", "response", ["status"])
