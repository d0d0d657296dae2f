"""The triage: moderators verify, correct, route and ask about what residents filed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, config, htmx
from portal.categories.models import Category
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.desk import board, policy, suggestions, unverified
from portal.desk.forms import CorrectionForm, QuestionForm, VerificationForm
from portal.desk.queries import matter
from portal.desk.queries import triage as waiting
from portal.desk.rules import Cursor, Horizon
from portal.desk.views import choices
from portal.desk.views.blueprint import bp
from portal.desk.views.triage import kinds, texts
from portal.errors import DomainError
from portal.forms import plain
from portal.i18n import _
from portal.places.models import Area
from portal.reports import clocks, services
from portal.reports import queries as reports
from portal.reports.labels import KIND, category_name
from portal.reports.masking import mask, passages
from portal.reports.models import Report
from portal.reports.rules import BODY_LENGTH, ReportKind, ReportState

Do = Callable[[Report, datetime], None]
FILTERS = ("q", "kind", "area", "category")
SEARCH_LENGTH = 100


@bp.get("/triage")
def triage() -> ResponseReturnValue:
    authz.require(policy.may_triage(current_user))
    now = clock.now()
    horizon = Horizon.at(now, config.current().zone)
    wish = _wish()
    if wish.q and reports.is_known(wish.q.upper()):  # a whole number leads to its report
        return htmx.go(url_for("desk.edit_public_text", number=wish.q.upper()))
    page = waiting.unverified(current_user, wish)
    facets = waiting.facets(current_user, now)
    asked: dict[str, Any] = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    back = waiting.returned(current_user)
    return htmx.render(
        "desk/triage.html",
        block="desk_queue",
        now=now,
        board=board.triage(page, back, horizon),
        disputed=waiting.disputed(current_user),
        here=url_for("desk.triage"),
        refresh_url=url_for("desk.triage", **asked, after=request.args.get("after")),
        is_continued="after" in request.args,
        next_url=url_for("desk.triage", **asked, after=str(page.next)) if page.next else None,
        wish=wish,
        facets=facets,
        active_count=len(asked),
        kinds=[(kind.value, label) for kind, label in KIND.items()],
        areas=sorted(facets.areas.items(), key=lambda pair: pair[1]),
        categories=[(code, category_name(row)) for code, row in facets.categories.items()],
    )


def _wish() -> waiting.Wish:
    """The filters of the address; what makes no sense is left out."""
    words = {name: plain(request.args.get(name))[:SEARCH_LENGTH].strip() for name in FILTERS}
    kind = words.pop("kind")
    return waiting.Wish(
        **words,
        kind=ReportKind(kind) if kind in set(ReportKind) else None,
        after=Cursor.read(request.args.get("after", "")),
    )


@bp.get("/triage/<number>")
def review(number: str) -> ResponseReturnValue:
    authz.require(policy.may_triage(current_user))
    report = _waiting(number)
    return _page(report) if report else _gone()


@bp.post("/triage/<number>/verification")
def verify(number: str) -> ResponseReturnValue:
    report = _locked(number)
    if report is None:
        return _gone()
    form = VerificationForm()
    _fill(form, report, suggestions.for_report(report, clock.now()))
    if form.validate_on_submit():
        try:
            _verify(report, form, clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("%(number)s diverifikasi dan diteruskan.", number=number), "success")
            return htmx.go(url_for("desk.triage"))
    return _page(report, status=422, verification=form)


@bp.get("/triage/<number>/correction")
def edit_correction(number: str) -> ResponseReturnValue:
    authz.require(policy.may_triage(current_user))
    report = _waiting(number)
    if report is None:
        return _gone()
    form = CorrectionForm(
        formdata=None,
        lock=report.lock,
        kind=report.kind,
        category=report.category_code,
        area=report.area_code or "",
    )
    choices.fill_correction(form, at=clock.now())
    return _correction_page(report, form)


@bp.post("/triage/<number>/correction")
def correct(number: str) -> ResponseReturnValue:
    report = _locked(number)
    if report is None:
        return _gone()
    form = CorrectionForm()
    choices.fill_correction(form, at=clock.now())
    if form.validate_on_submit():
        try:
            _correct(report, form, clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Koreksi tersimpan; usulan dinasnya ikut berubah."), "success")
            return htmx.go(url_for("desk.review", number=number))
    return _correction_page(report, form, status=422)


def _correct(report: Report, form: CorrectionForm, at: datetime) -> None:
    services.correct(
        report,
        category=db.session.get_one(Category, form.category.data),
        area=db.session.get(Area, form.area.data) if form.area.data else None,
        kind=ReportKind(form.kind.data),
        by=current_user,
        at=at,
        expected_lock=form.expected_lock,
    )


@bp.post("/triage/<number>/question")
def ask(number: str) -> ResponseReturnValue:
    form = QuestionForm()

    def say(report: Report, at: datetime) -> None:
        services.ask_before_verification(report, body=form.question.data or "", by=current_user, at=at)

    done = _("Pertanyaan terkirim; hitungan waktu verifikasi berhenti sampai pelapor menjawab.")
    return _say(number, "question", form, say, done)


def _say(number: str, name: str, form: Any, do: Do, done: str) -> ResponseReturnValue:
    report = _locked(number)
    if report is None:
        return _gone()
    if form.validate_on_submit():
        try:
            do(report, clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(done, "success")
            return htmx.go(url_for("desk.triage"))
    return _page(report, status=422, **{name: form})


def _verify(report: Report, form: VerificationForm, at: datetime) -> None:
    if form.agency_id is None:
        raise DomainError(_("Pilih dinas yang menangani."), field="agency")
    services.verify(
        report,
        routing=suggestions.routing_to(report, form.agency_id, at, official_id=form.official.data),
        by=current_user,
        at=at,
        title=form.title.data or None,
        body=form.body.data or None,
        expected_lock=form.expected_lock,
    )


def _page(report: Report, *, status: int = 200, **typed: Any) -> ResponseReturnValue:
    """The report with its forms; `typed` are those that were sent and not accepted."""
    now = clock.now()
    found = suggestions.for_report(report, now)
    offers = found.offers
    verification = typed.get("verification") or _verification(report, found)
    verification.lock.data = str(report.lock)  # the state that is shown here
    return htmx.render(
        "desk/review.html",
        block="main",
        status=status,
        report=report,
        kind_label=KIND[report.kind],
        original=passages(report.content.body),
        original_title=passages(report.content.title),
        marked=unverified.marked(report),
        marks=unverified.marks(report),
        facts=unverified.facts(report, sees_reporter=policy.may_see_reporter(current_user, report)),
        photos=unverified.photo_cards(report),
        plain_photos=unverified.photos(report),
        clocks_shown=clocks.of(report, now),
        exchange=unverified.exchange(report),
        reasons={str(offer.agency.id): offer.reason for offer in offers},
        external=[(offer.agency.name, offer.agency.contact) for offer in offers if offer.agency.is_external],
        is_sealed=report.category.category_class is CategoryClass.CONFIDENTIAL,
        **texts.ways(report),
        body_limit=BODY_LENGTH,
        verification=verification,
        question=typed.get("question") or QuestionForm(formdata=None),
    )


def _fill(form: VerificationForm, report: Report, found: suggestions.Offered) -> None:
    choices.fill_agencies(form, found.offers, found.others)
    choices.fill_team(form, report, at=clock.now())


def _verification(report: Report, found: suggestions.Offered) -> VerificationForm:
    form = VerificationForm(
        formdata=None,
        title=mask(report.content.title).text,
        body=mask(report.content.body).text,
        agency=choices.first_choice(found.offers),
    )
    _fill(form, report, found)
    return form


def _correction_page(report: Report, form: CorrectionForm, *, status: int = 200) -> ResponseReturnValue:
    """Where it belongs, as somebody else may have put it right in the meantime."""
    form.lock.data = str(report.lock)
    return htmx.render(
        "desk/correction.html",
        block="main",
        status=status,
        report=report,
        form=form,
        limits=kinds.limits_with_weight(),
        now=[KIND[report.kind], category_name(report.category), report.area.name if report.area else None],
    )


def _locked(number: str) -> Report | None:
    """The report, held until this decision is written; None when somebody decided before."""
    authz.require(policy.may_triage(current_user))
    report = _waiting(number)
    if report is None:
        return None
    matter.lock(report)
    return report if report.state is ReportState.SUBMITTED else None


def _waiting(number: str) -> Report | None:
    """A report that waits for this moderator; None when it does not, or not any more."""
    report = waiting.report(number, current_user)
    return report if report and report.state is ReportState.SUBMITTED else None


def _gone() -> ResponseReturnValue:
    flash(_("Laporan itu tidak sedang menunggu verifikasi; mungkin sudah diputuskan."), "info")
    return htmx.go(url_for("desk.triage"))
