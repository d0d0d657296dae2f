"""Publish a paper of a project, and take it back."""

import secrets
from datetime import date, datetime
from functools import partial
from typing import BinaryIO

from portal import db as database
from portal.accounts.models import User
from portal.attachments import documents
from portal.db import db
from portal.projects import record
from portal.projects.documents import queries
from portal.projects.documents.models import ProjectDocument
from portal.projects.models import Project

TOKEN_BYTES = 16


def publish(
    project: Project, stream: BinaryIO, *, title: str, dated_on: date, by: User | None, at: datetime
) -> ProjectDocument:
    """A PDF for everybody; the record keeps its hash. Raises DomainError when it is no PDF."""
    kept = documents.keep_pdf(stream)
    document = ProjectDocument(
        project=project,
        title=title.strip(),
        dated_on=dated_on,
        token=secrets.token_hex(TOKEN_BYTES),
        sha256=kept.sha256,
        byte_count=kept.byte_count,
        added_by_id=by.id if by else None,
        added_at=at,
    )
    db.session.add(document)
    db.session.flush()
    record.write(project, "document_published", at=at, document=document.id, sha256=kept.sha256)
    return document


def remove(document: ProjectDocument, *, by: User, at: datetime) -> None:
    """Published by mistake: it is no longer listed, served or kept. The record keeps that it was there."""
    record.write(
        document.project, "document_removed", at=at, document=document.id, sha256=document.sha256, by=by.id
    )
    db.session.delete(document)
    db.session.flush()
    if not queries.is_kept(document.sha256):
        database.after_commit(partial(documents.forget, document.sha256))
