"""Posts as a page or a feed shows them: who speaks, as what, and the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import request, url_for
from markupsafe import Markup
from sqlalchemy import Row

from portal import markdown
from portal.assignments import refusal_words
from portal.assignments.exhibits import Exhibit
from portal.assignments.labels import BASIS
from portal.assignments.steps import Link
from portal.attachments.models import Attachment
from portal.forum import labels, queries, rules
from portal.forum.models import Post, PostPhoto, PostVersion
from portal.i18n import _

Photos = Mapping[int, Sequence[tuple[PostPhoto, Attachment]]]
Evidence = Mapping[int, Sequence[Exhibit]]


@dataclass(frozen=True)
class Badge:
    """As what somebody speaks."""

    label: str
    detail: str = ""  # position and agency


@dataclass(frozen=True)
class Shown:
    """One post, ready to be shown; a hidden one has no words."""

    number: str
    subject: str
    position: int
    title: str  # of its thread
    author: str
    badge: Badge | None
    kind: str  # "Jawaban resmi" for what the city said through its duty
    note: str  # the basis of a refusal
    links: Sequence[Link]  # whom to ask instead, or what it repeats
    html: Markup
    at: datetime
    edited_at: datetime | None
    supporter_count: int
    is_hidden: bool
    is_opening: bool
    became: "Became | None"
    photos: list[dict[str, Any]] = field(default_factory=list)
    evidence: Sequence[Exhibit] = ()  # of what the city said through its duty


@dataclass(frozen=True)
class Became:
    """Where something that was said lives on."""

    sentence: str
    url: str


def shown(
    rows: Sequence[Row[*tuple[Any, ...]]], photos: Photos, evidence: Evidence | None = None
) -> list[Shown]:
    """`evidence` is by response."""
    return [one(row, photos.get(row.id, ()), (evidence or {}).get(row.response_id, ())) for row in rows]


def one(
    row: Any, photos: Sequence[tuple[PostPhoto, Attachment]] = (), evidence: Sequence[Exhibit] = ()
) -> Shown:
    is_opening = row.position == 1
    number = rules.post_number(row.id)
    return Shown(
        number=number,
        # Whoever flags what opens a thread flags the thread.
        subject=f"thread:{rules.thread_number(row.thread_id)}" if is_opening else f"post:{number}",
        position=row.position,
        title=row.title,
        author=row.author or row.agency or _("Pemerintah kota"),
        badge=_badge(row),
        kind=str(labels.OFFICIAL_POST.get(row.response_kind, "")),
        note=_note(row),
        links=_links(row),
        html=markdown.to_html(row.said) if row.said is not None else Markup(row.body_html),  # noqa: S704  # kept by markdown.to_html
        at=row.posted_at,
        edited_at=row.edited_at,
        supporter_count=row.supporter_count,
        is_hidden=row.hidden_at is not None,
        is_opening=is_opening,
        became=became(row.became),
        photos=[_photo(photo, attachment) for photo, attachment in photos],
        evidence=() if row.hidden_at else evidence,
    )


def _note(row: Any) -> str:
    if not row.basis or row.hidden_at:
        return ""
    basis = str(BASIS[row.basis])
    return f"{basis}. {_('Penolakan ini dibatalkan moderator.')}" if row.overturned_at else basis


def _links(row: Any) -> Sequence[Link]:
    """Read for refusals alone, of which a thread has one or two."""
    if not row.basis or row.hidden_at:
        return ()
    refusal = queries.refusal(row.response_id)
    return refusal_words.links(refusal) if refusal else ()


@dataclass(frozen=True)
class Text:
    """What a post said from `at` on."""

    title: str
    html: Markup
    at: datetime


def texts(post: Post, former: Sequence[PostVersion]) -> list[Text]:
    """All that a post has said, what it says now first."""
    begun = [post.posted_at, *(one.replaced_at for one in former)]
    told = [
        *((one.title, one.body) for one in former),
        (post.thread.title if post.is_opening else "", post.body),
    ]
    return [Text(title, markdown.to_html(body), at) for (title, body), at in zip(told, begun, strict=True)][
        ::-1
    ]


def became(subject: str | None) -> Became | None:
    """The page that a thread or post was turned into."""
    if subject is None:
        return None
    kind, _colon, number = subject.partition(":")
    if kind == "report":
        return Became(
            _("Dilanjutkan sebagai laporan %(number)s.", number=number),
            url_for("reports.show", number=number),
        )
    return Became(
        _("Dilanjutkan sebagai gagasan %(number)s.", number=number),
        f"{request.script_root}/ideas/{number}",
    )


def permalink(number: str) -> str:
    return url_for("forum.permalink", number=number)


def quote(row: Any, length: int = rules.QUOTE_LENGTH) -> str:
    """The post as a Markdown quotation that names its writer and leads to it."""
    text = row.said if row.said is not None else row.body
    words = text if len(text) <= length else text[:length].rstrip() + " …"
    # No word of a name is read as Markdown.
    name = "".join(f"\\{sign}" if sign in r"\`*_{}[]()<>#+-.!|" else sign for sign in row.author or "")
    link = f"[{name}](/forum/posts/{rules.post_number(row.id)})"
    lines = [_("%(link)s menulis:", link=link), "", *words.splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


def _badge(row: Any) -> Badge | None:
    if row.office is not None:
        return Badge(_("Petugas"), f"{row.office}, {row.agency}")
    return Badge(_("Moderator")) if row.is_by_moderator else None


def _photo(photo: PostPhoto, attachment: Attachment) -> dict[str, Any]:
    return {
        "url": url_for("attachments.large", token=attachment.token),
        "thumb_url": url_for("attachments.small", token=attachment.token),
        "alt": photo.alt,
        "width": attachment.width,
        "height": attachment.height,
    }
