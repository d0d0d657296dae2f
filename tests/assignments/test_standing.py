"""What happens to a duty is said in one plain sentence, on the page of the matter and on the page that
explains its due times, and has its line in the public story: for reports, threads and ideas alike."""

import re
from collections.abc import Callable
from datetime import date, datetime
from html import unescape
from typing import Any

import pytest

from portal.accounts.rules import Role
from portal.assignments import extensions, handovers, leave, silence
from portal.assignments.models import Assignment, Extension
from portal.assignments.rules import Verdict
from portal.db import db
from portal.deadlines import services as deadlines
from portal.deadlines.rules.stages import Stage
from portal.forum.rules import Asked
from portal.organisation.models import Absence, Official
from portal.reports import services as reports
from portal.reports.models import Report
from portal.reports.rules import ReportState
from portal.surveys import verdicts
from tests.assignments.duties import at, make_duty, officer, refuse, say, seed_calendars
from tests.builders import MONDAY, make_idea, make_official, make_report, make_thread
from tests.support.client import CheckingClient

TUESDAY, WEDNESDAY = at("2026-11-17 10:00"), at("2026-11-18 10:00")


def report(official: Official) -> tuple[Assignment, str, str]:
    thing = make_report(at=MONDAY)
    duty = make_duty(official, origin="report", number=thing.number)
    thing.assignment, thing.agency, thing.official = duty, official.agency, official
    thing.state, thing.verified_at = ReportState.OPEN, MONDAY
    return duty, f"/reports/{thing.number}", f"/reports/{thing.number}/deadline"


def thread(official: Official) -> tuple[Assignment, str, str]:
    thing = make_thread(at=MONDAY)
    duty = make_duty(official, origin="thread", number=thing.number, matter="thread_question")
    thing.assignment, thing.asked_at, thing.asked_because = duty, MONDAY, Asked.MODERATOR
    return duty, f"/forum/{thing.number}", f"/duties/{thing.number}/deadline"


def idea(official: Official) -> tuple[Assignment, str, str]:
    thing = make_idea(at=MONDAY)
    thing.assignment = duty = make_duty(official, origin="idea", number=thing.number, matter="idea_status")
    return duty, f"/ideas/{thing.number}", f"/duties/{thing.number}/deadline"


class City:
    """A duty with its holder, who stands above, a colleague, and somebody elsewhere."""

    def __init__(self, matter: Callable[[Official], tuple[Assignment, str, str]]) -> None:
        self.boss, self.leader = officer(None, Role.SUPERVISOR, rank="supervisor")
        agency, above = self.leader.agency, self.leader.id
        agency.name = "Dinas Perhubungan"
        self.user, self.official = officer(agency, supervisor_id=above, name="Rina Lubis")
        self.colleague = make_official(agency, supervisor_id=above, name="Tono Siregar")
        self.other, self.receiver = officer(name="Budi Nasution")
        self.receiver.agency.name = "Dinas Kebersihan"
        self.duty, self.page, self.explained = matter(self.official)
        db.session.flush()

    def answer(self) -> None:
        outcome = {"outcome": "accepted"} if self.duty.origin == "idea" else {}
        say(self.duty, "answer", self.user, "2026-11-17 10:00", **outcome)

    def dispute(self, when: datetime) -> None:
        if self.duty.origin == "report":
            reports.give_verdict(brought(self.duty), verdict=Verdict.NOT, stars=None, comment="", at=when)
        else:
            verdicts.give(self.duty, verdict=Verdict.NOT, stars=None, comment="", at=when)


def brought(duty: Assignment) -> Report:
    return db.session.scalars(db.select(Report).filter_by(number=duty.number)).one()


def pause(city: City) -> None:
    say(city.duty, "question", city.user, "2026-11-17 10:00")


def pause_to_the_cap(city: City) -> None:
    pause(city)
    deadlines.end_capped_pause(city.duty.clock, at=at("2026-12-02 08:00"))


def ask_for_more_time(city: City) -> Extension:
    return extensions.ask(
        city.duty, Stage.RESOLVE, days=3, reason="Menunggu suku cadang.", by=city.user, at=TUESDAY
    )


def extend(city: City) -> None:
    extensions.decide(ask_for_more_time(city), is_granted=True, by=city.boss, at=WEDNESDAY)


def refuse_more_time(city: City) -> None:
    extensions.decide(ask_for_more_time(city), is_granted=False, by=city.boss, at=WEDNESDAY)


def transfer(city: City) -> None:
    handovers.transfer(
        city.duty, reason="Bukan bidang kami.", to_official=city.receiver, by=city.user, at=TUESDAY
    )


def decline(city: City) -> None:
    transfer(city)
    handovers.send_back(city.duty, reason="Juga bukan bidang kami.", by=city.other, at=WEDNESDAY)


def reassign(city: City) -> None:
    handovers.reassign(city.duty, to_official=city.colleague, by=city.boss, at=TUESDAY)


def hand_over(city: City) -> None:
    db.session.add(
        Absence(
            official=city.official,
            substitute=city.colleague,
            from_on=date(2026, 11, 18),
            to_on=date(2026, 11, 20),
            created_at=TUESDAY,
        )
    )
    db.session.flush()
    leave.hand_over_leave(at("2026-11-18 00:05"))


def hand_back(city: City) -> None:
    hand_over(city)
    leave.give_back_leave(at("2026-11-21 00:05"))


def reopen(city: City) -> None:
    city.answer()
    city.dispute(WEDNESDAY)


def dispute_again(city: City) -> None:
    reopen(city)
    city.answer()
    city.dispute(at("2026-11-19 10:00"))


def answer(city: City) -> None:
    city.answer()


def fall_silent(city: City) -> None:
    city.answer()
    silence.close(at("2026-12-02 08:00"))


def fall_silent_after_refusal(city: City) -> None:
    refuse(city.duty, city.user, "2026-11-17 10:00")
    silence.close(at("2026-12-02 08:00"))


HAPPENINGS = [
    # what happens, what its sentence says, its line in the public story
    (
        pause,
        "Rina Lubis bertanya kepada warga pada Selasa 17 November 2026, dan sejak itu hitungan",
        "Pertanyaan kepada warga|Petugas bertanya",
    ),
    (pause, "waktunya berhenti. Jika dijawab hari ini,", ""),
    (pause, "Tanpa jawaban sampai Selasa 1 Desember 2026 (10 hari kerja), hitungannya berjalan lagi", ""),
    (
        pause_to_the_cap,
        "Pertanyaan petugas tidak dijawab, jadi hitungan waktunya berjalan lagi sejak",
        "Pertanyaan tidak dijawab, jam petugas berjalan lagi",
    ),
    (
        transfer,
        "Dinas Perhubungan mengalihkannya kepada Dinas Kebersihan. Alasannya: Bukan bidang kami.",
        "Pengalihan|Dialihkan",
    ),
    (
        decline,
        "Dinas Kebersihan menolak pengalihan ini. Alasannya: Juga bukan bidang kami. Moderator",
        "Dikembalikan kepada moderator|menolak pengalihan, moderator",
    ),
    (
        decline,
        "menentukan siapa yang menanganinya dalam 1 hari kerja. Waktu penyelesaian berjalan terus.",
        "",
    ),
    (
        reassign,
        "Sejak Selasa 17 November 2026 ditangani Tono Siregar, yang ditunjuk atasannya. Tenggatnya tidak",
        "Atasan menunjuk petugas lain",
    ),
    (
        hand_over,
        "Petugasnya sedang cuti. Sejak Rabu 18 November 2026 digantikan Tono Siregar. Tenggatnya tidak",
        "Dilanjutkan oleh petugas pengganti",
    ),
    (
        hand_back,
        "Cuti petugasnya sudah selesai. Sejak Sabtu 21 November 2026 kembali ditangani Rina Lubis.",
        "Kembali kepada petugasnya, cutinya sudah selesai",
    ),
    (
        reopen,
        "Warga membukanya kembali pada Rabu 18 November 2026. Saat itu tersisa",
        "Dibuka kembali, tenggat lama berjalan terus|meminta ditinjau ulang",
    ),
    (reopen, "dihitung mulai sehari sesudahnya. Jatuh tempo", ""),
    (
        dispute_again,
        "Pada Kamis 19 November 2026 warga menyatakan belum puas untuk kedua kalinya. Moderator menilai",
        "belum puas untuk kedua kalinya, moderator menilai",
    ),
    (answer, "menunggu penilaian warga. Tanpa tanggapan sampai Selasa 1 Desember 2026, 16.00 WIB", ""),
    (answer, "Warga diingatkan setelah 5 dan 8 hari kerja.", ""),
    (
        fall_silent,
        "Ditutup dengan sendirinya pada Rabu 2 Desember 2026, karena warga tidak menanggapi jawabannya.",
        "Ditutup karena warga tidak menanggapi",
    ),
    (
        fall_silent_after_refusal,
        "Ditutup pada Rabu 2 Desember 2026 sebagai ditolak: penolakannya tidak ditanggapi.",
        "Ditutup sebagai ditolak",
    ),
]
EXTENSIONS = [  # the status of an idea cannot be put off
    (
        ask_for_more_time,
        "tahap “Penyelesaian”. Alasannya: Menunggu suku cadang. Atasannya belum memutuskan, jadi tenggat",
        "Petugas meminta perpanjangan waktu",
    ),
    (
        extend,
        "atasan memberi tambahan 3 hari kerja untuk tahap “Penyelesaian”. Alasannya: Menunggu suku cadang.",
        "Atasan memberi perpanjangan waktu",
    ),
    (extend, "Tenggat semula Jumat 4 Desember 2026, 16.30 WIB. Jatuh tempo Rabu 9 Desember 2026", ""),
    (
        refuse_more_time,
        "atasan menolak tambahan waktu untuk tahap “Penyelesaian”. Tenggatnya tetap. Jatuh tempo Jumat 4",
        "Atasan menolak perpanjangan waktu",
    ),
]
CASES = [(matter, *case) for matter in (report, thread, idea) for case in HAPPENINGS]
CASES += [(matter, *case) for matter in (report, thread) for case in EXTENSIONS]


@pytest.mark.parametrize(
    ("matter", "happens", "sentence", "line"), CASES, ids=lambda one: getattr(one, "__name__", "")
)
def test_resident_reads_how_it_stands(
    client: CheckingClient,
    time_machine: Any,
    matter: Callable[[Official], tuple[Assignment, str, str]],
    happens: Callable[[City], Any],
    sentence: str,
    line: str,
) -> None:
    time_machine.move_to(at("2026-12-02 09:00") if "silent" in happens.__name__ else at("2026-11-19 11:00"))
    seed_calendars()
    city = City(matter)

    happens(city)

    db.session.flush()
    page, explained = (unescape(client.get(path).text) for path in (city.page, city.explained))
    assert sentence in page
    assert sentence in explained
    assert re.search(line, page.replace(sentence, ""))


def test_reasons_of_a_confidential_report_are_for_its_reporter(client: CheckingClient) -> None:
    seed_calendars()
    city = City(report)
    brought(city.duty).is_confidential = True

    transfer(city)

    db.session.flush()
    for path in (city.page, city.explained):
        text = client.get(path).text
        assert "mengalihkannya kepada Dinas Kebersihan" in text
        assert "Bukan bidang kami" not in text
