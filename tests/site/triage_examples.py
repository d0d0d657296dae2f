"""Examples for the pages on which moderators put a report right."""

from typing import Any

from portal.attachments.models import Attachment
from portal.db import db
from portal.reports.models import Report, ReportPhoto
from tests.builders import MONDAY

PHOTO = (
    *("edit_photo", "hold_photo", "release_photo", "describe_photo"),
    *("cover_photo", "save_covering"),
)
PAIR = ("compare", "merge")


def parts(duty: Report, waiting: Report) -> dict[str, dict[str, Any]]:
    """A photo of the duty, and a second report that waits."""
    picture = Attachment(
        token="a1" * 16,
        sha256="b2" * 32,
        media_type="image/jpeg",
        width=80,
        height=60,
        byte_count=900,
        created_at=MONDAY,
    )
    photo = ReportPhoto(report_id=duty.id, attachment=picture, position=0)
    db.session.add(photo)
    db.session.flush()
    return {
        **{f"desk.{name}": {"number": duty.number, "photo_id": photo.id} for name in PHOTO},
        **{f"desk.{name}": {"number": duty.number, "other": waiting.number} for name in PAIR},
    }
