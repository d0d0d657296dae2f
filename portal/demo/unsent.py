"""Two reports that the demo's resident has begun and not sent: one nearly done, one in mid-sentence."""

from datetime import datetime, timedelta

from sqlalchemy import select

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.db import db
from portal.demo.city import ADDRESS
from portal.reports.filing import drafts, keeping, queries, services
from portal.reports.filing.rules import Answers, Step

NEARLY_DONE = Answers(
    title="Tumpukan sampah di belakang pasar",
    body="Sudah seminggu tidak diangkut. Saya bisa dihubungi di 0812 0000 0012 setelah magrib.",
    category="sampah",
)
TYPED = [
    ("kind", "suggestion"),
    ("title", "Tempat menyeberang di depan sekolah"),
    ("body", "Setiap pagi anak-anak menunggu lama karena"),
]


def happen(at: datetime) -> None:
    resident = db.session.scalars(select(User).filter_by(email=ADDRESS[Role.RESIDENT])).one()
    services.begin(NEARLY_DONE, owner=resident, at=at - timedelta(days=2))
    begun = at - timedelta(minutes=20)
    token = services.begin(Answers(), owner=resident, at=begun)
    draft = queries.draft(token, begun)
    if draft is not None:
        drafts.keep_typed(draft, Step.WHAT, keeping.typed_of(TYPED), keeping.mark({}, Step.WHAT), at=begun)
