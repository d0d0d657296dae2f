"""Do the words that somebody types speak of a danger that cannot wait for office hours?

A telephone number is shown for it and nothing is kept from anybody, so a number too many costs little, one
that is missing may cost a life. Words that mean danger only at this moment ("terbakar", "tenggelam") count
when the text says that it is happening, or does not say that it is over.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from portal import words


class Danger(StrEnum):
    FIRE = "fire"
    VIOLENCE = "violence"
    MEDICAL = "medical"
    WATER = "water"
    GAS = "gas"
    WIRE = "wire"  # a live electric line within reach
    COLLAPSE = "collapse"
    MIND = "mind"  # somebody may end their life


PHRASES: dict[Danger, tuple[str, ...]] = {
    Danger.FIRE: (
        *("kebakaran", "kebakar", "terbakar", "api membesar", "api besar", "api menjalar", "asap tebal"),
        *("si jago merah", "on fire", "house fire", "fire is spreading", "burning down"),
    ),
    Danger.VIOLENCE: (
        *("tawuran", "dibacok", "membacok", "ditusuk", "ditikam", "penikaman", "perampokan", "dirampok"),
        *("begal", "dibegal", "dikeroyok", "pengeroyokan", "dipukuli", "memukuli", "penembakan", "ditembak"),
        *("diancam dengan pisau", "bawa parang", "membawa parang", "bawa senjata", "penculikan", "diculik"),
        *("maling tertangkap", "being beaten", "being attacked", "stabbed", "robbery", "gunshots"),
    ),
    Danger.MEDICAL: (
        *("tidak sadarkan diri", "pingsan", "kejang", "sesak napas", "serangan jantung", "berdarah banyak"),
        *("pendarahan", "kecelakaan", "tabrakan", "ditabrak", "tertabrak", "keracunan", "mau melahirkan"),
        *("butuh ambulans", "butuh ambulan", "unconscious", "not breathing", "heart attack", "bleeding"),
    ),
    Danger.WATER: (
        *("tenggelam", "hanyut", "terseret arus", "terjebak banjir", "banjir bandang", "air terus naik"),
        *("drowning", "swept away", "trapped by the flood"),
    ),
    Danger.GAS: (
        *("gas bocor", "kebocoran gas", "bau gas", "tabung bocor", "tabung meledak", "ledakan"),
        *("gas leak", "smell of gas", "explosion"),
    ),
    Danger.WIRE: (
        *("tersetrum", "kesetrum", "kabel putus", "kabel listrik putus", "kabel listrik jatuh"),
        *("tiang listrik roboh", "tiang listrik tumbang", "percikan api", "korsleting"),
        *("live wire", "power line down", "electrocuted"),
    ),
    Danger.COLLAPSE: (
        *("tertimbun", "tertimpa", "longsor", "bangunan roboh", "rumah roboh", "jembatan runtuh"),
        *("trapped under", "building collapsed", "landslide"),
    ),
    Danger.MIND: ("bunuh diri", "mau lompat dari jembatan", "mau loncat dari jembatan", "suicide"),
}
NOW = (
    *(
        "sekarang",
        "saat ini",
        "sedang",
        "barusan",
        "baru saja",
        "malam ini",
        "pagi ini",
        "siang ini",
        "tolong",
    ),
    *("cepat", "segera", "darurat", "right now", "happening", "help", "just now", "emergency"),
)
OVER = (
    *("kemarin", "kemaren", "minggu lalu", "bulan lalu", "tahun lalu", "hari yang lalu", "dulu", "bekas"),
    *("sudah padam", "sudah dipadamkan", "pernah", "sering", "rawan", "setiap hujan", "tiap hujan"),
    *("pencegahan", "penyuluhan", "pelatihan", "simulasi", "alat pemadam", "usul", "jangan sampai"),
    *("yesterday", "last week", "last month", "last year", "used to", "prevent", "training"),
)


def dangers(text: str) -> list[Danger]:
    """The dangers that a text speaks of as present, in the order above; none in nearly every text."""
    folded = words.fold(text)
    if _says(OVER, folded) and not _says(NOW, folded):
        return []
    return [danger for danger, phrases in PHRASES.items() if _says(phrases, folded)]


def _says(phrases: Iterable[str], folded: str) -> bool:
    return any(re.search(rf"\b{phrase}\b", folded) for phrase in phrases)
