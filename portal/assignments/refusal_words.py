"""What a refusal rests on, told to the resident: why, whom to ask instead, and what it repeats."""

from typing import Any

from flask import url_for

from portal import config
from portal.assignments import grounds, labels, owners
from portal.assignments.rules import RefusalBasis
from portal.assignments.steps import Link
from portal.i18n import _
from portal.organisation.outside import labels as outside


def basis_note(basis: RefusalBasis | None) -> str:
    """Why something was refused; empty where it was not."""
    return _("Dasar penolakan: %(basis)s.", basis=labels.BASIS[basis]) if basis else ""


def note(refusal: Any) -> str:
    """The basis in a sentence, and that it no longer stands where moderators undid it; takes a response
    or an early refusal."""
    told = basis_note(refusal.basis)
    if told and refusal.overturned_at:
        told = f"{told} {_('Penolakan ini dibatalkan moderator.')}"
    return told


def links(refusal: Any) -> list[Link]:
    """Whom to ask instead, with every channel that can be tapped, or the matter that is the same."""
    if refusal.basis is RefusalBasis.NOT_COMPETENT and refusal.outside_body:
        return _body_links(refusal.outside_body)
    if refusal.basis is RefusalBasis.DUPLICATE and refusal.duplicate_of:
        return [_twin_link(refusal.duplicate_of)]
    return []


def told(refusal: Any) -> dict[str, Any]:
    """The values that letters/_refusal.txt reads; labels stay lazy for the reader's language."""
    body = refusal.outside_body if refusal.basis is RefusalBasis.NOT_COMPETENT else None
    return {
        "basis": labels.BASIS[refusal.basis] if refusal.basis else "",
        "body_name": body.name if body else "",
        "body_url": f"{config.current().public_url}/outside-bodies/{body.code}" if body else "",
        "channels": [(outside.CHANNEL[one.kind], one.value, one.hours) for one in body.channels]
        if body
        else [],
        "duplicate_of": refusal.duplicate_of or "",
    }


def _body_links(body: Any) -> list[Link]:
    directory = Link(label=body.name, url=url_for("outside_bodies.show", code=body.code), icon="building")
    channels = [outside.channel(one) for one in body.channels]
    return [
        directory,
        *(
            Link(label=f"{one.label} {one.value}", url=one.url, icon=one.icon, note=one.note)
            for one in channels
            if one.url
        ),
    ]


def _twin_link(number: str) -> Link:
    """Told without a link once the other matter is no longer public."""
    twin = grounds.twin(number)
    url = url_for(owners.of(twin).endpoint, number=number) if twin else None
    return Link(label=_("Urusan yang sama: %(number)s", number=number), url=url, icon="forward")
