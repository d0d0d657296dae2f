"""Who may load a photo of evidence: everybody while its matter is public, else its owner and its handlers."""

from flask_login import current_user
from sqlalchemy import select

from portal.assignments import owners, queries
from portal.assignments.models import Assignment, ResponsePhoto
from portal.attachments.models import Attachment
from portal.db import db


def may_load(attachment: Attachment) -> bool:
    """Also True for what is no evidence. Before it is sent only handlers see it."""
    found = db.session.execute(
        select(ResponsePhoto, Assignment)
        .join(Assignment, Assignment.id == ResponsePhoto.assignment_id)
        .where(ResponsePhoto.attachment_id == attachment.id)
    ).one_or_none()
    if found is None:
        return True
    photo, assignment = found
    owner = owners.of(assignment)
    if photo.response_id is not None:
        is_public = not assignment.is_confidential and not owner.is_hidden(assignment)
        if is_public or owner.is_own(assignment):
            return True
    return bool(current_user.is_authenticated) and queries.may_still_read(assignment, current_user)
