"""Repayments and remediation cases

Revision: 0007, after 0006, 2026-11-27.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "repaymentworker",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("consent", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("consent_day", sa.Date(), nullable=True),
        sa.Column("leaves", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("response_id"),
    )
    op.create_table(
        "remediationcase",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("category", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("persons", sa.JSON(), nullable=False),
        sa.Column("origin", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("destination", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("opened", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("closed", sa.Date(), nullable=True),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("awarded", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("paid", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("currency", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("confirmation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("retaliation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"]),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index(op.f("ix_remediationcase_status"), "remediationcase", ["status"], unique=False)
    op.create_index(op.f("ix_remediationcase_supplier_id"), "remediationcase", ["supplier_id"], unique=False)
    op.create_table(
        "remediationstep",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("changed", sa.JSON(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["remediationcase.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_remediationstep_case_id"), "remediationstep", ["case_id"], unique=False)
    op.create_table(
        "repaymentdecision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("currency", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rules", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("method", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rates_source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("counted_only", sa.Integer(), nullable=False),
        sa.Column("erased", sa.Integer(), nullable=False),
        sa.Column("erased_paid", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("decided", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["user.id"]),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"]),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("supplier_id", "round_id", "version"),
    )
    op.create_index(op.f("ix_repaymentdecision_round_id"), "repaymentdecision", ["round_id"], unique=False)
    op.create_index(op.f("ix_repaymentdecision_supplier_id"), "repaymentdecision", ["supplier_id"], unique=False)
    op.create_table(
        "paymentlink",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("code_sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("expires", sa.DateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used", sa.DateTime(), nullable=True),
        sa.Column("ended", sa.DateTime(), nullable=True),
        sa.Column("listed", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["repaymentdecision.id"]),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_paymentlink_decision_id"), "paymentlink", ["decision_id"], unique=False)
    op.create_table(
        "repaymentclaim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("uplift", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("grade", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.Column("incomplete", sa.Boolean(), nullable=False),
        sa.Column("trace", sa.JSON(), nullable=False),
        sa.Column("instalments", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["repaymentdecision.id"]),
        sa.ForeignKeyConstraint(["worker_id"], ["repaymentworker.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("decision_id", "worker_id"),
    )
    op.create_index(op.f("ix_repaymentclaim_decision_id"), "repaymentclaim", ["decision_id"], unique=False)
    op.create_index(op.f("ix_repaymentclaim_worker_id"), "repaymentclaim", ["worker_id"], unique=False)
    op.create_table(
        "verificationsample",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("seed", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("drawn", sa.DateTime(), nullable=False),
        sa.Column("drawn_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["repaymentdecision.id"]),
        sa.ForeignKeyConstraint(["drawn_by"], ["user.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_verificationsample_decision_id"), "verificationsample", ["decision_id"], unique=False)
    op.create_table(
        "repaymentpayment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("currency", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("confirmation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("received", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("retaliation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recorded", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["repaymentclaim.id"]),
        sa.ForeignKeyConstraint(["recorded_by"], ["user.id"]),
        sa.ForeignKeyConstraint(["worker_id"], ["repaymentworker.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_repaymentpayment_claim_id"), "repaymentpayment", ["claim_id"], unique=False)
    op.create_index(op.f("ix_repaymentpayment_worker_id"), "repaymentpayment", ["worker_id"], unique=False)
    op.create_table(
        "verificationcandidate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sample_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("stratum", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("is_drawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["sample_id"], ["verificationsample.id"]),
        sa.ForeignKeyConstraint(["worker_id"], ["repaymentworker.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sample_id", "worker_id"),
    )
    op.create_index(op.f("ix_verificationcandidate_sample_id"), "verificationcandidate", ["sample_id"], unique=False)
    op.create_index(op.f("ix_verificationcandidate_worker_id"), "verificationcandidate", ["worker_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_verificationcandidate_worker_id"), table_name="verificationcandidate")
    op.drop_index(op.f("ix_verificationcandidate_sample_id"), table_name="verificationcandidate")
    op.drop_table("verificationcandidate")
    op.drop_index(op.f("ix_repaymentpayment_worker_id"), table_name="repaymentpayment")
    op.drop_index(op.f("ix_repaymentpayment_claim_id"), table_name="repaymentpayment")
    op.drop_table("repaymentpayment")
    op.drop_index(op.f("ix_verificationsample_decision_id"), table_name="verificationsample")
    op.drop_table("verificationsample")
    op.drop_index(op.f("ix_repaymentclaim_worker_id"), table_name="repaymentclaim")
    op.drop_index(op.f("ix_repaymentclaim_decision_id"), table_name="repaymentclaim")
    op.drop_table("repaymentclaim")
    op.drop_index(op.f("ix_paymentlink_decision_id"), table_name="paymentlink")
    op.drop_table("paymentlink")
    op.drop_index(op.f("ix_repaymentdecision_supplier_id"), table_name="repaymentdecision")
    op.drop_index(op.f("ix_repaymentdecision_round_id"), table_name="repaymentdecision")
    op.drop_table("repaymentdecision")
    op.drop_index(op.f("ix_remediationstep_case_id"), table_name="remediationstep")
    op.drop_table("remediationstep")
    op.drop_index(op.f("ix_remediationcase_supplier_id"), table_name="remediationcase")
    op.drop_index(op.f("ix_remediationcase_status"), table_name="remediationcase")
    op.drop_table("remediationcase")
    op.drop_table("repaymentworker")
