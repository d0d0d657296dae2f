"""Calendars: what they say, their versions, and the next one."""

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock, htmx
from portal.administration import calendar_drafts, changes, forms, queries, services
from portal.administration.calendar_drafts import Changes
from portal.administration.labels import OFF_KIND, STAGE, WEEKDAY
from portal.administration.views.blueprint import bp
from portal.deadlines import queries as deadlines
from portal.deadlines.models import Calendar
from portal.deadlines.rules.calendar import Calendar as OfficeCalendar
from portal.errors import DomainError
from portal.i18n import _
from portal.routing.queries import city_day


@bp.get("/calendars")
def calendars() -> ResponseReturnValue:
    shown = [(calendar, calendar.versions[-1]) for calendar in deadlines.all_calendars() if calendar.versions]
    return render_template(
        "administration/calendars.html",
        calendars=shown,
        warnings=deadlines.horizon_warnings(clock.now()) if shown else [],
    )


@bp.get("/calendars/<key>")
def calendar(key: str) -> ResponseReturnValue:
    thing = _found(key)
    said = OfficeCalendar.from_document(thing.versions[-1].document)
    year = request.args.get("year", type=int) or city_day(clock.now()).year
    years = range(said.covered_from.year, said.covered_to.year + 1)
    return render_template(
        "administration/calendar.html",
        calendar=thing,
        versions=thing.versions[::-1],
        said=said,
        weekdays=list(enumerate(WEEKDAY.values())),
        kinds=OFF_KIND,
        year=year,
        years=[
            {"label": one, "url": url_for(".calendar", key=key, year=one), "current": one == year}
            for one in years
        ],
        holidays=[row for day, row in sorted(said.holidays.items()) if day.year == year],
        changes=changes.told(queries.changes(kind="calendar", key=key)),
    )


@bp.get("/calendars/<key>/new-version")
def new_calendar_version(key: str) -> ResponseReturnValue:
    thing = _found(key)
    form = forms.CalendarVersion(formdata=None)
    form.fill(thing.versions[-1].document)
    _offer(form, thing)
    return _page(form, thing)


@bp.post("/calendars/<key>/new-version")
def create_calendar_version(key: str) -> ResponseReturnValue:
    """Shown first, then saved: the first button shows what would move, the second saves."""
    thing, form = _found(key), forms.CalendarVersion()
    _offer(form, thing)
    form.take_file()
    if not form.validate():
        return _page(form, thing, status=422)
    try:
        document = calendar_drafts.draft(thing.versions[-1].document, **form.wishes)
        if not form.is_final:
            return _page(form, thing, draft=calendar_drafts.changes(thing, document, at=clock.now()))
        version = services.save_calendar(
            thing, document, **form.decree_values, by=current_user, at=clock.now()
        )
    except DomainError as error:
        form.refuse(error)
        return _page(form, thing, status=422)
    flash(
        _(
            "Versi %(number)s berlaku. Tenggat yang masih terbuka sedang dihitung ulang.",
            number=version.number,
        ),
        "success",
    )
    return htmx.go(url_for(".calendar", key=key))


def _found(key: str) -> Calendar:
    named = (thing for thing in deadlines.all_calendars() if thing.key == key and thing.versions)
    return next(named, None) or abort(404)


def _offer(form: forms.CalendarVersion, thing: Calendar) -> None:
    today = city_day(clock.now()).isoformat()
    form.offer([row for row in thing.versions[-1].document["holidays"] if row["on"] >= today])


def _page(
    form: forms.CalendarVersion, thing: Calendar, *, status: int = 200, draft: Changes | None = None
) -> ResponseReturnValue:
    page = render_template(
        "administration/calendar_version.html",
        form=form,
        calendar=thing,
        draft=draft,
        effect=draft.effect if draft else None,
        kinds=OFF_KIND,
        stages=STAGE,
    )
    return page, status
