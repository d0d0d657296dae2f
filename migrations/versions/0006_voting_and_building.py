"""Voting and building

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

import portal.db

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "project_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("achievements", sa.String(), nullable=False),
        sa.Column("achievements_html", sa.String(), nullable=False),
        sa.Column("obstacles", sa.String(), nullable=False),
        sa.Column("obstacles_html", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("plan_html", sa.String(), nullable=False),
        sa.Column("saved_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_project_reports_assignment_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_project_reports_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_reports")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_project_reports_assignment_id")),
        sa.UniqueConstraint("project_id", "month", name=op.f("uq_project_reports_project_id_month")),
    )
    op.create_table(
        "votes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("phase_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("dots", sa.Integer(), nullable=False),
        sa.Column("most_on_one", sa.Integer(), nullable=True),
        sa.Column("opens_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("closes_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("prepared_at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("published_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decision_html", sa.String(), nullable=False),
        sa.Column("decided_at", portal.db.UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decision = '')", name=op.f("ck_votes_decided_with_words")
        ),
        sa.CheckConstraint(
            "(published_at IS NULL) = (digest IS NULL)", name=op.f("ck_votes_published_with_digest")
        ),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_votes_order")),
        sa.CheckConstraint("dots > 0", name=op.f("ck_votes_dots")),
        sa.CheckConstraint(
            "most_on_one IS NULL OR most_on_one BETWEEN 1 AND dots", name=op.f("ck_votes_most_on_one")
        ),
        sa.ForeignKeyConstraint(["phase_id"], ["project_phases.id"], name=op.f("fk_votes_phase_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_votes_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes")),
        sa.UniqueConstraint("project_id", name=op.f("uq_votes_project_id")),
    )
    op.create_index(op.f("ix_votes_published_at_closes_at"), "votes", ["published_at", "closes_at"])
    op.create_table(
        "ballots",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("dots", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["votes.id"], name=op.f("fk_ballots_vote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballots")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_ballots_vote_id"), "ballots", ["vote_id"])
    op.create_table(
        "vote_areas",
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["areas.code"], name=op.f("fk_vote_areas_area_code")),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_vote_areas_vote_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("vote_id", "area_code", name=op.f("pk_vote_areas")),
    )
    op.create_table(
        "vote_choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("dot_count", sa.Integer(), nullable=True),
        sa.Column("people_count", sa.Integer(), nullable=True),
        sa.Column("is_taken", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "is_taken IS NULL OR reason <> ''", name=op.f("ck_vote_choices_taken_with_reason")
        ),
        sa.CheckConstraint("cost IS NULL OR cost >= 0", name=op.f("ck_vote_choices_cost")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_vote_choices_idea_id")),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_vote_choices_vote_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_choices")),
        sa.UniqueConstraint("vote_id", "position", name=op.f("uq_vote_choices_vote_id_position")),
    )
    op.create_index(op.f("ix_vote_choices_idea_id"), "vote_choices", ["idea_id"])
    op.create_table(
        "voters",
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["areas.code"], name=op.f("fk_voters_area_code")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_voters_user_id")),
        sa.ForeignKeyConstraint(["vote_id"], ["votes.id"], name=op.f("fk_voters_vote_id")),
        sa.PrimaryKeyConstraint("vote_id", "user_id", name=op.f("pk_voters")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_voters_user_id"), "voters", ["user_id"])
    op.create_table(
        "milestones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("first_planned_on", sa.Date(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("actual_on", sa.Date(), nullable=True),
        sa.Column("choice_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("weight > 0", name=op.f("ck_milestones_weight")),
        sa.ForeignKeyConstraint(["choice_id"], ["vote_choices.id"], name=op.f("fk_milestones_choice_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_milestones_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
    )
    op.create_index(op.f("ix_milestones_choice_id"), "milestones", ["choice_id"])
    op.create_index(op.f("ix_milestones_project_id_position"), "milestones", ["project_id", "position"])
    op.create_table(
        "milestone_ideas",
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_milestone_ideas_idea_id")),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestones.id"], name=op.f("fk_milestone_ideas_milestone_id")
        ),
        sa.PrimaryKeyConstraint("milestone_id", "idea_id", name=op.f("pk_milestone_ideas")),
    )
    op.create_index(op.f("ix_milestone_ideas_idea_id"), "milestone_ideas", ["idea_id"])
    op.create_table(
        "milestone_slips",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("was_on", sa.Date(), nullable=False),
        sa.Column("became_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", portal.db.UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_milestone_slips_reason")),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestones.id"], name=op.f("fk_milestone_slips_milestone_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_slips")),
    )
    op.create_index(op.f("ix_milestone_slips_milestone_id"), "milestone_slips", ["milestone_id"])
    op.create_table(
        "obstacles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("resolution", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(resolved_on IS NULL) = (resolution = '')", name=op.f("ck_obstacles_resolved_with_words")
        ),
        sa.CheckConstraint("resolved_on IS NULL OR resolved_on >= since_on", name=op.f("ck_obstacles_order")),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestones.id"], name=op.f("fk_obstacles_milestone_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_obstacles_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obstacles")),
    )
    op.create_index(op.f("ix_obstacles_project_id_since_on"), "obstacles", ["project_id", "since_on"])
    op.create_table(
        "site_photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("obstacle_id", sa.Integer(), nullable=True),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("caption", sa.String(), nullable=False),
        sa.Column("alt", sa.String(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN milestone_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN obstacle_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN report_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_site_photos_of_one_thing"),
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_site_photos_attachment_id")
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestones.id"], name=op.f("fk_site_photos_milestone_id")
        ),
        sa.ForeignKeyConstraint(["obstacle_id"], ["obstacles.id"], name=op.f("fk_site_photos_obstacle_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_site_photos_project_id")),
        sa.ForeignKeyConstraint(["report_id"], ["project_reports.id"], name=op.f("fk_site_photos_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_photos")),
        sa.UniqueConstraint("attachment_id", name=op.f("uq_site_photos_attachment_id")),
    )
    op.create_index(op.f("ix_site_photos_project_id_id"), "site_photos", ["project_id", "id"])
    op.create_index(op.f("ix_site_photos_report_id"), "site_photos", ["report_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_site_photos_report_id"), table_name="site_photos")
    op.drop_index(op.f("ix_site_photos_project_id_id"), table_name="site_photos")
    op.drop_table("site_photos")
    op.drop_index(op.f("ix_obstacles_project_id_since_on"), table_name="obstacles")
    op.drop_table("obstacles")
    op.drop_index(op.f("ix_milestone_slips_milestone_id"), table_name="milestone_slips")
    op.drop_table("milestone_slips")
    op.drop_index(op.f("ix_milestone_ideas_idea_id"), table_name="milestone_ideas")
    op.drop_table("milestone_ideas")
    op.drop_index(op.f("ix_milestones_project_id_position"), table_name="milestones")
    op.drop_index(op.f("ix_milestones_choice_id"), table_name="milestones")
    op.drop_table("milestones")
    op.drop_index(op.f("ix_voters_user_id"), table_name="voters")
    op.drop_table("voters")
    op.drop_index(op.f("ix_vote_choices_idea_id"), table_name="vote_choices")
    op.drop_table("vote_choices")
    op.drop_table("vote_areas")
    op.drop_index(op.f("ix_ballots_vote_id"), table_name="ballots")
    op.drop_table("ballots")
    op.drop_index(op.f("ix_votes_published_at_closes_at"), table_name="votes")
    op.drop_table("votes")
    op.drop_table("project_reports")
