"""Whose it is: passed on, declined, or taken over by somebody else."""

from collections.abc import Callable, Iterator

from portal.assignments.models import Response
from portal.assignments.standing.known import Known, Standing, joined
from portal.deadlines.presentation import amount_text
from portal.deadlines.rules.stages import Matter, Stage
from portal.i18n import _, format_date
from portal.ledger.models import Event


def holder(known: Known) -> Iterator[Standing]:
    """How the present holder came to it, where it was not given to them at first."""
    event = known.last(*CHANGES)
    if event is not None and (sentences := CHANGES[event.kind](known, event)):
        yield joined(sentences)


def returned(known: Known) -> Iterator[Standing]:
    """It lies with the moderators, who decide whose it is."""
    event = known.last("declined", "returned")
    if event is None:
        return
    passed = _passed(known, event)
    words = {"agency": (passed or known.assignment).agency.name, "day": format_date(event.at)}
    told = (
        _("Pada %(day)s %(agency)s menolak pengalihan ini.", **words)
        if event.kind == "declined"
        else _("Pada %(day)s %(agency)s mengembalikannya kepada moderator.", **words)
    )
    reason = known.reason(passed.body) if passed else ""
    runs_on = _("Waktu penyelesaian berjalan terus.")
    yield joined([told, reason, _decided_within(known), runs_on], "warn")


def _decided_within(known: Known) -> str:
    limit = known.policy.limit(Matter.DECLINED_TRANSFER, Stage.VERIFY) if known.policy else None
    if limit is None:
        return _("Moderator menentukan siapa yang menanganinya.")
    return _(
        "Moderator menentukan siapa yang menanganinya dalam %(amount)s.",
        amount=amount_text(limit.amount, limit.unit),
    )


def _transferred(known: Known, event: Event) -> list[str]:
    passed = _passed(known, event)
    if passed is None or passed.to_agency is None:
        return []
    told = _(
        "Pada %(day)s %(giver)s mengalihkannya kepada %(receiver)s.",
        day=format_date(event.at),
        giver=passed.agency.name,
        receiver=passed.to_agency.name,
    )
    return [told, known.reason(passed.body), _runs_on(known, event)]


def _redisposed(known: Known, event: Event) -> list[str]:
    told = _(
        "Pada %(day)s moderator memutuskan bahwa %(agency)s yang menanganinya.",
        day=format_date(event.at),
        agency=known.assignment.agency.name,
    )
    return [told, _runs_on(known, event)]


def _reassigned(known: Known, event: Event) -> list[str]:
    told = _(
        "Sejak %(day)s ditangani %(who)s, yang ditunjuk atasannya.",
        day=format_date(event.at),
        who=known.holder,
    )
    return [told, _stays()]


def _handed_over(known: Known, event: Event) -> list[str]:
    told = _(
        "Petugasnya sedang cuti. Sejak %(day)s digantikan %(who)s.",
        day=format_date(event.at),
        who=known.holder,
    )
    return [told, _stays()]


def _handed_back(known: Known, event: Event) -> list[str]:
    told = _(
        "Cuti petugasnya sudah selesai. Sejak %(day)s kembali ditangani %(who)s.",
        day=format_date(event.at),
        who=known.holder,
    )
    return [told, _stays()]


def _runs_on(known: Known, event: Event) -> str:
    """The time to respond begins anew where nobody had responded yet; the total never does."""
    begun = [clock.reckoning.origin_at for clock in known.clocks if clock.stage is Stage.RESPOND]
    if event.at in begun:
        return _("Waktu tanggapan dihitung dari awal, waktu penyelesaian berjalan terus.")
    return _stays()


def _stays() -> str:
    return _("Tenggatnya tidak berubah.")


CHANGES: dict[str, Callable[[Known, Event], list[str]]] = {
    "transferred": _transferred,
    "redisposed": _redisposed,
    "reassigned": _reassigned,
    "handed_over": _handed_over,
    "handed_back": _handed_back,
}


def _passed(known: Known, event: Event) -> Response | None:
    return next((one for one in known.passes if one.id == event.details.get("response")), None)
