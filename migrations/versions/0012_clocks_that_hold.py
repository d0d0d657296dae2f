"""Clocks that hold

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

import portal.db
from portal.ledger import triggers

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: on SQLite that would drop the triggers which keep the table append-only.
    op.add_column("policy_versions", sa.Column("valid_from", sa.Date(), nullable=True))
    op.create_table(
        "policy_applications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_version_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_policy_applications_reason")),
        sa.ForeignKeyConstraint(
            ["policy_version_id"],
            ["policy_versions.id"],
            name=op.f("fk_policy_applications_policy_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_applications")),
    )
    op.create_index(
        op.f("ix_policy_applications_policy_version_id"), "policy_applications", ["policy_version_id"]
    )
    op.create_table(
        "clock_checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("clock_count", sa.Integer(), nullable=False),
        sa.Column("difference_count", sa.Integer(), nullable=False),
        sa.Column("differences", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_checks")),
    )
    for statement in triggers.statements("policy_applications", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("clock_checks")
    op.drop_table("policy_applications")
    op.drop_column("policy_versions", "valid_from")
