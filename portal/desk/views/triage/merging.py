"""Two reports of the same matter: proposed, looked at side by side, made one, and parted again."""

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock, htmx
from portal.desk import duplicates, unverified
from portal.desk.triage_forms import MergeForm, PartnerForm
from portal.desk.views.blueprint import bp
from portal.desk.views.triage import matters
from portal.errors import DomainError
from portal.forms import plain
from portal.i18n import _
from portal.reports import services
from portal.reports.models import Report
from portal.reports.rules import RUNNING


@bp.get("/triage/<number>/duplicates")
def list_duplicates(number: str) -> ResponseReturnValue:
    """Candidates; a page of its own, and a part of the report's that is loaded in place."""
    report = matters.own(number)
    typed = plain(request.args.get("other")).upper().replace(" ", "")[:40]
    form = PartnerForm(formdata=None, data={"other": typed})
    if typed and matters.find(typed) is not None:
        return htmx.go(url_for("desk.compare", number=number, other=typed))
    if typed:
        form.other.errors = [_("Tidak ada laporan dengan nomor ini.")]
    return htmx.render(
        "desk/duplicates.html",
        block="duplicates",
        status=422 if form.errors else 200,
        report=report,
        form=form,
        trail=matters.trail(report, _("Laporan yang sama")),
        is_running=report.state in RUNNING,
        candidates=duplicates.proposed(report, current_user) if report.state in RUNNING else [],
    )


@bp.get("/triage/<number>/merge/<other>")
def compare(number: str, other: str) -> ResponseReturnValue:
    """Both side by side. The earlier one survives, whichever the moderator came from."""
    return _page(*_pair(number, other))


@bp.post("/triage/<number>/merge/<other>")
def merge(number: str, other: str) -> ResponseReturnValue:
    later, earlier = _pair(number, other)
    form = MergeForm()
    if form.validate_on_submit():
        try:
            services.merge(
                later, into=earlier, by=current_user, at=clock.now(), expected_lock=form.expected_lock
            )
        except DomainError as error:
            form.refuse(error)
        else:
            told = _(
                "%(number)s digabungkan dengan %(into)s. Dalam tujuh hari penggabungan ini dapat dibatalkan.",
                number=later.number,
                into=earlier.number,
            )
            flash(told, "success")
            return htmx.go(matters.address(earlier))
    return _page(later, earlier, form, status=422)


@bp.post("/triage/<number>/unmerge")
def unmerge(number: str) -> ResponseReturnValue:
    report = matters.own(number)
    try:
        services.unmerge(report, by=current_user, at=clock.now())
    except DomainError as error:
        flash(str(error), "error")
    else:
        flash(_("Penggabungan dibatalkan; laporan berjalan lagi dengan sisa waktunya."), "success")
    return htmx.go(matters.address(report))


def _pair(number: str, other: str) -> tuple[Report, Report]:
    """The later and the earlier of the two."""
    pair = (matters.own(number), matters.own(other))
    earlier, later = sorted(pair, key=lambda one: (one.received_at, one.id))
    return later, earlier


def _page(
    later: Report, earlier: Report, form: MergeForm | None = None, *, status: int = 200
) -> ResponseReturnValue:
    refusal = services.refusal_of(later, earlier)
    form = form or MergeForm(formdata=None)
    form.lock.data = str(later.lock)
    return htmx.render(
        "desk/merge.html",
        block="main",
        status=status,
        form=form,
        later=later,
        earlier=earlier,
        pair=[unverified.side(earlier), unverified.side(later)],
        refusal=str(refusal) if refusal else "",
        trail=matters.trail(later, _("Gabungkan")),
        back_url=matters.address(later),
    )
