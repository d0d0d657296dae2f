"""What moderators of the demo city had to decide: a few lines in the public log, and some work left."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from portal.accounts.models import User
from portal.db import db
from portal.demo.world import World
from portal.forum import services as forum
from portal.forum.models import Post, Thread
from portal.moderation import services as moderation
from portal.moderation import targets
from portal.moderation.models import Decision, ReviewItem
from portal.moderation.rules import Action, Reason

SEED = 8
# What was written, which rule people named, how many said so, and what a moderator decided.
WRITTEN: tuple[tuple[str, Reason, int, Action | None], ...] = (
    (
        "Jual token listrik murah, diskon separuh harga!!! Stok terbatas, kirim ke seluruh kota.",
        Reason.SPAM,
        3,
        Action.HIDDEN,
    ),
    ("Yang nulis di atas ini otaknya di mana. Bodoh kali.", Reason.ABUSE, 2, Action.HIDDEN),
    ("Petugasnya makan gaji buta, kerja cuma duduk-duduk.", Reason.ACCUSATION, 2, Action.KEPT),
    ("Ngomong-ngomong, siapa yang nonton bola semalam?", Reason.OFF_TOPIC, 1, Action.KEPT),
    ("Dasar pendatang, pulang saja ke kampung kalian.", Reason.HATE, 4, Action.HIDDEN),
    ("Saya tahu siapa pelakunya, rumahnya cat hijau di ujung gang itu.", Reason.PERSONAL_DATA, 3, None),
    ("Percuma lapor, kalian semua sama saja.", Reason.ABUSE, 1, None),
)
APPEAL = "Kalimat saya memang keras, tetapi yang saya maksud cara kerjanya, bukan orangnya."


def happen(world: World) -> None:
    """Somebody writes it, neighbours flag it, a moderator decides, one author disagrees."""
    chance = Random(SEED)
    people = [db.session.get_one(User, one.id) for one in world.residents]
    first, second = (db.session.get_one(User, user_id) for user_id in world.moderators[:2])
    for place, (body, reason, flags, action) in enumerate(WRITTEN):
        at = world.at - timedelta(days=3 * (len(WRITTEN) - place), hours=chance.uniform(1, 9))
        thread = chance.choice(_lately_talked(at))
        author, *neighbours = chance.sample(people, 1 + flags)
        post = forum.reply(thread, body=body, by=author, at=at)
        item = _flag(post, reason, neighbours, at + timedelta(hours=2))
        if action is None:
            continue
        decision = _decide(item, post, action, reason, by=first, at=at + timedelta(hours=5))
        if action is Action.HIDDEN and reason is Reason.ABUSE:
            _disagree(decision, post, by=second, at=at + timedelta(hours=30))


def _lately_talked(at: datetime) -> Sequence[Thread]:
    """Threads in which nobody has said anything after this moment yet."""
    query = db.select(Thread).where(Thread.last_post_at < at, Thread.locked_at.is_(None))
    return db.session.scalars(query.order_by(Thread.last_post_at.desc(), Thread.id.desc()).limit(30)).all()


def _flag(post: Post, reason: Reason, by: list[User], at: datetime) -> ReviewItem:
    for neighbour in by:
        target = targets.find_or_404(post.subject)
        if target.is_hidden:
            break
        item = moderation.flag(target, reason=reason, note="", by=neighbour, at=at)
    return item


def _decide(
    item: ReviewItem, post: Post, action: Action, reason: Reason, *, by: User, at: datetime
) -> Decision:
    target = targets.find_or_404(post.subject)
    if action is Action.KEPT and target.is_hidden:
        action = Action.RESTORED
    return moderation.decide(
        item,
        target,
        action=action,
        reason=reason,
        note="",
        by=by,
        at=at,
        expected_lock=item.lock,
        seen=target.seen,
    )


def _disagree(decision: Decision, post: Post, *, by: User, at: datetime) -> None:
    """The author objects a day later, and another moderator agrees with the first."""
    if post.author is None:
        return
    made = moderation.appeal(decision, body=APPEAL, by=post.author, at=at)
    moderation.decide_appeal(
        made,
        targets.find_or_404(post.subject),
        is_granted=False,
        note="Sebutan itu tetap ditujukan kepada orangnya. Tulislah lagi tanpa kata itu.",
        by=by,
        at=at + timedelta(hours=20),
    )
