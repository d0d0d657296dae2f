"""A text suggests categories and says why."""

import pytest

from portal.categories import queries
from portal.categories.rules import Keyword, Keywords, suggest

pytestmark = pytest.mark.engine_free

KEYWORDS = Keywords(
    [
        Keyword("lampu jalan", "pju", 5),
        Keyword("lampu merah", "lalu_lintas", 6),
        Keyword("padam", "pju", 2),
        Keyword("padam", "listrik", 2),
        Keyword("pajak", "pajak_pbb", 3),
        Keyword("pajak ikan", "pasar", 6),
    ]
)


def test_matched_words_stand_as_the_resident_wrote_them() -> None:
    (first, *_) = suggest("Lampu jln di depan mushala PADAM", KEYWORDS)

    assert first.code == "pju"
    assert first.matched_words == ["lampu", "jln", "padam"]


def test_longest_phrase_counts() -> None:
    codes = [one.code for one in suggest("pajak ikan becek", KEYWORDS)]

    assert codes == ["pasar"]  # in Medan a pajak is a market


def test_phrase_counts_once_however_often_it_is_written() -> None:
    once, often = (suggest(text, KEYWORDS)[0].score for text in ("padam", "padam padam padam"))

    assert once == often


def test_only_offered_categories_are_suggested() -> None:
    codes = [one.code for one in suggest("lampu jalan padam", KEYWORDS, among={"listrik"})]

    assert codes == ["listrik"]


def test_text_without_known_words_suggests_nothing() -> None:
    assert suggest("selamat pagi bapak ibu", KEYWORDS) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("lampu jln depan gang kami mati udah seminggu gelap kali", "pju"),
        ("paret tumpat airnya naik ke rumah kalau hujan", "drainase_banjir"),
        ("Aspal di depan pajak berlobang, sudah banyak kereta jatuh", "jalan_rusak"),
        ("tukang parkir minta lima ribu gak ada karcis", "parkir"),
        ("KTP anak saya belum dicetak, blanko kosong terus", "ktp_kk"),
        ("Tetangga perempuan dipukul suaminya tiap malam", "perempuan_anak"),
        ("Minta tolong disemprot, dua anak kena demam berdarah", "fogging_dbd"),
        ("Pohon tua mau tumbang ke kabel", "pohon"),
        ("Sekolah anak saya mewajibkan uang komite", "biaya_sekolah"),
    ],
)
def test_shipped_keywords_know_everyday_matters(text: str, code: str) -> None:
    assert rules_first(text) == code


def rules_first(text: str) -> str:
    return suggest(text, queries.keywords())[0].code
