"""What the handlers of a question from the forum read of it."""

from flask import url_for
from flask_login import current_user

from portal.assignments.models import Assignment
from portal.assignments.owners import Brief, Said
from portal.forum import labels, queries
from portal.forum.rules import Asked
from portal.i18n import _, ngettext
from portal.surveys import verdicts


def brief(assignment: Assignment) -> Brief:
    """The opening as typed, and what its author added; everything else stands in the thread."""
    opening = queries.opening_asked(assignment)
    thread = opening.thread
    author = opening.author.name if opening.author else ""
    count = thread.supporter_count
    facts = [
        (_("Kategori forum"), labels.category_name(thread.category)),
        (_("Pendukung"), ngettext("%(num)s warga", "%(num)s warga", count)),
    ]
    if thread.asked_because is Asked.MODERATOR and thread.asked_reason:
        facts.append((_("Alasan moderator"), thread.asked_reason))
    return Brief(
        kind=_("Pertanyaan forum"),
        text=opening.body,
        html=opening.body_html,
        author=author,
        facts=facts,
        photos=[
            {
                "url": url_for("attachments.large", token=photo.attachment.token),
                "thumb_url": url_for("attachments.small", token=photo.attachment.token),
                "alt": photo.alt,
                "width": photo.attachment.width,
                "height": photo.attachment.height,
            }
            for photo in opening.photos
        ],
        said=[
            *(Said(at=one.posted_at, who=author, text=one.body) for one in queries.words_of_author(thread)),
            *verdicts.said(assignment, author),
        ],
    )


def is_own(assignment: Assignment) -> bool:
    """Did this request's account open the thread?"""
    return bool(current_user.is_authenticated) and queries.thread_of(assignment).author_id == current_user.id


def is_hidden(assignment: Assignment) -> bool:
    return queries.thread_of(assignment).hidden_at is not None
