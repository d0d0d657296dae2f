"""Keep agencies and officials, and what officials carry."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from portal.accounts.models import User
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.organisation import queries
from portal.organisation.models import Agency, Official, OfficialArea, StandingSubstitute
from portal.organisation.rules import Rank

Thing = TypeVar("Thing", Agency, Official)


def count_open(official_id: int | None, change: int) -> None:
    """One more (+1) or one fewer (-1) open assignment; counted in SQL, so that two writers add up."""
    if official_id is not None:
        db.session.execute(
            db.update(Official)
            .where(Official.id == official_id)
            .values(open_count=Official.open_count + change)
            .execution_options(synchronize_session="evaluate")
        )


def save_agency(
    agency: Agency | None,
    *,
    code: str,
    name: str,
    kind: str,
    valid_from: date,
    valid_to: date | None,
    successor_id: int | None,
    calendar_key: str,
    is_external: bool,
    contact: str,
    needs_approval: bool = False,
    records_for_others: bool = True,
) -> Agency:
    """Set up an agency, or change one. Its code is its name for other systems and open data."""
    _check_code_is_free(code, agency)
    if valid_to is not None and valid_to < valid_from:
        raise DomainError(_l("Tanggal akhir tidak boleh sebelum tanggal awal."), field="valid_to")
    if agency is not None and _follows(agency.id, successor_id):
        raise DomainError(_l("Sebuah dinas tidak dapat menggantikan dirinya sendiri."), field="successor_id")
    agency = agency or Agency()
    agency.code, agency.name, agency.kind = code.strip(), name.strip(), kind
    agency.valid_from, agency.valid_to, agency.successor_id = valid_from, valid_to, successor_id
    agency.calendar_key, agency.is_external, agency.contact = calendar_key, is_external, contact.strip()
    agency.needs_approval = needs_approval and not is_external
    agency.records_for_others = records_for_others
    return _kept(agency)


def save_official(
    official: Official | None,
    *,
    name: str,
    employee_number: str | None,
    email: str | None,
    position: str,
    rank: Rank,
    agency_id: int,
    supervisor_id: int | None,
    area_codes: Iterable[str],
    active_from: date,
    active_to: date | None,
) -> Official:
    """Take an official into an agency, or change one."""
    _check_number_is_free(employee_number, official)
    if active_to is not None and active_to < active_from:
        raise DomainError(_l("Tanggal akhir tidak boleh sebelum tanggal awal."), field="active_to")
    if official is not None and _stands_below(official, supervisor_id):
        raise DomainError(
            _l("Atasan yang dipilih berada di bawah petugas ini, atau petugas ini sendiri."),
            field="supervisor_id",
        )
    official = official or Official()
    official.name, official.position, official.rank = name.strip(), position.strip(), rank
    official.employee_number, official.email = employee_number, email
    official.agency_id, official.supervisor_id = agency_id, supervisor_id
    official.active_from, official.active_to = active_from, active_to
    wanted = set(area_codes)
    held = [row for row in official.area_rows if row.area_code in wanted]
    added = sorted(wanted - {row.area_code for row in held})
    official.area_rows = held + [OfficialArea(area_code=code) for code in added]
    return _kept(official)


def link_account(official: Official, user: User) -> None:
    """Let this account stand for the official. One account stands for one official."""
    taken = db.session.scalar(db.select(Official.id).where(Official.user_id == user.id))
    if taken is not None and taken != official.id:
        raise DomainError(_l("Akun ini sudah terhubung dengan petugas lain."))
    official.user_id = user.id


def unlink_account(official: Official) -> None:
    """The account no longer stands for the official; what it did stays."""
    official.user_id = None


def name_substitutes(official: Official, substitutes: Sequence[Official]) -> None:
    """Who stands in for an official by default, first choice first; the former ones go."""
    ids = [one.id for one in substitutes]
    if official.id in ids:
        raise DomainError(_l("Pilih petugas lain sebagai pengganti."), field="first")
    if len(set(ids)) < len(ids):
        raise DomainError(_l("Setiap pengganti cukup dipilih sekali."), field="second")
    db.session.execute(db.delete(StandingSubstitute).where(StandingSubstitute.official_id == official.id))
    db.session.add_all(
        StandingSubstitute(official_id=official.id, substitute_id=one, position=position)
        for position, one in enumerate(ids, 1)
    )
    db.session.flush()


def _kept(thing: Thing) -> Thing:
    db.session.add(thing)
    db.session.flush()
    db.session.expire(thing)  # names of agencies and supervisors are read anew
    return thing


def _check_code_is_free(code: str, agency: Agency | None) -> None:
    holder = db.session.scalar(db.select(Agency.id).where(Agency.code == code.strip()))
    if holder is not None and (agency is None or holder != agency.id):
        raise DomainError(_l("Kode ini sudah dipakai dinas lain."), field="code")


def _check_number_is_free(employee_number: str | None, official: Official | None) -> None:
    if employee_number is None:
        return
    holder = db.session.scalar(db.select(Official.id).where(Official.employee_number == employee_number))
    if holder is not None and (official is None or holder != official.id):
        raise DomainError(_l("NIP ini sudah dipakai petugas lain."), field="employee_number")


def _follows(agency_id: int, successor_id: int | None) -> bool:
    """Would the chain of successors lead back to the agency?"""
    seen: set[int] = set()
    while successor_id is not None and successor_id not in seen:
        if successor_id == agency_id:
            return True
        seen.add(successor_id)
        successor_id = db.session.scalar(db.select(Agency.successor_id).where(Agency.id == successor_id))
    return False


def _stands_below(official: Official, supervisor_id: int | None) -> bool:
    line = db.session.scalars(queries.line_below(official.id)).all()
    return supervisor_id in line
