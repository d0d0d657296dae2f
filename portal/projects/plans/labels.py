"""Words for pins and what becomes of them."""

from portal.i18n import _l
from portal.projects.plans.rules import Fate, PinKind

KIND = {
    PinKind.LIKE: _l("Suka"),
    PinKind.WORRY: _l("Khawatir"),
    PinKind.IDEA: _l("Usul"),
    PinKind.QUESTION: _l("Tanya"),
}
KIND_HINT = {
    PinKind.LIKE: _l("Ini bagus, pertahankan."),
    PinKind.WORRY: _l("Ini bisa merugikan atau berbahaya."),
    PinKind.IDEA: _l("Sebaiknya begini."),
    PinKind.QUESTION: _l("Saya ingin tahu sesuatu di sini."),
}
FATE = {
    Fate.WAITING: _l("Menunggu denah berikutnya"),
    Fate.RESOLVED: _l("Sudah terjawab"),
    Fate.STILL_OPEN: _l("Masih terbuka"),
    Fate.NO_LONGER_FITS: _l("Tidak cocok lagi"),
}
TONE = {Fate.WAITING: None, Fate.RESOLVED: "met", Fate.STILL_OPEN: "wait", Fate.NO_LONGER_FITS: None}
