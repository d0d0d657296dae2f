"""Sealed identities

Revision ID: 0019
Revises: 0018
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime
from portal.reports.identity import sealing
from portal.reports.identity.sealing import Identity

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_tables()
    op.add_column("reporters", sa.Column("passphrase_hash", sa.String(), nullable=True))
    op.add_column(
        "reporters",
        sa.Column("is_receipt_closed", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("notifications", sa.Column("sealed_for", sa.String(), nullable=True))
    op.add_column("notifications", sa.Column("texts", sa.JSON(), nullable=True))
    for row in _anonymous():
        _forget_mail(row)
        _unlink_letters(row)
        _unlink_merge(row)
        _seal(row)


def downgrade() -> None:
    _open_seals()
    for column in ("texts", "sealed_for"):
        op.drop_column("notifications", column)
    for column in ("is_receipt_closed", "passphrase_hash"):
        op.drop_column("reporters", column)
    for table in ("guess_brakes", "identity_openings", "sealed_identities"):
        op.drop_table(table)


def _add_tables() -> None:
    op.create_table(
        "sealed_identities",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("lookup", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reporters.report_id"], name=op.f("fk_sealed_identities_report_id")
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_sealed_identities")),
    )
    op.create_index(op.f("ix_sealed_identities_lookup"), "sealed_identities", ["lookup"])
    op.create_table(
        "identity_openings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_identity_openings_report_id")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_identity_openings_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_openings")),
    )
    op.create_index(op.f("ix_identity_openings_report_id"), "identity_openings", ["report_id"])
    op.create_index(op.f("ix_identity_openings_at_id"), "identity_openings", ["at", "id"])
    op.create_table(
        "guess_brakes",
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("failed_count", sa.Integer(), nullable=False),
        sa.Column("paused_until", UTCDateTime(timezone=True), nullable=True),
        sa.Column("failed_at", UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code_digest", name=op.f("pk_guess_brakes")),
    )
    op.create_index(op.f("ix_guess_brakes_failed_at"), "guess_brakes", ["failed_at"])


# What was filed anonymously before: the person moves behind the seal, and nothing else names them.


def _anonymous() -> list[Any]:
    return list(
        op.get_bind().execute(
            sa.text(
                "SELECT r.id, r.number, p.user_id, p.email FROM reports r "
                "JOIN reporters p ON p.report_id = r.id WHERE r.is_anonymous "
                "AND (p.user_id IS NOT NULL OR p.email IS NOT NULL)"
            )
        )
    )


def _run(statement: str, **values: Any) -> Any:
    whole = statement.replace("<letters>", LETTERS).replace("<own>", OWN)
    return op.get_bind().execute(sa.text(whole), values)


def _seal(row: Any) -> None:
    has_account = row.user_id is not None
    identity = Identity(user_id=row.user_id) if has_account else Identity(email=row.email)
    _run(
        "INSERT INTO sealed_identities (report_id, sealed, lookup) VALUES (:id, :sealed, :lookup)",
        id=row.id,
        sealed=sealing.seal(identity, row.number),
        lookup=sealing.lookup(row.user_id) if has_account else None,
    )
    _run(
        "UPDATE reporters SET user_id = NULL, email = NULL, name = '', phone = '', language = 'id' "
        "WHERE report_id = :id",
        id=row.id,
    )


LETTERS = "FROM notifications WHERE path = :path AND (user_id = :user_id OR address IS NOT NULL)"
OWN = (
    "FROM supporters WHERE user_id = :user_id AND merge_id IN "
    "(SELECT id FROM report_merges WHERE report_id = :id)"
)


def _letters(row: Any) -> dict[str, Any]:
    """Only what went to the reporter leads to this page."""
    return {"path": f"/reports/{row.number}/private", "user_id": row.user_id or 0}


def _forget_mail(row: Any) -> None:
    """A reply by mail lay beside the letter that it answered, with the sender's address."""
    _run(
        "UPDATE inbound_mails SET raw = NULL, sender = '', subject = '', notification_id = NULL "
        "WHERE handled_at IS NOT NULL AND notification_id IN (SELECT id <letters>)",
        **_letters(row),
    )


def _unlink_letters(row: Any) -> None:
    if row.user_id is not None:
        _run(
            "UPDATE users SET unread_count = unread_count - "
            "(SELECT count(*) <letters> AND user_id = :user_id AND read_at IS NULL) "
            "WHERE id = :user_id",
            **_letters(row),
        )
    waiting = _run(
        "SELECT id, language, subject, body <letters> AND sent_at IS NULL AND address IS NOT NULL",
        **_letters(row),
    )
    for letter in list(waiting):
        _keep_text(letter)
    _run(
        "UPDATE notifications SET user_id = NULL, address = NULL, about = NULL, awaits_summary = :no, "
        "language = 'id', subject = '', body = '', read_at = NULL, sealed_for = :number "
        "WHERE id IN (SELECT id <letters>)",
        number=row.number,
        no=False,
        **_letters(row),
    )


def _keep_text(letter: Any) -> None:
    """Not sent yet: what it says waits in the language it was written in."""
    texts = sa.table("notifications", sa.column("id"), sa.column("texts", sa.JSON()))
    op.get_bind().execute(
        texts.update()
        .where(texts.c.id == letter.id)
        .values(texts={letter.language: [letter.subject, letter.body]})
    )


def _unlink_merge(row: Any) -> None:
    """Whoever came along by a merge stood among the supporters; now they are only counted."""
    values = {"id": row.id, "user_id": row.user_id or 0}
    _run(
        "UPDATE report_merges SET adds_reporter = :yes "
        "WHERE id IN (SELECT merge_id <own> AND is_affected = :yes)",
        yes=True,
        **values,
    )
    _run("DELETE <own>", **values)


def _open_seals() -> None:
    rows = _run(
        "SELECT s.report_id, s.sealed, r.number FROM sealed_identities s JOIN reports r ON r.id = s.report_id"
    )
    for row in list(rows):
        identity = sealing.unseal(row.sealed, row.number)
        _run(
            "UPDATE reporters SET user_id = :user_id, email = :email WHERE report_id = :id",
            id=row.report_id,
            user_id=identity.user_id,
            email=identity.email,
        )
