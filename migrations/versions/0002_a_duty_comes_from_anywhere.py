"""A duty comes from anywhere

Revision ID: 0002
Revises: 0001
"""

import portal.db
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("assignments") as batch_op:
        batch_op.add_column(sa.Column("received_at", portal.db.UTCDateTime(timezone=True), nullable=True))
    op.execute("UPDATE assignments SET received_at = disposed_at")
    op.execute(
        "UPDATE assignments SET received_at = "
        "(SELECT received_at FROM reports WHERE reports.assignment_id = assignments.id) "
        "WHERE id IN (SELECT assignment_id FROM reports WHERE assignment_id IS NOT NULL)"
    )
    with op.batch_alter_table("assignments") as batch_op:
        batch_op.alter_column("received_at", nullable=False)
    with op.batch_alter_table("responses") as batch_op:
        batch_op.add_column(sa.Column("outcome", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("responses") as batch_op:
        batch_op.drop_column("outcome")
    with op.batch_alter_table("assignments") as batch_op:
        batch_op.drop_column("received_at")
