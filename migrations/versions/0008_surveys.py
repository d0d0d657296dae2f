"""Surveys

Revision ID: 0008
Revises: 0007
"""

import portal.db
import sqlalchemy as sa
from alembic import op
from portal.ledger import triggers

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

APPEND_ONLY = "survey_results"


def upgrade() -> None:
    op.create_table(
        "agency_services",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("name_id", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("serves_reporters", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_agency_services_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_services")),
        sa.UniqueConstraint("agency_id", "name_id", name=op.f("uq_agency_services_agency_id_name_id")),
    )
    op.create_table(
        "surveys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Enum("skm", "evaluation", "rating", name="kind", native_enum=False, length=40), nullable=False
        ),
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("path", sa.String(), nullable=True),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=False),
        sa.Column("title_id", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("served_from", sa.Date(), nullable=True),
        sa.Column("served_to", sa.Date(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("extra_questions", sa.JSON(), nullable=False),
        sa.Column("asks_facts", sa.Boolean(), nullable=False),
        sa.Column("has_open_door", sa.Boolean(), nullable=False),
        sa.Column("invites_reporters", sa.Boolean(), nullable=False),
        sa.Column("invited_count", sa.Integer(), nullable=False),
        sa.Column("answered_count", sa.Integer(), nullable=False),
        sa.Column("door_count", sa.Integer(), nullable=False),
        sa.Column("created_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("close_reason", sa.String(), nullable=False),
        sa.Column("published_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('skm', 'evaluation')", name=op.f("ck_surveys_kind")),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_surveys_open_days")),
        sa.CheckConstraint("served_to >= served_from", name=op.f("ck_surveys_served_days")),
        sa.CheckConstraint("population > 0", name=op.f("ck_surveys_population")),
        sa.CheckConstraint("(kind = 'skm') = (service_id IS NOT NULL)", name=op.f("ck_surveys_service")),
        sa.CheckConstraint("(kind = 'evaluation') = (about IS NOT NULL)", name=op.f("ck_surveys_about")),
        sa.CheckConstraint("answered_count <= invited_count", name=op.f("ck_surveys_answered")),
        sa.ForeignKeyConstraint(["service_id"], ["agency_services.id"], name=op.f("fk_surveys_service_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_surveys_agency_id")),
        sa.ForeignKeyConstraint(["official_id"], ["officials.id"], name=op.f("fk_surveys_official_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_surveys_created_by_id")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_surveys_assignment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
        sa.UniqueConstraint("about", name=op.f("uq_surveys_about")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_surveys_assignment_id")),
    )
    op.create_index(op.f("ix_surveys_service_id"), "surveys", ["service_id"])
    op.create_index("ix_surveys_published_at_id", "surveys", ["published_at", "id"])
    op.create_index("ix_surveys_agency_id_id", "surveys", ["agency_id", "id"])
    op.create_table(
        "survey_invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("recipient_digest", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("sent_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("is_answered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_invitations_survey_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_survey_invitations_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_invitations")),
        sa.UniqueConstraint(
            "survey_id", "recipient_digest", name=op.f("uq_survey_invitations_survey_id_recipient_digest")
        ),
    )
    op.create_index(
        "ix_survey_invitations_reminder", "survey_invitations", ["survey_id", "is_answered", "reminded_at"]
    )
    op.create_table(
        "survey_responses",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column(
            "door", sa.Enum("invited", "open", name="door", native_enum=False, length=40), nullable=False
        ),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_responses_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_responses")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_survey_responses_survey_id"), "survey_responses", ["survey_id"])
    op.create_table(
        "survey_remarks",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("question_code", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("is_released", sa.Boolean(), nullable=True),
        sa.Column("decided_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_remarks_survey_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_survey_remarks_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_remarks")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_survey_remarks_survey_id_is_released_id", "survey_remarks", ["survey_id", "is_released", "id"]
    )
    op.create_table(
        "survey_results",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("published_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_results_survey_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["users.id"], name=op.f("fk_survey_results_published_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_results")),
        sa.UniqueConstraint("survey_id", name=op.f("uq_survey_results_survey_id")),
    )
    for statement in triggers.statements(APPEND_ONLY, op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for table in (
        "survey_results",
        "survey_remarks",
        "survey_responses",
        "survey_invitations",
        "surveys",
        "agency_services",
    ):
        op.drop_table(table)
