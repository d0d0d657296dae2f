"""The texts of letters: templates/letters/<letter>.txt in the reader's language, subject first."""

import re
from typing import Any

from flask import current_app

from portal import config, i18n
from portal.i18n import _
from portal.notifications import replies
from portal.notifications.labels import LABEL
from portal.notifications.models import Notification
from portal.notifications.rules import Letter, group_of

SIGNATURE = "signature"
GAPS, GAP = re.compile(r"\n{3,}"), "\n\n"
MARK = "##--"  # begins the line above which a reply is written, in every language


def write(letter: str, *, language: str, path: str, **values: Any) -> Letter:
    """The letter in the reader's language; `url` in it leads to `path` on the portal."""
    with i18n.force_locale(language):
        text = _render(letter, url=address(path, language), **values)
    subject, _line, body = text.partition("\n")
    return Letter(subject.strip(), _tidy(body))


def signed(notification: Notification, *, muting_path: str | None) -> str:
    """The whole text as it is sent: with what a reply becomes, who wrote it, and how to hear no more."""
    language = notification.language
    replying = replies.replying(notification, config.current())
    with i18n.force_locale(language):
        signature = _render(
            SIGNATURE,
            replying=replying,
            group=LABEL[group_of(notification.kind)].name,
            muting_url=address(muting_path, language) if muting_path else None,
            choices_url=address("/account/notifications", language) if notification.user_id else None,
        )
        mark = _("Tulis balasan Anda di atas baris ini") if replying else ""
    head = f"{MARK} {mark} {MARK[::-1]}\n\n" if mark else ""
    return f"{head}{notification.body}\n\n{GAPS.sub(GAP, signature)}\n"


def address(path: str, language: str) -> str:
    """The address of a page of ours in the reader's language."""
    prefix = "" if language == i18n.DEFAULT else f"/{language}"
    return config.current().public_url + prefix + path


def _render(letter: str, **values: Any) -> str:
    template = current_app.jinja_env.get_template(f"letters/{letter}.txt")
    return template.render(settings=config.current(), **values).strip()


def _tidy(body: str) -> str:
    """One blank line between paragraphs, whatever the template's tags left."""
    lines = "\n".join(line.rstrip() for line in body.splitlines())
    return GAPS.sub(GAP, lines).strip()


def gist(body: str) -> str:
    """A letter in one line, for the list inside the portal; its addresses are left out."""
    paragraphs = (" ".join(one.split()).rstrip(".") for one in body.split("\n\n"))
    return " · ".join(one for one in paragraphs if one and "://" not in one)
