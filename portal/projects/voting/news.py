"""The lines of a vote in the news of its project."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from portal.i18n import _, format_number, ngettext
from portal.projects.models import Project
from portal.projects.news import tells


@tells("vote_prepared")
def _prepared(project: Project, details: Mapping[str, Any]) -> tuple[str, str]:
    title = ngettext(
        "Pemungutan suara disiapkan: %(num)s pilihan.",
        "Pemungutan suara disiapkan: %(num)s pilihan.",
        details["choices"],
    )
    return title, _room(project)


@tells("vote_counted")
def _counted(project: Project, details: Mapping[str, Any]) -> tuple[str, str]:
    title = ngettext(
        "Hasil pemungutan suara diumumkan: %(count)s warga memilih.",
        "Hasil pemungutan suara diumumkan: %(count)s warga memilih.",
        details["voters"],
        count=format_number(details["voters"]),
    )
    return title, _room(project)


@tells("vote_decided")
def _decided(project: Project, details: Mapping[str, Any]) -> tuple[str, str]:
    return _("Petugas memutuskan apa yang akan dibangun."), _room(project)


def _room(project: Project) -> str:
    return url_for("voting.show", slug=project.slug)
