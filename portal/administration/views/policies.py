"""The limits of every stage, in versions; what a version would move is shown before it is saved."""

from typing import Any

from flask import abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock, htmx
from portal.administration import changes, effects, forms, queries, services
from portal.administration.effects import Effect
from portal.administration.labels import MATTER, NUMBER, STAGE
from portal.administration.views.blueprint import bp
from portal.deadlines import queries as deadlines
from portal.deadlines import services as clocks
from portal.deadlines.models import PolicyVersion
from portal.deadlines.rules import policy
from portal.deadlines.rules.stages import Matter, Stage
from portal.deadlines.services import previews
from portal.errors import DomainError
from portal.i18n import _, language
from portal.routing.queries import city_day


@bp.get("/policies")
def policies() -> ResponseReturnValue:
    versions = deadlines.policy_versions()
    now = clock.now()
    in_force = deadlines.policy_version(now) if versions else None
    return render_template(
        "administration/policies.html",
        versions=versions,
        in_force=in_force,
        today=city_day(now),
        **(_numbers_of(in_force) if in_force else {}),
        changes=changes.told(queries.changes(kind="policy")),
    )


@bp.get("/policies/new")
def new_policy_version() -> ResponseReturnValue:
    newest = _newest()
    form = forms.policy_form(newest.document)(formdata=None)
    form.valid_from.data = city_day(clock.now())
    return _page(form, newest)


@bp.post("/policies/new")
def create_policy_version() -> ResponseReturnValue:
    """Shown first, then saved: the first button shows what would move, the second saves."""
    newest, now = _newest(), clock.now()
    form = forms.policy_form(newest.document)()
    if not form.validate() or form.valid_from.data is None:
        return _page(form, newest, status=422)
    try:
        document = forms.revised_policy(newest.document, form)
        _check(form, document, newest)
        if not form.is_final:
            shown = previews.of_policy(clocks.read_policy(document), at=now)
            return _page(form, newest, effect=effects.told(shown))
        version = services.save_policy(
            document,
            newest,
            note=form.note.data or "",
            valid_from=form.valid_from.data,
            by=current_user,
            at=now,
        )
        if form.for_open_matters.data:
            services.apply_policy(version, reason=form.reason.data or "", by=current_user, at=now)
    except DomainError as error:
        form.refuse(error)
        return _page(form, newest, status=422)
    flash(_("Versi %(number)s disimpan.", number=version.number), "success")
    return htmx.go(url_for(".policies"))


@bp.get("/policies/<int:number>")
def policy_version(number: int) -> ResponseReturnValue:
    return _version_page(_version(number), forms.PolicyApplication(formdata=None))


@bp.post("/policies/<int:number>/applications")
def create_policy_application(number: int) -> ResponseReturnValue:
    """Open matters follow this version: what would move is shown first, then it is done."""
    version, form, now = _version(number), forms.PolicyApplication(), clock.now()
    if not form.validate():
        return _version_page(version, form, status=422)
    try:
        reason = form.reason.data or ""
        clocks.check_application(version.valid_from, reason=reason, today=city_day(now))
        if not form.is_final:
            shown = previews.of_policy_version(version.id, at=now)
            return _version_page(version, form, effect=effects.told(shown))
        services.apply_policy(version, reason=reason, by=current_user, at=now)
    except DomainError as error:
        form.refuse(error)
        return _version_page(version, form, status=422)
    flash(_("Versi %(number)s sedang diterapkan pada yang masih terbuka.", number=number), "success")
    return htmx.go(url_for(".policy_version", number=number))


def _newest() -> PolicyVersion:
    versions = deadlines.policy_versions()
    return versions[0] if versions else abort(404)


def _version(number: int) -> PolicyVersion:
    named = (version for version in deadlines.policy_versions() if version.number == number)
    return next(named, None) or abort(404)


def _check(form: forms.PolicyVersion, document: dict[str, Any], newest: PolicyVersion) -> None:
    """Everything that could be refused, before anything is written."""
    today, valid_from = city_day(clock.now()), form.valid_from.data
    clocks.check_policy(document, newest, valid_from=valid_from, today=today)
    if form.for_open_matters.data:
        clocks.check_application(valid_from, reason=form.reason.data or "", today=today)


def _numbers_of(version: PolicyVersion) -> dict[str, Any]:
    document = version.document
    return {
        "limits": _limits(document),
        "numbers": [(label, policy.number(document, name)) for name, label in NUMBER.items()],
    }


def _limits(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any], str]]:
    """Rows of the table: matter, stage, the limit, and its legal basis in the page's language."""
    return [
        (MATTER[Matter(matter)], STAGE[Stage(stage)], row, row["basis"].get(language(), row["basis"]["id"]))
        for matter, stages in document["matters"].items()
        for stage, row in stages.items()
    ]


def _page(
    form: forms.PolicyVersion, newest: PolicyVersion, *, status: int = 200, effect: Effect | None = None
) -> ResponseReturnValue:
    rows = [
        (
            f"{MATTER[Matter(matter)]} · {STAGE[Stage(stage)]}",
            form.limit_of(matter, stage),
            form.extension_of(matter, stage),
        )
        for matter, stages in newest.document["matters"].items()
        for stage in stages
    ]
    page = render_template(
        "administration/new_policy_version.html",
        form=form,
        rows=rows,
        numbers=[form[name] for name in NUMBER],
        newest=newest,
        effect=effect,
        stages=STAGE,
    )
    return page, status


def _version_page(
    version: PolicyVersion,
    form: forms.PolicyApplication,
    *,
    status: int = 200,
    effect: Effect | None = None,
) -> ResponseReturnValue:
    today = city_day(clock.now())
    page = render_template(
        "administration/policy_version.html",
        version=version,
        form=form,
        is_coming=version.valid_from is not None and version.valid_from > today,
        applications=deadlines.policy_applications(version),
        effect=effect,
        stages=STAGE,
        **_numbers_of(version),
    )
    return page, status
