"""Who helps faster than a report: said as soon as the words speak of it, and never in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal import config, words
from portal.categories import queries as categories
from portal.i18n import _l
from portal.organisation.models import Agency
from portal.organisation.outside import labels as outside_labels
from portal.organisation.outside import queries as outside
from portal.organisation.outside.labels import Body
from portal.reports.filing import urgency
from portal.reports.filing.urgency import Danger
from portal.routing import queries as routing

POLICE = "POLRI"  # codes of the directory; a city without them shows its emergency number alone
POWER = "PLN"
ALONGSIDE = {Danger.VIOLENCE: POLICE, Danger.WIRE: POWER}
SAFETY = {
    Danger.FIRE: _l("Keluar dari bangunan, dan jangan kembali ke dalam."),
    Danger.VIOLENCE: _l("Jauhi tempatnya, dan jangan melerai sendiri."),
    Danger.MEDICAL: _l("Petugas di telepon memandu pertolongan pertama sampai ambulans tiba."),
    Danger.WATER: _l("Cari tempat tinggi, dan jangan masuk ke arus."),
    Danger.GAS: _l("Buka pintu dan jendela, dan jangan menyalakan api atau sakelar."),
    Danger.WIRE: _l("Jauhi kabel dan genangan di dekatnya, dan jangan menyentuh siapa pun yang tersetrum."),
    Danger.COLLAPSE: _l("Menjauh, dan beri tahu petugas siapa saja yang mungkin masih di dalam."),
    Danger.MIND: _l("Temani orangnya, dan jangan tinggalkan sendirian."),
}
ENOUGH_WORDS = 2  # one word alone, like "air", says too little about whose it is


@dataclass(frozen=True)
class Advice:
    """`number` is the emergency number, empty where nothing is urgent; `bodies` are who else answers."""

    number: str
    safety: str
    bodies: list[Body]


def of(text: str, at: datetime) -> Advice | None:
    """What to say first about a text; None for nearly every one."""
    dangers = urgency.dangers(text)
    bodies = _bodies(text, dangers, at)
    if not dangers and not bodies:
        return None
    return Advice(
        number=config.current().emergency_number if dangers else "",
        safety=str(SAFETY[dangers[0]]) if dangers else "",
        bodies=[outside_labels.told(one) for one in bodies],
    )


def _bodies(text: str, dangers: Sequence[Danger], at: datetime) -> Sequence[Agency]:
    """With danger only who helps in it; else whoever answers for what the words speak of most."""
    if dangers:
        codes = [ALONGSIDE[danger] for danger in dangers if danger in ALONGSIDE]
        return [body for code in codes if (body := outside.by_code(code)) is not None]
    offered = {one.code for one in routing.offered_categories(at)}
    guesses = categories.suggest(text, among=offered)
    if guesses and (bodies := routing.outside_bodies(guesses[0].code, at)):
        return bodies
    return [] if guesses else _spoken_of(text, at)


def _spoken_of(text: str, at: datetime) -> Sequence[Agency]:
    """Who says in the directory that they answer for just that; asked where no category of the city fits."""
    said = set(words.tokens(text))
    if len(said) < ENOUGH_WORDS:
        return []
    return [body for body in outside.listed(routing.city_day(at)) if _covers(body.covers, said)][:1]


def _covers(covers: str, said: set[str]) -> bool:
    phrases = [set(words.tokens(phrase)) for phrase in covers.split(",")]
    return any(phrase and phrase <= said for phrase in phrases)
