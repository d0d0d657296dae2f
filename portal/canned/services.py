"""Writing, correcting, retiring canned answers: each change is a new version."""

from datetime import datetime

from portal.accounts.models import User
from portal.canned import rules
from portal.canned.models import CannedAnswer, CannedAnswerVersion
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _


def write(title: str, body: str, *, agency_id: int | None, by: User, at: datetime) -> CannedAnswer:
    """A new one, for an agency or (None) for the whole city. Raises DomainError beside the field."""
    _check(title, body)
    canned = CannedAnswer(agency_id=agency_id, number=0)
    db.session.add(canned)
    _add_version(canned, title=title.strip(), body=body.strip(), by=by, at=at)
    return canned


def rewrite(canned: CannedAnswer, title: str, body: str, *, by: User, at: datetime) -> None:
    """Its next version, unless nothing changed; answers that were made from a former one keep it."""
    _check(title, body)
    newest = canned.newest
    if (title.strip(), body.strip()) != (newest.title, newest.body):
        _add_version(canned, title=title.strip(), body=body.strip(), by=by, at=at)


def retire(canned: CannedAnswer, *, by: User, at: datetime) -> None:
    """Offer it no longer."""
    if canned.retired_at is None:
        canned.retired_at = at
        _add_version(canned, title=canned.newest.title, body=canned.newest.body, by=by, at=at)


def bring_back(canned: CannedAnswer, *, by: User, at: datetime) -> None:
    """Offer it again."""
    if canned.retired_at is not None:
        canned.retired_at = None
        _add_version(canned, title=canned.newest.title, body=canned.newest.body, by=by, at=at)


def _add_version(canned: CannedAnswer, *, title: str, body: str, by: User, at: datetime) -> None:
    canned.number += 1
    canned.versions.append(
        CannedAnswerVersion(
            number=canned.number,
            title=title,
            body=body,
            is_retired=canned.retired_at is not None,
            written_at=at,
            written_by_id=by.id,
        )
    )
    db.session.flush()


def _check(title: str, body: str) -> None:
    if not title.strip():
        raise DomainError(_("Tulis judulnya."), field="title")
    if not body.strip():
        raise DomainError(_("Tulis isinya."), field="body")
    if unknown := rules.unknown(body):
        raise DomainError(
            _("Isian ini tidak dikenal: %(names)s.", names=", ".join(f"{{{name}}}" for name in unknown)),
            field="body",
        )
