"""The texts of letters: templates/letters/<letter>.txt in the reader's language, subject first."""

import re
from typing import Any

from flask import current_app

from portal import config, i18n
from portal.notifications.rules import Letter

SIGNATURE = "signature"


def write(letter: str, *, language: str, path: str, **values: Any) -> Letter:
    """The letter in the reader's language; `url` in it leads to `path` on the portal."""
    with i18n.force_locale(language):
        text = _render(letter, url=_url(path, language), **values)
        signature = _render(SIGNATURE)
    subject, _, body = text.partition("\n")
    return Letter(subject.strip(), f"{_tidy(body)}\n\n{signature}\n")


def _render(letter: str, **values: Any) -> str:
    template = current_app.jinja_env.get_template(f"letters/{letter}.txt")
    return template.render(settings=config.current(), **values).strip()


def _url(path: str, language: str) -> str:
    prefix = "" if language == i18n.DEFAULT else f"/{language}"
    return config.current().public_url + prefix + path


def _tidy(body: str) -> str:
    """One blank line between paragraphs, whatever the template's tags left."""
    lines = "\n".join(line.rstrip() for line in body.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()
