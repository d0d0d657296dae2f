"""The answer box: canned answers and their versions, drafts, and what an answer was made from

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

import portal.db
from portal.ledger import triggers

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = portal.db.UTCDateTime(timezone=True)
VERSIONS = "canned_answer_versions"


def upgrade() -> None:
    _canned_answers()
    _drafts()
    # Not in a batch: on SQLite that makes the table anew, and other tables point to its rows.
    made_from = sa.ForeignKey(f"{VERSIONS}.id", name=op.f("fk_responses_canned_version_id"))
    column = sa.Column("canned_version_id", sa.Integer(), made_from, nullable=True)
    op.add_column("responses", column, inline_references=True)


def downgrade() -> None:
    op.drop_column("responses", "canned_version_id")
    op.drop_table("drafts")
    op.drop_table(VERSIONS)
    op.drop_index(op.f("ix_canned_answers_agency_id"), table_name="canned_answers")
    op.drop_table("canned_answers")


def _canned_answers() -> None:
    op.create_table(
        "canned_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("retired_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_canned_answers_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_answers")),
    )
    op.create_index(op.f("ix_canned_answers_agency_id"), "canned_answers", ["agency_id"])
    op.create_table(
        VERSIONS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canned_answer_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["canned_answer_id"], ["canned_answers.id"], name=op.f(f"fk_{VERSIONS}_canned_answer_id")
        ),
        sa.ForeignKeyConstraint(["written_by_id"], ["users.id"], name=op.f(f"fk_{VERSIONS}_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{VERSIONS}")),
        sa.UniqueConstraint(
            "canned_answer_id", "number", name=op.f(f"uq_{VERSIONS}_canned_answer_id_number")
        ),
    )
    for statement in triggers.statements(VERSIONS, op.get_bind().dialect.name):
        op.execute(statement)


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("seen_lock", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_drafts_assignment_id")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_drafts_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("assignment_id", "author_id", name=op.f("uq_drafts_assignment_id_author_id")),
    )
    op.create_index(op.f("ix_drafts_saved_at"), "drafts", ["saved_at"])
