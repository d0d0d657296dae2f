"""What went wrong before a request was read, in a sentence for whoever writes the program."""

from portal.i18n import _l

FAULT = {
    400: _l("Permintaan ini tidak dapat dibaca. Kirim formulir menurut GeoReport v2."),
    403: _l("Ini tidak boleh."),
    404: _l("Alamat ini tidak ada. Yang ada: services, requests, dan tokens, dengan .json atau .xml."),
    405: _l("Alamat ini tidak menerima metode itu."),
    413: _l("Permintaan ini terlalu besar. Foto tidak diterima di sini."),
    429: _l("Terlalu banyak permintaan. Tunggu sebentar."),
    500: _l("Ada yang salah di pihak kami. Kesalahan ini sudah dicatat."),
    503: _l("Portal sedang tidak dapat melayani. Coba lagi beberapa menit lagi."),
}
