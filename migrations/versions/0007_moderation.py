"""Moderation

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

import portal.db
from portal.ledger import triggers

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

APPEND_ONLY = "moderation_decisions"
REASONS = ("abuse", "hate", "personal_data", "accusation", "indecent", "unlawful", "spam", "off_topic")
ACTIONS = ("hidden_by_flags", "hidden", "kept", "locked", "unlocked", "upheld", "restored")


def upgrade() -> None:
    op.add_column("reports", sa.Column("hidden_at", portal.db.UTCDateTime(timezone=True), nullable=True))
    op.add_column("report_contents", sa.Column("withheld", sa.JSON(), nullable=True))
    op.create_table(
        "review_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "decided", name="itemstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("flag_count", sa.Integer(), nullable=False),
        sa.Column("opened_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("decided_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("lock", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_items")),
        sa.UniqueConstraint("subject", name=op.f("uq_review_items_subject")),
    )
    op.create_index("ix_review_items_state_weight", "review_items", ["state", "weight", "id"])
    op.create_table(
        "flags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Enum(*REASONS, name="reason", native_enum=False, length=40), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("is_upheld", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["review_items.id"], name=op.f("fk_flags_item_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_flags_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flags")),
        sa.UniqueConstraint("item_id", "user_id", "seen", name=op.f("uq_flags_item_id_user_id_seen")),
    )
    op.create_index("ix_flags_user_id_is_upheld", "flags", ["user_id", "is_upheld"])
    op.create_table(
        "moderation_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.Enum(*ACTIONS, name="action", native_enum=False, length=40), nullable=False),
        sa.Column("reason", sa.Enum(*REASONS, name="reason", native_enum=False, length=40), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["review_items.id"], name=op.f("fk_moderation_decisions_item_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_moderation_decisions_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_decisions")),
    )
    op.create_index("ix_moderation_decisions_item_id", "moderation_decisions", ["item_id"])
    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("against_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("is_granted", sa.Boolean(), nullable=True),
        sa.Column("decided_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR against_id IS NULL OR decided_by_id <> against_id",
            name=op.f("ck_appeals_by_another"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (is_granted IS NULL)", name=op.f("ck_appeals_decision_dated")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["moderation_decisions.id"], name=op.f("fk_appeals_decision_id")
        ),
        sa.ForeignKeyConstraint(["against_id"], ["users.id"], name=op.f("fk_appeals_against_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_appeals_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_appeals_decision_id")),
    )
    op.create_index("ix_appeals_decided_at", "appeals", ["decided_at"])
    for statement in triggers.statements(APPEND_ONLY, op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("appeals")
    op.drop_table("moderation_decisions")
    op.drop_table("flags")
    op.drop_table("review_items")
    op.drop_column("report_contents", "withheld")
    op.drop_column("reports", "hidden_at")
