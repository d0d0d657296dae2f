"""What the forms about a duty let a person choose from."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import request
from flask_login import current_user

from portal.assignments import extensions, owners, policy
from portal.assignments.models import Assignment
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.deadlines import services as deadlines
from portal.deadlines.rules.stages import Stage
from portal.desk import board, forms
from portal.desk.queries import triage as queries
from portal.desk.suggestions import Offer
from portal.forms import choices
from portal.i18n import _, ngettext
from portal.organisation import queries as organisation
from portal.organisation.models import Agency
from portal.organisation.outside import queries as outside
from portal.reports.labels import category_name
from portal.reports.models import Report
from portal.routing import queries as routing
from portal.routing.queries import city_day


def fill(form: Any, assignment: Assignment, *, at: datetime) -> None:
    """Give the form's selects their options; forms without any are left as they are."""
    if isinstance(form, forms.TransferForm):
        _fill_transfer(form, assignment, at)
    elif isinstance(form, forms.ExtensionForm):
        stages = extensions.open_stages(assignment, at=at)
        form.stage.choices = choices((stage.value, _extensible(assignment, stage)) for stage in stages)
    elif isinstance(form, forms.DecisionForm):
        form.outcome.choices = choices(owners.of(assignment).outcomes.items())
    elif isinstance(form, forms.RefusalForm):
        fill_grounds(form, at=at, offers_transfer=policy.may_transfer(current_user, assignment))
    elif isinstance(form, forms.ReassignmentForm):
        form.official.choices = choices(_colleagues(assignment.agency_id, assignment, at))


def _extensible(assignment: Assignment, stage: Stage) -> str:
    """A stage with the most that can be asked for it."""
    most = deadlines.max_extension(assignment.clock, stage)
    return ngettext(
        "%(stage)s, paling lama %(num)s hari kerja",
        "%(stage)s, paling lama %(num)s hari kerja",
        most,
        stage=board.STAGE[stage],
    )


def fill_grounds(form: forms.GroundsFields, *, at: datetime, offers_transfer: bool = False) -> None:
    """The outside bodies by name; and the way to an agency of the city, for who may transfer."""
    bodies = [(str(one.id), one.name) for one in outside.choices(city_day(at))]
    of_the_city = [(forms.OF_THE_CITY, _("Dinas lain di kota ini (alihkan tugas)"))]
    form.outside_body.choices = choices([forms.CHOOSE, *bodies, *(of_the_city if offers_transfer else [])])


def body_of(form: forms.GroundsFields) -> Agency | None:
    """The outside body that was chosen."""
    found = form.grounds["outside_body_id"]
    return db.session.get(Agency, found) if found is not None else None


def receiver(form: Any) -> str:
    """The name of the agency that was chosen to get the duty; empty until one is."""
    if not isinstance(form, forms.TransferForm) or form.agency.data is None:
        return ""
    options: Any = form.agency.choices
    names = {option.value: option.label for option in options}
    return str(names.get(str(form.agency.data), ""))


def fill_correction(form: forms.CorrectionForm, *, at: datetime) -> None:
    """Categories that somebody answers for, and every area of the city."""
    offered = routing.offered_categories(at)
    form.category.choices = choices((one.code, category_name(one)) for one in offered)
    areas = [(area.code, area.name) for area in queries.areas()]
    form.area.choices = choices([("", _("Seluruh kota")), *areas])


def fill_agencies(form: Any, offers: Sequence[Offer], others: Sequence[Agency]) -> None:
    """The suggested agencies as cards, every other one in a list behind the last card."""
    cards = [(str(one.agency.id), one.agency.name) for one in offers if not one.agency.is_external]
    form.agency.choices = choices([*cards, (forms.OTHER_AGENCY, _("Dinas lain"))])
    form.other.choices = choices([forms.CHOOSE, *((str(one.id), one.name) for one in others)])


def or_by_rule(agencies: Sequence[Agency]) -> list[Any]:
    """Every agency that may receive, below the one that the rules find."""
    named = ((str(one.id), one.name) for one in agencies)
    return choices([("", _("Menurut aturan bidang dan wilayahnya")), *named])


def fill_team(form: forms.VerificationForm, report: Report, *, at: datetime) -> None:
    """The people of the chosen agency, of whom one can be named when the category is sealed."""
    people: list[tuple[str, str]] = []
    if report.category.category_class is CategoryClass.CONFIDENTIAL and form.agency_id is not None:
        found = organisation.present_colleagues(form.agency_id, city_day(at))
        people = [(str(one.id), f"{one.name}, {one.position}") for one in found]
    form.official.choices = choices([("", _("Menurut tim pada aturan penerusan")), *people])


def first_choice(offers: Sequence[Offer]) -> str:
    """The best suggestion, ready to be confirmed; the list when there is none."""
    able = [str(one.agency.id) for one in offers if not one.agency.is_external]
    return able[0] if able else forms.OTHER_AGENCY


def _fill_transfer(form: forms.TransferForm, assignment: Assignment, at: datetime) -> None:
    """The agency first; once it is chosen, its people, of whom none needs to be named."""
    apart = {assignment.agency_id, assignment.excluded_agency_id}
    receivers = [one for one in organisation.receivers(city_day(at)) if one.id not in apart]
    form.agency.choices = choices([forms.CHOOSE, *((str(one.id), one.name) for one in receivers)])
    if not form.is_submitted():
        if "agency" in request.args:
            form.agency.process_data(request.args.get("agency", type=int))
        form.body.process_data(request.args.get("body") or form.body.data)
    automatic = ("", _("Menurut wilayah dan beban kerja"))
    people = _colleagues(form.agency.data, assignment, at) if form.agency.data else []
    form.official.choices = choices([automatic, *people])


def _colleagues(agency_id: int, assignment: Assignment, at: datetime) -> list[tuple[str, str]]:
    return [
        (str(one.id), f"{one.name}, {one.position}")
        for one in organisation.present_colleagues(agency_id, city_day(at))
        if one.id != assignment.official_id
    ]
