"""Canned answers, looked after by those who lead an agency and by administrators; each with its history."""

from dataclasses import dataclass
from itertools import pairwise, starmap
from typing import Any

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.canned import forms, policy, queries, rules, services
from portal.canned.models import CannedAnswer, CannedAnswerVersion
from portal.canned.rules import STAYED, Piece
from portal.desk import policy as desk
from portal.desk.views.blueprint import bp
from portal.errors import DomainError
from portal.forms import choices
from portal.i18n import _, _l
from portal.organisation import queries as organisation
from portal.routing.queries import city_day

PLACEHOLDERS = {  # what each says, for those who write
    "nomor": _l("nomor laporan"),
    "judul": _l("judul laporan"),
    "wilayah": _l("kelurahan atau kecamatannya"),
    "dinas": _l("nama dinas penanggung jawab"),
    "petugas": _l("nama petugas yang menjawab"),
    "tenggat": _l("jatuh tempo penyelesaian"),
    "nama": _l("sapaan Bapak/Ibu; nama pelapor tidak pernah ikut terbit"),
}


@dataclass(frozen=True)
class Chapter:
    """One version in the history: who wrote it, and what became different."""

    version: CannedAnswerVersion
    title: list[Piece]
    body: list[Piece]
    note: str | None


@bp.get("/team/canned-answers")
def canned_list() -> ResponseReturnValue:
    authz.require(policy.may_write(current_user))
    own = _own_agency_id()
    return htmx.render(
        "desk/canned/index.html",
        block="main",
        rows=queries.looked_after(own, all_of_them=policy.may_write_for_all(current_user)),
        own_agency_id=own,
        may_use_desk=desk.may_use_desk(current_user),
        may_change=lambda row: policy.may_change(current_user, row.agency_id, own),
    )


@bp.get("/team/canned-answers/new")
def new_canned() -> ResponseReturnValue:
    authz.require(policy.may_write(current_user))
    return _page(None, _filled(forms.NewCannedAnswerForm(formdata=None)))


@bp.post("/team/canned-answers")
def create_canned() -> ResponseReturnValue:
    authz.require(policy.may_write(current_user))
    form = _filled(forms.NewCannedAnswerForm())
    if form.validate():
        authz.require(policy.may_change(current_user, form.agency.data, _own_agency_id()))
        try:
            canned = services.write(
                form.title.data or "",
                form.body.data or "",
                agency_id=form.agency.data,
                by=current_user,
                at=clock.now(),
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return _saved(canned)
    return _page(None, form, status=422)


@bp.get("/team/canned-answers/<int:canned_id>")
def canned(canned_id: int) -> ResponseReturnValue:
    thing = _changeable(canned_id)
    newest = thing.newest
    return _page(thing, forms.CannedAnswerForm(formdata=None, title=newest.title, body=newest.body))


@bp.post("/team/canned-answers/<int:canned_id>")
def update_canned(canned_id: int) -> ResponseReturnValue:
    thing = _changeable(canned_id)
    form = forms.CannedAnswerForm()
    if form.validate():
        try:
            services.rewrite(
                thing, form.title.data or "", form.body.data or "", by=current_user, at=clock.now()
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return _saved(thing)
    return _page(thing, form, status=422)


@bp.post("/team/canned-answers/<int:canned_id>/retirement")
def retire_canned(canned_id: int) -> ResponseReturnValue:
    """Offer it no longer; asked again, offer it again."""
    thing = _changeable(canned_id)
    change = services.bring_back if thing.retired_at else services.retire
    change(thing, by=current_user, at=clock.now())
    return _saved(thing)


def _changeable(canned_id: int) -> CannedAnswer:
    authz.require(policy.may_write(current_user))
    thing = queries.with_history_or_404(canned_id)
    authz.require(policy.may_change(current_user, thing.agency_id, _own_agency_id()))
    return thing


def _own_agency_id() -> int | None:
    me = organisation.official_of(current_user)
    return me.agency_id if me else None


def _filled(form: forms.NewCannedAnswerForm) -> forms.NewCannedAnswerForm:
    """Whom it can be for: the own agency; for administrators the whole city and every agency."""
    own, for_all = _own_agency_id(), policy.may_write_for_all(current_user)
    agencies = organisation.receivers(city_day(clock.now()))
    offered: list[tuple[Any, Any]] = [(forms.WHOLE_CITY, _("Seluruh kota"))] if for_all else []
    offered += [(str(one.id), one.name) for one in agencies if for_all or one.id == own]
    form.agency.choices = choices(offered)
    return form


def _saved(thing: CannedAnswer) -> ResponseReturnValue:
    flash(_("%(title)s sudah disimpan.", title=thing.newest.title), "success")
    return htmx.go(url_for("desk.canned_list"))


def _page(thing: CannedAnswer | None, form: Any, *, status: int = 200) -> ResponseReturnValue:
    return htmx.render(
        "desk/canned/edit.html",
        block="main",
        status=status,
        canned=thing,
        form=form,
        chapters=_chapters(thing) if thing else [],
        placeholders=[(f"{{{name}}}", meaning) for name, meaning in PLACEHOLDERS.items()],
        body_limit=rules.BODY_LENGTH,
    )


def _chapters(thing: CannedAnswer) -> list[Chapter]:
    """Every version, the newest first, each told against the one before."""
    told = [_chapter(None, thing.versions[0]), *starmap(_chapter, pairwise(thing.versions))]
    return told[::-1]


def _chapter(former: CannedAnswerVersion | None, version: CannedAnswerVersion) -> Chapter:
    if former is None:
        return Chapter(version, [Piece(version.title, STAYED)], [Piece(version.body, STAYED)], None)
    return Chapter(
        version,
        title=rules.differences(former.title, version.title),
        body=rules.differences(former.body, version.body),
        note=_fate(former.is_retired, version.is_retired),
    )


def _fate(was_retired: bool, is_retired: bool) -> str | None:
    if was_retired == is_retired:
        return None
    return _("Sejak saat ini tidak ditawarkan lagi.") if is_retired else _("Sejak saat ini ditawarkan lagi.")
