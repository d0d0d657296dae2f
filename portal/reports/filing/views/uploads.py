"""Photos that a phone sends in parts: a broken line costs one part, and the same photo comes in once."""

from io import BytesIO
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue

from portal import clock, config
from portal.attachments import images, parts
from portal.attachments.parts import PART_BYTES
from portal.attachments.turns import Busy
from portal.errors import DomainError
from portal.reports import tracking
from portal.reports.filing import photos, queries
from portal.reports.filing.views import frame
from portal.reports.filing.views.base import bp
from portal.reports.models import ReportDraft
from portal.security import limiter


def _goes_on() -> bool:
    return _number("offset") > 0


@bp.get("/<token>/photos/uploads/<uuid:key>")
def upload(token: str, key: UUID) -> ResponseReturnValue:
    """How much of a photo has come: from there its phone goes on."""
    draft = _draft(token)
    if photos.named(draft, str(key)):
        return {"done": True}
    return {"received": parts.received(draft.token_digest, str(key))}


@bp.post("/<token>/photos/uploads/<uuid:key>")
@limiter.limit(lambda: config.current().filing_limit, exempt_when=_goes_on)
def send_part(token: str, key: UUID) -> ResponseReturnValue:
    """`offset` is where the part belongs, `total` the size of the whole file, both in bytes."""
    offset, total = _number("offset"), _number("total")
    if not 0 < (request.content_length or 0) <= PART_BYTES:
        abort(413)
    sender, name = tracking.token_digest(token), str(key)
    try:
        parts.require_size(total)
        there = parts.put(sender, name, request.get_data(), offset=offset)
        if there >= total:
            return _take_in(token, sender, name), 201
    except parts.Gap as gap:
        return {"received": gap.received}, 409
    except Busy as error:
        return {"error": str(error)}, 503
    except DomainError as error:
        parts.forget(sender, name)
        return {"error": str(error)}, 422
    if offset == 0:
        _require_draft(token, sender)
    return {"received": there}


def _take_in(token: str, sender: str, name: str) -> dict[str, bool]:
    """The photo is whole. It is drawn before the database is asked: whoever else writes does not wait."""
    picture = images.reencode(BytesIO(parts.read(sender, name)))
    draft = _require_draft(token, sender)
    photos.add(draft, picture, key=name, at=clock.now())
    parts.forget(sender, name)
    return {"done": True}


def _require_draft(token: str, sender: str) -> ReportDraft:
    """Where there is no draft, nothing that came for it is kept."""
    draft = queries.draft(token, clock.now(), for_update=True)
    if draft is None:
        parts.forget_all(sender)
    return _own(draft)


def _draft(token: str) -> ReportDraft:
    return _own(queries.draft(token, clock.now()))


def _own(draft: ReportDraft | None) -> ReportDraft:
    who = frame.account()
    if draft is None or (draft.owner_id is not None and (who is None or who.id != draft.owner_id)):
        abort(404)
    return draft


def _number(name: str) -> int:
    text = request.args.get(name, "")
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        abort(400)
    return int(text)
