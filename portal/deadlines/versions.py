"""Every version of calendars and policies, compiled when first needed and kept in memory."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from flask import g
from sqlalchemy import Date, cast, false, null, select, union_all

from portal.db import db
from portal.deadlines.models import Calendar, CalendarVersion, PolicyVersion
from portal.deadlines.rules.calendar import Calendar as OfficeCalendar
from portal.deadlines.rules.policy import Policy
from portal.errors import DomainError
from portal.i18n import _l

_compiled: dict[str, Any] = {}  # by digest: a document never changes, and compiling takes some 8 ms
COMPILED_LIMIT = 200
KEPT = "deadline_versions"  # with the transaction that they hold for


Rules = TypeVar("Rules")


class Compiled(Mapping[int, Rules], Generic[Rules]):
    """Versions by id; each is compiled when it is asked for the first time."""

    def __init__(
        self,
        digests: dict[int, str],
        model: type[CalendarVersion] | type[PolicyVersion],
        compile_document: Callable[[dict[str, Any]], Rules],
    ) -> None:
        self._digests, self._model, self._compile = digests, model, compile_document

    def __getitem__(self, version_id: int) -> Rules:
        digest = self._digests[version_id]
        found: Rules | None = _compiled.get(digest)
        if found is None:
            statement = select(self._model.document).where(self._model.id == version_id)
            found = self._compile(db.session.execute(statement).scalar_one())
            if len(_compiled) >= COMPILED_LIMIT:
                _compiled.clear()
            _compiled[digest] = found
        return found

    def __iter__(self) -> Iterator[int]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)


@dataclass(frozen=True)
class Versions:
    """All versions, which calendars are the newest, and which policy is valid when."""

    calendars: Compiled[OfficeCalendar]
    policies: Compiled[Policy]
    newest_calendars: dict[str, int]  # by key
    calendar_keys: dict[int, str]  # by id of each version
    city_key: str | None
    beginnings: tuple[tuple[date, int], ...]  # first day and id of each policy, in the order of their days

    def policy_id(self, at: datetime) -> int:
        """The policy that what begins at a moment takes. Of two from the same day the later one holds."""
        if not self.beginnings:
            raise DomainError(_l("Kebijakan tenggat belum diisi. Administrator perlu mengisinya dahulu."))
        day = self.calendar().local_date(at)
        valid = [version_id for first, version_id in self.beginnings if first <= day]
        return valid[-1] if valid else self.beginnings[0][1]

    def policy(self, at: datetime) -> Policy:
        return self.policies[self.policy_id(at)]

    def policies_from(self, at: datetime) -> list[Policy]:
        """The policy in force at a moment and those that are prepared for later."""
        day = self.calendar().local_date(at)
        coming = [version_id for first, version_id in self.beginnings if first > day]
        return [self.policies[one] for one in (self.policy_id(at), *coming)]

    def calendar_id(self, key: str | None = None) -> int:
        """The newest version of a calendar, by default the city's."""
        found = self.newest_calendars.get(key or self.city_key or "")
        if found is None:
            raise DomainError(_l("Kalender kerja belum diisi. Administrator perlu mengisinya dahulu."))
        return found

    def calendar(self, key: str | None = None) -> OfficeCalendar:
        return self.calendars[self.calendar_id(key)]


def load() -> Versions:
    """Which versions there are, asked once a transaction; documents only for those not yet compiled."""
    session = db.session()
    kept: tuple[object, Versions] | None = g.get(KEPT)
    if kept is not None and kept[0] is session.get_transaction():
        return kept[1]
    found = _found()
    setattr(g, KEPT, (session.get_transaction(), found))
    return found


def forget() -> None:
    """A version was added in this transaction."""
    g.pop(KEPT, None)


def _found() -> Versions:
    rows = db.session.execute(_listing()).all()
    calendar_rows = sorted((row for row in rows if row.key is not None), key=lambda row: row.number)
    policy_rows = sorted((row for row in rows if row.key is None), key=lambda row: row.number)
    return Versions(
        calendars=Compiled(
            {row.id: row.digest for row in calendar_rows},
            CalendarVersion,
            OfficeCalendar.from_document,
        ),
        policies=Compiled({row.id: row.digest for row in policy_rows}, PolicyVersion, Policy.from_document),
        newest_calendars={row.key: row.id for row in calendar_rows},
        calendar_keys={row.id: row.key for row in calendar_rows},
        city_key=next((row.key for row in calendar_rows if row.is_city), None),
        beginnings=tuple(
            sorted(((row.valid_from or date.min, row.id) for row in policy_rows), key=lambda one: one[0])
        ),
    )


def _listing() -> Any:
    of_calendars = select(
        CalendarVersion.id,
        CalendarVersion.digest,
        CalendarVersion.number,
        Calendar.key,
        Calendar.is_city,
        cast(null(), Date).label("valid_from"),
    ).join(Calendar)
    of_policies = select(
        PolicyVersion.id,
        PolicyVersion.digest,
        PolicyVersion.number,
        null().label("key"),
        false().label("is_city"),
        PolicyVersion.valid_from,
    )
    return union_all(of_calendars, of_policies)
