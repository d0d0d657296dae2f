"""The app factory: the one list of what the portal is made of."""

import os

from flask import Flask
from flask_compress import Compress

from portal import (
    assets,
    config,
    db,
    error_pages,
    htmx,
    i18n,
    logs,
    navigation,
    page_cache,
    page_context,
    security,
)
from portal.accounts import jobs as account_jobs
from portal.accounts import letters as account_letters
from portal.accounts import login
from portal.accounts import views as accounts
from portal.administration import views as administration
from portal.administration.views import invitations, substitutes
from portal.assignments import jobs as assignment_jobs
from portal.assignments import showing
from portal.assignments import views as duties
from portal.attachments import guards
from portal.attachments import jobs as attachment_jobs
from portal.attachments import views as attachments
from portal.cli import deadlines as deadline_commands
from portal.cli import editions as edition_commands
from portal.cli import founding, identities
from portal.cli import ledger as ledger_commands
from portal.cli import mail as mail_commands
from portal.cli import reports as report_commands
from portal.cli import routing as routing_commands
from portal.cli import run as run_commands
from portal.config import Settings
from portal.deadlines import jobs as deadline_jobs
from portal.demo import recognising
from portal.desk import views as desk
from portal.desk.counter import views as counter
from portal.errors import SettingsError
from portal.forum import briefs as forum_briefs
from portal.forum import jobs as forum_jobs
from portal.forum import services as forum_services
from portal.forum import views as forum
from portal.jobs import housekeeping, queue
from portal.ledger import jobs as ledger_jobs
from portal.ledger import queries as ledger
from portal.ledger import views as ledger_views
from portal.mailroom import jobs as mailroom_jobs
from portal.mailroom import views as mailroom
from portal.migrations import migrate
from portal.moderation import views as moderation
from portal.notifications import jobs as notification_jobs
from portal.notifications import sealed
from portal.notifications import services as post_office
from portal.notifications import views as notifications
from portal.open311 import views as open311
from portal.organisation.outside import views as outside_bodies
from portal.pages import health
from portal.pages import views as pages
from portal.projects import rooms as projects
from portal.projects.plans import jobs as plan_jobs
from portal.projects.plans import news as plan_news
from portal.projects.plans import talk as pin_talk
from portal.projects.plans import views as plans
from portal.reports import briefs, lessons
from portal.reports import jobs as report_jobs
from portal.reports import queries as report_queries
from portal.reports import services as reports
from portal.reports import views as report_views
from portal.reports.filing import views as filing
from portal.reports.filing.views import offline as offline_filing
from portal.reports.filing.views import own as own_drafts
from portal.reports.followers import services as report_followers
from portal.reports.followers import views as followers
from portal.reports.following import access as report_access
from portal.reports.following import views as following
from portal.reports.identity import recipients
from portal.reports.importers import jobs as import_jobs
from portal.reports.services import carrying
from portal.reports.sharing import views as sharing
from portal.routing.learning import grouping
from portal.statistics import jobs as statistics_jobs
from portal.statistics import views as statistics
from portal.statistics.editions import desk as editions
from portal.statistics.editions import jobs as edition_jobs
from portal.surveys import jobs as survey_jobs
from portal.surveys import served
from portal.surveys import services as survey_services
from portal.surveys import views as surveys

BLUEPRINTS = (
    accounts.bp,
    administration.bp,
    attachments.bp,
    counter.bp,
    desk.bp,
    duties.bp,
    editions.bp,
    filing.bp,
    offline_filing.bp,
    own_drafts.bp,
    followers.bp,
    following.bp,
    forum.bp,
    health.bp,
    invitations.bp,
    ledger_views.bp,
    *mailroom.BLUEPRINTS,
    moderation.bp,
    notifications.bp,
    open311.bp,
    outside_bodies.bp,
    pages.bp,
    *plans.BLUEPRINTS,
    *projects.BLUEPRINTS,
    report_views.bp,
    sharing.bp,
    statistics.bp,
    substitutes.bp,
    surveys.bp,
)
# Imported so that their functions sign in with the job registry and the hooks of the clocks.
JOBS = (
    account_jobs,
    assignment_jobs,
    attachment_jobs,
    deadline_jobs,
    forum_jobs,
    housekeeping,
    edition_jobs,
    import_jobs,
    ledger_jobs,
    lessons,
    mailroom_jobs,
    notification_jobs,
    plan_jobs,
    plan_news,
    *projects.JOBS,
    report_jobs,
    statistics_jobs,
    survey_jobs,
)
COMMANDS = (
    founding.cli,  # with the commands of the city
    deadline_commands.cli,
    edition_commands.cli,
    identities.cli,
    ledger_commands.cli,
    mail_commands.cli,
    report_commands.cli,
    routing_commands.cli,
    run_commands.run_jobs,
    run_commands.serve,
    run_commands.web,
)


def create_app(settings: Settings | None = None) -> Flask:
    """Build the portal. Raises SettingsError when a setting is missing or wrong."""
    settings = settings or config.load(os.environ)
    app = Flask(
        "portal",
        root_path=str(config.ROOT / "portal"),
        template_folder=str(config.ROOT / "templates"),
        static_folder=str(config.ROOT / "static"),
    )
    app.extensions["settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.sqlalchemy_url,
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},  # they are people's data, errors are logged
        DEBUG=settings.debug,
    )
    _make_data_dir(settings)
    logs.init_app(app, settings)
    security.init_app(app, settings)
    Compress(app)
    db.init_app(app)
    migrate.init_app(app, db.db)
    queue.init_app(app)
    i18n.init_app(app)
    htmx.init_app(app)
    assets.init_app(app)
    login.init_app(app)
    page_context.init_app(app)
    navigation.init_app(app)
    error_pages.init_app(app)
    open311.init_app(app)
    reports.register_owner(briefs.brief, report_access.is_own)
    carrying.register_owner()
    guards.register("reports", report_access.may_load)
    guards.register("evidence", showing.may_load)
    projects.register()
    survey_services.register_owner()
    served.register(report_queries.served_by)
    pin_talk.register_home()
    forum_services.register_owner(forum_briefs.brief, forum_briefs.is_own, forum_briefs.is_hidden)
    sealed.register(app, recipients.reporter_of)
    report_followers.register(app)
    account_letters.deliver_by(post_office.write_to)
    if settings.demo:
        grouping.register(recognising.situation_of)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for commands in COMMANDS:
        app.cli.add_command(commands)
    # Outermost last: proxies are believed first, then the cache looks at the address as it was asked.
    page_cache.init_app(app, version=ledger.last_id)
    security.trust_proxies(app, settings.trusted_proxies)
    logs.wrap(app, settings)
    return app


def _make_data_dir(settings: Settings) -> None:
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        usable = os.access(settings.data_dir, os.W_OK)
    except OSError:
        usable = False
    if not usable:
        raise SettingsError(f"Set PORTAL_DATA_DIR to a folder to write in: {settings.data_dir} is none.")
