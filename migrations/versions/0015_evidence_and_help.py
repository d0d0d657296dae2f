"""Evidence and help

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

import portal.db

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = portal.db.UTCDateTime(timezone=True)
OPEN = sa.text("settled_at IS NULL")


def upgrade() -> None:
    op.add_column(
        "agencies", sa.Column("needs_approval", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    # Not in a batch: on SQLite that makes the table anew, and other tables point to its rows.
    asked = sa.ForeignKey("responses.id", name=op.f("fk_responses_asked_id"))
    op.add_column(
        "responses", sa.Column("asked_id", sa.Integer(), asked, nullable=True), inline_references=True
    )
    op.add_column("responses", sa.Column("settled_at", MOMENT, nullable=True))
    op.create_index(
        op.f("ix_responses_kind_to_official_id"), "responses", ["kind", "to_official_id", "settled_at"]
    )
    _photos()
    _pending_answers()
    _corrections()


def downgrade() -> None:
    op.drop_table("corrections")
    op.drop_table("pending_answers")
    op.drop_table("response_photos")
    op.drop_index(op.f("ix_responses_kind_to_official_id"), table_name="responses")
    op.drop_column("responses", "settled_at")
    op.drop_column("responses", "asked_id")
    op.drop_column("agencies", "needs_approval")


def _photos() -> None:
    op.create_table(
        "response_photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("original_sha256", sa.String(), nullable=False),
        sa.Column("original_type", sa.String(), nullable=False),
        sa.Column("alt", sa.String(), nullable=False),
        sa.Column("captured", sa.String(), nullable=True),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("disputed_at", MOMENT, nullable=True),
        sa.Column("dispute", sa.String(), nullable=True),
        sa.Column("replied_at", MOMENT, nullable=True),
        sa.Column("reply", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(disputed_at IS NULL) = (dispute IS NULL)", name=op.f("ck_response_photos_dispute_dated")
        ),
        sa.CheckConstraint(
            "(replied_at IS NULL) = (reply IS NULL)", name=op.f("ck_response_photos_reply_dated")
        ),
        sa.CheckConstraint(
            "reply IS NULL OR dispute IS NOT NULL", name=op.f("ck_response_photos_reply_to_dispute")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_response_photos_assignment_id")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_response_photos_response_id")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_response_photos_attachment_id")
        ),
        sa.ForeignKeyConstraint(["added_by_id"], ["users.id"], name=op.f("fk_response_photos_added_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_photos")),
        sa.UniqueConstraint("attachment_id", name=op.f("uq_response_photos_attachment_id")),
    )
    op.create_index(
        op.f("ix_response_photos_assignment_id_response_id"),
        "response_photos",
        ["assignment_id", "response_id"],
    )
    op.create_index(op.f("ix_response_photos_response_id"), "response_photos", ["response_id"])
    op.create_index(op.f("ix_response_photos_original_sha256"), "response_photos", ["original_sha256"])


def _pending_answers() -> None:
    op.create_table(
        "pending_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("lock", sa.Integer(), nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.CheckConstraint(
            "response_id IS NULL OR settled_at IS NOT NULL", name=op.f("ck_pending_answers_approved_settled")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_pending_answers_assignment_id")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_pending_answers_author_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_pending_answers_agency_id")),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["users.id"], name=op.f("fk_pending_answers_settled_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_pending_answers_response_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_answers")),
        sa.UniqueConstraint("response_id", name=op.f("uq_pending_answers_response_id")),
    )
    op.create_index(op.f("ix_pending_answers_assignment_id_id"), "pending_answers", ["assignment_id", "id"])
    op.create_index(
        op.f("ix_pending_answers_open"),
        "pending_answers",
        ["assignment_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def _corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("former_category_code", sa.String(), nullable=True),
        sa.Column("former_area_code", sa.String(), nullable=True),
        sa.Column("category_code", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("is_made", sa.Boolean(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(is_made IS NULL) = (decided_at IS NULL)", name=op.f("ck_corrections_decision_dated")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_corrections_assignment_id")
        ),
        sa.ForeignKeyConstraint(
            ["former_category_code"], ["categories.code"], name=op.f("fk_corrections_former_category_code")
        ),
        sa.ForeignKeyConstraint(
            ["former_area_code"], ["areas.code"], name=op.f("fk_corrections_former_area_code")
        ),
        sa.ForeignKeyConstraint(
            ["category_code"], ["categories.code"], name=op.f("fk_corrections_category_code")
        ),
        sa.ForeignKeyConstraint(["area_code"], ["areas.code"], name=op.f("fk_corrections_area_code")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["users.id"], name=op.f("fk_corrections_asked_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_corrections_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index(op.f("ix_corrections_assignment_id_id"), "corrections", ["assignment_id", "id"])
    op.create_index(op.f("ix_corrections_decided_at"), "corrections", ["decided_at"])
