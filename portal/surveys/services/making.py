"""Name an agency's services, make surveys about them, and close them early."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.accounts.models import User
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l, local
from portal.ledger import services as ledger
from portal.organisation.models import Agency, Official
from portal.surveys import queries
from portal.surveys.models import AgencyService, Survey
from portal.surveys.rules.instruments import Kind
from portal.surveys.rules.periods import MAX_OPEN_DAYS, Phase
from portal.surveys.services import record


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is decided about a survey of a service. `population`: people served in the served days, which
    are the open days unless said. `extra_questions` are (Indonesian, English) texts without weight."""

    official_id: int
    opens_on: date
    closes_on: date
    population: int
    served_from: date | None = None
    served_to: date | None = None
    extra_questions: Sequence[tuple[str, str]] = ()
    asks_facts: bool = True
    has_open_door: bool = True
    invites_reporters: bool = False


def save_service(
    service: AgencyService | None,
    *,
    agency: Agency,
    name_id: str,
    name_en: str,
    is_active: bool,
    serves_reporters: bool,
    at: datetime,
) -> AgencyService:
    """Add a named service of an agency, or change one; surveys made before keep its name of then."""
    name = name_id.strip()
    twin = queries.service_named(agency.id, name)
    if twin is not None and twin is not service:
        raise DomainError(_l("Dinas ini sudah mempunyai layanan dengan nama itu."), field="name_id")
    service = service or AgencyService(agency=agency)
    service.name_id, service.name_en = name, name_en.strip() or name
    service.is_active, service.serves_reporters = is_active, serves_reporters
    db.session.add(service)
    db.session.flush()
    ledger.record(
        "service_named", subject=f"service:{service.id}", at=at, agency=agency.code, active=is_active
    )
    return service


def open_skm(service: AgencyService, plan: Plan, *, by: User | None, at: datetime) -> Survey:
    """Make a satisfaction survey of a service; its dates alone open and close it."""
    if not service.is_active:
        raise DomainError(_l("Layanan ini tidak aktif lagi."))
    _check_days(plan.opens_on, plan.closes_on)
    _check_served(plan)
    _check_official(plan.official_id, service.agency_id)
    if queries.overlapping(service.id, plan.opens_on, plan.closes_on):
        raise DomainError(
            _l("Layanan ini sudah mempunyai survei pada tanggal-tanggal itu."), field="opens_on"
        )
    _check_invites(plan.invites_reporters, service)
    survey = Survey(
        kind=Kind.SKM,
        service=service,
        agency=service.agency,
        official_id=plan.official_id,
        title_id=service.name_id,
        title_en=service.name_en,
        opens_on=plan.opens_on,
        closes_on=plan.closes_on,
        served_from=plan.served_from or plan.opens_on,
        served_to=plan.served_to or plan.closes_on,
        population=plan.population,
        extra_questions=[{"id": text, "en": english or text} for text, english in plan.extra_questions],
        asks_facts=plan.asks_facts,
        has_open_door=plan.has_open_door,
        invites_reporters=plan.invites_reporters,
    )
    return _keep(survey, by, at)


def open_evaluation(
    *,
    subject: str,
    title: str,
    path: str,
    agency_id: int,
    official_id: int,
    opens_on: date,
    closes_on: date,
    by: User | None,
    at: datetime,
    title_en: str | None = None,
) -> Survey:
    """Make the evaluation of what `subject` names ("project:<slug>"), whose page is at `path`; one each.

    There is no sample to be sufficient: nobody counts who uses a park.
    """
    _check_days(opens_on, closes_on)
    _check_official(official_id, agency_id)
    if queries.of_subject(subject) is not None:
        raise DomainError(_l("Evaluasinya sudah ada."))
    survey = Survey(
        kind=Kind.EVALUATION,
        about=subject,
        path=path,
        agency=db.session.get_one(Agency, agency_id),
        official_id=official_id,
        title_id=title,
        title_en=title_en or title,
        opens_on=opens_on,
        closes_on=closes_on,
        extra_questions=[],
    )
    return _keep(survey, by, at)


def adjust(
    survey: Survey,
    *,
    official_id: int,
    closes_on: date,
    population: int | None,
    has_open_door: bool,
    invites_reporters: bool,
    at: datetime,
) -> None:
    """Change what may change before the result: who answers for it, its end, how many were served.

    The questions stay as they are: answers to other questions could not be added up.
    """
    record.claim(survey)
    if queries.phase_of(survey, at) not in (Phase.PLANNED, Phase.OPEN) and closes_on != survey.closes_on:
        raise DomainError(_l("Survei yang sudah ditutup tidak dapat dibuka lagi."), field="closes_on")
    if survey.published_at is not None:
        raise DomainError(_l("Hasil survei ini sudah terbit dan tidak berubah lagi."))
    _check_days(survey.opens_on, closes_on)
    if closes_on != survey.closes_on and closes_on < local(at).date():
        raise DomainError(_l("Tanggal tutup tidak boleh sudah lewat."), field="closes_on")
    if survey.kind is Kind.SKM and population is None:
        raise DomainError(_l("Tulis berapa orang yang dilayani."), field="population")
    _check_official(official_id, survey.agency_id)
    _check_invites(invites_reporters, survey.service)
    survey.official_id, survey.closes_on, survey.population = official_id, closes_on, population
    survey.has_open_door, survey.invites_reporters = has_open_door, invites_reporters
    db.session.flush()
    record.write(
        survey,
        "survey_adjusted",
        at=at,
        closes_on=closes_on.isoformat(),
        population=population,
        official=official_id,
    )


def close(survey: Survey, *, reason: str, at: datetime) -> None:
    """End a survey before its last day; why is shown to everybody."""
    record.claim(survey)
    if queries.phase_of(survey, at) not in (Phase.PLANNED, Phase.OPEN):
        raise DomainError(_l("Survei ini sudah ditutup."))
    if not reason.strip():
        raise DomainError(_l("Tulis alasannya; warga ikut membacanya."), field="reason")
    survey.closed_at, survey.close_reason = at, reason.strip()
    db.session.flush()
    record.write(survey, "survey_closed_early", at=at)


def _keep(survey: Survey, by: User | None, at: datetime) -> Survey:
    survey.created_at, survey.created_by_id = at, by.id if by else None
    db.session.add(survey)
    db.session.flush()
    record.write(
        survey,
        "survey_planned",
        at=at,
        survey_kind=survey.kind,
        opens_on=survey.opens_on.isoformat(),
        closes_on=survey.closes_on.isoformat(),
        population=survey.population,
        official=survey.official_id,
    )
    return survey


def _check_days(opens_on: date, closes_on: date) -> None:
    if closes_on < opens_on:
        raise DomainError(_l("Tanggal tutup tidak boleh sebelum tanggal buka."), field="closes_on")
    if closes_on - opens_on > timedelta(days=MAX_OPEN_DAYS):
        raise DomainError(_l("Survei paling lama satu tahun."), field="closes_on")


def _check_served(plan: Plan) -> None:
    if (plan.served_from is None) != (plan.served_to is None):
        raise DomainError(_l("Isi kedua tanggal masa layanan, atau kosongkan keduanya."), field="served_to")
    if plan.served_from and plan.served_to and plan.served_to < plan.served_from:
        raise DomainError(_l("Akhir masa layanan tidak boleh sebelum awalnya."), field="served_to")
    if plan.served_to and plan.served_to > plan.closes_on:
        raise DomainError(
            _l("Masa layanan tidak boleh berakhir setelah surveinya ditutup."), field="served_to"
        )


def _check_official(official_id: int, agency_id: int) -> None:
    official = db.session.get(Official, official_id)
    if official is None or official.agency_id != agency_id:
        raise DomainError(_l("Pilih petugas dari dinas ini."), field="official_id")


def _check_invites(invites_reporters: bool, service: AgencyService | None) -> None:
    if invites_reporters and (service is None or not service.serves_reporters):
        raise DomainError(
            _l("Pelapor hanya diundang untuk layanan yang memang melayani pelapor di portal ini."),
            field="invites_reporters",
        )
