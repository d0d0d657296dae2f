"""The forum

Revision ID: 0003
Revises: 0002
"""

import portal.db
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forum_categories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name_id", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("description_id", sa.String(), nullable=False),
        sa.Column("description_en", sa.String(), nullable=False),
        sa.Column("category_code", sa.String(), nullable=True),
        sa.Column("area_code", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("thread_count", sa.Integer(), nullable=False),
        sa.Column("post_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["areas.code"], name=op.f("fk_forum_categories_area_code")),
        sa.ForeignKeyConstraint(
            ["category_code"], ["categories.code"], name=op.f("fk_forum_categories_category_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_categories")),
        sa.UniqueConstraint("slug", name=op.f("uq_forum_categories_slug")),
    )
    op.create_table(
        "threads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=True),
        sa.Column("district_code", sa.String(), nullable=True),
        sa.Column("opened_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("last_post_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("last_position", sa.Integer(), nullable=False),
        sa.Column("reply_count", sa.Integer(), nullable=False),
        sa.Column("supporter_count", sa.Integer(), nullable=False),
        sa.Column("follower_count", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hidden_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("locked_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("asked_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column(
            "asked_because",
            sa.Enum("supporters", "moderator", name="asked", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_reason", sa.String(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("became", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(asked_at IS NULL) = (asked_because IS NULL)", name=op.f("ck_threads_asked_for_a_reason")
        ),
        sa.ForeignKeyConstraint(["area_code"], ["areas.code"], name=op.f("fk_threads_area_code")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["users.id"], name=op.f("fk_threads_asked_by_id")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_threads_assignment_id")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_threads_author_id")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["forum_categories.id"], name=op.f("fk_threads_category_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threads")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_threads_assignment_id")),
    )
    op.create_index("ix_threads_answered_at", "threads", ["answered_at"], unique=False)
    op.create_index("ix_threads_asked_at", "threads", ["asked_at"], unique=False)
    op.create_index(op.f("ix_threads_author_id"), "threads", ["author_id"], unique=False)
    op.create_index("ix_threads_category_id", "threads", ["category_id", "last_post_at", "id"], unique=False)
    op.create_index(
        "ix_threads_district_code", "threads", ["district_code", "last_post_at", "id"], unique=False
    )
    op.create_index("ix_threads_last_post_at_id", "threads", ["last_post_at", "id"], unique=False)
    op.create_table(
        "posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("office", sa.String(), nullable=True),
        sa.Column("is_by_moderator", sa.Boolean(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("body_html", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("posted_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("edited_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hidden_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("supporter_count", sa.Integer(), nullable=False),
        sa.Column("form_token", sa.String(), nullable=True),
        sa.Column("became", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(office IS NULL) = (agency_id IS NULL)", name=op.f("ck_posts_office_of_an_agency")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_posts_agency_id")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_posts_author_id")),
        sa.ForeignKeyConstraint(["response_id"], ["responses.id"], name=op.f("fk_posts_response_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_posts_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("form_token", name=op.f("uq_posts_form_token")),
        sa.UniqueConstraint("response_id", name=op.f("uq_posts_response_id")),
        sa.UniqueConstraint("thread_id", "position", name=op.f("uq_posts_thread_id_position")),
    )
    op.create_index(op.f("ix_posts_author_id"), "posts", ["author_id"], unique=False)
    op.create_table(
        "post_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("replaced_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_post_versions_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_versions")),
    )
    op.create_index(op.f("ix_post_versions_post_id"), "post_versions", ["post_id"], unique=False)
    op.create_table(
        "post_photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("alt", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_post_photos_attachment_id")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_post_photos_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_photos")),
        sa.UniqueConstraint("attachment_id", name=op.f("uq_post_photos_attachment_id")),
        sa.UniqueConstraint("post_id", "position", name=op.f("uq_post_photos_post_id_position")),
    )
    op.create_table(
        "post_supports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_post_supports_post_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_post_supports_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_supports")),
        sa.UniqueConstraint("post_id", "user_id", name=op.f("uq_post_supports_post_id_user_id")),
    )
    op.create_index(op.f("ix_post_supports_user_id"), "post_supports", ["user_id"], unique=False)
    op.create_table(
        "thread_readers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("is_following", sa.Boolean(), nullable=False),
        sa.Column("read_position", sa.Integer(), nullable=False),
        sa.Column("read_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("told_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_thread_readers_thread_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_thread_readers_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_readers")),
        sa.UniqueConstraint("thread_id", "user_id", name=op.f("uq_thread_readers_thread_id_user_id")),
    )
    op.create_index(op.f("ix_thread_readers_user_id"), "thread_readers", ["user_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_thread_readers_user_id"), table_name="thread_readers")
    op.drop_table("thread_readers")
    op.drop_index(op.f("ix_post_supports_user_id"), table_name="post_supports")
    op.drop_table("post_supports")
    op.drop_table("post_photos")
    op.drop_index(op.f("ix_post_versions_post_id"), table_name="post_versions")
    op.drop_table("post_versions")
    op.drop_index(op.f("ix_posts_author_id"), table_name="posts")
    op.drop_table("posts")
    op.drop_index("ix_threads_answered_at", table_name="threads")
    op.drop_index("ix_threads_asked_at", table_name="threads")
    op.drop_index(op.f("ix_threads_author_id"), table_name="threads")
    op.drop_index("ix_threads_category_id", table_name="threads")
    op.drop_index("ix_threads_district_code", table_name="threads")
    op.drop_index("ix_threads_last_post_at_id", table_name="threads")
    op.drop_table("threads")
    op.drop_table("forum_categories")
