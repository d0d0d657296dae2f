"""The portal stands

Revision ID: 0001
Revises: 
"""

import sqlalchemy as sa
from alembic import op
import portal.db
from portal.ledger import triggers
from portal.search import ddl

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("events", "clock_entries", "calendar_versions", "policy_versions", "administration_changes")


def upgrade() -> None:
    op.create_table('agencies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('successor_id', sa.Integer(), nullable=True),
    sa.Column('calendar_key', sa.String(), nullable=False),
    sa.Column('is_external', sa.Boolean(), nullable=False),
    sa.Column('contact', sa.String(), nullable=False),
    sa.CheckConstraint('valid_to IS NULL OR valid_to >= valid_from', name=op.f('ck_agencies_validity')),
    sa.ForeignKeyConstraint(['successor_id'], ['agencies.id'], name=op.f('fk_agencies_successor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agencies')),
    sa.UniqueConstraint('code', name=op.f('uq_agencies_code'))
    )
    op.create_table('areas',
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('level', sa.Enum('city', 'district', 'village', name='level', native_enum=False, length=40), nullable=False),
    sa.Column('parent_code', sa.String(), nullable=True),
    sa.Column('time_zone', sa.String(), nullable=False),
    sa.Column('label_lat', sa.Double(), nullable=True),
    sa.Column('label_lon', sa.Double(), nullable=True),
    sa.Column('boundary', sa.JSON(), nullable=True),
    sa.Column('south', sa.Double(), nullable=True),
    sa.Column('west', sa.Double(), nullable=True),
    sa.Column('north', sa.Double(), nullable=True),
    sa.Column('east', sa.Double(), nullable=True),
    sa.ForeignKeyConstraint(['parent_code'], ['areas.code'], name=op.f('fk_areas_parent_code')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_areas'))
    )
    with op.batch_alter_table('areas', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_areas_name'), ['name'], unique=False)
        batch_op.create_index(batch_op.f('ix_areas_parent_code'), ['parent_code'], unique=False)

    op.create_table('attachments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('byte_count', sa.Integer(), nullable=False),
    sa.Column('created_at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachments')),
    sa.UniqueConstraint('token', name=op.f('uq_attachments_token'))
    )
    op.create_table('calendars',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('is_city', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendars')),
    sa.UniqueConstraint('key', name=op.f('uq_calendars_key'))
    )
    op.create_table('categories',
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name_id', sa.String(), nullable=False),
    sa.Column('name_en', sa.String(), nullable=False),
    sa.Column('description_id', sa.String(), nullable=False),
    sa.Column('description_en', sa.String(), nullable=False),
    sa.Column('group', sa.String(), nullable=False),
    sa.Column('category_class', sa.Enum('ordinary', 'supervisory', 'confidential', 'emergency', name='categoryclass', native_enum=False, length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_categories'))
    )
    op.create_table('events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_events'))
    )
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.create_index('ix_events_subject_id', ['subject', 'id'], unique=False)

    op.create_table('jobs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=True),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'done', 'dead', name='jobstate', native_enum=False, length=40), nullable=False),
    sa.Column('run_at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('try_count', sa.Integer(), nullable=False),
    sa.Column('last_error', sa.String(), nullable=True),
    sa.Column('created_at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('done_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jobs')),
    sa.UniqueConstraint('key', name=op.f('uq_jobs_key'))
    )
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.create_index('ix_jobs_state_run_at_id', ['state', 'run_at', 'id'], unique=False)

    op.create_table('number_series',
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('year', name=op.f('pk_number_series'))
    )
    op.create_table('periodic_runs',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('slot_at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_periodic_runs'))
    )
    op.create_table('policy_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('document', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('imported_at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_policy_versions')),
    sa.UniqueConstraint('number', name=op.f('uq_policy_versions_number'))
    )
    op.create_table('report_drafts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_digest', sa.String(), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('created_at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_drafts')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_report_drafts_token_digest'))
    )
    with op.batch_alter_table('report_drafts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_drafts_expires_at'), ['expires_at'], unique=False)

    op.create_table('search_documents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('ref', sa.String(), nullable=False),
    sa.Column('title_terms', sa.String(), nullable=False),
    sa.Column('terms', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_documents')),
    sa.UniqueConstraint('kind', 'ref', name=op.f('uq_search_documents_kind_ref'))
    )
    op.create_table('sign_in_throttles',
    sa.Column('address_digest', sa.String(), nullable=False),
    sa.Column('failed_count', sa.Integer(), nullable=False),
    sa.Column('paused_until', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('failed_at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('address_digest', name=op.f('pk_sign_in_throttles'))
    )
    with op.batch_alter_table('sign_in_throttles', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_throttles_failed_at'), ['failed_at'], unique=False)

    op.create_table('statistics_snapshots',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('cutoff', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('document', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_statistics_snapshots'))
    )
    op.create_table('users',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('password_hash', sa.String(), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('session_epoch', sa.Integer(), nullable=False),
    sa.Column('created_at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('disabled_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('unread_count', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
    sa.UniqueConstraint('email', name=op.f('uq_users_email'))
    )
    op.create_table('administration_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_administration_changes_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_administration_changes'))
    )
    with op.batch_alter_table('administration_changes', schema=None) as batch_op:
        batch_op.create_index('ix_administration_changes_kind_key_id', ['kind', 'key', 'id'], unique=False)

    op.create_table('calendar_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('calendar_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('document', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('decree', sa.String(), nullable=False),
    sa.Column('decree_on', sa.Date(), nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('imported_at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['calendar_id'], ['calendars.id'], name=op.f('fk_calendar_versions_calendar_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_versions')),
    sa.UniqueConstraint('calendar_id', 'number', name=op.f('uq_calendar_versions_calendar_id_number'))
    )
    op.create_table('notifications',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('address', sa.String(), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('path', sa.String(), nullable=False),
    sa.Column('created_at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('sent_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('read_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_notifications_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notifications')),
    sa.UniqueConstraint('key', name=op.f('uq_notifications_key'))
    )
    with op.batch_alter_table('notifications', schema=None) as batch_op:
        batch_op.create_index('ix_notifications_user_id_id', ['user_id', 'id'], unique=False)

    op.create_table('officials',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('employee_number', sa.String(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('position', sa.String(), nullable=False),
    sa.Column('rank', sa.Enum('official', 'supervisor', 'head', name='rank', native_enum=False, length=40), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('supervisor_id', sa.Integer(), nullable=True),
    sa.Column('active_from', sa.Date(), nullable=False),
    sa.Column('active_to', sa.Date(), nullable=True),
    sa.Column('open_count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_officials_agency_id')),
    sa.ForeignKeyConstraint(['supervisor_id'], ['officials.id'], name=op.f('fk_officials_supervisor_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_officials_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_officials')),
    sa.UniqueConstraint('employee_number', name=op.f('uq_officials_employee_number')),
    sa.UniqueConstraint('user_id', name=op.f('uq_officials_user_id'))
    )
    with op.batch_alter_table('officials', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_officials_agency_id'), ['agency_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_officials_supervisor_id'), ['supervisor_id'], unique=False)

    op.create_table('routing_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('category_code', sa.String(), nullable=True),
    sa.Column('area_code', sa.String(), nullable=True),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('priority', sa.Integer(), nullable=False),
    sa.Column('verifies', sa.Boolean(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_routing_rules_agency_id')),
    sa.ForeignKeyConstraint(['area_code'], ['areas.code'], name=op.f('fk_routing_rules_area_code')),
    sa.ForeignKeyConstraint(['category_code'], ['categories.code'], name=op.f('fk_routing_rules_category_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_routing_rules'))
    )
    with op.batch_alter_table('routing_rules', schema=None) as batch_op:
        batch_op.create_index('ix_routing_rules_match', ['category_code', 'area_code'], unique=False)

    op.create_table('user_roles',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('resident', 'official', 'supervisor', 'head', 'inspectorate', 'moderator', 'administrator', name='role', native_enum=False, length=40), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_user_roles_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_roles')),
    sa.UniqueConstraint('user_id', 'role', name=op.f('uq_user_roles_user_id_role'))
    )
    with op.batch_alter_table('user_roles', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_user_roles_user_id'), ['user_id'], unique=False)

    op.create_table('absences',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('official_id', sa.Integer(), nullable=False),
    sa.Column('substitute_id', sa.Integer(), nullable=True),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=False),
    sa.Column('created_at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('to_on >= from_on', name=op.f('ck_absences_order')),
    sa.ForeignKeyConstraint(['official_id'], ['officials.id'], name=op.f('fk_absences_official_id')),
    sa.ForeignKeyConstraint(['substitute_id'], ['officials.id'], name=op.f('fk_absences_substitute_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_absences'))
    )
    with op.batch_alter_table('absences', schema=None) as batch_op:
        batch_op.create_index('ix_absences_span', ['official_id', 'from_on', 'to_on'], unique=False)

    op.create_table('clocks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('matter', sa.String(), nullable=False),
    sa.Column('category', sa.String(), nullable=True),
    sa.Column('policy_version_id', sa.Integer(), nullable=True),
    sa.Column('city_calendar_version_id', sa.Integer(), nullable=True),
    sa.Column('agency_calendar_version_id', sa.Integer(), nullable=True),
    sa.Column('is_imported', sa.Boolean(), nullable=False),
    sa.Column('paused_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('pause_ends_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('closed_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['agency_calendar_version_id'], ['calendar_versions.id'], name=op.f('fk_clocks_agency_calendar_version_id')),
    sa.ForeignKeyConstraint(['city_calendar_version_id'], ['calendar_versions.id'], name=op.f('fk_clocks_city_calendar_version_id')),
    sa.ForeignKeyConstraint(['policy_version_id'], ['policy_versions.id'], name=op.f('fk_clocks_policy_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clocks'))
    )
    with op.batch_alter_table('clocks', schema=None) as batch_op:
        batch_op.create_index('ix_clocks_agency_calendar_version_id', ['agency_calendar_version_id'], unique=False)
        batch_op.create_index('ix_clocks_city_calendar_version_id', ['city_calendar_version_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_clocks_pause_ends_at'), ['pause_ends_at'], unique=False)
        batch_op.create_index('ix_clocks_policy_version_id', ['policy_version_id'], unique=False)

    op.create_table('official_areas',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('official_id', sa.Integer(), nullable=False),
    sa.Column('area_code', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['area_code'], ['areas.code'], name=op.f('fk_official_areas_area_code')),
    sa.ForeignKeyConstraint(['official_id'], ['officials.id'], name=op.f('fk_official_areas_official_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_official_areas')),
    sa.UniqueConstraint('official_id', 'area_code', name=op.f('uq_official_areas_official_id_area_code'))
    )
    op.create_table('routing_pool_members',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rule_id', sa.Integer(), nullable=False),
    sa.Column('official_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['official_id'], ['officials.id'], name=op.f('fk_routing_pool_members_official_id')),
    sa.ForeignKeyConstraint(['rule_id'], ['routing_rules.id'], name=op.f('fk_routing_pool_members_rule_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_routing_pool_members')),
    sa.UniqueConstraint('rule_id', 'official_id', name=op.f('uq_routing_pool_members_rule_id_official_id'))
    )
    op.create_table('assignments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('origin', sa.String(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('matter', sa.String(), nullable=False),
    sa.Column('area_code', sa.String(), nullable=True),
    sa.Column('category_code', sa.String(), nullable=True),
    sa.Column('is_confidential', sa.Boolean(), nullable=False),
    sa.Column('excluded_agency_id', sa.Integer(), nullable=True),
    sa.Column('clock_id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('official_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('open', 'returned', 'answered', 'closed', name='assignmentstate', native_enum=False, length=40), nullable=False),
    sa.Column('routing_rule_id', sa.Integer(), nullable=True),
    sa.Column('routing_reason', sa.JSON(), nullable=False),
    sa.Column('disposed_at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('responded_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('resolved_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('hop_count', sa.Integer(), nullable=False),
    sa.Column('decline_count', sa.Integer(), nullable=False),
    sa.Column('question_count', sa.Integer(), nullable=False),
    sa.Column('unanswered_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('triage_clock_id', sa.Integer(), nullable=True),
    sa.Column('lock', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_assignments_agency_id')),
    sa.ForeignKeyConstraint(['area_code'], ['areas.code'], name=op.f('fk_assignments_area_code')),
    sa.ForeignKeyConstraint(['category_code'], ['categories.code'], name=op.f('fk_assignments_category_code')),
    sa.ForeignKeyConstraint(['clock_id'], ['clocks.id'], name=op.f('fk_assignments_clock_id')),
    sa.ForeignKeyConstraint(['excluded_agency_id'], ['agencies.id'], name=op.f('fk_assignments_excluded_agency_id')),
    sa.ForeignKeyConstraint(['official_id'], ['officials.id'], name=op.f('fk_assignments_official_id')),
    sa.ForeignKeyConstraint(['routing_rule_id'], ['routing_rules.id'], name=op.f('fk_assignments_routing_rule_id')),
    sa.ForeignKeyConstraint(['triage_clock_id'], ['clocks.id'], name=op.f('fk_assignments_triage_clock_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignments')),
    sa.UniqueConstraint('clock_id', name=op.f('uq_assignments_clock_id')),
    sa.UniqueConstraint('origin', 'number', name=op.f('uq_assignments_origin_number'))
    )
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.create_index('ix_assignments_agency_id_state', ['agency_id', 'state'], unique=False)
        batch_op.create_index('ix_assignments_official_id_state', ['official_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignments_triage_clock_id'), ['triage_clock_id'], unique=False)

    op.create_table('clock_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('clock_id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('start', 'meet', 'pause', 'resume', 'extend', 'transfer', 'close', 'reopen', 'recalculate', 'imported', name='entrykind', native_enum=False, length=40), nullable=False),
    sa.Column('at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('stage', sa.Enum('verify', 'respond', 'resolve', name='stage', native_enum=False, length=40), nullable=True),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['clock_id'], ['clocks.id'], name=op.f('fk_clock_entries_clock_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clock_entries')),
    sa.UniqueConstraint('clock_id', 'seq', name=op.f('uq_clock_entries_clock_id_seq'))
    )
    op.create_table('stage_deadlines',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('clock_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Enum('verify', 'respond', 'resolve', name='stage', native_enum=False, length=40), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=True),
    sa.Column('official_id', sa.Integer(), nullable=True),
    sa.Column('accountable_agency_id', sa.Integer(), nullable=True),
    sa.Column('origin_at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('due_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('original_due_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('met_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('ended_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('is_paused', sa.Boolean(), nullable=False),
    sa.Column('step_count', sa.Integer(), nullable=False),
    sa.Column('next_step_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['accountable_agency_id'], ['agencies.id'], name=op.f('fk_stage_deadlines_accountable_agency_id')),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_stage_deadlines_agency_id')),
    sa.ForeignKeyConstraint(['clock_id'], ['clocks.id'], name=op.f('fk_stage_deadlines_clock_id')),
    sa.ForeignKeyConstraint(['official_id'], ['officials.id'], name=op.f('fk_stage_deadlines_official_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage_deadlines')),
    sa.UniqueConstraint('clock_id', 'stage', 'round', name=op.f('uq_stage_deadlines_clock_id_stage_round'))
    )
    with op.batch_alter_table('stage_deadlines', schema=None) as batch_op:
        batch_op.create_index('ix_stage_deadlines_agency_id_is_open_due_at', ['agency_id', 'is_open', 'due_at'], unique=False)
        batch_op.create_index('ix_stage_deadlines_due_at', ['due_at'], unique=False)
        batch_op.create_index('ix_stage_deadlines_next_step_at', ['next_step_at'], unique=False)
        batch_op.create_index('ix_stage_deadlines_official_id_is_open_due_at', ['official_id', 'is_open', 'due_at'], unique=False)

    op.create_table('extensions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Enum('verify', 'respond', 'resolve', name='stage', native_enum=False, length=40), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('asked_at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('is_granted', sa.Boolean(), nullable=True),
    sa.Column('decided_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(is_granted IS NULL) = (decided_at IS NULL)', name=op.f('ck_extensions_decision_dated')),
    sa.CheckConstraint('days > 0', name=op.f('ck_extensions_days')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['users.id'], name=op.f('fk_extensions_asked_by_id')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignments.id'], name=op.f('fk_extensions_assignment_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['users.id'], name=op.f('fk_extensions_decided_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extensions')),
    sa.UniqueConstraint('assignment_id', 'stage', name=op.f('uq_extensions_assignment_id_stage'))
    )
    with op.batch_alter_table('extensions', schema=None) as batch_op:
        batch_op.create_index('ix_extensions_decided_at', ['decided_at'], unique=False)

    op.create_table('ratings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('closure', sa.Integer(), nullable=False),
    sa.Column('is_solved', sa.Boolean(), nullable=False),
    sa.Column('stars', sa.Integer(), nullable=True),
    sa.Column('comment', sa.String(), nullable=False),
    sa.Column('at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('stars BETWEEN 1 AND 5', name=op.f('ck_ratings_stars')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignments.id'], name=op.f('fk_ratings_assignment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ratings'))
    )
    with op.batch_alter_table('ratings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ratings_assignment_id'), ['assignment_id'], unique=False)

    op.create_table('reports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('complaint', 'suggestion', 'information_request', name='reportkind', native_enum=False, length=40), nullable=False),
    sa.Column('is_supervisory', sa.Boolean(), nullable=False),
    sa.Column('is_anonymous', sa.Boolean(), nullable=False),
    sa.Column('is_confidential', sa.Boolean(), nullable=False),
    sa.Column('state', sa.Enum('submitted', 'open', 'answered', 'closed', name='reportstate', native_enum=False, length=40), nullable=False),
    sa.Column('ending', sa.Enum('solved', 'silence', 'refused', 'archived', 'withdrawn', 'merged', 'disputed', 'closed_at_source', name='ending', native_enum=False, length=40), nullable=True),
    sa.Column('category_code', sa.String(), nullable=False),
    sa.Column('area_code', sa.String(), nullable=True),
    sa.Column('district_code', sa.String(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('reporter_name', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('lat', sa.Double(), nullable=True),
    sa.Column('lon', sa.Double(), nullable=True),
    sa.Column('received_at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('verified_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('first_response_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('first_closed_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('closed_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('reopened_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('reopen_count', sa.Integer(), nullable=False),
    sa.Column('react_by', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('disputed_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('ended_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('merged_into_id', sa.Integer(), nullable=True),
    sa.Column('agency_id', sa.Integer(), nullable=True),
    sa.Column('official_id', sa.Integer(), nullable=True),
    sa.Column('concerned_agency_id', sa.Integer(), nullable=True),
    sa.Column('verify_clock_id', sa.Integer(), nullable=True),
    sa.Column('assignment_id', sa.Integer(), nullable=True),
    sa.Column('supporter_count', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('source_id', sa.String(), nullable=True),
    sa.Column('response_exclusion', sa.String(), nullable=True),
    sa.Column('resolution_exclusion', sa.String(), nullable=True),
    sa.Column('form_token', sa.String(), nullable=True),
    sa.CheckConstraint('(ending IS NULL) = (ended_at IS NULL)', name=op.f('ck_reports_ending_dated')),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_reports_agency_id')),
    sa.ForeignKeyConstraint(['area_code'], ['areas.code'], name=op.f('fk_reports_area_code')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignments.id'], name=op.f('fk_reports_assignment_id')),
    sa.ForeignKeyConstraint(['category_code'], ['categories.code'], name=op.f('fk_reports_category_code')),
    sa.ForeignKeyConstraint(['concerned_agency_id'], ['agencies.id'], name=op.f('fk_reports_concerned_agency_id')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['reports.id'], name=op.f('fk_reports_merged_into_id')),
    sa.ForeignKeyConstraint(['official_id'], ['officials.id'], name=op.f('fk_reports_official_id')),
    sa.ForeignKeyConstraint(['verify_clock_id'], ['clocks.id'], name=op.f('fk_reports_verify_clock_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reports')),
    sa.UniqueConstraint('assignment_id', name=op.f('uq_reports_assignment_id')),
    sa.UniqueConstraint('form_token', name=op.f('uq_reports_form_token')),
    sa.UniqueConstraint('number', name=op.f('uq_reports_number')),
    sa.UniqueConstraint('source', 'source_id', name=op.f('uq_reports_source_source_id')),
    sa.UniqueConstraint('verify_clock_id', name=op.f('uq_reports_verify_clock_id'))
    )
    with op.batch_alter_table('reports', schema=None) as batch_op:
        batch_op.create_index('ix_reports_agency_id', ['agency_id', 'received_at', 'id'], unique=False)
        batch_op.create_index('ix_reports_area_code', ['area_code', 'received_at', 'id'], unique=False)
        batch_op.create_index('ix_reports_category_code', ['category_code', 'received_at', 'id'], unique=False)
        batch_op.create_index('ix_reports_district_code', ['district_code', 'received_at', 'id'], unique=False)
        batch_op.create_index('ix_reports_first_response_at', ['first_response_at'], unique=False)
        batch_op.create_index('ix_reports_received_at_id', ['received_at', 'id'], unique=False)
        batch_op.create_index('ix_reports_state', ['state', 'received_at', 'id'], unique=False)

    op.create_table('responses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('acknowledgement', 'question', 'interim', 'answer', 'refusal', 'transfer', 'note', name='responsekind', native_enum=False, length=40), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('basis', sa.Enum('not_competent', 'duplicate', 'unclear', 'unlawful', name='refusalbasis', native_enum=False, length=40), nullable=True),
    sa.Column('official_id', sa.Integer(), nullable=True),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('to_agency_id', sa.Integer(), nullable=True),
    sa.Column('to_official_id', sa.Integer(), nullable=True),
    sa.Column('at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('edited_at', portal.db.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_responses_agency_id')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignments.id'], name=op.f('fk_responses_assignment_id')),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_responses_author_id')),
    sa.ForeignKeyConstraint(['official_id'], ['officials.id'], name=op.f('fk_responses_official_id')),
    sa.ForeignKeyConstraint(['to_agency_id'], ['agencies.id'], name=op.f('fk_responses_to_agency_id')),
    sa.ForeignKeyConstraint(['to_official_id'], ['officials.id'], name=op.f('fk_responses_to_official_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_responses'))
    )
    with op.batch_alter_table('responses', schema=None) as batch_op:
        batch_op.create_index('ix_responses_assignment_id_id', ['assignment_id', 'id'], unique=False)

    op.create_table('moderator_questions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_moderator_questions_author_id')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_moderator_questions_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moderator_questions'))
    )
    with op.batch_alter_table('moderator_questions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_moderator_questions_report_id'), ['report_id'], unique=False)

    op.create_table('report_contents',
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('lat', sa.Double(), nullable=True),
    sa.Column('lon', sa.Double(), nullable=True),
    sa.Column('salt', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_report_contents_report_id')),
    sa.PrimaryKeyConstraint('report_id', name=op.f('pk_report_contents'))
    )
    op.create_table('report_messages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('public_body', sa.String(), nullable=False),
    sa.Column('at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_report_messages_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_messages'))
    )
    with op.batch_alter_table('report_messages', schema=None) as batch_op:
        batch_op.create_index('ix_report_messages_report_id_id', ['report_id', 'id'], unique=False)

    op.create_table('report_photos',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachments.id'], name=op.f('fk_report_photos_attachment_id')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_report_photos_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_photos')),
    sa.UniqueConstraint('attachment_id', name=op.f('uq_report_photos_attachment_id')),
    sa.UniqueConstraint('report_id', 'position', name=op.f('uq_report_photos_report_id_position'))
    )
    op.create_table('reporters',
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('phone', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('tracking_digest', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_reporters_report_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_reporters_user_id')),
    sa.PrimaryKeyConstraint('report_id', name=op.f('pk_reporters')),
    sa.UniqueConstraint('tracking_digest', name=op.f('uq_reporters_tracking_digest'))
    )
    with op.batch_alter_table('reporters', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reporters_email'), ['email'], unique=False)
        batch_op.create_index(batch_op.f('ix_reporters_user_id'), ['user_id'], unique=False)

    op.create_table('response_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('response_id', sa.Integer(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('replaced_at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('replaced_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['users.id'], name=op.f('fk_response_versions_replaced_by_id')),
    sa.ForeignKeyConstraint(['response_id'], ['responses.id'], name=op.f('fk_response_versions_response_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_response_versions'))
    )
    with op.batch_alter_table('response_versions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_response_versions_response_id'), ['response_id'], unique=False)

    op.create_table('supporters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('is_affected', sa.Boolean(), nullable=False),
    sa.Column('at', portal.db.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_supporters_report_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_supporters_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_supporters')),
    sa.UniqueConstraint('report_id', 'user_id', name=op.f('uq_supporters_report_id_user_id'))
    )
    with op.batch_alter_table('supporters', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_supporters_user_id'), ['user_id'], unique=False)
    engine = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in triggers.statements(table, engine):
            op.execute(statement)
    for statement in ddl.CREATE[engine]:
        op.execute(statement)


def downgrade() -> None:
    engine = op.get_bind().dialect.name
    for statement in ddl.DROP[engine]:
        op.execute(statement)
    with op.batch_alter_table('supporters', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_supporters_user_id'))

    op.drop_table('supporters')
    with op.batch_alter_table('response_versions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_response_versions_response_id'))

    op.drop_table('response_versions')
    with op.batch_alter_table('reporters', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reporters_user_id'))
        batch_op.drop_index(batch_op.f('ix_reporters_email'))

    op.drop_table('reporters')
    op.drop_table('report_photos')
    with op.batch_alter_table('report_messages', schema=None) as batch_op:
        batch_op.drop_index('ix_report_messages_report_id_id')

    op.drop_table('report_messages')
    op.drop_table('report_contents')
    with op.batch_alter_table('moderator_questions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_moderator_questions_report_id'))

    op.drop_table('moderator_questions')
    with op.batch_alter_table('responses', schema=None) as batch_op:
        batch_op.drop_index('ix_responses_assignment_id_id')

    op.drop_table('responses')
    with op.batch_alter_table('reports', schema=None) as batch_op:
        batch_op.drop_index('ix_reports_state')
        batch_op.drop_index('ix_reports_received_at_id')
        batch_op.drop_index('ix_reports_first_response_at')
        batch_op.drop_index('ix_reports_district_code')
        batch_op.drop_index('ix_reports_category_code')
        batch_op.drop_index('ix_reports_area_code')
        batch_op.drop_index('ix_reports_agency_id')

    op.drop_table('reports')
    with op.batch_alter_table('ratings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ratings_assignment_id'))

    op.drop_table('ratings')
    with op.batch_alter_table('extensions', schema=None) as batch_op:
        batch_op.drop_index('ix_extensions_decided_at')

    op.drop_table('extensions')
    with op.batch_alter_table('stage_deadlines', schema=None) as batch_op:
        batch_op.drop_index('ix_stage_deadlines_official_id_is_open_due_at')
        batch_op.drop_index('ix_stage_deadlines_next_step_at')
        batch_op.drop_index('ix_stage_deadlines_due_at')
        batch_op.drop_index('ix_stage_deadlines_agency_id_is_open_due_at')

    op.drop_table('stage_deadlines')
    op.drop_table('clock_entries')
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assignments_triage_clock_id'))
        batch_op.drop_index('ix_assignments_official_id_state')
        batch_op.drop_index('ix_assignments_agency_id_state')

    op.drop_table('assignments')
    op.drop_table('routing_pool_members')
    op.drop_table('official_areas')
    with op.batch_alter_table('clocks', schema=None) as batch_op:
        batch_op.drop_index('ix_clocks_policy_version_id')
        batch_op.drop_index(batch_op.f('ix_clocks_pause_ends_at'))
        batch_op.drop_index('ix_clocks_city_calendar_version_id')
        batch_op.drop_index('ix_clocks_agency_calendar_version_id')

    op.drop_table('clocks')
    with op.batch_alter_table('absences', schema=None) as batch_op:
        batch_op.drop_index('ix_absences_span')

    op.drop_table('absences')
    with op.batch_alter_table('user_roles', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_user_roles_user_id'))

    op.drop_table('user_roles')
    with op.batch_alter_table('routing_rules', schema=None) as batch_op:
        batch_op.drop_index('ix_routing_rules_match')

    op.drop_table('routing_rules')
    with op.batch_alter_table('officials', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_officials_supervisor_id'))
        batch_op.drop_index(batch_op.f('ix_officials_agency_id'))

    op.drop_table('officials')
    with op.batch_alter_table('notifications', schema=None) as batch_op:
        batch_op.drop_index('ix_notifications_user_id_id')

    op.drop_table('notifications')
    op.drop_table('calendar_versions')
    with op.batch_alter_table('administration_changes', schema=None) as batch_op:
        batch_op.drop_index('ix_administration_changes_kind_key_id')

    op.drop_table('administration_changes')
    op.drop_table('users')
    op.drop_table('statistics_snapshots')
    with op.batch_alter_table('sign_in_throttles', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_throttles_failed_at'))

    op.drop_table('sign_in_throttles')
    op.drop_table('search_documents')
    with op.batch_alter_table('report_drafts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_drafts_expires_at'))

    op.drop_table('report_drafts')
    op.drop_table('policy_versions')
    op.drop_table('periodic_runs')
    op.drop_table('number_series')
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.drop_index('ix_jobs_state_run_at_id')

    op.drop_table('jobs')
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.drop_index('ix_events_subject_id')

    op.drop_table('events')
    op.drop_table('categories')
    op.drop_table('calendars')
    op.drop_table('attachments')
    with op.batch_alter_table('areas', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_areas_parent_code'))
        batch_op.drop_index(batch_op.f('ix_areas_name'))

    op.drop_table('areas')
    op.drop_table('agencies')
    if engine == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS refuse_change")
