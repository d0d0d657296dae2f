"""What everyone reads shows nobody's number; what only looks like a number stays."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reports.masking import Kind, cut, mask

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
        ("BK-1234-AB", "BK 1••• ••", Kind.PLATE),
        ("12.71.09.520390.0004", "12•• •••• •••• ••04", Kind.IDENTITY_NUMBER),
        ("1271/0952/0390/0004", "12•• •••• •••• ••04", Kind.IDENTITY_NUMBER),
        ("0 8 1 2 3 4 5 6 7 8 1 2", "08•• •••• ••12", Kind.PHONE),
        ("0812_3456_7812", "08•• •••• ••12", Kind.PHONE),
        ("O81234567812", "08•• •••• ••12", Kind.PHONE),
        ("061.4512345", "06•• •••• 45", Kind.PHONE),
        ("061-451-2345", "06•• •••• 45", Kind.PHONE),
        ("+62 61 4512345", "06•• •••• 45", Kind.PHONE),
        ("ani[at]gmail.com", "a•••@gmail.com", Kind.EMAIL),
        ("ani (at) gmail dot com", "a•••@gmail dot com", Kind.EMAIL),
        ("ani@gmail", "a•••@gmail", Kind.EMAIL),
    ],
)
def test_personal_data_is_covered(written: str, shown: str, kind: Kind) -> None:
    masked = mask(f"Hubungi saya di {written}, terima kasih.")

    assert masked.text == f"Hubungi saya di {shown}, terima kasih."
    assert masked.found == [kind]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Telp. 4512345, siang", "Telp. 45•• •45, siang"),
        ("hp saya 812-3456-7812", "hp saya 81•• •••• •12"),
        ("Nopol: bl 1234 ja", "Nopol: BL 1••• ••"),
        ("plat nomor BK 4471 saja", "plat nomor BK 4••• saja"),
    ],
)
def test_what_a_word_before_it_calls_a_number_is_covered(text: str, shown: str) -> None:
    assert mask(text).text == shown


def test_two_numbers_with_a_slash_between_are_covered() -> None:
    assert len(mask("KK/NIK 1271095203900004/1271095203900005").findings) == 2


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Hubungi saya di 0812 3456 7812, malam.", "Hubungi saya di, malam."),
        ("Pelat BK 1234 AB parkir di sini", "Pelat parkir di sini"),
        ("Tanpa apa-apa  di sini", "Tanpa apa-apa  di sini"),
    ],
)
def test_personal_data_can_be_cut_out(text: str, without: str) -> None:
    assert cut(text) == without


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
        "Proyek senilai Rp 1000000000000000 lebih",
        "Koordinat -0.8917893145, 119.8707",
        "Gang H 123 B, tiang L 123 PJU, gardu T 123 A, SMA N 1234 X",
        "ID pelanggan PLN 12345678901, IMEI 356938035643809",
        "Nomor tiket 20261123000123456, pesanan INV20261123001234",
        "Pusat panggilan 1500-123, telepon 112, bebas pulsa 0800-1-202-123",
        "Beras 3 karung @ 65.000, luas 1.234.567 m2, KM 12+300",
        "Perda Nomor 5 Tahun 2024, pukul 08 30 sampai 16 00",
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


def test_a_long_run_of_signs_is_looked_at_once() -> None:
    started = process_time()
    mask("a" * 40_000)

    assert process_time() - started < 1  # it took forty
