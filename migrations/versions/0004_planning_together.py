"""Planning together

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

import portal.db

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "projects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("story_html", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=False),
        sa.Column("category_code", sa.String(), nullable=False),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("budget_source", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=True),
        sa.Column("cover_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("published_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("follower_count", sa.Integer(), nullable=False),
        sa.Column("idea_count", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "budget IS NULL OR budget_source <> ''", name=op.f("ck_projects_budget_has_source")
        ),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name=op.f("ck_projects_point")),
        sa.CheckConstraint("budget IS NULL OR budget >= 0", name=op.f("ck_projects_budget")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_projects_agency_id")),
        sa.ForeignKeyConstraint(["area_code"], ["areas.code"], name=op.f("fk_projects_area_code")),
        sa.ForeignKeyConstraint(
            ["category_code"], ["categories.code"], name=op.f("fk_projects_category_code")
        ),
        sa.ForeignKeyConstraint(["cover_id"], ["attachments.id"], name=op.f("fk_projects_cover_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_projects_created_by_id")),
        sa.ForeignKeyConstraint(["official_id"], ["officials.id"], name=op.f("fk_projects_official_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
        sa.UniqueConstraint("cover_id", name=op.f("uq_projects_cover_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_projects_slug")),
    )
    op.create_index(op.f("ix_projects_official_id"), "projects", ["official_id"], unique=False)
    op.create_index("ix_projects_published_at_id", "projects", ["published_at", "id"], unique=False)
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("agenda", sa.String(), nullable=False),
        sa.Column("agenda_html", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("starts_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("registered_count", sa.Integer(), nullable=False),
        sa.Column("created_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("cancelled_because", sa.String(), nullable=False),
        sa.Column("minutes", sa.String(), nullable=False),
        sa.Column("minutes_html", sa.String(), nullable=False),
        sa.Column("minutes_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("attended_count", sa.Integer(), nullable=True),
        sa.CheckConstraint("(minutes_at IS NULL) = (minutes = '')", name=op.f("ck_meetings_minutes_dated")),
        sa.CheckConstraint("capacity IS NULL OR capacity > 0", name=op.f("ck_meetings_capacity")),
        sa.CheckConstraint(
            "capacity IS NULL OR registered_count <= capacity", name=op.f("ck_meetings_seats")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_meetings_order")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_meetings_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
    )
    op.create_index("ix_meetings_project_id_starts_at", "meetings", ["project_id", "starts_at"], unique=False)
    op.create_table(
        "project_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("edited_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_project_comments_author_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_project_comments_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_comments")),
    )
    op.create_index("ix_project_comments_about_id", "project_comments", ["about", "id"], unique=False)
    op.create_index("ix_project_comments_author_id", "project_comments", ["author_id", "id"], unique=False)
    op.create_index(op.f("ix_project_comments_project_id"), "project_comments", ["project_id"], unique=False)
    op.create_table(
        "project_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["users.id"], name=op.f("fk_project_documents_added_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_project_documents_project_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_documents")),
        sa.UniqueConstraint("token", name=op.f("uq_project_documents_token")),
    )
    op.create_index(
        "ix_project_documents_project_id_dated_on",
        "project_documents",
        ["project_id", "dated_on", "id"],
        unique=False,
    )
    op.create_table(
        "project_followers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_project_followers_project_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_project_followers_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_followers")),
        sa.UniqueConstraint("project_id", "user_id", name=op.f("uq_project_followers_project_id_user_id")),
    )
    op.create_index(op.f("ix_project_followers_user_id"), "project_followers", ["user_id"], unique=False)
    op.create_table(
        "project_phases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "inform",
                "collect",
                "annotate",
                "prioritise",
                "decide",
                "build",
                "evaluate",
                name="phasekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("opening_told_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("closing_told_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_project_phases_order")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_project_phases_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_phases")),
    )
    op.create_index("ix_project_phases_closes_on", "project_phases", ["closes_on"], unique=False)
    op.create_index("ix_project_phases_opens_on", "project_phases", ["opens_on"], unique=False)
    op.create_index(
        "ix_project_phases_project_id_opens_on", "project_phases", ["project_id", "opens_on"], unique=False
    )
    op.create_table(
        "ideas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("phase_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("body_html", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("given_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("edited_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "accepted",
                "partly",
                "merged",
                "later",
                "rejected",
                name="ideastatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("status_response_id", sa.Integer(), nullable=True),
        sa.Column("status_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("supporter_count", sa.Integer(), nullable=False),
        sa.Column("comment_count", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("origin", sa.String(), nullable=True),
        sa.CheckConstraint("(status = 'waiting') = (status_at IS NULL)", name=op.f("ck_ideas_status_dated")),
        sa.CheckConstraint(
            "(status = 'waiting') = (status_response_id IS NULL)", name=op.f("ck_ideas_status_has_reason")
        ),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name=op.f("ck_ideas_point")),
        sa.ForeignKeyConstraint(["area_code"], ["areas.code"], name=op.f("fk_ideas_area_code")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_ideas_assignment_id")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_ideas_author_id")),
        sa.ForeignKeyConstraint(["phase_id"], ["project_phases.id"], name=op.f("fk_ideas_phase_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_ideas_project_id")),
        sa.ForeignKeyConstraint(
            ["status_response_id"], ["responses.id"], name=op.f("fk_ideas_status_response_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ideas")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_ideas_assignment_id")),
        sa.UniqueConstraint("origin", name=op.f("uq_ideas_origin")),
        sa.UniqueConstraint("status_response_id", name=op.f("uq_ideas_status_response_id")),
    )
    op.create_index("ix_ideas_author_id", "ideas", ["author_id", "id"], unique=False)
    op.create_index("ix_ideas_status_at", "ideas", ["status_at"], unique=False)
    op.create_index("ix_ideas_phase_id_assignment_id", "ideas", ["phase_id", "assignment_id"], unique=False)
    op.create_index("ix_ideas_project_id_given_at", "ideas", ["project_id", "given_at", "id"], unique=False)
    op.create_index(
        "ix_ideas_project_id_supporter_count", "ideas", ["project_id", "supporter_count", "id"], unique=False
    )
    op.create_table(
        "meeting_registrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_registrations_meeting_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_meeting_registrations_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_registrations")),
        sa.UniqueConstraint(
            "meeting_id", "user_id", name=op.f("uq_meeting_registrations_meeting_id_user_id")
        ),
    )
    op.create_index(
        op.f("ix_meeting_registrations_user_id"), "meeting_registrations", ["user_id"], unique=False
    )
    op.create_table(
        "project_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("phase_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("became", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_project_changes_by_id")),
        sa.ForeignKeyConstraint(
            ["phase_id"], ["project_phases.id"], name=op.f("fk_project_changes_phase_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_project_changes_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_changes")),
    )
    op.create_index("ix_project_changes_project_id_id", "project_changes", ["project_id", "id"], unique=False)
    op.create_table(
        "project_comment_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("replaced_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["project_comments.id"], name=op.f("fk_project_comment_versions_comment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_comment_versions")),
    )
    op.create_index(
        op.f("ix_project_comment_versions_comment_id"),
        "project_comment_versions",
        ["comment_id"],
        unique=False,
    )
    op.create_table(
        "idea_photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_idea_photos_attachment_id")
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_idea_photos_idea_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_photos")),
        sa.UniqueConstraint("attachment_id", name=op.f("uq_idea_photos_attachment_id")),
        sa.UniqueConstraint("idea_id", "position", name=op.f("uq_idea_photos_idea_id_position")),
    )
    op.create_table(
        "idea_supporters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_idea_supporters_idea_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_idea_supporters_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_supporters")),
        sa.UniqueConstraint("idea_id", "user_id", name=op.f("uq_idea_supporters_idea_id_user_id")),
    )
    op.create_index(op.f("ix_idea_supporters_user_id"), "idea_supporters", ["user_id"], unique=False)
    op.create_table(
        "idea_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body_html", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("replaced_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_idea_versions_idea_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_versions")),
    )
    op.create_index(op.f("ix_idea_versions_idea_id"), "idea_versions", ["idea_id"], unique=False)


def downgrade() -> None:
    op.drop_table("idea_versions")
    op.drop_table("idea_supporters")
    op.drop_table("idea_photos")
    op.drop_table("project_comment_versions")
    op.drop_table("project_changes")
    op.drop_table("meeting_registrations")
    op.drop_table("ideas")
    op.drop_table("project_phases")
    op.drop_table("project_followers")
    op.drop_table("project_documents")
    op.drop_table("project_comments")
    op.drop_table("meetings")
    op.drop_table("projects")
