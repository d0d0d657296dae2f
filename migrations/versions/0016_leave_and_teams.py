"""Leave and teams

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

import portal.db

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KINDS = ("annual", "sick", "duty_travel", "training", "other")
STATES = ("asked", "approved", "refused", "cancelled")
LEAVE_COLUMNS = ("note", "created_by_id", "decided_at", "decided_by_id", "decision_note", "cancelled_at")


def upgrade() -> None:
    _widen_absences()
    _create_standing_substitutes()
    _create_leave_handovers()
    _create_duty_feedback()


def downgrade() -> None:
    for table in ("duty_feedback", "leave_handovers", "standing_substitutes"):
        op.drop_table(table)
    op.drop_index("ix_absences_state_to_on", "absences")
    # What was not approved was no absence before.
    op.execute("DELETE FROM absences WHERE state <> 'approved'")
    with op.batch_alter_table("absences") as batch_op:
        for name in ("kind", "state", *LEAVE_COLUMNS):
            batch_op.drop_column(name)


def _widen_absences() -> None:
    kind = sa.Enum(*KINDS, name="leavekind", native_enum=False, length=40)
    state = sa.Enum(*STATES, name="leavestate", native_enum=False, length=40)
    # Copied in a batch: SQLite adds no column with a named foreign key. Nothing refers to it yet.
    with op.batch_alter_table("absences") as batch_op:
        batch_op.add_column(sa.Column("kind", kind, server_default="other", nullable=False))
        batch_op.add_column(sa.Column("state", state, server_default="approved", nullable=False))
        for name in ("note", "decision_note"):
            batch_op.add_column(sa.Column(name, sa.String(), server_default="", nullable=False))
        for name in ("created_by_id", "decided_by_id"):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
            batch_op.create_foreign_key(op.f(f"fk_absences_{name}"), "users", [name], ["id"])
        for name in ("decided_at", "cancelled_at"):
            batch_op.add_column(sa.Column(name, portal.db.UTCDateTime(timezone=True), nullable=True))
    op.create_index("ix_absences_state_to_on", "absences", ["state", "to_on"], unique=False)


def _create_standing_substitutes() -> None:
    op.create_table(
        "standing_substitutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("official_id <> substitute_id", name=op.f("ck_standing_substitutes_another")),
        _refers("standing_substitutes", "official_id", "officials.id"),
        _refers("standing_substitutes", "substitute_id", "officials.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_substitutes")),
        sa.UniqueConstraint(
            "official_id", "substitute_id", name=op.f("uq_standing_substitutes_official_id_substitute_id")
        ),
    )


def _create_leave_handovers() -> None:
    op.create_table(
        "leave_handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("absence_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("to_official_id", sa.Integer(), nullable=True),
        sa.Column("at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("settled_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        _refers("leave_handovers", "absence_id", "absences.id"),
        _refers("leave_handovers", "assignment_id", "assignments.id"),
        _refers("leave_handovers", "to_official_id", "officials.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_handovers")),
        sa.UniqueConstraint(
            "absence_id", "assignment_id", name=op.f("uq_leave_handovers_absence_id_assignment_id")
        ),
    )
    op.create_index(op.f("ix_leave_handovers_assignment_id"), "leave_handovers", ["assignment_id"])
    op.create_index("ix_leave_handovers_settled_at", "leave_handovers", ["settled_at"])


def _create_duty_feedback() -> None:
    op.create_table(
        "duty_feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("reply", sa.String(), nullable=False),
        sa.CheckConstraint(
            "reply = '' OR acknowledged_at IS NOT NULL", name=op.f("ck_duty_feedback_reply_acknowledged")
        ),
        _refers("duty_feedback", "assignment_id", "assignments.id"),
        _refers("duty_feedback", "official_id", "officials.id"),
        _refers("duty_feedback", "author_id", "users.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_feedback")),
    )
    for name in ("assignment_id", "official_id"):
        op.create_index(op.f(f"ix_duty_feedback_{name}"), "duty_feedback", [name])


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
