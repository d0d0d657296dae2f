"""The limits of every stage, in versions."""

from typing import Any

from flask import abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock, htmx
from portal.administration import changes, forms, queries, services
from portal.administration.labels import MATTER, NUMBER, STAGE
from portal.administration.views.blueprint import bp
from portal.deadlines import queries as deadlines
from portal.deadlines.models import PolicyVersion
from portal.deadlines.rules import policy
from portal.deadlines.rules.stages import Matter, Stage
from portal.errors import DomainError
from portal.i18n import _, language


@bp.get("/policies")
def policies() -> ResponseReturnValue:
    versions = deadlines.policy_versions()
    document = versions[0].document if versions else None
    return render_template(
        "administration/policies.html",
        versions=versions,
        limits=_limits(document) if document else [],
        numbers=[(label, policy.number(document, name)) for name, label in NUMBER.items()]
        if document
        else [],
        changes=changes.told(queries.changes(kind="policy")),
    )


@bp.get("/policies/new")
def new_policy_version() -> ResponseReturnValue:
    newest = _newest()
    return _page(forms.policy_form(newest.document)(formdata=None), newest)


@bp.post("/policies/new")
def create_policy_version() -> ResponseReturnValue:
    newest = _newest()
    form = forms.policy_form(newest.document)()
    if not form.validate():
        return _page(form, newest, 422)
    try:
        version = services.save_policy(
            forms.revised_policy(newest.document, form),
            newest,
            note=form.note.data or "",
            for_open_matters=form.for_open_matters.data,
            by=current_user,
            at=clock.now(),
        )
    except DomainError as error:
        form.refuse(error)
        return _page(form, newest, 422)
    flash(_("Versi %(number)s berlaku.", number=version.number), "success")
    return htmx.go(url_for(".policies"))


def _newest() -> PolicyVersion:
    versions = deadlines.policy_versions()
    return versions[0] if versions else abort(404)


def _limits(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any], str]]:
    """Rows of the table: matter, stage, the limit, and its legal basis in the page's language."""
    return [
        (MATTER[Matter(matter)], STAGE[Stage(stage)], row, row["basis"].get(language(), row["basis"]["id"]))
        for matter, stages in document["matters"].items()
        for stage, row in stages.items()
    ]


def _page(form: forms.PolicyVersion, newest: PolicyVersion, status: int = 200) -> ResponseReturnValue:
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
        "administration/policy_version.html",
        form=form,
        rows=rows,
        numbers=[form[name] for name in NUMBER],
        newest=newest,
    )
    return page, status
