"""Categories, as moderators and administrators arrange them."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import authz, clock, htmx
from portal.errors import DomainError
from portal.forum import forms, labels, pages, policy, queries, services
from portal.forum.models import ForumCategory
from portal.forum.views.blueprint import bp
from portal.i18n import _
from portal.routing import queries as routing

FIRST_FREE = 100  # behind all that were arranged so far


@bp.get("/arrangement")
@login_required
def arrangement() -> ResponseReturnValue:
    authz.require(policy.may_arrange(current_user))
    return render_template(
        "forum/arrangement.html",
        categories=queries.categories(closed_too=True),
        unrouted_url=url_for(".unrouted") if policy.may_moderate(current_user) else None,
    )


@bp.get("/arrangement/new")
@login_required
def new_category() -> ResponseReturnValue:
    return _page(None, _form(None, formdata=None, data={"is_active": True, "position": FIRST_FREE}))


@bp.post("/arrangement/new")
@login_required
def create_category() -> ResponseReturnValue:
    return _save(None, _form(None))


@bp.get("/arrangement/<slug>")
@login_required
def edit_category(slug: str) -> ResponseReturnValue:
    found = queries.category_or_404(slug)
    return _page(found, _form(found, formdata=None, obj=found))


@bp.post("/arrangement/<slug>")
@login_required
def update_category(slug: str) -> ResponseReturnValue:
    found = queries.category_or_404(slug)
    return _save(found, _form(found))


def _form(category: ForumCategory | None, **given: object) -> forms.CategoryForm:
    authz.require(policy.may_arrange(current_user))
    form = forms.CategoryForm(**given)
    offered = routing.offered_categories(clock.now())
    form.category_code.choices = [
        ("", _("Tidak disalurkan, moderator memilih dinasnya")),
        *((one.code, labels.category_name(one)) for one in offered),
    ]
    form.area_code.choices = pages.area_choices(_("Seluruh kota"))
    if category is not None:
        form.slug.data = category.slug  # links and feeds name it
    return form


def _save(category: ForumCategory | None, form: forms.CategoryForm) -> ResponseReturnValue:
    if not form.validate():
        return _page(category, form, 422)
    try:
        saved = services.save_category(category, **form.values, at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _page(category, form, 422)
    flash(_("%(name)s sudah disimpan.", name=labels.category_name(saved)), "success")
    return htmx.go(url_for(".arrangement"))


def _page(category: ForumCategory | None, form: forms.CategoryForm, status: int = 200) -> ResponseReturnValue:
    return render_template("forum/category_form.html", form=form, category=category), status
