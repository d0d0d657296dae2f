"""What happens by itself: those who follow a thread are told of new posts."""

from datetime import datetime
from typing import Any

from portal.db import db
from portal.forum.models import Post
from portal.forum.services import following
from portal.jobs.registry import handler


@handler("forum.tell_followers")
def tell_followers(payload: dict[str, Any], at: datetime) -> None:
    """Tell of one post."""
    following.tell_followers(db.session.get_one(Post, payload["post_id"]), at=at)
