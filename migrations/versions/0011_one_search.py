"""One search

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

COLUMNS = ("title", "place")


def upgrade() -> None:
    # Not in a batch: on SQLite that would drop the triggers which keep the index in step.
    for name in COLUMNS:
        op.add_column("search_documents", sa.Column(name, sa.String(), server_default="", nullable=False))
    op.execute(
        "UPDATE search_documents SET "
        "title = (SELECT title FROM reports WHERE reports.number = search_documents.ref), "
        "place = coalesce((SELECT areas.name FROM reports JOIN areas ON areas.code = reports.area_code "
        "WHERE reports.number = search_documents.ref), '') "
        "WHERE kind = 'report' AND ref IN (SELECT number FROM reports)"
    )


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("search_documents", name)
