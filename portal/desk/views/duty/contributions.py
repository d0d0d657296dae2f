"""Ask for help with a duty and stay responsible; and help somebody else with theirs."""

from flask import abort, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.assignments import contributions, drafts
from portal.assignments import policy as duties
from portal.assignments import queries as assignments
from portal.assignments.models import Assignment, Response
from portal.assignments.rules import ResponseKind
from portal.desk import drafting, forms, policy
from portal.desk.forms import whole_number
from portal.desk.views.blueprint import bp
from portal.desk.views.duty import taking
from portal.errors import DomainError
from portal.forms import Form, choices
from portal.i18n import _
from portal.organisation import queries as organisation
from portal.organisation.models import Agency, Official
from portal.routing.queries import city_day


@bp.get("/desk/help-requests")
def help_requests() -> ResponseReturnValue:
    """What others ask of this person."""
    authz.require(policy.may_use_desk(current_user))
    asked = assignments.asked_for_help(current_user)
    return htmx.render("desk/help_requests.html", block="help_list", asked=asked)


@bp.get("/desk/<number>/help")
def ask_for_help(number: str) -> ResponseReturnValue:
    assignment = _own(number)
    return _request_page(assignment, _agency(assignment), forms.HelpRequestForm(formdata=None))


@bp.post("/desk/<number>/help-requests")
def request_help(number: str) -> ResponseReturnValue:
    assignment = _own(number)
    agency, form = _agency(assignment), forms.HelpRequestForm()
    _fill(form, assignment, agency)
    if form.validate_on_submit():
        try:
            contributions.ask(
                assignment,
                question=form.question.data or "",
                to_agency=agency,
                to_official=_named(form, assignment, agency),
                by=current_user,
                at=clock.now(),
            )
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Permintaan terkirim. Tugas tetap pada Anda dan tenggatnya berjalan terus."), "success")
            return htmx.go(url_for(".show", number=number))
    return _request_page(assignment, agency, form, status=422)


@bp.get("/desk/<number>/help/<int:request_id>")
def help_request(number: str, request_id: int) -> ResponseReturnValue:
    asked = _asked(number, request_id)
    return _help_page(number, asked, forms.HelpForm(formdata=None))


@bp.post("/desk/<number>/help/<int:request_id>")
def give_help(number: str, request_id: int) -> ResponseReturnValue:
    asked = _asked(number, request_id)
    form = forms.HelpForm()
    can_help = request.form.get("decision") != "decline"
    if form.validate_on_submit():
        words, at = form.body.data or "", clock.now()
        try:
            if can_help:
                contributions.give(asked, body=words, by=current_user, at=at)
            else:
                contributions.decline(asked, reason=words, by=current_user, at=at)
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Terima kasih. Penanggung jawabnya sudah diberi tahu."), "success")
            return htmx.go(url_for(".index"))
    return _help_page(number, asked, form, status=422)


@bp.post("/desk/<number>/help/<int:request_id>/withdrawal")
def withdraw_request(number: str, request_id: int) -> ResponseReturnValue:
    asked = _said(_own(number), request_id, ResponseKind.CONSULTATION)
    try:
        contributions.take_back(asked, at=clock.now())
    except DomainError as error:
        flash(str(error), "error")
    else:
        flash(_("Permintaan bantuan ditarik kembali."), "success")
    return htmx.go(url_for(".show", number=number))


@bp.post("/desk/<number>/contributions/<int:response_id>/copy")
def copy_contribution(number: str, response_id: int) -> ResponseReturnValue:
    """Put what a helper wrote under the words of the answer that is being written."""
    assignment = _own(number)
    given = _said(assignment, response_id, ResponseKind.CONTRIBUTION)
    draft = drafts.own(assignment, current_user)
    written = drafting.words(draft) if draft else ""
    fields = dict(draft.fields) if draft else {}
    fields["body"] = "\n\n".join(text for text in (written, given.body) if text)
    drafts.keep(
        assignment, act="answer", fields=fields, seen_lock=assignment.lock, by=current_user, at=clock.now()
    )
    flash(_("Disalin ke kotak jawaban. Sesuaikan dahulu sebelum dikirim."), "success")
    return htmx.go(url_for(".show", number=number, act="answer", _anchor="answer-box"))


def _own(number: str) -> Assignment:
    assignment = taking.matter_or_404(number)
    authz.require(duties.may_respond(current_user, assignment))
    return assignment


def _asked(number: str, request_id: int) -> Response:
    asked = _said(taking.matter_or_404(number), request_id, ResponseKind.CONSULTATION)
    authz.require(duties.may_contribute(current_user, asked))
    return asked


def _said(assignment: Assignment, response_id: int, kind: ResponseKind) -> Response:
    wanted = (one for one in assignment.responses if one.id == response_id and one.kind == kind)
    return next(wanted, None) or abort(404)


def _agency(assignment: Assignment) -> Agency:
    """The agency that is asked: the own one until another is chosen."""
    chosen: Agency | None = taking.found(Agency, whole_number(request.values.get("agency")))
    return chosen or assignment.agency


def _named(form: forms.HelpRequestForm, assignment: Assignment, agency: Agency) -> Official | None:
    """Who was chosen; in the own agency somebody has to be, elsewhere routing finds them."""
    named: Official | None = taking.found(Official, form.official.data)
    if named is None and agency.id == assignment.agency_id:
        raise DomainError(_("Pilih petugas."), field="official")
    return named


def _fill(form: forms.HelpRequestForm, assignment: Assignment, agency: Agency) -> None:
    people = [
        (str(one.id), f"{one.name}, {one.position}")
        for one in organisation.colleagues(agency.id, city_day(clock.now()))
        if one.id != assignment.official_id
    ]
    is_own = agency.id == assignment.agency_id
    nobody = forms.CHOOSE if is_own else ("", _("Menurut wilayah dan beban kerja"))
    form.official.choices = choices([nobody, *people])


def _request_page(
    assignment: Assignment, agency: Agency, form: forms.HelpRequestForm, *, status: int = 200
) -> ResponseReturnValue:
    _fill(form, assignment, agency)
    receivers = organisation.receivers(city_day(clock.now()))
    return htmx.render(
        "desk/ask_for_help.html",
        block="main",
        status=status,
        number=assignment.number,
        assignment=assignment,
        agency=agency,
        agencies=[(one.id, one.name) for one in receivers if one.id != assignment.excluded_agency_id],
        is_elsewhere=agency.id != assignment.agency_id,
        form=form,
    )


def _help_page(number: str, asked: Response, form: Form, *, status: int = 200) -> ResponseReturnValue:
    return htmx.render("desk/help.html", block="main", status=status, number=number, asked=asked, form=form)
