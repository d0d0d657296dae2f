"""One's own work to take along: choose a period, get a table."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

from flask import Response, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from portal import authz, clock, config, htmx, sheets
from portal.desk import exporting, policy
from portal.desk.exporting import COLUMNS, Period
from portal.desk.forms import PeriodForm
from portal.desk.views.blueprint import bp
from portal.organisation import queries as organisation

Rows = Iterator[list[Any]]
MEDIA = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@bp.get("/desk/export")
def export() -> ResponseReturnValue:
    authz.require(policy.may_use_desk(current_user))
    return _page(_form())


@bp.get("/desk/export.csv")
def export_csv() -> ResponseReturnValue:
    return _file("csv", lambda rows: sheets.lines(list(COLUMNS), rows))


@bp.get("/desk/export.json")
def export_json() -> ResponseReturnValue:
    return _file("json", _json)


def _file(ending: str, write: Callable[[Rows], Iterator[str]]) -> ResponseReturnValue:
    authz.require(policy.may_use_desk(current_user))
    form = _form()
    if not form.validate():
        return _page(form, status=422)
    official = organisation.official_of(current_user)
    rows = exporting.rows(official.id, _period(form), at=clock.now()) if official else iter(())
    response = Response(stream_with_context(write(rows)), content_type=MEDIA[ending])
    name = f"tugas-{form.start.data}-{form.end.data}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _json(rows: Rows) -> Iterator[str]:
    """One row a line, behind what the columns mean."""
    meanings = {name: str(meaning) for name, meaning in COLUMNS.items()}
    yield f'{{"columns": {json.dumps(meanings, ensure_ascii=False)},\n"rows": ['
    for place, row in enumerate(rows):
        yield ("," if place else "") + "\n" + json.dumps(dict(zip(COLUMNS, row, strict=True)))
    yield "\n]}\n"


def _form() -> PeriodForm:
    """The period of the address; this month until today where it names none."""
    today = clock.now().astimezone(config.current().zone).date()
    usual = {"start": today.replace(day=1).isoformat(), "end": today.isoformat()}
    return PeriodForm(formdata=MultiDict({**usual, **request.args.to_dict()}))


def _period(form: PeriodForm) -> Period:
    """The chosen days as the city's wall clock has them; both are there, the form was asked."""
    zone = config.current().zone
    first: Any = form.start.data
    last: Any = form.end.data
    return Period(
        datetime.combine(first, time(), zone),
        datetime.combine(last + timedelta(days=1), time(), zone),
    )


def _page(form: PeriodForm, *, status: int = 200) -> ResponseReturnValue:
    return htmx.render(
        "desk/export.html",
        block="main",
        status=status,
        form=form,
        columns=[(name, str(meaning)) for name, meaning in COLUMNS.items()],
    )
