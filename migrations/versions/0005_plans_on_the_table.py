"""Plans on the table

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

import portal.db

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drawings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("created_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawings")),
        sa.UniqueConstraint("token", name=op.f("uq_drawings_token")),
    )
    op.create_index(op.f("ix_drawings_sha256"), "drawings", ["sha256"], unique=False)
    op.create_table(
        "pins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("like", "worry", "idea", "question", name="pinkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("given_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("edited_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("supporter_count", sa.Integer(), nullable=False),
        sa.Column("comment_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_pins_author_id")),
        sa.ForeignKeyConstraint(["photo_id"], ["attachments.id"], name=op.f("fk_pins_photo_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_pins_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pins")),
        sa.UniqueConstraint("photo_id", name=op.f("uq_pins_photo_id")),
    )
    op.create_index("ix_pins_author_id", "pins", ["author_id", "id"], unique=False)
    op.create_index(op.f("ix_pins_project_id"), "pins", ["project_id"], unique=False)
    op.create_table(
        "plan_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("drawing_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("change_note", sa.String(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("published_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("last_position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_plan_versions_created_by_id")),
        sa.ForeignKeyConstraint(["drawing_id"], ["drawings.id"], name=op.f("fk_plan_versions_drawing_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_plan_versions_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_versions")),
        sa.UniqueConstraint("drawing_id", name=op.f("uq_plan_versions_drawing_id")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_plan_versions_project_id_number")),
    )
    op.create_table(
        "pin_former_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pin_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("replaced_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pin_id"], ["pins.id"], name=op.f("fk_pin_former_texts_pin_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pin_former_texts")),
    )
    op.create_index(op.f("ix_pin_former_texts_pin_id"), "pin_former_texts", ["pin_id"], unique=False)
    op.create_table(
        "pin_places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pin_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("x", sa.Integer(), nullable=False),
        sa.Column("y", sa.Integer(), nullable=False),
        sa.Column("square", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("like", "worry", "idea", "question", name="pinkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("supporter_count", sa.Integer(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column(
            "fate",
            sa.Enum(
                "waiting",
                "resolved",
                "still_open",
                "no_longer_fits",
                name="fate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("fate_reason", sa.String(), nullable=False),
        sa.Column("judged_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(fate = 'waiting') = (judged_at IS NULL)", name=op.f("ck_pin_places_judged")),
        sa.CheckConstraint(
            "x BETWEEN 0 AND 1000 AND y BETWEEN 0 AND 1000", name=op.f("ck_pin_places_inside")
        ),
        sa.ForeignKeyConstraint(["pin_id"], ["pins.id"], name=op.f("fk_pin_places_pin_id")),
        sa.ForeignKeyConstraint(["version_id"], ["plan_versions.id"], name=op.f("fk_pin_places_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pin_places")),
        sa.UniqueConstraint("pin_id", "version_id", name=op.f("uq_pin_places_pin_id_version_id")),
        sa.UniqueConstraint("version_id", "position", name=op.f("uq_pin_places_version_id_position")),
    )
    op.create_index(
        "ix_pin_places_fate",
        "pin_places",
        ["version_id", "is_shown", "fate", "supporter_count", "position"],
        unique=False,
    )
    op.create_index(
        "ix_pin_places_kind",
        "pin_places",
        ["version_id", "is_shown", "kind", "supporter_count", "position"],
        unique=False,
    )
    op.create_index(
        "ix_pin_places_shown",
        "pin_places",
        ["version_id", "is_shown", "supporter_count", "position"],
        unique=False,
    )
    op.create_index(
        "ix_pin_places_square",
        "pin_places",
        ["version_id", "is_shown", "square", "supporter_count", "position"],
        unique=False,
    )
    op.create_table(
        "pin_supporters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pin_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pin_id"], ["pins.id"], name=op.f("fk_pin_supporters_pin_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_pin_supporters_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pin_supporters")),
        sa.UniqueConstraint("pin_id", "user_id", name=op.f("uq_pin_supporters_pin_id_user_id")),
    )
    op.create_index(op.f("ix_pin_supporters_user_id"), "pin_supporters", ["user_id"], unique=False)
    op.create_table(
        "plan_squares",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("square", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "kind",
            sa.Enum("like", "worry", "idea", "question", name="pinkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "fate",
            sa.Enum(
                "waiting",
                "resolved",
                "still_open",
                "no_longer_fits",
                name="fate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("pin_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("pin_count >= 0", name=op.f("ck_plan_squares_count")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_versions.id"], name=op.f("fk_plan_squares_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "square", "kind", "fate", name=op.f("pk_plan_squares")),
    )
    op.create_table(
        "pin_verdicts",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "fate",
            sa.Enum(
                "waiting",
                "resolved",
                "still_open",
                "no_longer_fits",
                name="fate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("x", sa.Integer(), nullable=True),
        sa.Column("y", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("fate <> 'waiting'", name=op.f("ck_pin_verdicts_given")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_pin_verdicts_reason")),
        sa.CheckConstraint("(x IS NULL) = (y IS NULL)", name=op.f("ck_pin_verdicts_point")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_pin_verdicts_by_id")),
        sa.ForeignKeyConstraint(["place_id"], ["pin_places.id"], name=op.f("fk_pin_verdicts_place_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_versions.id"], name=op.f("fk_pin_verdicts_version_id")
        ),
        sa.PrimaryKeyConstraint("place_id", name=op.f("pk_pin_verdicts")),
    )
    op.create_index("ix_pin_verdicts_version_id", "pin_verdicts", ["version_id"], unique=False)
    op.create_table(
        "plan_ideas",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_plan_ideas_idea_id")),
        sa.ForeignKeyConstraint(["version_id"], ["plan_versions.id"], name=op.f("fk_plan_ideas_version_id")),
        sa.PrimaryKeyConstraint("version_id", "idea_id", name=op.f("pk_plan_ideas")),
    )
    op.create_index(op.f("ix_plan_ideas_idea_id"), "plan_ideas", ["idea_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_plan_ideas_idea_id"), table_name="plan_ideas")
    op.drop_table("plan_ideas")
    op.drop_index("ix_pin_verdicts_version_id", table_name="pin_verdicts")
    op.drop_table("pin_verdicts")
    op.drop_table("plan_squares")
    op.drop_index(op.f("ix_pin_supporters_user_id"), table_name="pin_supporters")
    op.drop_table("pin_supporters")
    op.drop_index("ix_pin_places_square", table_name="pin_places")
    op.drop_index("ix_pin_places_shown", table_name="pin_places")
    op.drop_index("ix_pin_places_kind", table_name="pin_places")
    op.drop_index("ix_pin_places_fate", table_name="pin_places")
    op.drop_table("pin_places")
    op.drop_index(op.f("ix_pin_former_texts_pin_id"), table_name="pin_former_texts")
    op.drop_table("pin_former_texts")
    op.drop_table("plan_versions")
    op.drop_index(op.f("ix_pins_project_id"), table_name="pins")
    op.drop_index("ix_pins_author_id", table_name="pins")
    op.drop_table("pins")
    op.drop_index(op.f("ix_drawings_sha256"), table_name="drawings")
    op.drop_table("drawings")
