"""An idea's photos as `ui.photos` takes them."""

from typing import Any

from flask import url_for

from portal.i18n import _
from portal.projects.ideas.models import IdeaPhoto


def shown(photo: IdeaPhoto) -> dict[str, Any]:
    attachment = photo.attachment
    return {
        "url": url_for("attachments.large", token=attachment.token),
        "thumb_url": url_for("attachments.small", token=attachment.token),
        "alt": _("Foto %(position)s dari pemberi gagasan", position=photo.position),
        "width": attachment.width,
        "height": attachment.height,
    }
