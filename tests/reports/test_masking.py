"""What everyone reads shows nobody's number; what only looks like a number stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reports.masking import Kind, mask

pytestmark = pytest.mark.engine_free


@pytest.mark.parametrize(
    ("written", "shown", "kind"),
    [
        ("081234567812", "08•• •••• ••12", Kind.PHONE),
        ("0812-3456-7812", "08•• •••• ••12", Kind.PHONE),
        ("+62 812 3456 7812", "08•• •••• ••12", Kind.PHONE),
        ("6281234567812", "08•• •••• ••12", Kind.PHONE),
        ("0812 - 3456 - 7812", "08•• •••• ••12", Kind.PHONE),
        ("(0812) 3456 7812".removeprefix("("), "08•• •••• ••12", Kind.PHONE),
        ("0821 6655 443", "08•• •••• •43", Kind.PHONE),
        ("(061) 451 2345", "06•• •••• 45", Kind.PHONE),
        ("061-4512345", "06•• •••• 45", Kind.PHONE),
        ("0614512345", "06•• •••• 45", Kind.PHONE),
        ("1271095203900004", "12•• •••• •••• ••04", Kind.IDENTITY_NUMBER),
        ("1271 0952 0390 0004", "12•• •••• •••• ••04", Kind.IDENTITY_NUMBER),
        ("127109-520390-0004", "12•• •••• •••• ••04", Kind.IDENTITY_NUMBER),
        ("rosmawati.harahap@gmail.com", "r•••@gmail.com", Kind.EMAIL),
        ("BK 1234 AB", "BK 1••• ••", Kind.PLATE),
        ("bk 4471 agk", "BK 4••• •••", Kind.PLATE),
        ("BK1234AB", "BK 1••• ••", Kind.PLATE),
        ("B 1234 KZR", "B 1••• •••", Kind.PLATE),
    ],
)
def test_personal_data_is_covered(written: str, shown: str, kind: Kind) -> None:
    masked = mask(f"Hubungi saya di {written}, terima kasih.")

    assert masked.text == f"Hubungi saya di {shown}, terima kasih."
    assert masked.found == [kind]


@pytest.mark.parametrize("before", ["NIK:", "NIK.", "nik ", "KK/NIK ", "("])
def test_identity_number_is_covered_whatever_stands_before_it(before: str) -> None:
    assert "1271095203900004" not in mask(f"{before}1271095203900004.").text


def test_second_number_after_a_slash_is_covered_too() -> None:
    masked = mask("WA 081234567812/082166554433 atau wa.me/6281234567812")

    assert [finding.kind for finding in masked.findings] == [Kind.PHONE] * 3


@pytest.mark.parametrize(
    "text",
    [
        "Uang komite Rp 1.500.000 sampai Rp 2.500.000 per siswa.",
        "Anggaran Rp12.345.678.901.234 tahun 2026",
        "Sejak 12-05-2026 pukul 08.15-16.30 belum ada petugas.",
        "Tahun 2020 2021 2022 2023 selalu banjir.",
        "Laporan saya MDN-26-000123 belum dijawab.",
        "SDN 060843 dan SDN 060844 di Jalan Garu III No. 101",
        "NPSN 10210843, kode pos 20147, hubungi 112 atau 14045.",
        "Lingkungan VII, RT 03 RW 05, Blok B 12 No. 7",
        "Blok BB 12 no 5, Perumnas Mandala",
        "Berat badan anak BB 50 kg dan tinggi 160 cm",
        "Koordinat 3.54281, 98.70610",
        "Nomor pelanggan 521234567890",
        "Tiang A 123 di depan Gang B 12",
        "Surat nomor 800/1234/SK/2026 tanggal 2026-11-22",
        "Daya 1300 VA, trafo 20 kV",
    ],
)
def test_ordinary_numbers_stay(text: str) -> None:
    assert mask(text).text == text


def test_kinds_are_named_once_in_the_order_of_the_text() -> None:
    masked = mask("BK 1234 AB, 081234567812, BK 9876 CD")

    assert masked.found == [Kind.PLATE, Kind.PHONE]


@given(st.text())
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = mask(text).text

    assert mask(once).text == once
