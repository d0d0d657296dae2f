"""Names of areas are found however people write them."""

import pytest

from portal.places.rules.names import Named, find

pytestmark = pytest.mark.engine_free

AREAS = [
    Named("12.71.09", "Medan Amplas"),
    Named("12.71.09.1002", "Sitirejo II", "Medan Amplas"),
    Named("12.71.09.1003", "Sitirejo III", "Medan Amplas"),
    Named("12.71.09.1004", "Harjosari I", "Medan Amplas"),
    Named("12.71.09.1005", "Harjosari II", "Medan Amplas"),
    Named("12.71.12.1003", "Sei Mati", "Medan Labuhan"),
    Named("12.71.14.1005", "Sei Mati", "Medan Maimun"),
    Named("12.71.02.1006", "Tanjung Rejo", "Medan Sunggal"),
    Named("12.71.13.1001", "Kota Matsum II", "Medan Area"),
]
NAMES = {area.code: f"{area.name}, {area.district}" for area in AREAS}
BOTH = ["Sei Mati, Medan Labuhan", "Sei Mati, Medan Maimun"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sitirejo 2", ["Sitirejo II, Medan Amplas"]),
        ("siti rejo II", ["Sitirejo II, Medan Amplas"]),
        ("SITIREJO2", ["Sitirejo II, Medan Amplas"]),
        ("Kel. Sitirejo III", ["Sitirejo III, Medan Amplas"]),
        ("sungai mati", BOTH),
        ("sei mati maimun", BOTH[1:]),
        ("tj rejo", ["Tanjung Rejo, Medan Sunggal"]),
        ("harjosri", ["Harjosari I, Medan Amplas", "Harjosari II, Medan Amplas"]),
        ("hargosari 1", ["Harjosari I, Medan Amplas", "Harjosari II, Medan Amplas"]),
        ("kecamatan medan amplas", ["Medan Amplas, ", "Harjosari I, Medan Amplas"]),
        ("matsum", ["Kota Matsum II, Medan Area"]),
    ],
)
def test_a_name_is_found_in_every_usual_spelling(typed: str, first: list[str]) -> None:
    found = [NAMES[code] for code in find(typed, AREAS)]

    assert found[: len(first)] == first
    assert len(found) == len(first) or "medan amplas" in typed


@pytest.mark.parametrize("typed", ["", "s", "%_", "🙂", "xyzzy", "kel"])
def test_what_names_nothing_finds_nothing(typed: str) -> None:
    assert find(typed, AREAS) == []
