"""Seals over the record

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

import portal.db
from portal.ledger import triggers

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seals",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("event_count", sa.Integer(), nullable=False),
        sa.Column("events_digest", sa.String(), nullable=False),
        sa.Column("previous_digest", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_seals_number")),
        sa.CheckConstraint("event_count > 0", name=op.f("ck_seals_event_count")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_seals")),
        sa.UniqueConstraint("digest", name=op.f("uq_seals_digest")),
        sa.UniqueConstraint("previous_digest", name=op.f("uq_seals_previous_digest")),
    )
    op.create_table(
        "seal_members",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seal_number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_seal_members_event_id")),
        sa.ForeignKeyConstraint(["seal_number"], ["seals.number"], name=op.f("fk_seal_members_seal_number")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_seal_members")),
        sa.UniqueConstraint("seal_number", "position", name=op.f("uq_seal_members_seal_number_position")),
    )
    engine = op.get_bind().dialect.name
    for table, key in (("seals", "number"), ("seal_members", "event_id")):
        for statement in triggers.statements(table, engine, key):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("seal_members")
    op.drop_table("seals")
