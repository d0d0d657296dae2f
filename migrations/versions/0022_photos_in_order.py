"""Photos in their order

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

WORDS = ("caption", "alt", "public_caption", "public_alt")


def upgrade() -> None:
    for name in WORDS:
        op.add_column("report_photos", sa.Column(name, sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    for name in reversed(WORDS):
        op.drop_column("report_photos", name)
