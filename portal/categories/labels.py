"""What the coarse groups of categories are called on pages."""

from portal.i18n import _l

GROUP = {
    "infrastructure": _l("Jalan, parit, air, dan listrik"),
    "transport": _l("Lampu jalan, lalu lintas, dan angkutan"),
    "environment": _l("Sampah, taman, dan lingkungan"),
    "administration": _l("Surat-surat dan pelayanan pemerintah"),
    "health": _l("Kesehatan"),
    "education": _l("Sekolah, olahraga, dan budaya"),
    "welfare": _l("Bantuan sosial, pekerjaan, dan perlindungan"),
    "economy": _l("Izin, pajak, pasar, dan usaha"),
    "order": _l("Ketertiban, kebakaran, dan bencana"),
    "other": _l("Lainnya"),
}
