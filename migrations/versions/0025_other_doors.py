"""Other doors

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

CHANNELS = ("web", "counter", "phone", "letter", "chat", "email", "open311", "import")
STATES = ("running", "done", "refused")
RESULTS = ("imported", "known", "differs", "refused")
ROW_REASONS = (
    *("column_empty", "source_id_empty", "received_empty", "unknown_value", "not_a_date", "not_a_time"),
    *("not_a_number", "unknown_agency", "unknown_category", "no_agency", "closed_before_received"),
    *("in_the_future", "too_many_cells", "other_ending", "broken"),
)
FILE_REASONS = (
    *("not_a_file", "unreadable", "too_large", "empty", "spreadsheet", "not_text", "missing_columns"),
    "broken_csv",
)


def upgrade() -> None:
    op.add_column(
        "reports",
        sa.Column(
            "channel",
            sa.Enum(*CHANNELS, name="channel", native_enum=False, length=40),
            server_default="web",
            nullable=False,
        ),
    )
    op.execute("UPDATE reports SET channel = 'import' WHERE source_id IS NOT NULL")
    op.add_column(
        "agencies",
        sa.Column("records_for_others", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    _add_counter()
    _add_intake()
    _add_imports()


def _add_counter() -> None:
    op.create_table(
        "counter_filings",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_counter_filings_report_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["users.id"], name=op.f("fk_counter_filings_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_counter_filings_agency_id")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_counter_filings")),
    )
    op.create_index("ix_counter_filings_recorded_by_id", "counter_filings", ["recorded_by_id", "report_id"])
    op.create_index("ix_counter_filings_agency_id", "counter_filings", ["agency_id", "report_id"])


def _add_intake() -> None:
    op.add_column(
        "inbound_mails", sa.Column("is_intake", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("inbound_mails", sa.Column("sender_digest", sa.String(), nullable=True))
    op.create_index(op.f("ix_inbound_mails_sender_digest"), "inbound_mails", ["sender_digest"])
    op.create_table(
        "intake_salts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_intake_salts")),
    )


def _add_imports() -> None:
    why = sa.Enum(*ROW_REASONS, *FILE_REASONS, name="why", native_enum=False, length=40)
    op.create_table(
        "import_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("state", sa.Enum(*STATES, name="runstate", native_enum=False, length=40), nullable=False),
        sa.Column("why", why, nullable=True),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("imported_count", sa.Integer(), nullable=False),
        sa.Column("known_count", sa.Integer(), nullable=False),
        sa.Column("differing_count", sa.Integer(), nullable=False),
        sa.Column("refused_count", sa.Integer(), nullable=False),
        sa.Column("started_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("moved_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("repeat_count", sa.Integer(), nullable=False),
        sa.Column("repeated_at", UTCDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_runs")),
        sa.UniqueConstraint("sha256", name=op.f("uq_import_runs_sha256")),
    )
    op.create_index("ix_import_runs_state", "import_runs", ["state"])
    op.create_table(
        "import_rows",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column(
            "result", sa.Enum(*RESULTS, name="rowresult", native_enum=False, length=40), nullable=False
        ),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("why", why, nullable=True),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_runs.id"], name=op.f("fk_import_rows_run_id")),
        sa.PrimaryKeyConstraint("run_id", "line", name=op.f("pk_import_rows")),
    )
    op.create_index("ix_import_rows_run_id_result", "import_rows", ["run_id", "result", "line"])


def downgrade() -> None:
    op.drop_table("import_rows")
    op.drop_table("import_runs")
    op.drop_table("intake_salts")
    op.drop_index(op.f("ix_inbound_mails_sender_digest"), table_name="inbound_mails")
    op.drop_column("inbound_mails", "sender_digest")
    op.drop_column("inbound_mails", "is_intake")
    op.drop_table("counter_filings")
    op.drop_column("agencies", "records_for_others")
    op.drop_column("reports", "channel")
