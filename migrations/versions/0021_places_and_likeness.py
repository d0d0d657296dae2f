"""Places and likeness

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "categories", sa.Column("similar_radius_m", sa.Integer(), server_default="200", nullable=False)
    )
    op.add_column(
        "agencies", sa.Column("neighbouring_region", sa.String(), server_default="", nullable=False)
    )
    key = sa.ForeignKey("areas.code", name=op.f("fk_report_contents_found_area_code"))
    op.add_column(
        "report_contents",
        sa.Column("found_area_code", sa.String(), key, nullable=True),
        inline_references=True,
    )
    op.create_index("ix_reports_lat_lon", "reports", ["lat", "lon"])


def downgrade() -> None:
    op.drop_index("ix_reports_lat_lon", table_name="reports")
    op.drop_column("report_contents", "found_area_code")
    op.drop_column("agencies", "neighbouring_region")
    op.drop_column("categories", "similar_radius_m")
