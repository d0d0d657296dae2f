"""Take down what somebody brought to the counter, said on the phone or wrote."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from portal import config
from portal.accounts.models import User
from portal.db import db
from portal.desk.counter import policy, rules
from portal.desk.counter.models import CounterFiling
from portal.errors import DomainError
from portal.i18n import _l
from portal.organisation.models import Agency, Official
from portal.reports import queries as reports
from portal.reports import services, tracking
from portal.reports.models import Report
from portal.reports.rules import RECORDED
from portal.reports.services import Filing


@dataclass(frozen=True)
class Recorder:
    """Who sits at the counter: an official with their position, or a moderator without one."""

    user: User
    official: Official | None

    @property
    def desk(self) -> str:
        """Whose counter it is, as the public record says it: an office or a role, never a person."""
        return f"agency:{self.official.agency.code}" if self.official else "role:moderator"


def record(filing: Filing, *, received_on: date, by: Recorder, at: datetime) -> Report:
    """File for somebody who is not the one who types. The same form token files once.

    An anonymous one leaves nothing of the person, whatever was typed. The recorder becomes neither its
    reporter nor its official. Raises DomainError when the day or the unit does not fit.
    """
    first = filed_before(filing)
    if first is not None:
        return first
    check(filing, received_on=received_on, by=by, at=at)
    zone = config.current().zone
    received_at = rules.moment(received_on, at, zone)
    told = replace(
        _nameless(filing) if filing.is_anonymous else filing,
        received_at=received_at if received_at != at else None,
        recorder=by.desk,
        recorder_id=by.official.id if by.official else None,
    )
    report = services.file_report(told, by=None, at=at)
    db.session.add(
        CounterFiling(
            report_id=report.id,
            recorded_by_id=by.user.id,
            agency_id=by.official.agency_id if by.official else None,
            received_on=received_on,
            recorded_at=at,
        )
    )
    db.session.flush()
    return report


def filed_before(filing: Filing) -> Report | None:
    """The report that this form filed already."""
    return reports.by_form_token(tracking.token_digest(filing.form_token or ""))


def check(filing: Filing, *, received_on: date, by: Recorder, at: datetime) -> None:
    """Raises DomainError beside the field that does not fit."""
    if filing.channel not in RECORDED:
        raise DomainError(_l("Pilih dari mana laporan ini datang."), field="channel")
    today = at.astimezone(config.current().zone).date()
    if not rules.is_allowed(received_on, today):
        raise DomainError(
            _l("Tanggal terima paling lama 30 hari yang lalu dan tidak boleh di masa depan."),
            field="received_on",
        )
    unit = db.session.get(Agency, filing.concerned_agency_id) if filing.concerned_agency_id else None
    if not policy.may_record_about(by.official, unit):
        raise DomainError(
            _l(
                "Laporan tentang kantor Anda sendiri tidak boleh Anda catat. Minta moderator mencatatnya, "
                "atau bantu warga mengirimnya sendiri tanpa nama."
            ),
            field="unit",
        )


def _nameless(filing: Filing) -> Filing:
    return replace(filing, name="", email=None, phone="")
