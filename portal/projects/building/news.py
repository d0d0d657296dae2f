"""The building site in the news of its project, and in the stories of the ideas that it makes real."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for

from portal.i18n import _, format_date_short, format_month
from portal.projects.ideas import fates
from portal.projects.models import Project
from portal.projects.news import tells


@tells("milestone_done")
def _done(project: Project, details: Mapping[str, Any]) -> tuple[str, str]:
    return _("Pekerjaan %(number)s selesai.", number=details["number"]), _site(project, details)


@tells("milestone_moved")
def _moved(project: Project, details: Mapping[str, Any]) -> tuple[str, str]:
    title = _(
        "Rencana pekerjaan %(number)s berubah dari %(was)s menjadi %(became)s.",
        number=details["number"],
        was=format_date_short(date.fromisoformat(details["was"])),
        became=format_date_short(date.fromisoformat(details["became"])),
    )
    return title, _site(project, details)


@tells("obstacle_named")
def _obstacle(project: Project, details: Mapping[str, Any]) -> tuple[str, str]:
    return _("Ada kendala baru dalam pembangunan."), url_for("building.show", slug=project.slug)


@tells("obstacle_resolved")
def _resolved(project: Project, details: Mapping[str, Any]) -> tuple[str, str]:
    return _("Satu kendala teratasi."), url_for("building.show", slug=project.slug)


@tells("project_report_published")
def _report(project: Project, details: Mapping[str, Any]) -> tuple[str, str]:
    month = format_month(date.fromisoformat(f"{details['month']}-01"))
    title = _("Laporan bulanan %(month)s terbit.", month=month)
    return title, url_for("building_reports.show", number=details["number"])


def _site(project: Project, details: Mapping[str, Any]) -> str:
    return _milestone_url(project.slug, details)


@fates.tells("idea_in_milestone")
def _in_milestone(details: Mapping[str, Any]) -> tuple[str, str | None]:
    title = _("Masuk rencana pembangunan: pekerjaan %(number)s.", number=details["number"])
    return title, _milestone_url(details["project"], details)


@fates.tells("idea_built")
def _built(details: Mapping[str, Any]) -> tuple[str, str | None]:
    title = _("Sudah dibangun: pekerjaan %(number)s selesai.", number=details["number"])
    return title, _milestone_url(details["project"], details)


def _milestone_url(slug: str, details: Mapping[str, Any]) -> str:
    return url_for("building.show", slug=slug, _anchor=f"milestone-{details['number']}")
