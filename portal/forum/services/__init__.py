"""What can be done in the forum."""

from portal.forum.services.asking import ask, give_to
from portal.forum.services.categories import save_category
from portal.forum.services.counting import recount
from portal.forum.services.duty import judge, register_owner, reopen
from portal.forum.services.following import follow, mark_read, unfollow
from portal.forum.services.moderating import claim_to_turn, hide, lock, turn_into, unhide, unlock
from portal.forum.services.supporting import support, withdraw_support
from portal.forum.services.writing import Photo, edit, open_thread, reply

__all__ = [
    "Photo",
    "ask",
    "claim_to_turn",
    "edit",
    "follow",
    "give_to",
    "hide",
    "judge",
    "lock",
    "mark_read",
    "open_thread",
    "recount",
    "register_owner",
    "reopen",
    "reply",
    "save_category",
    "support",
    "turn_into",
    "unfollow",
    "unhide",
    "unlock",
    "withdraw_support",
]
