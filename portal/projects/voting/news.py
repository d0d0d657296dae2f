"""The lines of a vote in the news of its project, and in the stories of the ideas on its ballot."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from portal.i18n import _, format_number, ngettext
from portal.projects.ideas import fates
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


@fates.tells("idea_on_ballot")
def _on_ballot(details: Mapping[str, Any]) -> tuple[str, str | None]:
    return _("Menjadi pilihan dalam pemungutan suara."), _vote_url(details)


@fates.tells("idea_vote_counted")
def _idea_counted(details: Mapping[str, Any]) -> tuple[str, str | None]:
    title = _(
        "Hasil pemungutan suara: peringkat %(rank)s dari %(choices)s, %(dots)s titik.",
        rank=details["rank"],
        choices=details["choices"],
        dots=format_number(details["dots"]),
    )
    return title, _vote_url(details)


@fates.tells("idea_decided")
def _idea_decided(details: Mapping[str, Any]) -> tuple[str, str | None]:
    title = (
        _("Petugas memutuskan: gagasan ini dibangun.")
        if details["taken"]
        else _("Petugas memutuskan: gagasan ini tidak dibangun. Alasannya tertulis di sana.")
    )
    return title, _vote_url(details)


def _vote_url(details: Mapping[str, Any]) -> str:
    return url_for("voting.show", slug=details["project"])
