"""What kinds of things, their fields and their values are called in the history and on forms."""

from collections.abc import Mapping
from typing import Any

from portal.accounts.labels import ROLE
from portal.categories.labels import GROUP
from portal.categories.questions.labels import KIND as QUESTION_KIND
from portal.categories.rules import CategoryClass
from portal.deadlines.rules.calendar import OffKind
from portal.deadlines.rules.stages import Matter, Stage
from portal.i18n import _l
from portal.jobs.rules import JobState
from portal.organisation.rules import Rank

KIND = {
    "official": _l("Petugas"),
    "substitutes": _l("Pengganti tetap"),
    "agency": _l("Dinas"),
    "outside_body": _l("Lembaga luar"),
    "category": _l("Bidang"),
    "question": _l("Pertanyaan bidang"),
    "rule": _l("Aturan penerusan"),
    "calendar": _l("Kalender kerja"),
    "policy": _l("Kebijakan tenggat"),
    "job": _l("Pekerjaan sistem"),
    "routing_model": _l("Saran penerusan"),
    "open311_client": _l("Klien Open311"),
}
WAY = {
    "majority": _l("Selalu dinas dengan laporan terbanyak"),
    "keywords": _l("Kata kunci bawaan saja"),
    "learned": _l("Yang dipelajari saja"),
    "combined": _l("Keduanya bersama"),
}
RANK = {
    Rank.OFFICIAL: _l("Petugas"),
    Rank.SUPERVISOR: _l("Atasan"),
    Rank.HEAD: _l("Kepala dinas"),
}
CLASS = {
    CategoryClass.ORDINARY: _l("Tidak berkadar pengawasan"),
    CategoryClass.SUPERVISORY: _l("Berkadar pengawasan"),
    CategoryClass.CONFIDENTIAL: _l("Rahasia"),
    CategoryClass.EMERGENCY: _l("Darurat"),
}
AGENCY_KIND = {
    "dinas": _l("Dinas"),
    "badan": _l("Badan"),
    "inspektorat": _l("Inspektorat"),
    "sekretariat": _l("Sekretariat"),
    "kecamatan": _l("Kecamatan"),
    "satuan": _l("Satuan"),
    "upt": _l("Unit pelaksana teknis (UPT)"),
    "blud": _l("Badan layanan umum daerah (BLUD)"),
    "bumd": _l("Badan usaha milik daerah (BUMD)"),
    "eksternal": _l("Lembaga di luar pemerintah kota"),
}
MATTER = {
    Matter.COMPLAINT: _l("Pengaduan"),
    Matter.SUPERVISORY_COMPLAINT: _l("Pengaduan berkadar pengawasan"),
    Matter.SUGGESTION: _l("Aspirasi"),
    Matter.SUPPORTED_SUGGESTION: _l("Aspirasi dengan cukup pendukung"),
    Matter.INFORMATION_REQUEST: _l("Permintaan informasi"),
    Matter.FORMAL_INFORMATION_REQUEST: _l("Permintaan informasi resmi (UU 14/2008)"),
    Matter.DECLINED_TRANSFER: _l("Laporan yang dikembalikan penerima"),
    Matter.THREAD_QUESTION: _l("Pertanyaan dari forum"),
    Matter.IDEA_STATUS: _l("Status gagasan"),
    Matter.PROJECT_REPORT: _l("Laporan bulanan pembangunan"),
    Matter.SURVEY_CHANGES: _l("Perubahan setelah survei"),
}
STAGE = {
    Stage.VERIFY: _l("Verifikasi"),
    Stage.RESPOND: _l("Tanggapan"),
    Stage.RESOLVE: _l("Penyelesaian"),
}
NUMBER = {
    "pause_cap_days": _l("Jeda paling lama menunggu jawaban warga (hari kerja)"),
    "max_pauses": _l("Jeda paling banyak tanpa persetujuan atasan"),
    "silence_days": _l("Ditutup jika warga diam (hari kerja)"),
    "reopen_window_days": _l("Dapat dibuka kembali selama (hari kalender)"),
    "overdue_days": _l("Diteruskan ke inspektorat setelah lewat (hari kerja)"),
    "ceiling_days": _l("Batas menurut undang-undang (hari kalender)"),
    "thread_supporters": _l("Pendukung yang menjadikan utas forum pertanyaan resmi (orang)"),
    "suggestion_supporters": _l("Pendukung yang membuat kepala dinas menjawab sebuah aspirasi (orang)"),
}
FIELD = {
    "name": _l("Nama"),
    "employee_number": _l("NIP"),
    "email": _l("Alamat surel"),
    "position": _l("Jabatan"),
    "rank": _l("Tingkat"),
    "agency": _l("Dinas"),
    "supervisor": _l("Atasan"),
    "substitutes": _l("Pengganti tetap"),
    "areas": _l("Wilayah"),
    "active_from": _l("Bertugas mulai"),
    "active_to": _l("Bertugas sampai"),
    "account": _l("Akun"),
    "roles": _l("Peran"),
    "invited": _l("Undangan dikirim ke"),
    "code": _l("Kode"),
    "kind": _l("Jenis"),
    "valid_from": _l("Berlaku mulai"),
    "valid_to": _l("Berlaku sampai"),
    "successor": _l("Digantikan oleh"),
    "calendar": _l("Kalender kerja"),
    "is_external": _l("Di luar pemerintah kota"),
    "needs_approval": _l("Jawaban disetujui atasan sebelum terbit"),
    "records_for_others": _l("Petugasnya mencatat laporan untuk orang lain"),
    "contact": _l("Kontak"),
    "name_id": _l("Nama (Indonesia)"),
    "name_en": _l("Nama (Inggris)"),
    "description_id": _l("Penjelasan (Indonesia)"),
    "description_en": _l("Penjelasan (Inggris)"),
    "group": _l("Kelompok"),
    "category_class": _l("Golongan"),
    "order": _l("Urutan"),
    "is_active": _l("Ditawarkan kepada warga"),
    "category": _l("Bidang"),
    "area": _l("Wilayah"),
    "pool": _l("Petugas yang bergiliran"),
    "priority": _l("Prioritas"),
    "verifies": _l("Verifikasi otomatis"),
    "note": _l("Catatan"),
    "version": _l("Versi"),
    "decree": _l("Nomor keputusan"),
    "covered_to": _l("Tercakup sampai"),
    "holidays": _l("Hari libur"),
    "week": _l("Jam kerja"),
    "regimes": _l("Masa dengan jam kerja lain"),
    "applied_version": _l("Diterapkan pada yang masih terbuka: versi"),
    "reason": _l("Alasan"),
    "state": _l("Keadaan"),
    "covers": _l("Yang diurusnya"),
    "neighbouring_region": _l("Wilayah tetangga kota"),
    "similar_radius_m": _l("Dianggap dekat sampai (meter)"),
    "categories": _l("Bidang"),
    "channels": _l("Kanal"),
    "checked_on": _l("Kanal diperiksa tanggal"),
    "in_use": _l("Yang diikuti"),
    "hourly_limit": _l("Laporan paling banyak sejam"),
    "daily_limit": _l("Laporan paling banyak sehari"),
    "may_file": _l("Boleh mengirim laporan"),
    "key": _l("Sidik jari kunci"),
    "answer_kind": _l("Jenis jawaban"),
    "label_id": _l("Pertanyaan (Indonesia)"),
    "label_en": _l("Pertanyaan (Inggris)"),
    "hint_id": _l("Petunjuk (Indonesia)"),
    "hint_en": _l("Petunjuk (Inggris)"),
    "is_required": _l("Wajib dijawab"),
    "choices": _l("Pilihan"),
    "minimum": _l("Angka terkecil"),
    "maximum": _l("Angka terbesar"),
    "unit_id": _l("Satuan (Indonesia)"),
    "unit_en": _l("Satuan (Inggris)"),
    "is_asked": _l("Diajukan kepada warga"),
    **NUMBER,
}
VALUE: dict[str, Mapping[Any, Any]] = {
    "rank": RANK,
    "roles": ROLE,
    "kind": AGENCY_KIND,
    "group": GROUP,
    "category_class": CLASS,
    "answer_kind": QUESTION_KIND,
    "state": {JobState.WAITING: _l("Menunggu giliran"), JobState.DEAD: _l("Gagal")},
}
OFF_KIND = {
    OffKind.NATIONAL: _l("Libur nasional"),
    OffKind.JOINT_LEAVE: _l("Cuti bersama"),
    OffKind.CLOSURE: _l("Libur daerah"),
}
WEEKDAY = {
    "mon": _l("Senin"),
    "tue": _l("Selasa"),
    "wed": _l("Rabu"),
    "thu": _l("Kamis"),
    "fri": _l("Jumat"),
    "sat": _l("Sabtu"),
    "sun": _l("Minggu"),
}
