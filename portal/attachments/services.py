"""Take photos in and let them go."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime
from typing import BinaryIO

from portal.attachments import files, images, queries
from portal.attachments.covering import Box
from portal.attachments.models import Attachment
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l

TOKEN_BYTES = 16


def keep_image(stream: BinaryIO, at: datetime) -> Attachment:
    """Store a photo, drawn anew in two sizes. Raises DomainError when it is no image or too large."""
    return keep_picture(images.reencode(stream), at)


def keep_picture(picture: images.Picture, at: datetime) -> Attachment:
    """Store what was drawn anew already: whoever draws before asking the database keeps nobody waiting."""
    digest = hashlib.sha256(picture.large).hexdigest()
    files.keep(queries.file_name(digest), picture.large)
    files.keep(queries.file_name(digest, small=True), picture.small)
    attachment = Attachment(
        token=secrets.token_hex(TOKEN_BYTES),
        sha256=digest,
        media_type="image/jpeg",
        width=picture.width,
        height=picture.height,
        byte_count=len(picture.large),
        created_at=at,
    )
    db.session.add(attachment)
    db.session.flush()
    return attachment


def covered(attachment: Attachment, boxes: Collection[Box]) -> images.Picture:
    """The photo with these boxes covered; nothing is stored. Raises DomainError when its file is gone."""
    path = files.path_of(queries.file_name(attachment.sha256))
    if not path.is_file():
        raise DomainError(_l("Berkas foto ini sudah tidak ada."))
    return images.cover(path.read_bytes(), boxes, blocks=1)


def withdraw_address(attachment: Attachment) -> None:
    """Whoever knows the photo's address finds nothing there any more; it gets another one."""
    attachment.token = secrets.token_hex(TOKEN_BYTES)


def remove(attachment: Attachment) -> None:
    """Forget a photo; its bytes go when no other attachment has the same."""
    db.session.delete(attachment)
    db.session.flush()
    if not queries.is_used(attachment.sha256):
        files.remove(queries.file_name(attachment.sha256))
        files.remove(queries.file_name(attachment.sha256, small=True))
