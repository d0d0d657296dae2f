"""Files that people add."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model


class Attachment(Model):
    """A re-encoded image. `token` is its unguessable public name; the bytes lie in the file store."""

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str]
    media_type: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    byte_count: Mapped[int]
    created_at: Mapped[datetime]


class Drawing(Model):
    """A rewritten plan, SVG or WebP. `token` is its unguessable name; its bytes lie in the file store."""

    __tablename__ = "drawings"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str] = mapped_column(index=True)
    media_type: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    byte_count: Mapped[int]
    created_at: Mapped[datetime]
