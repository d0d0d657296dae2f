"""Routing models and clients

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime
from portal.ledger import triggers

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

APPEND_ONLY = ("routing_models", "routing_model_choices")


def upgrade() -> None:
    op.create_table(
        "routing_models",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trained_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("trained_by_id", sa.Integer(), nullable=True),
        sa.Column("report_count", sa.Integer(), nullable=False),
        sa.Column("vocabulary_size", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["trained_by_id"], ["users.id"], name=op.f("fk_routing_models_trained_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_models")),
    )
    op.create_table(
        "routing_model_choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=True),
        sa.Column("at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_routing_model_choices_by_id")),
        sa.ForeignKeyConstraint(
            ["model_id"], ["routing_models.id"], name=op.f("fk_routing_model_choices_model_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_model_choices")),
    )
    for table in APPEND_ONLY:
        for statement in triggers.statements(table, op.get_bind().dialect.name):
            op.execute(statement)
    op.create_table(
        "open311_clients",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("key_digest", sa.String(), nullable=True),
        sa.Column("keyed_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("hourly_limit", sa.Integer(), nullable=False),
        sa.Column("daily_limit", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        sa.Column("created_at", UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "hourly_limit > 0 AND daily_limit > 0", name=op.f("ck_open311_clients_limits_positive")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open311_clients")),
        sa.UniqueConstraint("key_digest", name=op.f("uq_open311_clients_key_digest")),
        sa.UniqueConstraint("name", name=op.f("uq_open311_clients_name")),
    )
    op.create_table(
        "open311_filings",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["open311_clients.id"], name=op.f("fk_open311_filings_client_id")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_open311_filings_report_id")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_open311_filings")),
    )
    op.create_index(op.f("ix_open311_filings_client_id"), "open311_filings", ["client_id"])


def downgrade() -> None:
    op.drop_table("open311_filings")
    op.drop_table("open311_clients")
    op.drop_table("routing_model_choices")
    op.drop_table("routing_models")
