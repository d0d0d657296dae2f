"""Find an area by its name as people write it: `sitirejo 2`, `sungai mati`, `harjosri`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from portal import trigrams
from portal.words import fold

LEAST_ALIKE = 0.3  # where PostgreSQL, too, begins to call two texts alike
PART = re.compile(r"[^\W\d_]+|\d+")  # `sitirejo2` is `sitirejo 2`

# What an area is says nothing about which one it is.
KINDS = frozenset({"kelurahan", "kel", "kecamatan", "kec", "gampong", "gp", "desa"})
VARIANTS = {
    "sungai": "sei", "sungei": "sei", "tg": "tanjung", "tj": "tanjung", "tjg": "tanjung", "tjung": "tanjung",
    "kp": "kampung", "kpg": "kampung", "kampong": "kampung", "psr": "pasar", "pb": "padang bulan",
    "pl": "pulo", "pulau": "pulo", "gdg": "gedung", "mdn": "medan", "sp": "simpang", "masjid": "mesjid",
    "kuala": "kwala",
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8",
    "satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """An area to look for: its own name and that of the kecamatan around it, if there is one."""

    code: str
    name: str
    district: str = ""


def find(typed: str, areas: Iterable[Named]) -> list[str]:
    """The codes of the areas that are meant, best first, ties by name and kecamatan.

    Only where no name holds what was typed are those found that are spelt like it.
    """
    wanted = canonical(typed)
    if len(wanted) < 2 and not wanted.isdigit():
        return []
    asked = list(areas)
    ranked = _sorted((rank, one) for one in asked if (rank := _rank(wanted, one)) is not None)
    return ranked or _sorted((-score, one) for one in asked if (score := _alike(wanted, one)) >= LEAST_ALIKE)


@lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """The one spelling of a name under which all its spellings are found."""
    parts = [VARIANTS.get(part, part) for part in PART.findall(fold(name))]
    return " ".join([part for part in parts if part not in KINDS] or parts)


def _rank(wanted: str, area: Named) -> int | None:
    """How literally an area is meant: 0 by its whole name; None when its name does not hold the words."""
    name, district = canonical(area.name), canonical(area.district)
    whole = f"{name} {district}".strip()
    steps = (
        wanted in (name, whole) or _tight(wanted) == _tight(name),
        name.startswith(wanted),
        wanted in name,
        whole.startswith(wanted) or set(wanted.split()) <= set(whole.split()),
        wanted in district,
    )
    return next((rank for rank, is_met in enumerate(steps) if is_met), None)


def _alike(wanted: str, area: Named) -> float:
    name = canonical(area.name)
    pairs = ((wanted, name), (_tight(wanted), _tight(name)), (wanted, f"{name} {canonical(area.district)}"))
    return max(trigrams.shared(_grams(one), _grams(other)) for one, other in pairs)


def _sorted(ranked: Iterable[tuple[float, Named]]) -> list[str]:
    best: Sequence[tuple[float, Named]] = sorted(
        ranked, key=lambda pair: (pair[0], pair[1].name, pair[1].district, pair[1].code)
    )
    return [area.code for _, area in best]


def _tight(text: str) -> str:
    return text.replace(" ", "")


_grams = lru_cache(maxsize=4096)(trigrams.of)
