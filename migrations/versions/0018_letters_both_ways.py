"""Letters both ways

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

GROUPS = (
    *("account", "asked", "own_report", "followed_report", "forum", "ideas", "projects", "meetings"),
    *("surveys", "moderation", "duty", "team", "triage", "overdue", "summary", "mail"),
)
STATES = ("waiting", "taken", "refused", "automatic", "bounce", "unreadable")


def upgrade() -> None:
    op.add_column(
        "users", sa.Column("letter_choices", sa.JSON(), server_default=sa.text("'{}'"), nullable=False)
    )
    op.add_column("notifications", sa.Column("about", sa.String(), nullable=True))
    op.add_column(
        "notifications",
        sa.Column("awaits_summary", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("notifications", sa.Column("held_at", UTCDateTime(timezone=True), nullable=True))
    op.create_index(
        op.f("ix_notifications_awaits_summary_user_id"), "notifications", ["awaits_summary", "user_id"]
    )
    op.create_table(
        "muted_addresses",
        sa.Column("address_digest", sa.String(), nullable=False),
        sa.Column(
            "group",
            sa.Enum(*GROUPS, name="group", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("muted_at", UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address_digest", "group", name=op.f("pk_muted_addresses")),
    )
    op.create_table(
        "failing_addresses",
        sa.Column("address_digest", sa.String(), nullable=False),
        sa.Column("bounce_count", sa.Integer(), nullable=False),
        sa.Column("bounced_at", UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address_digest", name=op.f("pk_failing_addresses")),
    )
    op.create_table(
        "daily_summaries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("written_at", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_daily_summaries_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_daily_summaries")),
        sa.UniqueConstraint("user_id", "day", name=op.f("uq_daily_summaries_user_id_day")),
    )
    op.create_index(op.f("ix_daily_summaries_day"), "daily_summaries", ["day"])
    op.create_table(
        "inbound_mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="mailstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("notification_id", sa.Integer(), nullable=True),
        sa.Column("became", sa.String(), nullable=True),
        sa.Column("received_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("handled_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("answered_at", UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["notification_id"], ["notifications.id"], name=op.f("fk_inbound_mails_notification_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_mails")),
        sa.UniqueConstraint("key", name=op.f("uq_inbound_mails_key")),
    )
    op.create_index(op.f("ix_inbound_mails_state_id"), "inbound_mails", ["state", "id"])
    op.create_index(op.f("ix_inbound_mails_answered_at"), "inbound_mails", ["answered_at"])


def downgrade() -> None:
    op.drop_table("inbound_mails")
    op.drop_table("daily_summaries")
    op.drop_table("failing_addresses")
    op.drop_table("muted_addresses")
    op.drop_index(op.f("ix_notifications_awaits_summary_user_id"), table_name="notifications")
    for column in ("held_at", "awaits_summary", "about"):
        op.drop_column("notifications", column)
    op.drop_column("users", "letter_choices")
