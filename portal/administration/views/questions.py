"""What a category asks of whoever files: add, change, order, retire, and look at it as a resident does."""

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock, htmx
from portal.administration import changes, forms, queries, services
from portal.administration.views.blueprint import bp, found
from portal.categories.models import Category
from portal.categories.questions import labels, rules
from portal.categories.questions import queries as questions
from portal.categories.questions.models import CategoryQuestion
from portal.errors import DomainError
from portal.i18n import _
from portal.reports.filing import asking


@bp.get("/categories/<code>/questions")
def category_questions(code: str) -> ResponseReturnValue:
    category = found(Category, code)
    asked = questions.of(code)
    return render_template(
        "administration/questions.html",
        category=category,
        questions=questions.all_of(code),
        kinds=labels.KIND,
        own=labels.own,
        preview=asking.shown(asking.form(asked), asked),
        photos_wanted=[one for one in asked if one.kind is rules.QuestionKind.PHOTO],
        is_full=len(asked) >= rules.MAX_QUESTIONS,
        limit=rules.MAX_QUESTIONS,
        changes=changes.told(queries.changes(kind="question", key=code)),
    )


@bp.get("/categories/<code>/questions/new")
def new_question(code: str) -> ResponseReturnValue:
    form = forms.Question(formdata=None, kind=rules.QuestionKind.TEXT.value)
    return _page(found(Category, code), None, form)


@bp.post("/categories/<code>/questions/new")
def create_question(code: str) -> ResponseReturnValue:
    return _save(found(Category, code), None)


@bp.get("/categories/<code>/questions/<int:question_id>")
def question(code: str, question_id: int) -> ResponseReturnValue:
    thing = _of(code, question_id)
    return _page(thing.category, thing, forms.Question(formdata=None, data=forms.question_data(thing)))


@bp.post("/categories/<code>/questions/<int:question_id>")
def update_question(code: str, question_id: int) -> ResponseReturnValue:
    thing = _of(code, question_id)
    return _save(thing.category, thing)


@bp.post("/categories/<code>/questions/<int:question_id>/place")
def move_question(code: str, question_id: int) -> ResponseReturnValue:
    thing = _of(code, question_id)
    step = -1 if request.form.get("step") == "earlier" else 1
    services.move_question(thing, step, by=current_user, at=clock.now())
    return _done(code)


@bp.post("/categories/<code>/questions/<int:question_id>/retirement")
def retire_question(code: str, question_id: int) -> ResponseReturnValue:
    services.retire_question(_of(code, question_id), by=current_user, at=clock.now())
    flash(_("Pertanyaan ini tidak diajukan lagi. Jawaban yang sudah ada tetap tersimpan."), "success")
    return _done(code)


@bp.post("/categories/<code>/questions/<int:question_id>/retirement/removal")
def revive_question(code: str, question_id: int) -> ResponseReturnValue:
    try:
        services.revive_question(_of(code, question_id), by=current_user, at=clock.now())
    except DomainError as error:
        flash(str(error), "warn")
    return _done(code)


def _of(code: str, question_id: int) -> CategoryQuestion:
    thing = found(CategoryQuestion, question_id)
    return thing if thing.category_code == code else abort(404)


def _save(category: Category, thing: CategoryQuestion | None) -> ResponseReturnValue:
    form = forms.Question()
    if thing is not None:
        form.kind.data = thing.kind.value  # it stays: answers were given to it
    if form.validate():
        try:
            services.save_question(category, thing, form.question_values, by=current_user, at=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Pertanyaan sudah disimpan."), "success")
            return _done(category.code)
    return _page(category, thing, form, 422)


def _done(code: str) -> ResponseReturnValue:
    return htmx.go(url_for(".category_questions", code=code))


def _page(
    category: Category, thing: CategoryQuestion | None, form: forms.Question, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "administration/question.html", category=category, question=thing, form=form, kinds=labels.KIND
    )
    return page, status
