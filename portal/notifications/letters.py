"""The texts of letters: templates/letters/<letter>.txt in the reader's language, subject first."""

import re
from typing import Any

from flask import current_app

from portal import config, i18n
from portal.notifications.rules import Letter


def write(letter: str, *, language: str, path: str, **values: Any) -> Letter:
    """The letter in the reader's language; `url` in it leads to `path` on the portal."""
    with i18n.force_locale(language):
        template = current_app.jinja_env.get_template(f"letters/{letter}.txt")
        text = template.render(settings=config.current(), url=_url(path, language), **values)
    subject, _, body = text.strip().partition("\n")
    # Values stand in the subject too: whatever they hold, it stays one line of a header.
    return Letter(" ".join(subject.split()), _tidy(body))


def _url(path: str, language: str) -> str:
    prefix = "" if language == i18n.DEFAULT else f"/{language}"
    return config.current().public_url + prefix + path


def _tidy(body: str) -> str:
    """One blank line between paragraphs, whatever the template's tags left."""
    lines = "\n".join(line.rstrip() for line in body.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"
