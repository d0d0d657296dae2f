"""What of meetings stands among a project's news."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from portal.i18n import _
from portal.projects import news
from portal.projects.models import Project


@news.tells("meeting_invited")
def _invited(project: Project, details: Mapping[str, Any]) -> tuple[str, str]:
    return _("Undangan pertemuan."), _page(details)


@news.tells("meeting_cancelled")
def _cancelled(project: Project, details: Mapping[str, Any]) -> tuple[str, str]:
    return _("Pertemuan dibatalkan."), _page(details)


@news.tells("minutes_published")
def _minutes(project: Project, details: Mapping[str, Any]) -> tuple[str, str]:
    return _("Notulen pertemuan terbit."), _page(details)


def _page(details: Mapping[str, Any]) -> str:
    return url_for("meetings.show", number=details["meeting"])
