"""Categories in both languages."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock, htmx
from portal.administration import changes, forms, queries, services
from portal.administration.labels import CLASS
from portal.administration.views.blueprint import bp, found
from portal.categories import queries as category_queries
from portal.categories.models import Category
from portal.errors import DomainError
from portal.i18n import _


@bp.get("/categories")
def categories() -> ResponseReturnValue:
    return render_template(
        "administration/categories.html",
        categories=queries.categories(),
        classes=CLASS,
        group_name=category_queries.group_name,
    )


@bp.get("/categories/new")
def new_category() -> ResponseReturnValue:
    return _page(forms.Category(formdata=None, is_active=True, position=100), None)


@bp.post("/categories/new")
def create_category() -> ResponseReturnValue:
    return _save(None)


@bp.get("/categories/<code>")
def category(code: str) -> ResponseReturnValue:
    thing = found(Category, code)
    return _page(forms.Category(formdata=None, obj=thing), thing)


@bp.post("/categories/<code>")
def update_category(code: str) -> ResponseReturnValue:
    return _save(found(Category, code))


def _save(thing: Category | None) -> ResponseReturnValue:
    form = forms.Category()
    if thing is not None:
        form.code.data = thing.code  # it stays: figures and open data name it
    if not form.validate():
        return _page(form, thing, 422)
    try:
        saved = services.save_category(thing, form.values, by=current_user, at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _page(form, thing, 422)
    flash(_("%(name)s sudah disimpan.", name=saved.name_id), "success")
    return htmx.go(url_for(".category", code=saved.code))


def _page(form: forms.Category, thing: Category | None, status: int = 200) -> ResponseReturnValue:
    history = changes.told(queries.changes(kind="category", key=thing.code)) if thing else []
    page = render_template("administration/category.html", form=form, category=thing, changes=history)
    return page, status
