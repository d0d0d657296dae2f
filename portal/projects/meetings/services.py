"""What can be done with a meeting: invite, change, call off, register, publish the minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update

from portal import markdown
from portal.accounts.models import User
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.jobs import services as jobs
from portal.ledger import services as ledger
from portal.projects import record
from portal.projects import services as projects
from portal.projects.meetings import policy, rules
from portal.projects.meetings.models import Meeting, MeetingRegistration
from portal.projects.models import Project


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """What a meeting is about, where, when, and for how many (None: for everybody)."""

    title: str
    agenda: str
    place: str
    starts_at: datetime
    ends_at: datetime
    capacity: int | None = None


def invite(project: Project, invitation: Invitation, *, at: datetime) -> Meeting:
    """A new meeting; the project's followers are told."""
    _check(invitation)
    meeting = Meeting(project=project, created_at=at, changed_at=at)
    _write(meeting, invitation)
    db.session.add(meeting)
    db.session.flush()
    _record(meeting, "meeting_invited", at)
    if project.published_at is not None and invitation.starts_at > at:
        _tell(meeting, "meeting_invited", at=at)
    return meeting


def change(meeting: Meeting, invitation: Invitation, *, at: datetime) -> None:
    """Another time, place or agenda; calendars notice by the version. Followers and those who
    registered are told of what they would miss it by."""
    _check(invitation)
    db.session.refresh(meeting, ["registered_count", "cancelled_at"], with_for_update={"key_share": True})
    _check_held(meeting)
    if invitation.capacity is not None and invitation.capacity < meeting.registered_count:
        raise DomainError(_l("Sudah lebih banyak warga yang mendaftar."), field="capacity")
    was = (meeting.starts_at, meeting.ends_at, meeting.place)
    _write(meeting, invitation)
    meeting.version += 1
    meeting.changed_at = at
    _record(meeting, "meeting_changed", at, version=meeting.version)
    if was != (meeting.starts_at, meeting.ends_at, meeting.place) and meeting.starts_at > at:
        _tell(meeting, "meeting_changed", at=at)
        _tell_registered(meeting, "meeting_changed", at=at)


def cancel(meeting: Meeting, *, reason: str, at: datetime) -> None:
    """It does not take place. The reason is public."""
    _check_held(meeting)
    if meeting.starts_at <= at:
        raise DomainError(_l("Pertemuan ini sudah dimulai."))
    if not reason.strip():
        raise DomainError(_l("Tulis alasan pembatalan."), field="reason")
    meeting.cancelled_at, meeting.cancelled_because = at, reason.strip()
    meeting.version += 1
    meeting.changed_at = at
    _record(meeting, "meeting_cancelled", at, version=meeting.version)
    _tell(meeting, "meeting_cancelled", at=at)
    _tell_registered(meeting, "meeting_cancelled", at=at)


def register(meeting: Meeting, *, by: User, at: datetime) -> None:
    """Wants to come. Two who want the last seat do not both get it."""
    if not policy.may_register(by, meeting, at):
        raise DomainError(_l("Pendaftaran pertemuan ini sudah ditutup."))
    row = {"meeting_id": meeting.id, "user_id": by.id, "at": at}
    made = db.session.scalar(
        jobs.insert(MeetingRegistration)
        .values(**row)
        .on_conflict_do_nothing()
        .returning(MeetingRegistration.id)
    )
    if made is None:
        return
    if not _take_seat(meeting):
        db.session.execute(delete(MeetingRegistration).where(MeetingRegistration.id == made))
        raise DomainError(_l("Tempatnya sudah penuh."))
    _count(meeting, at)


def withdraw_registration(meeting: Meeting, *, by: User, at: datetime) -> None:
    gone = db.session.scalar(
        delete(MeetingRegistration)
        .where(MeetingRegistration.meeting_id == meeting.id, MeetingRegistration.user_id == by.id)
        .returning(MeetingRegistration.id)
    )
    if gone is None:
        return
    db.session.execute(
        update(Meeting)
        .where(Meeting.id == meeting.id)
        .values(registered_count=Meeting.registered_count - 1)
        .execution_options(synchronize_session=False)
    )
    _count(meeting, at)


def publish_minutes(meeting: Meeting, *, minutes: str, attended_count: int, at: datetime) -> None:
    """What was said and decided, and how many came. Later corrections keep the first moment."""
    _check_held(meeting)
    if meeting.ends_at > at:
        raise DomainError(_l("Notulen diterbitkan setelah pertemuan selesai."))
    if not minutes.strip():
        raise DomainError(_l("Tulis notulennya."), field="minutes")
    is_first = meeting.minutes_at is None
    meeting.minutes, meeting.attended_count = minutes.strip(), attended_count
    meeting.minutes_html = markdown.to_html(meeting.minutes)
    meeting.minutes_at = meeting.minutes_at or at
    _record(meeting, "minutes_published" if is_first else "minutes_edited", at, attended=attended_count)
    if is_first:
        record.write(meeting.project, "minutes_published", at=at, meeting=meeting.number)
        _tell(meeting, "meeting_minutes", at=at)


def _take_seat(meeting: Meeting) -> bool:
    free = Meeting.capacity.is_(None) | (Meeting.registered_count < Meeting.capacity)
    seat = db.session.scalar(
        update(Meeting)
        .where(Meeting.id == meeting.id, free)
        .values(registered_count=Meeting.registered_count + 1)
        .returning(Meeting.id)
        .execution_options(synchronize_session=False)
    )
    return seat is not None


def _count(meeting: Meeting, at: datetime) -> None:
    db.session.refresh(meeting, ["registered_count"])
    ledger.record("registrations_counted", subject=meeting.subject, at=at, count=meeting.registered_count)


def _write(meeting: Meeting, invitation: Invitation) -> None:
    meeting.title, meeting.place = invitation.title.strip(), invitation.place.strip()
    meeting.agenda = invitation.agenda.strip()
    meeting.agenda_html = markdown.to_html(meeting.agenda)
    meeting.starts_at, meeting.ends_at = invitation.starts_at, invitation.ends_at
    meeting.capacity = invitation.capacity


def _check(invitation: Invitation) -> None:
    if invitation.ends_at <= invitation.starts_at:
        raise DomainError(_l("Pertemuan selesai setelah dimulai."), field="ends_at")
    if invitation.ends_at - invitation.starts_at > timedelta(hours=rules.LONGEST_HOURS):
        raise DomainError(_l("Satu pertemuan paling lama seminggu."), field="ends_at")


def _check_held(meeting: Meeting) -> None:
    if meeting.cancelled_at is not None:
        raise DomainError(_l("Pertemuan ini sudah dibatalkan."))


def _record(meeting: Meeting, kind: str, at: datetime, **details: object) -> None:
    ledger.record(kind, subject=meeting.subject, at=at, **details)
    if kind in ("meeting_invited", "meeting_cancelled"):
        record.write(meeting.project, kind, at=at, meeting=meeting.number)


def _tell_registered(meeting: Meeting, letter: str, *, at: datetime) -> None:
    """Whoever wants to come need not follow the project. Sent by a job, with the key of the followers'."""
    jobs.enqueue(
        "meetings.tell_registered",
        at=at,
        meeting_id=meeting.id,
        letter=letter,
        letter_key=_letter_key(meeting, letter),
        path=_path(meeting),
        after_id=0,
    )


def _letter_key(meeting: Meeting, letter: str) -> str:
    return f"{meeting.subject}:{letter}:{meeting.version}"


def _path(meeting: Meeting) -> str:
    return f"/meetings/{meeting.number}"


def _tell(meeting: Meeting, letter: str, *, at: datetime) -> None:
    projects.tell_followers(
        meeting.project,
        letter,
        key=_letter_key(meeting, letter),
        at=at,
        path=_path(meeting),
        title=meeting.title,
        place=meeting.place,
        starts_at=meeting.starts_at.isoformat(),
        reason=meeting.cancelled_because,
    )
