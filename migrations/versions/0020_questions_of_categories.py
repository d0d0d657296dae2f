"""Questions of categories, suggestions that carry

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KINDS = ("text", "choice", "number", "photo")


def upgrade() -> None:
    op.add_column("reports", sa.Column("is_formal", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("reports", sa.Column("public_answers", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "category_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("category_code", sa.String(), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="questionkind", native_enum=False, length=40), nullable=False),
        sa.Column("label_id", sa.String(), nullable=False),
        sa.Column("label_en", sa.String(), nullable=False),
        sa.Column("hint_id", sa.String(), nullable=False),
        sa.Column("hint_en", sa.String(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=True),
        sa.Column("maximum", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("unit_en", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("minimum <= maximum", name=op.f("ck_category_questions_bounds_in_order")),
        sa.ForeignKeyConstraint(
            ["category_code"], ["categories.code"], name=op.f("fk_category_questions_category_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category_questions")),
    )
    op.create_index(
        "ix_category_questions_category_code_position",
        "category_questions",
        ["category_code", "position", "id"],
    )
    op.create_table(
        "report_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label_id", sa.String(), nullable=False),
        sa.Column("label_en", sa.String(), nullable=False),
        sa.Column("given", sa.String(), nullable=False),
        sa.Column("answer_id", sa.String(), nullable=False),
        sa.Column("answer_en", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report_contents.report_id"], name=op.f("fk_report_answers_report_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["category_questions.id"], name=op.f("fk_report_answers_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_answers")),
        sa.UniqueConstraint("report_id", "code", name=op.f("uq_report_answers_report_id_code")),
    )
    op.create_index(op.f("ix_report_answers_question_id"), "report_answers", ["question_id"])
    op.create_table(
        "carried_suggestions",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("supporter_count", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(response_id IS NULL) = (answered_at IS NULL)", name=op.f("ck_carried_suggestions_answer_dated")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_carried_suggestions_report_id")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_carried_suggestions_assignment_id")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_carried_suggestions_response_id")
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_carried_suggestions")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_carried_suggestions_assignment_id")),
        sa.UniqueConstraint("response_id", name=op.f("uq_carried_suggestions_response_id")),
    )


def downgrade() -> None:
    op.drop_table("carried_suggestions")
    op.drop_table("report_answers")
    op.drop_table("category_questions")
    op.drop_column("reports", "public_answers")
    op.drop_column("reports", "is_formal")
