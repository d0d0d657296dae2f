"""The limits of every stage, in versions; what a version would move is shown before it is saved."""

from typing import Any

from flask import abort, flash, render_template, request, url_for
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
    base = _base()
    form = forms.policy_form(base.document)(formdata=None)
    form.valid_from.data = city_day(clock.now())
    return _page(form, base)


@bp.post("/policies/new")
def create_policy_version() -> ResponseReturnValue:
    """Shown first, then saved: the first button shows what would move, the second saves."""
    base, now = _base(), clock.now()
    form = forms.policy_form(base.document)()
    if not form.validate() or form.valid_from.data is None:
        return _page(form, base, status=422)
    try:
        document = forms.revised_policy(base.document, form)
        _check(form, document, base)
        if not form.is_final:
            shown = previews.of_policy(clocks.read_policy(document), at=now)
            return _page(form, base, effect=effects.told(shown))
        version = services.save_policy(
            document,
            base,
            note=form.note.data or "",
            valid_from=form.valid_from.data,
            by=current_user,
            at=now,
        )
        if form.for_open_matters.data:
            services.apply_policy(version, reason=form.reason.data or "", by=current_user, at=now)
    except DomainError as error:
        form.refuse(error)
        return _page(form, base, status=422)
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


def _base() -> PolicyVersion:
    """What the new numbers start from: the version that the address names, else the one in force; a version
    that is only prepared never gets into today's unseen."""
    number = request.args.get("base", type=int)
    if number is not None:
        return _version(number)
    return deadlines.policy_version(clock.now()) if deadlines.policy_versions() else abort(404)


def _version(number: int) -> PolicyVersion:
    named = (version for version in deadlines.policy_versions() if version.number == number)
    return next(named, None) or abort(404)


def _check(form: forms.PolicyVersion, document: dict[str, Any], base: PolicyVersion) -> None:
    """Everything that could be refused, before anything is written."""
    today, valid_from = city_day(clock.now()), form.valid_from.data
    former = base if valid_from == today else deadlines.policy_versions()[0]
    clocks.check_policy(document, former, valid_from=valid_from, today=today)
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
        for matter, stage, row in forms.policy_rows(document)
    ]


def _page(
    form: forms.PolicyVersion, base: PolicyVersion, *, status: int = 200, effect: Effect | None = None
) -> ResponseReturnValue:
    rows = [
        (
            f"{MATTER[Matter(matter)]} · {STAGE[Stage(stage)]}",
            form.limit_of(matter, stage),
            form.extension_of(matter, stage),
        )
        for matter, stage, _row in forms.policy_rows(base.document)
    ]
    page = render_template(
        "administration/new_policy_version.html",
        form=form,
        rows=rows,
        numbers=[form[name] for name in NUMBER],
        base=base,
        action=url_for(".create_policy_version", base=request.args.get("base", type=int)),
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
