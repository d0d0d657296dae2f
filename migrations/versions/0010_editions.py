"""Editions of the statistics

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

import portal.db
from portal.ledger import triggers

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "editions",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("cutoff", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("published_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=False),
        sa.Column("corrects_number", sa.Integer(), nullable=True),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("previous_root", sa.String(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_editions_number")),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_editions_period")),
        sa.CheckConstraint("prepared_by_id <> confirmed_by_id", name=op.f("ck_editions_two_people")),
        sa.CheckConstraint("corrects_number < number", name=op.f("ck_editions_corrects_an_earlier_one")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["users.id"], name=op.f("fk_editions_prepared_by_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["users.id"], name=op.f("fk_editions_confirmed_by_id")),
        sa.ForeignKeyConstraint(
            ["corrects_number"], ["editions.number"], name=op.f("fk_editions_corrects_number")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_editions")),
        sa.UniqueConstraint("previous_root", name=op.f("uq_editions_previous_root")),
        sa.UniqueConstraint("root", name=op.f("uq_editions_root")),
    )
    op.create_table(
        "edition_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("cutoff", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("corrects_number", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("comments", sa.JSON(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("lock", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_edition_drafts_period")),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"], ["users.id"], name=op.f("fk_edition_drafts_prepared_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_number"], ["editions.number"], name=op.f("fk_edition_drafts_corrects_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_drafts")),
    )
    op.create_table(
        "edition_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_number"], ["editions.number"], name=op.f("fk_edition_files_edition_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_files")),
        sa.UniqueConstraint("edition_number", "name", name=op.f("uq_edition_files_edition_number_name")),
    )
    engine = op.get_bind().dialect.name
    for table, key in (("editions", "number"), ("edition_files", "id")):
        for statement in triggers.statements(table, engine, key):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("edition_files")
    op.drop_table("edition_drafts")
    op.drop_table("editions")
