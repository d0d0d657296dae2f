"""The triage: moderators verify, correct, route, ask and refuse what residents filed."""

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
from portal.desk.forms import CorrectionForm, QuestionForm, RefusalBeforeForm, VerificationForm
from portal.desk.queries import matter
from portal.desk.queries import triage as waiting
from portal.desk.rules import Cursor, Horizon
from portal.desk.views import choices
from portal.desk.views.blueprint import bp
from portal.errors import DomainError
from portal.i18n import _
from portal.places.models import Area
from portal.reports import clocks, services
from portal.reports.labels import KIND, PERSONAL_DATA
from portal.reports.masking import mask
from portal.reports.models import Report
from portal.reports.rules import BODY_LENGTH, ReportKind, ReportState

Do = Callable[[Report, datetime], None]


@bp.get("/triage")
def triage() -> ResponseReturnValue:
    authz.require(policy.may_triage(current_user))
    now = clock.now()
    horizon = Horizon.at(now, config.current().zone)
    page = waiting.unverified(current_user, Cursor.read(request.args.get("after", "")))
    back = waiting.returned(current_user)
    return htmx.render(
        "desk/triage.html",
        block="desk_queue",
        now=now,
        board=board.triage(page, back, horizon),
        disputed=waiting.disputed(current_user),
        here=url_for("desk.triage"),
        refresh_url=url_for("desk.triage"),
        is_continued="after" in request.args,
        next_url=url_for("desk.triage", after=str(page.next)) if page.next else None,
    )


@bp.get("/triage/<number>")
def review(number: str) -> ResponseReturnValue:
    authz.require(policy.may_triage(current_user))
    report = matter.unverified(number, current_user)
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
    report = matter.unverified(number, current_user)
    if report is None:
        return _gone()
    form = CorrectionForm(
        formdata=None, kind=report.kind, category=report.category_code, area=report.area_code or ""
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
    if not form.validate_on_submit():
        return _correction_page(report, form, status=422)
    services.correct(
        report,
        category=db.session.get_one(Category, form.category.data),
        area=db.session.get(Area, form.area.data) if form.area.data else None,
        kind=ReportKind(form.kind.data),
        by=current_user,
        at=clock.now(),
    )
    flash(_("Koreksi tersimpan; usulan dinasnya ikut berubah."), "success")
    return htmx.go(url_for("desk.review", number=number))


@bp.post("/triage/<number>/question")
def ask(number: str) -> ResponseReturnValue:
    form = QuestionForm()

    def say(report: Report, at: datetime) -> None:
        services.ask_before_verification(report, body=form.question.data or "", by=current_user, at=at)

    done = _("Pertanyaan terkirim; hitungan waktu verifikasi berhenti sampai pelapor menjawab.")
    return _say(number, "question", form, say, done)


@bp.post("/triage/<number>/refusal")
def refuse_report(number: str) -> ResponseReturnValue:
    form = RefusalBeforeForm()
    choices.fill_grounds(form, at=clock.now())

    def say(report: Report, at: datetime) -> None:
        services.refuse_unverified(
            report,
            basis=form.grounds["basis"],
            outside_body=choices.body_of(form),
            duplicate_of=form.grounds["duplicate_of"],
            reason=form.explanation.data or "",
            by=current_user,
            at=at,
        )

    return _say(number, "refusal", form, say, _("Laporan ditolak; pelapor membaca alasannya."))


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
    )


def _page(report: Report, *, status: int = 200, **typed: Any) -> ResponseReturnValue:
    """The report with its four forms; `typed` are those that were sent and not accepted."""
    now = clock.now()
    offers = suggestions.for_report(report, now)
    verification = typed.get("verification") or _verification(report, offers)
    hidden = mask(f"{report.content.title}\n{report.content.body}").findings
    return htmx.render(
        "desk/review.html",
        block="main",
        status=status,
        report=report,
        kind_label=KIND[report.kind],
        text=report.content.body,
        marks=unverified.marks(report),
        facts=unverified.facts(report, sees_reporter=policy.may_see_reporter(current_user, report)),
        photos=unverified.photos(report),
        clocks_shown=clocks.of(report, now),
        exchange=unverified.exchange(report),
        reasons={str(offer.agency.id): offer.reason for offer in offers},
        external=[(offer.agency.name, offer.agency.contact) for offer in offers if offer.agency.is_external],
        is_sealed=report.category.category_class is CategoryClass.CONFIDENTIAL,
        hidden_kinds=sorted({str(PERSONAL_DATA[one.kind]) for one in hidden}),
        body_limit=BODY_LENGTH,
        verification=verification,
        question=typed.get("question") or QuestionForm(formdata=None),
        refusal=typed.get("refusal") or _refusal_form(),
    )


def _refusal_form() -> RefusalBeforeForm:
    form = RefusalBeforeForm(formdata=None)
    choices.fill_grounds(form, at=clock.now())
    return form


def _fill(form: VerificationForm, report: Report, offers: list[suggestions.Offer]) -> None:
    now = clock.now()
    rest = suggestions.others(offers, report.concerned_agency_id, now)
    choices.fill_agencies(form, offers, rest)
    choices.fill_team(form, report, at=now)


def _verification(report: Report, offers: list[suggestions.Offer]) -> VerificationForm:
    form = VerificationForm(
        formdata=None,
        title=mask(report.content.title).text,
        body=mask(report.content.body).text,
        agency=choices.first_choice(offers),
    )
    _fill(form, report, offers)
    return form


def _correction_page(report: Report, form: CorrectionForm, *, status: int = 200) -> ResponseReturnValue:
    return htmx.render("desk/correction.html", block="main", status=status, report=report, form=form)


def _locked(number: str) -> Report | None:
    """The report, held until this decision is written; None when somebody decided before."""
    authz.require(policy.may_triage(current_user))
    report = matter.unverified(number, current_user)
    if report is None:
        return None
    matter.lock(report)
    return report if report.state is ReportState.SUBMITTED else None


def _gone() -> ResponseReturnValue:
    flash(_("Laporan itu tidak sedang menunggu verifikasi; mungkin sudah diputuskan."), "info")
    return htmx.go(url_for("desk.triage"))
