"""After filing

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

import portal.db

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

MOMENT = portal.db.UTCDateTime(timezone=True)
VERDICT = sa.Enum("solved", "partly", "not", name="verdict", native_enum=False, length=40)


def upgrade() -> None:
    _verdicts()
    _answer_ratings()
    _followers_by_mail()
    # An anonymous reporter often stands at their own door: the public sees about 110 m instead of 11.
    op.execute(
        "UPDATE reports SET lat = CAST(ROUND(CAST(lat AS NUMERIC), 3) AS FLOAT), "
        "lon = CAST(ROUND(CAST(lon AS NUMERIC), 3) AS FLOAT) WHERE is_anonymous AND lat IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_table("report_followers_by_mail")
    op.drop_table("answer_ratings")
    op.add_column("ratings", sa.Column("is_solved", sa.Boolean(), nullable=True))
    op.execute("UPDATE ratings SET is_solved = (verdict = 'solved')")
    op.execute("DELETE FROM ratings WHERE superseded_at IS NOT NULL")
    op.drop_column("ratings", "superseded_at")
    with op.batch_alter_table("ratings") as ratings:
        ratings.alter_column("is_solved", existing_type=sa.Boolean(), nullable=False)
        ratings.drop_column("verdict")


def _verdicts() -> None:
    """Solved or not becomes solved, partly, or not."""
    op.add_column("ratings", sa.Column("verdict", VERDICT, nullable=True))
    op.add_column("ratings", sa.Column("superseded_at", MOMENT, nullable=True))
    op.execute("UPDATE ratings SET verdict = CASE WHEN is_solved THEN 'solved' ELSE 'not' END")
    with op.batch_alter_table("ratings") as ratings:
        ratings.alter_column("verdict", existing_type=VERDICT, nullable=False)
        ratings.drop_column("is_solved")


def _answer_ratings() -> None:
    op.create_table(
        "answer_ratings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("verdict", VERDICT, nullable=False),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_answer_ratings_stars")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_answer_ratings_response_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_answer_ratings_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_ratings")),
        sa.UniqueConstraint("response_id", "user_id", name=op.f("uq_answer_ratings_response_id_user_id")),
    )
    op.create_index(op.f("ix_answer_ratings_user_id"), "answer_ratings", ["user_id"])
    owners = sa.text("user_id IS NULL")
    op.create_index(
        "uq_answer_ratings_of_the_owner",
        "answer_ratings",
        ["response_id"],
        unique=True,
        sqlite_where=owners,
        postgresql_where=owners,
    )


def _followers_by_mail() -> None:
    op.create_table(
        "report_followers_by_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_report_followers_by_mail_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_followers_by_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_report_followers_by_mail_key")),
        sa.UniqueConstraint(
            "report_id", "address", name=op.f("uq_report_followers_by_mail_report_id_address")
        ),
    )
