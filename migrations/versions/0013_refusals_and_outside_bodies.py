"""Refusals and outside bodies

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

import portal.db

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENT = portal.db.UTCDateTime(timezone=True)


def upgrade() -> None:
    _outside_bodies()
    _refusals()
    _early_refusals()
    op.add_column("reports", sa.Column("overturn_count", sa.Integer(), server_default="0", nullable=False))
    op.add_column("assignments", sa.Column("react_by", MOMENT, nullable=True))
    op.add_column("assignments", sa.Column("silent_at", MOMENT, nullable=True))
    op.create_index(op.f("ix_assignments_state_react_by"), "assignments", ["state", "react_by"])
    # From now on the duty itself knows how long its answer waits for a reaction.
    op.execute(
        "UPDATE assignments SET react_by = "
        "(SELECT react_by FROM reports WHERE reports.assignment_id = assignments.id) "
        "WHERE state = 'answered' AND origin = 'report'"
    )
    op.drop_column("reports", "react_by")


def downgrade() -> None:
    op.add_column("reports", sa.Column("react_by", MOMENT, nullable=True))
    op.execute(
        "UPDATE reports SET react_by = "
        "(SELECT react_by FROM assignments WHERE assignments.id = reports.assignment_id)"
    )
    op.drop_index(op.f("ix_assignments_state_react_by"), table_name="assignments")
    op.drop_column("assignments", "silent_at")
    op.drop_column("assignments", "react_by")
    op.drop_column("reports", "overturn_count")
    op.drop_table("early_refusals")
    op.drop_index(op.f("ix_responses_kind_at_id"), table_name="responses")
    for name in ("overturn_reason", "overturned_by_id", "overturned_at", "duplicate_of", "outside_body_id"):
        op.drop_column("responses", name)
    op.drop_table("agency_categories")
    op.drop_table("agency_channels")
    op.drop_column("agencies", "channels_checked_on")
    op.drop_column("agencies", "covers")


def _outside_bodies() -> None:
    op.add_column("agencies", sa.Column("covers", sa.String(), server_default="", nullable=False))
    op.add_column("agencies", sa.Column("channels_checked_on", sa.Date(), nullable=True))
    op.create_table(
        "agency_channels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("hours", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_agency_channels_agency_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_channels")),
    )
    op.create_index(op.f("ix_agency_channels_agency_id"), "agency_channels", ["agency_id"])
    op.create_table(
        "agency_categories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("category_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_agency_categories_agency_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["category_code"], ["categories.code"], name=op.f("fk_agency_categories_category_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_categories")),
        sa.UniqueConstraint(
            "agency_id", "category_code", name=op.f("uq_agency_categories_agency_id_category_code")
        ),
    )
    op.create_index(op.f("ix_agency_categories_category_code"), "agency_categories", ["category_code"])


def _refusals() -> None:
    # Not in a batch: on SQLite that makes the table anew, and other tables point to its rows.
    for name, table in (("outside_body_id", "agencies"), ("overturned_by_id", "users")):
        key = sa.ForeignKey(f"{table}.id", name=op.f(f"fk_responses_{name}"))
        op.add_column("responses", sa.Column(name, sa.Integer(), key, nullable=True), inline_references=True)
    op.add_column("responses", sa.Column("duplicate_of", sa.String(), nullable=True))
    op.add_column("responses", sa.Column("overturned_at", MOMENT, nullable=True))
    op.add_column("responses", sa.Column("overturn_reason", sa.String(), server_default="", nullable=False))
    op.create_index(op.f("ix_responses_kind_at_id"), "responses", ["kind", "at", "id"])


def _early_refusals() -> None:
    op.create_table(
        "early_refusals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("outside_body_id", sa.Integer(), nullable=True),
        sa.Column("duplicate_of", sa.String(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("overturned_at", MOMENT, nullable=True),
        sa.Column("overturned_by_id", sa.Integer(), nullable=True),
        sa.Column("overturn_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(overturned_at IS NULL) = (overturned_by_id IS NULL)",
            name=op.f("ck_early_refusals_overturned_by_somebody"),
        ),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_early_refusals_report_id")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["moderator_questions.id"], name=op.f("fk_early_refusals_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["outside_body_id"], ["agencies.id"], name=op.f("fk_early_refusals_outside_body_id")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_early_refusals_author_id")),
        sa.ForeignKeyConstraint(
            ["overturned_by_id"], ["users.id"], name=op.f("fk_early_refusals_overturned_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_early_refusals")),
        sa.UniqueConstraint("question_id", name=op.f("uq_early_refusals_question_id")),
    )
    op.create_index(op.f("ix_early_refusals_at_id"), "early_refusals", ["at", "id"])
    op.create_index(op.f("ix_early_refusals_report_id"), "early_refusals", ["report_id"])
