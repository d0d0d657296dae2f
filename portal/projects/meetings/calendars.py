"""Meetings for calendar programs (RFC 5545)."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from flask import url_for
from icalendar import Calendar, Event

from portal import config
from portal.projects.meetings.models import Meeting

MEDIA_TYPE = "text/calendar"
REFRESH = timedelta(hours=6)  # how often a subscribed program should look again


def calendar(name: str, meetings: Iterable[Meeting]) -> bytes:
    """A calendar of some meetings; moments are in UTC, which every program shows in its own zone."""
    found = Calendar()
    found.add("prodid", "-//Balai Warga//Rencana bersama//ID")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", name)
    found.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for meeting in meetings:
        found.add_component(_event(meeting))
    content: bytes = found.to_ical()
    return content


def _event(meeting: Meeting) -> Event:
    settings = config.current()
    url = settings.public_url + url_for("meetings.show", number=meeting.number)
    event = Event()
    event.add("uid", f"{meeting.number.lower()}@{urlsplit(settings.public_url).hostname}")
    event.add("dtstamp", meeting.changed_at)
    event.add("created", meeting.created_at)
    event.add("last-modified", meeting.changed_at)
    event.add("sequence", meeting.version - 1)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", meeting.title)
    event.add("location", meeting.place)
    event.add("description", "\n\n".join(part for part in (meeting.agenda, url) if part))
    event.add("url", url)
    event.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    return event
