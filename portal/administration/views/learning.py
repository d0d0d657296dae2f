"""What suggestions follow: the versions learned from the city's history, and the keywords."""

from dataclasses import dataclass

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock, htmx
from portal.administration import changes, queries, services
from portal.administration.labels import WAY
from portal.administration.views.blueprint import bp, found
from portal.i18n import _, format_percent
from portal.organisation import queries as organisation
from portal.reports import lessons
from portal.routing.learning import queries as learning
from portal.routing.learning import speaking
from portal.routing.learning.evaluation import Figures
from portal.routing.learning.models import RoutingModel
from portal.routing.learning.speaking import Speaker
from portal.routing.learning.training import POOL, Learned
from portal.routing.queries import city_day
from portal.statistics.rules.intervals import wilson

WORDS_SHOWN = 12


@dataclass(frozen=True)
class Spoken:
    """An agency, how many of its reports were learned from, and the words that speak for it most."""

    name: str
    report_count: int
    speakers: list[Speaker]


@bp.get("/suggestions")
def suggestions() -> ResponseReturnValue:
    return render_template(
        "administration/suggestions.html",
        versions=learning.versions(),
        in_use=learning.in_use(),
        changes=changes.told(queries.changes(kind="routing_model")),
    )


@bp.post("/suggestions/learning")
def learn_suggestions() -> ResponseReturnValue:
    lessons.ask(by=current_user, at=clock.now())
    flash(_("Riwayat kota sedang dipelajari. Versi baru muncul di sini dalam beberapa menit."), "success")
    return htmx.go(url_for(".suggestions"))


@bp.get("/suggestions/<int:model_id>")
def suggestion_version(model_id: int) -> ResponseReturnValue:
    model = found(RoutingModel, model_id)
    figures = {name: Figures.read(document) for name, document in model.figures.items()}
    return render_template(
        "administration/suggestion_version.html",
        model=model,
        in_use=learning.in_use(),
        held_out=_table(figures["held_out"]),
        held=figures["held_out"],
        phrases=_table(figures["phrases"]),
        phrase_count=figures["phrases"].groups,
        spoken=_spoken(Learned.read(model.document)),
    )


@bp.post("/suggestions/<int:model_id>/choice")
def choose_suggestions(model_id: int) -> ResponseReturnValue:
    services.choose_suggestions(found(RoutingModel, model_id), by=current_user, at=clock.now())
    flash(_("Saran sekarang mengikuti versi %(number)s.", number=model_id), "success")
    return htmx.go(url_for(".suggestions"))


@bp.post("/suggestions/keywords")
def choose_keywords() -> ResponseReturnValue:
    services.choose_suggestions(None, by=current_user, at=clock.now())
    flash(_("Saran sekarang mengikuti kata kunci bawaan saja."), "success")
    return htmx.go(url_for(".suggestions"))


def _table(figures: Figures) -> list[tuple[str, str, str]]:
    """Way, share with the right agency first, share with it among the first three; with intervals."""
    return [
        (str(label), _share(right.first, figures.groups), _share(right.among_three, figures.groups))
        for name, label in WAY.items()
        if (right := figures.ways[name])
    ]


def _share(count: int, of: int) -> str:
    interval = wilson(count, of)
    if interval is None:
        return _("tidak ada")
    return _(
        "%(share)s (%(lower)s sampai %(upper)s)",
        share=_percent(count / of),
        lower=_percent(interval.lower),
        upper=_percent(interval.upper),
    )


def _percent(share: float) -> str:
    """With a space that does not break: three of them stand in one narrow cell."""
    return format_percent(share, 1).replace(" ", "\N{NO-BREAK SPACE}")


def _spoken(learned: Learned) -> list[Spoken]:
    """Every agency that was learned, those with the most reports first."""
    names = {one.code: one.name for one in organisation.receivers(city_day(clock.now()))}
    names[f"{POOL}kecamatan"] = _("Kecamatan, menurut wilayahnya")
    by_count = sorted(learned.agencies.reports.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        Spoken(
            names.get(label, label),
            count,
            speaking.loudest(learned.agencies, learned.written, label, limit=WORDS_SHOWN),
        )
        for label, count in by_count
    ]
