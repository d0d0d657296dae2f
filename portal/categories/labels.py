"""What the coarse groups of categories are called on pages."""

from portal.i18n import _l

GROUP = {
    "infrastructure": _l("Jalan, air, dan listrik"),
    "transport": _l("Penerangan jalan dan perhubungan"),
    "environment": _l("Kebersihan dan lingkungan"),
    "administration": _l("Kependudukan dan pemerintahan"),
    "health": _l("Kesehatan"),
    "education": _l("Pendidikan, olahraga, dan budaya"),
    "welfare": _l("Sosial dan tenaga kerja"),
    "economy": _l("Usaha, bangunan, dan pajak"),
    "order": _l("Ketertiban dan keadaan darurat"),
    "other": _l("Lainnya"),
}
