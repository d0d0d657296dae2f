"""What was typed at the counter, as a filing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from portal import config, i18n
from portal.attachments import services as attachments
from portal.categories.questions import rules as question_rules
from portal.desk.counter import guidance, services
from portal.desk.counter.forms import CounterForm
from portal.desk.counter.guidance import UNKNOWN_UNIT, Guidance
from portal.desk.counter.services import Recorder
from portal.errors import DomainError
from portal.i18n import _l
from portal.reports import rules, tracking
from portal.reports.models import Report
from portal.reports.rules import Channel, ReportKind
from portal.reports.services import Filing
from portal.reports.services.intake import PhotoIn


def codes(token: str) -> dict[str, Any]:
    """What opens the report of this form to whoever brought it."""
    secret = config.current().secret_key
    return {
        "tracking_code": tracking.code(secret, token),
        "passphrase": tracking.passphrase(secret, token),
    }


def take(form: CounterForm, told: Guidance, *, by: Recorder, at: datetime) -> Report:
    """File what the form holds. Everything is looked at before a photo is kept. Raises DomainError."""
    guidance.check(form, told)
    handed_in = _filing(form, told)
    received_on = form.received_on.data or date.min  # the form demands one
    services.check(handed_in, received_on=received_on, by=by, at=at)
    uploads = [one for one in form.photos.data or () if one]
    if len(uploads) > rules.MAX_PHOTOS:
        raise DomainError(_l("Paling banyak lima foto."), field="photos")
    if question_rules.lacks_photo(told.asked, len(uploads)):
        raise DomainError(_l("Bidang ini meminta foto."), field="photos")
    photos = _kept(uploads, at)
    return services.record(replace(handed_in, photos=photos), received_on=received_on, by=by, at=at)


def _filing(form: CounterForm, told: Guidance) -> Filing:
    token = form.form_token.data or ""
    unit = form.unit.data if told.asks_unit else UNKNOWN_UNIT
    return Filing(
        kind=ReportKind(form.kind.data),
        title=form.title.data or "",
        body=form.body.data or "",
        category_code=form.category.data,
        area_code=form.area.data or None,
        place=form.place.data or "",
        concerned_agency_id=int(unit) if unit != UNKNOWN_UNIT else None,
        is_anonymous=form.is_anonymous.data,
        is_confidential=form.is_confidential.data or told.is_always_confidential,
        name=form.name.data or "",
        email=form.email.data or None,
        phone=form.phone.data or "",
        answers=told.given,
        language=i18n.DEFAULT,
        form_token=token,
        channel=Channel(form.channel.data),
        **codes(token),
    )


def _kept(uploads: Sequence[Any], at: datetime) -> list[PhotoIn]:
    """All photos, or none where one of them is no photo."""
    kept: list[PhotoIn] = []
    try:
        for upload in uploads:
            kept.append(PhotoIn(attachments.keep_image(upload.stream, at)))
    except DomainError as error:
        for one in kept:
            attachments.remove(one.attachment)
        raise DomainError(error.message, field="photos") from error
    return kept


def digest(form: CounterForm) -> str:
    """By which the report of this form is known again."""
    return tracking.token_digest(form.form_token.data or "")
