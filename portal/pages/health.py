"""Is the process alive, and can the portal serve? For monitors, in JSON."""

from datetime import datetime, timedelta

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from portal import clock, migrations
from portal.db import db
from portal.deadlines import queries as deadlines
from portal.jobs import queries as jobs

bp = Blueprint("health", __name__)

HEARTBEAT_WITHIN = timedelta(minutes=3)  # a runner begins each minute
WORK_WAITS_AT_MOST = timedelta(minutes=10)


@bp.get("/healthz")
def alive() -> ResponseReturnValue:
    return jsonify(status="alive")


@bp.get("/readyz")
def ready() -> ResponseReturnValue:
    """200 as long as the portal can serve, with warnings of what somebody should look at; else 503."""
    at = clock.now()
    try:
        if fault := _migration_fault():
            return jsonify(status="unavailable", faults=[fault]), 503
        warnings = [*_job_warnings(at), *_calendar_warnings(at)]
    except SQLAlchemyError:
        db.session.rollback()
        return jsonify(status="unavailable", faults=["the database cannot be reached"]), 503
    return jsonify(status="ready", warnings=warnings)


def _migration_fault() -> str | None:
    present, newest = migrations.present(), migrations.newest()
    if present == newest:
        return None
    return f"the database is at migration {present}, the portal needs {newest}"


def _job_warnings(at: datetime) -> list[str]:
    warnings = []
    beat = jobs.heartbeat_at()
    if beat is None or at - beat > HEARTBEAT_WITHIN:
        warnings.append(f"no job runner is at work; last seen: {_told(beat)}")
    oldest = jobs.oldest_due_at(at)
    if oldest and at - oldest > WORK_WAITS_AT_MOST:
        warnings.append(f"jobs wait since {_told(oldest)}")
    if count := jobs.dead_count():
        warnings.append(f"{count} jobs were given up; an administrator can try them again")
    return warnings


def _calendar_warnings(at: datetime) -> list[str]:
    return [
        f"the calendar {warning.key} ends on {warning.covered_to}; import the next year"
        for warning in deadlines.horizon_warnings(at)
    ]


def _told(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else "never"
