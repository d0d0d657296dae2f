"""What the page of one report shows: to everybody, and to the person who brought it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import Row

from portal.assignments.models import Response
from portal.assignments.rules import ResponseKind
from portal.assignments.steps import Step
from portal.attachments.models import Attachment
from portal.i18n import _, format_datetime, format_number, ngettext
from portal.ledger import queries as ledger
from portal.ledger.models import Event
from portal.reports import (
    answers,
    appraisals,
    carried,
    clocks,
    labels,
    listing,
    policy,
    queries,
    standing,
    timeline,
)
from portal.reports.identity import openings
from portal.reports.models import ModeratorQuestion, Report
from portal.reports.rules import MIN_RATERS, OMBUDSMAN_URL, Ending, ReportKind, ReportState
from portal.reports.sharing import preview
from portal.routing import reasons
from portal.surveys import queries as surveys
from portal.surveys.queries import Opinion

# Lines of the record beside which a moderator wrote something to the reporter.
ASKED_EARLY = frozenset({"asked_before_verification", "refused_unverified"})


def filter_choices() -> dict[str, list[tuple[str, Any]]]:
    """The options of the public list's filters."""
    return {
        "area": [(row.code, row.name) for row in queries.districts()],
        "category": [(one.code, labels.category_name(one)) for one in queries.categories()],
        "kind": [(kind.value, label) for kind, label in labels.KIND.items()],
        "state": [(state.value, label) for state, label in labels.STATE.items()],
    }


def public_page(report: Report, at: datetime) -> dict[str, Any]:
    """Only what everybody may read."""
    is_published = policy.is_published(report)
    responses = queries.responses_of(report)
    page = _page(report, responses, at, is_private=False)
    shown = preview.of(report, page["clocks_shown"])
    return {
        **page,
        "steps": _with_opinions(report, page["steps"]),
        "point": preview.point(report),
        "preview": shown,
        "share_url": preview.message_url(shown),
        "body": report.body,
        "answers": answers.public_facts(report) if is_published else [],
        "place": report.place,
        "photos": _photos(queries.public_photos_of(report)) if is_published else [],
        "is_published": is_published,
        "supporters": _supporters(report),
        "carried": carried.shown(report, at),
        "has_answer": surveys.to_rate(responses) is not None,
        "can_be_joined": is_published and report.state is not ReportState.CLOSED,
    }


def private_page(report: Report, at: datetime) -> dict[str, Any]:
    """What its reporter reads: everything that was typed and answered."""
    responses = queries.responses_of(report)
    appraisal = appraisals.of_reporter(report, responses, at)
    return {
        **_page(report, responses, at, is_private=True),
        "appraisal": appraisal,
        "said": str(labels.VERDICT[appraisal.given.verdict]) if appraisal and appraisal.given else "",
        "answers": answers.facts(report.content.answers),
        "content": report.content,
        "identity_openings": [
            (f"{format_datetime(one.at)}, {one.by.name}", one.reason) for one in openings.of(report)
        ],
        "photos": _photos(queries.photos_of(report)),
        "can_be_written_to": policy.can_be_written_to(report, at),
        "can_be_withdrawn": policy.can_be_withdrawn(report),
        "can_be_reopened": report.state is ReportState.CLOSED and policy.can_be_reopened(report, at),
        "is_last_chance": report.reopen_count > report.overturn_count,
    }


@dataclass(frozen=True)
class Question:
    """What the reporter is asked; `asker` is "official" or "moderator"."""

    asker: str
    body: str


def _page(report: Report, responses: Sequence[Response], at: datetime, *, is_private: bool) -> dict[str, Any]:
    events = ledger.events_of(f"report:{report.number}")
    # What few reports have is read only where their record names it.
    recorded = {event.kind for event in events}
    questions = queries.moderator_questions_of(report) if is_private and recorded & ASKED_EARLY else []
    clocks_shown = clocks.of(report, at)
    is_asked = any(value.is_paused for value in clocks_shown)
    return {
        "report": report,
        "title": listing.title_of(report),
        "kind": labels.KIND[report.kind],
        "category": labels.category_name(report.category),
        "area": _area(report),
        "state": listing.state(report),
        "clocks_shown": clocks_shown,
        "is_asked": is_asked,
        "awaits_verdict": policy.awaits_verdict(report),
        "question": _question(responses, questions) if is_asked else None,
        "standing": standing.of(
            report, clocks=clocks_shown, events=events, responses=responses, is_private=is_private
        ),
        "relatives": _relatives(events, is_private=is_private),
        "steps": timeline.tell(
            report,
            events,
            responses=responses,
            messages=queries.messages_of(report) if "message" in recorded else [],
            questions=questions,
            refusals=queries.early_refusals_of(report) if "refused_unverified" in recorded else [],
            is_private=is_private,
        ),
        "reason": _reason(report),
        "was_refused": bool(responses) and responses[-1].kind is ResponseKind.REFUSAL,
        "ombudsman_url": OMBUDSMAN_URL if report.closed_at and report.ending != Ending.MERGED else None,
        "url": url_for("reports.show", number=report.number),
    }


def _with_opinions(report: Report, steps: Sequence[Step]) -> list[Step]:
    """What those with the same matter say stands beside each answer, once enough of them said something."""
    if report.supporter_count < MIN_RATERS or report.assignment_id is None:
        return list(steps)
    said = surveys.supporters_opinions(report.assignment_id)
    return [
        replace(step, note=" ".join([step.note, _opinion(said[step.response_id])]).strip())
        if step.response_id in said and said[step.response_id].rater_count >= MIN_RATERS
        else step
        for step in steps
    ]


def _opinion(said: Opinion) -> str:
    sentences = [
        ngettext(
            "%(num)s warga lain menilainya, %(solved)s menyatakan selesai.",
            "%(num)s warga lain menilainya, %(solved)s menyatakan selesai.",
            said.rater_count,
            solved=said.solved_count,
        )
    ]
    if said.stars is not None and said.stars_count >= MIN_RATERS:
        sentences.append(_("Rata-rata %(stars)s dari 5.", stars=format_number(said.stars, 1)))
    return " ".join(sentences)


def _question(responses: Sequence[Response], asked: Sequence[ModeratorQuestion]) -> Question | None:
    """The one that still waits: an official's, or the moderator's from before there was a duty."""
    said = [one for one in responses if one.kind is ResponseKind.QUESTION]
    if said:
        return Question("official", said[-1].body)
    return Question("moderator", asked[-1].body) if asked else None


def _supporters(report: Report) -> str:
    if report.supporter_count:
        return listing.supporters(report.kind, report.supporter_count)
    if report.kind is ReportKind.SUGGESTION:
        return _("Anda setuju dengan usul ini?")
    return _("Anda mengalami hal yang sama?")


def _reason(report: Report) -> str:
    return reasons.tell(report.assignment.routing_reason) if report.assignment else ""


def _area(report: Report) -> str:
    if report.area is None:
        return ""
    parent = report.area.parent
    names = [report.area.name, parent.name if parent else None]
    return ", ".join(name for name in names if name)


def _photos(found: Sequence[Row[Attachment, str, str]]) -> list[dict[str, Any]]:
    return [
        listing.photo(photo, position, caption=caption, alt=alt)
        for position, (photo, caption, alt) in enumerate(found, start=1)
    ]


def _relatives(events: Sequence[Event], *, is_private: bool) -> dict[str, list[tuple[str, str]]]:
    """Numbers and addresses of what this report was merged with or split from, as its record says. The
    reporter's own page leads to the reporter's page of a part."""
    own = "following.private" if is_private else "reports.show"
    pages = {"into": "reports.show", "joined": "reports.show", "whole": own, "parts": own}
    return {
        name: [(number, url_for(pages[name], number=number)) for number in numbers]
        for name, numbers in timeline.relatives(events).items()
    }
