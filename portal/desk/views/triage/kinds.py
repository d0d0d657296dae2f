"""A report of another kind than it was filed as, after somebody owes its answer."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock, htmx
from portal.deadlines import queries as deadlines
from portal.deadlines.rules.stages import Matter, Stage
from portal.desk.triage_forms import KindForm
from portal.desk.views.blueprint import bp
from portal.desk.views.triage import matters
from portal.errors import DomainError
from portal.i18n import _
from portal.reports import clocks, policy, rules, services
from portal.reports.labels import KIND
from portal.reports.models import Report
from portal.reports.rules import ReportKind


@bp.get("/triage/<number>/kind")
def edit_kind(number: str) -> ResponseReturnValue:
    report = matters.own(number)
    return _page(report, KindForm(formdata=None, lock=report.lock, kind=report.kind))


@bp.post("/triage/<number>/kind")
def change_kind(number: str) -> ResponseReturnValue:
    report, form = matters.own(number), KindForm()
    if form.validate_on_submit():
        try:
            services.change_kind(
                report,
                kind=ReportKind(form.kind.data),
                reason=form.reason.data or "",
                by=current_user,
                at=clock.now(),
                expected_lock=form.expected_lock,
            )
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Jenisnya diganti, tenggatnya dihitung ulang, dan pelapor dikabari."), "success")
            return htmx.go(matters.address(report))
    return _page(report, form, status=422)


def _page(report: Report, form: KindForm, *, status: int = 200) -> ResponseReturnValue:
    return htmx.render(
        "desk/kind.html",
        block="main",
        status=status,
        report=report,
        form=form,
        may_change=policy.may_change_kind(report),
        limits=limits(),
        clocks_shown=clocks.of(report, clock.now()),
        trail=matters.trail(report, _("Ganti jenis")),
        back_url=matters.address(report),
    )


def limits() -> list[tuple[str, str]]:
    """How many working days each kind has, as the newest policy says it."""
    return [(str(label), _limit(rules.matter_of(kind, is_supervisory=False))) for kind, label in KIND.items()]


def limits_with_weight() -> list[tuple[str, str]]:
    """The same, with the weight that a category may give."""
    return [*limits(), (_("Pengaduan berkadar pengawasan"), _limit(Matter.SUPERVISORY_COMPLAINT))]


def _limit(matter: Matter) -> str:
    policy_now = deadlines.policy(clock.now())
    return _(
        "Tanggapan pertama %(respond)s hari kerja, penyelesaian %(resolve)s hari kerja.",
        respond=policy_now.limit(matter, Stage.RESPOND).amount,
        resolve=policy_now.limit(matter, Stage.RESOLVE).amount,
    )
