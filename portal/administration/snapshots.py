"""What a thing says at a moment, in words: names instead of ids, and no secrets."""

from typing import Any

from portal.accounts import queries as accounts
from portal.categories.models import Category
from portal.categories.questions.models import CategoryQuestion
from portal.db import db
from portal.open311.models import Open311Client
from portal.organisation.models import Agency, Official, StandingSubstitute
from portal.places.models import Area
from portal.routing.models import RoutingRule

Snapshot = dict[str, Any]


def agency(thing: Agency) -> Snapshot:
    return {
        "code": thing.code,
        "name": thing.name,
        "kind": thing.kind,
        "valid_from": thing.valid_from.isoformat(),
        "valid_to": thing.valid_to.isoformat() if thing.valid_to else None,
        "successor": thing.successor.name if thing.successor else None,
        "calendar": thing.calendar_key,
        "is_external": thing.is_external,
        "needs_approval": thing.needs_approval,
        "records_for_others": thing.records_for_others,
        "contact": thing.contact,
    }


def outside_body(thing: Agency) -> Snapshot:
    checked_on = thing.channels_checked_on
    return {
        "covers": thing.covers,
        "neighbouring_region": thing.neighbouring_region,
        "categories": _category_names([row.category_code for row in thing.category_rows]),
        "channels": [
            " · ".join(filter(None, (one.kind, one.value, one.hours, one.note))) for one in thing.channels
        ],
        "checked_on": checked_on.isoformat() if checked_on else None,
    }


def official(thing: Official) -> Snapshot:
    user = accounts.user_by_id(thing.user_id) if thing.user_id is not None else None
    return {
        "name": thing.name,
        "employee_number": thing.employee_number,
        "email": thing.email,
        "position": thing.position,
        "rank": thing.rank,
        "agency": thing.agency.name,
        "supervisor": thing.supervisor.name if thing.supervisor else None,
        "areas": _area_names(row.area_code for row in thing.area_rows),
        "active_from": thing.active_from.isoformat(),
        "active_to": thing.active_to.isoformat() if thing.active_to else None,
        "account": user.email if user else None,
        "roles": sorted(user.roles) if user else [],
    }


def substitutes(thing: Official) -> Snapshot:
    """One text, because their order matters."""
    rows = db.session.scalars(
        db.select(Official.name)
        .join(StandingSubstitute, StandingSubstitute.substitute_id == Official.id)
        .where(StandingSubstitute.official_id == thing.id)
        .order_by(StandingSubstitute.position)
    )
    return {"substitutes": "; ".join(rows) or None}


def category(thing: Category) -> Snapshot:
    return {
        "name_id": thing.name_id,
        "name_en": thing.name_en,
        "description_id": thing.description_id,
        "description_en": thing.description_en,
        "group": thing.group,
        "category_class": thing.category_class,
        "order": thing.position,
        "similar_radius_m": thing.similar_radius_m,
        "is_active": thing.is_active,
    }


def question(thing: CategoryQuestion) -> Snapshot:
    return {
        "answer_kind": thing.kind.value,
        "label_id": thing.label_id,
        "label_en": thing.label_en,
        "hint_id": thing.hint_id,
        "hint_en": thing.hint_en,
        "is_required": thing.is_required,
        "choices": [" | ".join(pair) for pair in thing.choices],
        "minimum": thing.minimum,
        "maximum": thing.maximum,
        "unit_id": thing.unit_id,
        "unit_en": thing.unit_en,
        "order": thing.position,
        "is_asked": thing.retired_at is None,
    }


def rule(thing: RoutingRule) -> Snapshot:
    category = db.session.get(Category, thing.category_code) if thing.category_code else None
    area = db.session.get(Area, thing.area_code) if thing.area_code else None
    agency = db.session.get_one(Agency, thing.agency_id)
    return {
        "category": category.name_id if category else None,
        "area": area.name if area else None,
        "agency": agency.name,
        "pool": _official_names([member.official_id for member in thing.pool]),
        "priority": thing.priority,
        "verifies": thing.verifies,
        "valid_from": thing.valid_from.isoformat(),
        "valid_to": thing.valid_to.isoformat() if thing.valid_to else None,
        "note": thing.note,
    }


def open311_client(thing: Open311Client) -> Snapshot:
    """Of the key only the beginning of its digest: whether it is another one."""
    return {
        "name": thing.name,
        "contact": thing.contact,
        "hourly_limit": thing.hourly_limit,
        "daily_limit": thing.daily_limit,
        "may_file": thing.is_active,
        "key": thing.key_digest[:8] if thing.key_digest else None,
    }


def _area_names(codes: Any) -> list[str]:
    return list(
        db.session.scalars(db.select(Area.name).where(Area.code.in_(list(codes))).order_by(Area.code))
    )


def _category_names(codes: list[str]) -> list[str]:
    rows = db.select(Category.name_id).where(Category.code.in_(codes)).order_by(Category.name_id)
    return list(db.session.scalars(rows))


def _official_names(ids: list[int]) -> list[str]:
    return list(
        db.session.scalars(db.select(Official.name).where(Official.id.in_(ids)).order_by(Official.name))
    )
