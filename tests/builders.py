"""Things with boring, valid values; tests change what they are about."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any

from portal.accounts.models import User, UserRole
from portal.accounts.rules import Role
from portal.categories.models import Category
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.forum import services as forum
from portal.forum.models import ForumCategory, Post, Thread
from portal.organisation.models import Agency, AgencyChannel, Official
from portal.organisation.rules import ChannelKind, Rank
from portal.places.models import Area
from portal.places.rules import Level
from portal.projects import services as projects
from portal.projects.ideas import services as ideas
from portal.projects.ideas.models import Idea
from portal.projects.models import Phase, Project
from portal.projects.plans import services as plans
from portal.projects.plans.models import Pin, PlanVersion
from portal.projects.plans.rules import PinKind
from portal.projects.rules import PhaseKind
from portal.projects.services import Facts
from portal.projects.voting import services as voting
from portal.projects.voting.models import Vote
from portal.reports import services as reports
from portal.reports.models import Report
from portal.reports.rules import ReportKind
from portal.reports.services import Filing
from portal.routing.models import RoutingRule

MONDAY = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # 09.00 WIB
_serial = count(1)


def _add(thing: Any) -> Any:
    db.session.add(thing)
    db.session.flush()
    return thing


def make_user(*roles: Role, **changes: Any) -> User:
    number = next(_serial)
    values = {
        "email": f"warga{number}@contoh.id",
        "name": f"Warga {number}",
        "language": "id",
        "created_at": MONDAY,
        "confirmed_at": MONDAY,
    }
    return _add(
        User(**{**values, **changes}, role_rows=[UserRole(role=role) for role in roles or (Role.RESIDENT,)])
    )


def make_area(**changes: Any) -> Area:
    number = next(_serial)
    values = {
        "code": f"99.71.01.{number:04}",
        "name": f"Kelurahan {number}",
        "level": Level.VILLAGE,
        "time_zone": "Asia/Jakarta",
        "label_lat": 3.54,
        "label_lon": 98.71,
    }
    return _add(Area(**{**values, **changes}))


def make_category(**changes: Any) -> Category:
    number = next(_serial)
    values = {
        "code": f"bidang_{number}",
        "name_id": f"Bidang {number}",
        "name_en": f"Category {number}",
        "category_class": CategoryClass.ORDINARY,
    }
    return _add(Category(**{**values, **changes}))


def make_agency(**changes: Any) -> Agency:
    number = next(_serial)
    values = {
        "code": f"DINAS{number}",
        "name": f"Dinas {number}",
        "kind": "dinas",
        "valid_from": date(2020, 1, 1),
    }
    return _add(Agency(**{**values, **changes}))


def make_outside_body(**changes: Any) -> Agency:
    """A body outside the city government that answers by telephone."""
    body = make_agency(**{"name": "PT PLN UP3 Medan", "is_external": True, **changes})
    body.channels.append(AgencyChannel(kind=ChannelKind.PHONE, value="123", hours="24 jam"))
    db.session.flush()
    return body


def make_official(agency: Agency | None = None, **changes: Any) -> Official:
    number = next(_serial)
    values = {
        "name": f"Petugas {number}",
        "position": "Staf pelayanan",
        "rank": Rank.OFFICIAL,
        "agency_id": (agency or make_agency()).id,
        "active_from": date(2020, 1, 1),
    }
    return _add(Official(**{**values, **changes}))


def make_routing_rule(category: Category, agency: Agency, **changes: Any) -> RoutingRule:
    values = {
        "category_code": category.code,
        "agency_id": agency.id,
        "verifies": True,
        "valid_from": date(2020, 1, 1),
    }
    return _add(RoutingRule(**{**values, **changes}))


def make_filing(category: Category, **changes: Any) -> Filing:
    values = {
        "kind": ReportKind.COMPLAINT,
        "title": "Lampu jalan mati di Jalan Garu III",
        "body": "Sudah empat malam lampu di depan mushala padam dan anak-anak takut lewat.",
        "category_code": category.code,
        "place": "Depan mushala",
    }
    return Filing(**{**values, **changes})


def make_report(category: Category | None = None, *, at: datetime = MONDAY, **changes: Any) -> Report:
    """A report as residents file it: verified at once when its category has an auto-route rule."""
    by = changes.pop("by", None)
    return reports.file_report(make_filing(category or make_category(), **changes), by=by, at=at)


def make_facts(**changes: Any) -> Facts:
    number = next(_serial)
    values = {
        "title": f"Taman kota {number}",
        "story": "Taman ini akan ditata ulang bersama warga.",
        "place": "Jalan Garu III",
        "area_code": None,
        "category_code": changes.pop("category_code", None) or make_category().code,
    }
    return Facts(**{**values, **changes})


def make_project(
    *kinds: PhaseKind, official: Official | None = None, at: datetime = MONDAY, **changes: Any
) -> Project:
    """A public project whose phases of these kinds are all open for a week around `at`."""
    is_public = changes.pop("is_public", True)
    project = projects.found(make_facts(**changes), official=official or make_official(), by=None, at=at)
    for kind in kinds or (PhaseKind.COLLECT,):
        make_phase(project, kind, at=at)
    if is_public:
        projects.publish(project, by=None, at=at)
    db.session.flush()
    return project


def make_phase(project: Project, kind: PhaseKind, *, at: datetime = MONDAY, **changes: Any) -> Phase:
    values = {"opens_on": (at - timedelta(days=7)).date(), "closes_on": (at + timedelta(days=7)).date()}
    return projects.add_phase(project, kind, at=at, **{**values, **changes})


def make_vote(project: Project | None = None, *, at: datetime = MONDAY, **changes: Any) -> Vote:
    """A vote on three choices that is open at `at`, for everybody in the kelurahan of `area`."""
    project = project or make_project(PhaseKind.PRIORITISE, at=at)
    titles = changes.pop("titles", ("Lampu taman", "Bangku", "Lapangan bermain"))
    values = {
        "question": "Apa yang dibangun lebih dahulu?",
        "choices": [voting.Proposal(title=title) for title in titles],
        "areas": [changes.pop("area", None) or make_area()],
    }
    phase = next(one for one in project.phases if one.kind == PhaseKind.PRIORITISE)
    return voting.prepare(project, phase, None, voting.Plan(**{**values, **changes}), at=at)


def make_forum_category(category: Category | None = None, **changes: Any) -> ForumCategory:
    """A forum category whose questions go where reports of `category` go; without one nowhere."""
    number = next(_serial)
    values = {
        "slug": f"tema-{number}",
        "name_id": f"Tema {number}",
        "name_en": f"Theme {number}",
        "category_code": category.code if category else None,
    }
    return _add(ForumCategory(**{**values, **changes}))


def make_thread(
    category: ForumCategory | None = None, *, by: User | None = None, at: datetime = MONDAY, **changes: Any
) -> Thread:
    values = {"title": "Jam angkot pagi", "body": "Angkot 64 jarang lewat sebelum pukul enam."}
    return forum.open_thread(
        category or make_forum_category(), by=by or make_user(), at=at, **{**values, **changes}
    )


def make_post(
    thread: Thread | None = None, *, by: User | None = None, at: datetime = MONDAY, **changes: Any
) -> Post:
    values = {"body": "Betul, saya juga menunggu lama."}
    return forum.reply(thread or make_thread(at=at), by=by or make_user(), at=at, **{**values, **changes})


DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200"><path d="M0 0h300v200z"/></svg>'


def make_plan(
    project: Project | None = None, *, at: datetime = MONDAY, drawing: bytes = DRAWING, **changes: Any
) -> PlanVersion:
    """The first version of a plan, published, of a project whose residents may pin notes at `at`."""
    project = project or make_project(PhaseKind.ANNOTATE, at=at)
    version = plans.draft(project, plans.Sheet(**changes), drawing=BytesIO(drawing), by=None, at=at)
    plans.publish(version, at=at)
    return version


def make_pin(
    version: PlanVersion | None = None, *, by: User | None = None, at: datetime = MONDAY, **changes: Any
) -> Pin:
    """A note in the middle of the drawing."""
    values = {"kind": PinKind.WORRY, "body": "Panggung terlalu dekat ke rumah.", "x": 500, "y": 500}
    note = plans.Note(**{**values, **changes})
    return plans.place(version or make_plan(at=at), note, by=by or make_user(), at=at)


def make_idea(project: Project | None = None, *, at: datetime = MONDAY, **changes: Any) -> Idea:
    """An idea as residents give it."""
    values = {"title": f"Bangku menghadap kolam {next(_serial)}", "body": "Supaya orang tua bisa duduk."}
    by = changes.pop("by", None) or make_user()
    return ideas.give(project or make_project(), by=by, at=at, **{**values, **changes})
