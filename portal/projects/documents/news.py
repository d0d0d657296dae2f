"""What of documents stands among a project's news."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from portal.i18n import _
from portal.projects import news
from portal.projects.models import Project


@news.tells("document_published")
def _published(project: Project, details: Mapping[str, Any]) -> tuple[str, str]:
    return _("Dokumen baru terbit."), url_for("documents.index", slug=project.slug)
