"""Triage merges and splits

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

import portal.db

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

MOMENT = portal.db.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "public_wordings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_public_wordings_report_id")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_public_wordings_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_wordings")),
    )
    op.create_index(op.f("ix_public_wordings_report_id"), "public_wordings", ["report_id"])
    op.create_table(
        "report_merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("adds_reporter", sa.Boolean(), nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("report_id <> into_id", name=op.f("ck_report_merges_two_reports")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_report_merges_report_id")),
        sa.ForeignKeyConstraint(["into_id"], ["reports.id"], name=op.f("fk_report_merges_into_id")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_report_merges_by_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["users.id"], name=op.f("fk_report_merges_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_merges")),
    )
    op.create_index(op.f("ix_report_merges_report_id"), "report_merges", ["report_id"])
    op.create_index(op.f("ix_report_merges_into_id"), "report_merges", ["into_id"])
    op.add_column("reports", sa.Column("lock", sa.Integer(), server_default="0", nullable=False))
    op.add_column("reports", _key("split_from_id", "reports"), inline_references=True)
    op.create_index("ix_reports_merged_into_id", "reports", ["merged_into_id"])
    op.create_index("ix_reports_split_from_id", "reports", ["split_from_id"])
    op.add_column("report_photos", sa.Column("held_at", MOMENT, nullable=True))
    op.add_column(
        "report_photos", _key("masked_id", "attachments", of="report_photos"), inline_references=True
    )
    op.add_column("supporters", _key("merge_id", "report_merges", of="supporters"), inline_references=True)
    op.create_index(op.f("ix_supporters_merge_id"), "supporters", ["merge_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_supporters_merge_id"), table_name="supporters")
    op.drop_column("supporters", "merge_id")
    op.drop_column("report_photos", "masked_id")
    op.drop_column("report_photos", "held_at")
    op.drop_index("ix_reports_split_from_id", table_name="reports")
    op.drop_index("ix_reports_merged_into_id", table_name="reports")
    op.drop_column("reports", "split_from_id")
    op.drop_column("reports", "lock")
    op.drop_table("report_merges")
    op.drop_table("public_wordings")


def _key(column: str, table: str, *, of: str = "reports") -> sa.Column:
    name = op.f(f"fk_{of}_{column}")
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{table}.id", name=name), nullable=True)
