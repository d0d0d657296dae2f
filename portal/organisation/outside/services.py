"""Keep the directory: what a body answers for, its channels, and when they were last found right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portal.errors import DomainError
from portal.i18n import _l
from portal.ledger import services as ledger
from portal.organisation.models import Agency, AgencyCategory, AgencyChannel
from portal.organisation.outside import rules
from portal.organisation.rules import ChannelKind


@dataclass(frozen=True)
class ChannelValues:
    """One channel as it was typed."""

    kind: ChannelKind
    value: str
    hours: str = ""
    note: str = ""


def describe(
    body: Agency,
    *,
    covers: str,
    category_codes: Iterable[str],
    channels: Sequence[ChannelValues],
    checked_on: date | None,
    at: datetime,
    neighbouring_region: str = "",
) -> None:
    """Say what an outside body answers for and how it is reached; the channels keep their order.
    `neighbouring_region` is the region next to the city that it governs.

    Raises DomainError for an agency of the city, and for a value that does not fit its kind.
    """
    if not body.is_external:
        raise DomainError(_l("Dinas pemerintah kota tidak termasuk direktori lembaga luar."))
    if not all(rules.is_written_well(one.kind, one.value) for one in channels):
        raise DomainError(_l("Ada kanal yang isinya tidak sesuai jenisnya."), field="channels")
    body.covers, body.channels_checked_on = covers.strip(), checked_on
    body.neighbouring_region = neighbouring_region.strip()
    body.channels = [
        AgencyChannel(
            kind=one.kind,
            value=one.value.strip(),
            hours=one.hours.strip(),
            note=one.note.strip(),
            position=at_place,
        )
        for at_place, one in enumerate(channels)
    ]
    wanted = set(category_codes)
    held = [row for row in body.category_rows if row.category_code in wanted]
    added = sorted(wanted - {row.category_code for row in held})
    body.category_rows = held + [AgencyCategory(category_code=code) for code in added]
    ledger.record("outside_body_described", subject=f"outside-body:{body.code}", at=at)
