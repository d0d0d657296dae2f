"""Attacks in the words beside a photo."""

from io import BytesIO
from typing import Any

from portal.attachments import services as attachments
from portal.reports import services as reports
from portal.reports.services import PhotoIn
from tests.attachments import attacks
from tests.builders import MONDAY, make_report


def write_beside_photos(hall: Any) -> None:
    """A published report of the resident with described photos, one of them with the moderator's words."""
    photos = [
        PhotoIn(
            attachments.keep_image(BytesIO(attacks.photo(colour=colour)), MONDAY),
            caption=hall.ink.line(200),
            alt=hall.ink.line(200),
        )
        for colour in ("red", "blue")
    ]
    report = make_report(hall.category, by=hall.resident, title=hall.ink.line(120), photos=photos)
    words = {"caption": hall.ink.line(200), "alt": hall.ink.line(200)}
    reports.describe_photo(report, report.photos[0], **words, at=MONDAY)
