"""Indonesian words as search and suggestions see them: folded, without small words, stemmed."""

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")

# What residents type on a phone, and Medan's own spellings, beside the word that is meant.
MEANT = {
    "jl": "jalan", "jln": "jalan", "jlan": "jalan", "jalanan": "jalan", "gg": "gang",
    "kel": "kelurahan", "kec": "kecamatan", "lk": "lingkungan", "link": "lingkungan",
    "lobang": "lubang", "berlobang": "lubang", "paret": "parit", "selokan": "parit", "got": "parit",
    "lmpu": "lampu", "listerik": "listrik", "ijin": "izin", "perijinan": "izin",
    "antri": "antre", "antrian": "antre", "antrean": "antre", "mengantri": "antre", "ngantri": "antre",
    "rs": "rumah sakit", "ektp": "ktp", "sampa": "sampah", "nyampah": "sampah", "parkiran": "parkir",
    "rmh": "rumah", "skolah": "sekolah", "org": "orang", "anjg": "anjing", "bocol": "bocor",
}  # fmt: skip

# Words that say nothing about the matter, with their short forms.
SMALL = frozenset(
    [
        "ada",
        "adalah",
        "agar",
        "agaknya",
        "akan",
        "aku",
        "anda",
        "antara",
        "apa",
        "apakah",
        "apalagi",
        "arti",
        "assalamualaikum",
        "atas",
        "atau",
        "awak",
        "bagi",
        "bagaimana",
        "bagaimanapun",
        "bahwa",
        "bang",
        "bapak",
        "bapakibu",
        "banyak",
        "banget",
        "baru",
        "bah",
        "beberapa",
        "begini",
        "begitu",
        "belum",
        "benar",
        "besok",
        "biar",
        "biarpun",
        "biasa",
        "bila",
        "bisa",
        "blm",
        "boleh",
        "bpk",
        "bu",
        "buat",
        "bukan",
        "cemana",
        "coba",
        "cuma",
        "cukup",
        "dah",
        "dalam",
        "dan",
        "dapat",
        "dari",
        "daripada",
        "de",
        "deh",
        "demi",
        "demikian",
        "dengan",
        "depan",
        "dgn",
        "di",
        "dia",
        "dimana",
        "dll",
        "dong",
        "dpt",
        "dr",
        "dulu",
        "engga",
        "enggak",
        "entah",
        "ga",
        "gak",
        "gimana",
        "gini",
        "gitu",
        "gk",
        "gmn",
        "hal",
        "halo",
        "hampir",
        "hanya",
        "hari",
        "harap",
        "harus",
        "hingga",
        "ia",
        "ialah",
        "ibu",
        "ini",
        "itu",
        "jadi",
        "jam",
        "jangan",
        "jg",
        "jika",
        "jd",
        "jdi",
        "juga",
        "ka",
        "kah",
        "kak",
        "kalau",
        "kali",
        "kalo",
        "kami",
        "kamu",
        "kan",
        "kapan",
        "karena",
        "kata",
        "katanya",
        "ke",
        "kek",
        "kekmana",
        "kembali",
        "kemarin",
        "kenapa",
        "kepada",
        "ketika",
        "kita",
        "klo",
        "kmi",
        "km",
        "knp",
        "krn",
        "kpd",
        "la",
        "lagi",
        "lah",
        "lain",
        "lalu",
        "lama",
        "langsung",
        "lebih",
        "lg",
        "maka",
        "makin",
        "malah",
        "mana",
        "masih",
        "masa",
        "mau",
        "melalui",
        "memang",
        "mengapa",
        "menjadi",
        "mereka",
        "merupakan",
        "meski",
        "meskipun",
        "min",
        "minta",
        "mohon",
        "mungkin",
        "nah",
        "namun",
        "nanti",
        "nih",
        "nya",
        "oleh",
        "pada",
        "padahal",
        "pak",
        "pakai",
        "para",
        "per",
        "perlu",
        "pernah",
        "pula",
        "pun",
        "saat",
        "saja",
        "salam",
        "sama",
        "sampai",
        "sangat",
        "satu",
        "saya",
        "sbg",
        "sdh",
        "se",
        "seakan",
        "sebab",
        "sebagai",
        "sebelum",
        "seberapa",
        "sebuah",
        "sedang",
        "segera",
        "sehingga",
        "sejak",
        "sekali",
        "sekarang",
        "sekian",
        "selalu",
        "selama",
        "seluruh",
        "semua",
        "semoga",
        "sendiri",
        "seperti",
        "sering",
        "serta",
        "sesuai",
        "setelah",
        "setiap",
        "siapa",
        "situ",
        "skrg",
        "sm",
        "smpe",
        "sudah",
        "supaya",
        "suatu",
        "tapi",
        "tdk",
        "tentang",
        "terima",
        "terimakasih",
        "terlalu",
        "terus",
        "terhadap",
        "tersebut",
        "tetap",
        "tetapi",
        "tiap",
        "tidak",
        "tlg",
        "tolong",
        "tp",
        "trs",
        "trus",
        "tsb",
        "tuh",
        "turut",
        "udah",
        "udh",
        "untuk",
        "utk",
        "waalaikumsalam",
        "walau",
        "wassalam",
        "ya",
        "yaitu",
        "yakni",
        "yang",
        "yg",
        "yth",
    ]
)

_stemmer = snowballstemmer.stemmer("indonesian")
_stemming = threading.Lock()  # the stemmer keeps the word it works on in itself


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as it stands there, and the stem that it is found by."""

    written: str
    stem: str


def fold(text: str) -> str:
    """The text in lower case and without accents, so that `Café` and `cafe` are the same."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def words(text: str) -> list[Word]:
    """The telling words of a text in their order; small words such as `yang` are left out."""
    found = []
    for match in WORD.finditer(text):
        for meant in _meant(match.group()):
            if meant not in SMALL:
                found.append(Word(match.group(), _stem(meant)))
    return found


def tokens(text: str) -> list[str]:
    """The stems of the telling words: what is indexed and what is searched for. Never shown."""
    return [word.stem for word in words(text)]


def _meant(written: str) -> list[str]:
    folded = fold(written)
    return MEANT.get(folded, folded).split()


@lru_cache(maxsize=50_000)
def _stem(folded: str) -> str:
    with _stemming:
        return str(_stemmer.stemWord(folded))
