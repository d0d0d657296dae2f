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

MOMENT = portal.db.UTCDateTime(timezone=True)
# Of the report that a duty is about.
OF_REPORT = (
    "UPDATE assignments SET {column} = "
    "(SELECT {source} FROM reports WHERE reports.assignment_id = assignments.id) "
    "WHERE id IN (SELECT assignment_id FROM reports WHERE {condition})"
)


def upgrade() -> None:
    with op.batch_alter_table("assignments") as batch_op:
        batch_op.add_column(sa.Column("received_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("disputed_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("ended_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", MOMENT, nullable=True))
    op.execute("UPDATE assignments SET received_at = disposed_at")
    for column, source, condition in (
        ("received_at", "received_at", "assignment_id IS NOT NULL"),
        ("disputed_at", "disputed_at", "disputed_at IS NOT NULL"),
        ("ended_at", "ended_at", "ended_at IS NOT NULL"),
        ("withdrawn_at", "ended_at", "ending IN ('withdrawn', 'merged')"),
    ):
        op.execute(OF_REPORT.format(column=column, source=source, condition=condition))
    with op.batch_alter_table("assignments") as batch_op:
        batch_op.alter_column("received_at", existing_type=MOMENT, nullable=False)
        batch_op.drop_constraint(op.f("uq_assignments_origin_number"), type_="unique")
        batch_op.create_unique_constraint(op.f("uq_assignments_number"), ["number"])
        batch_op.create_check_constraint("withdrawn_ended", "withdrawn_at IS NULL OR ended_at IS NOT NULL")
        batch_op.create_index("ix_assignments_origin_received_at", ["origin", "received_at"])
        batch_op.create_index("ix_assignments_disputed_at", ["disputed_at"])
    with op.batch_alter_table("responses") as batch_op:
        batch_op.add_column(sa.Column("outcome", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("responses") as batch_op:
        batch_op.drop_column("outcome")
    with op.batch_alter_table("assignments") as batch_op:
        batch_op.drop_index("ix_assignments_disputed_at")
        batch_op.drop_index("ix_assignments_origin_received_at")
        batch_op.drop_constraint(op.f("ck_assignments_withdrawn_ended"), type_="check")
        batch_op.drop_constraint(op.f("uq_assignments_number"), type_="unique")
        batch_op.create_unique_constraint(op.f("uq_assignments_origin_number"), ["origin", "number"])
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("ended_at")
        batch_op.drop_column("disputed_at")
        batch_op.drop_column("received_at")
