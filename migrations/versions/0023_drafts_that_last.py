"""Drafts that last

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

DRAFTS = "report_drafts"


def upgrade() -> None:
    op.add_column(DRAFTS, sa.Column("sealed_token", sa.String(), nullable=True))
    op.add_column(DRAFTS, sa.Column("pages", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
    op.add_column(DRAFTS, sa.Column("changed_at", UTCDateTime(timezone=True), nullable=True))
    op.execute(f"UPDATE {DRAFTS} SET changed_at = created_at")
    with op.batch_alter_table(DRAFTS) as drafts:
        drafts.alter_column("changed_at", existing_type=UTCDateTime(timezone=True), nullable=False)
        drafts.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        drafts.create_foreign_key(op.f("fk_report_drafts_owner_id"), "users", ["owner_id"], ["id"])
        drafts.create_check_constraint(
            op.f("ck_report_drafts_sealed_for_its_owner"), "owner_id IS NOT NULL OR sealed_token IS NULL"
        )
        drafts.create_index(op.f("ix_report_drafts_owner_id"), ["owner_id", "changed_at"])


def downgrade() -> None:
    with op.batch_alter_table(DRAFTS) as drafts:
        drafts.drop_index(op.f("ix_report_drafts_owner_id"))
        drafts.drop_constraint(op.f("ck_report_drafts_sealed_for_its_owner"), type_="check")
        drafts.drop_constraint(op.f("fk_report_drafts_owner_id"), type_="foreignkey")
        for column in ("owner_id", "changed_at", "pages", "sealed_token"):
            drafts.drop_column(column)
