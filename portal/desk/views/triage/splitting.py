"""A report that holds two matters: one part becomes a report of its own."""

from datetime import datetime

from flask import flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock, htmx
from portal.categories.models import Category
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.desk import suggestions, unverified
from portal.desk.triage_forms import PartForm
from portal.desk.views import choices
from portal.desk.views.blueprint import bp
from portal.desk.views.triage import matters
from portal.errors import DomainError
from portal.i18n import _
from portal.places.models import Area
from portal.reports import services
from portal.reports.models import Report
from portal.reports.rules import BODY_LENGTH, RUNNING, ReportKind, ReportState
from portal.routing import services as routing
from portal.routing.services import Routing


@bp.get("/triage/<number>/split")
def new_part(number: str) -> ResponseReturnValue:
    report = matters.own(number)
    form = PartForm(
        formdata=None,
        lock=report.lock,
        kind=report.kind,
        category=report.category_code,
        area=report.area_code or "",
    )
    return _page(report, form)


@bp.post("/triage/<number>/split")
def split(number: str) -> ResponseReturnValue:
    report, form = matters.own(number), PartForm()
    _fill(form, report)
    if form.validate_on_submit():
        try:
            part = _split(report, form, clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            told = _("Bagian itu sekarang bernomor %(number)s, dan pelapor dikabari.", number=part.number)
            flash(told, "success")
            return htmx.go(matters.address(part))
    return _page(report, form, status=422)


def _split(report: Report, form: PartForm, at: datetime) -> Report:
    part = services.Part(
        title=form.title.data or "",
        body=form.body.data or "",
        place=form.place.data or "",
        kind=ReportKind(form.kind.data),
        category=db.session.get_one(Category, form.category.data),
        area=db.session.get(Area, form.area.data) if form.area.data else None,
        photo_ids=[int(one) for one in form.photos.data or ()],
    )
    found = _routing(report, part, form, at) if report.state is ReportState.OPEN else None
    return services.split(
        report, part, by=current_user, at=at, routing=found, expected_lock=form.expected_lock
    )


def _routing(report: Report, part: services.Part, form: PartForm, at: datetime) -> Routing:
    """By the rules of the part's category and area, unless the moderator named an agency."""
    area_code = part.area.code if part.area else None
    weight = part.category.category_class is CategoryClass.SUPERVISORY and part.kind is ReportKind.COMPLAINT
    by_rule = routing.route(
        part.category.code,
        area_code,
        at,
        exclude_agency_id=report.concerned_agency_id,
        is_supervisory=weight,
    )
    if form.other.data is None or weight:
        return by_rule
    return routing.route_to(form.other.data, area_code, at, exclude_agency_id=report.concerned_agency_id)


def _fill(form: PartForm, report: Report) -> None:
    now = clock.now()
    choices.fill_correction(form, at=now)
    receivers = suggestions.others(report.concerned_agency_id, now)
    form.agency.validate_choice = False  # only the list is used here
    form.agency.choices = []
    form.other.choices = choices.or_by_rule(receivers)
    form.photos.choices = [(str(card.id), card.shown["name"]) for card in unverified.photo_cards(report)]


def _page(report: Report, form: PartForm, *, status: int = 200) -> ResponseReturnValue:
    _fill(form, report)
    return htmx.render(
        "desk/split.html",
        block="main",
        status=status,
        report=report,
        form=form,
        is_running=report.state in RUNNING,
        is_verified=report.state is ReportState.OPEN,
        trail=matters.trail(report, _("Pecah laporan")),
        back_url=matters.address(report),
        photos=unverified.photos(report),
        body_limit=BODY_LENGTH,
    )
