"""Which words are answered with a telephone number before anything else is asked?"""

import pytest

from portal.reports.filing import urgency
from portal.reports.filing.urgency import Danger

pytestmark = pytest.mark.engine_free


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("Rumah tetangga terbakar, api membesar!", Danger.FIRE),
        ("KEBAKARAN di Jalan Merdeka sekarang", Danger.FIRE),
        ("Tolong ada tawuran pelajar bawa parang", Danger.VIOLENCE),
        ("orang dibegal barusan", Danger.VIOLENCE),
        ("Ada kecelakaan, korban tidak sadarkan diri", Danger.MEDICAL),
        ("anak hanyut di sungai Deli", Danger.WATER),
        ("kami terjebak banjir air terus naik", Danger.WATER),
        ("bau gas menyengat dari dapur umum", Danger.GAS),
        ("kabel listrik putus menjuntai ke jalan", Danger.WIRE),
        ("warga tertimbun longsor", Danger.COLLAPSE),
        ("teman saya mau bunuh diri", Danger.MIND),
        ("Help, the kitchen is on fire", Danger.FIRE),
    ],
)
def test_a_danger_is_heard(text: str, danger: Danger) -> None:
    assert danger in urgency.dangers(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lampu jalan mati di depan mushala",
        "Jalan berlubang, sering terjadi kecelakaan",
        "Bulan lalu ruko itu terbakar, puingnya belum diangkut",
        "Usul pelatihan pencegahan kebakaran untuk warga",
        "Kereta api lewat tanpa palang pintu",
        "Parkir liar di sekitar pasar",
        "Setiap hujan rumah kami seperti tenggelam",
        "Minta jadwal pengangkutan sampah",
    ],
)
def test_an_ordinary_report_is_not_alarmed(text: str) -> None:
    assert urgency.dangers(text) == []


def test_what_happens_again_now_counts_although_it_happened_before() -> None:
    assert urgency.dangers("Kemarin terbakar, sekarang api membesar lagi") == [Danger.FIRE]
