"""Find a photo by its public name."""

from sqlalchemy import exists, select

from portal.attachments.models import Attachment
from portal.db import db


def by_token(token: str) -> Attachment | None:
    return db.session.scalar(select(Attachment).filter_by(token=token))


def is_used(sha256: str) -> bool:
    """Does any attachment still show these bytes?"""
    return bool(db.session.scalar(select(exists().where(Attachment.sha256 == sha256))))


def file_name(sha256: str, *, small: bool = False) -> str:
    return f"{sha256}-small.jpg" if small else f"{sha256}.jpg"
