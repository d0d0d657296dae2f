"""Personal data in a text meant for everyone: found, and covered by dots before it is shown.

Covered are 16-digit numbers (NIK and family card), telephone numbers, e-mail addresses and vehicle
plates. The report keeps its original; only those who handle it read that.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

DOT = "•"
GAP = r"[ .)_\-–]{0,3}"  # how people part the groups of a number


class Kind(StrEnum):
    """What was found."""

    IDENTITY_NUMBER = "identity_number"
    PHONE = "phone"
    EMAIL = "email"
    PLATE = "plate"
    NAME = "name"  # only pointed out: a name may be that of a street, or may have to stay


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text; `kind` says what personal data it is, None where it is none."""

    text: str
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One covered place: its kind and how it now reads."""

    kind: Kind
    shown: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A text that everyone may read, and what was covered in it, in the order of the text."""

    text: str
    findings: list[Finding]

    @property
    def found(self) -> list[Kind]:
        """The kinds that were covered, each once."""
        return list(dict.fromkeys(finding.kind for finding in self.findings))


def mask(text: str) -> Masked:
    """The text with personal data covered by dots; a text without any comes back unchanged."""
    findings: list[Finding] = []

    def cover(match: re.Match[str]) -> str:
        kind, piece = _found(match)
        shown = COVER[kind](piece)
        findings.append(Finding(kind, shown))
        return match.group().replace(piece, shown)

    return Masked(PERSONAL.sub(cover, text), findings)


def cut(text: str) -> str:
    """The text without personal data and without the gaps that it leaves; unchanged when there is none."""
    without, count = PERSONAL.subn(lambda match: match.group().replace(_found(match)[1], ""), text)
    return GAPS.sub("", without).strip() if count else text


def passages(text: str) -> list[Passage]:
    """The whole text in stretches, personal data and people's names apart from the rest."""
    found = [*PERSONAL.finditer(text), *NAMED.finditer(text)]
    cut: list[Passage] = []
    end = 0
    for match in sorted(found, key=lambda match: match.start()):
        if match.start() < end:
            continue
        start, stop = match.span(str(match.lastgroup))
        cut += [Passage(text[end:start]), Passage(text[start:stop], _found(match)[0])]
        end = stop
    return [one for one in [*cut, Passage(text[end:])] if one.text]


def _found(match: re.Match[str]) -> tuple[Kind, str]:
    """What was found, and the piece of the match that is it."""
    name = str(match.lastgroup)
    return SAME_AS.get(name) or Kind(name), match.group(name)


def _number(written: str) -> str:
    """First and last two digits stay, in groups of four: 0812-3456-7812 reads 08•• •••• ••12."""
    digits = re.sub(r"\D", "", re.sub("^[Oo]", "0", written))
    if digits.startswith("62") and len(digits) < 16:
        digits = "0" + digits[2:]
    covered = digits[:2] + DOT * (len(digits) - 4) + digits[-2:]
    return " ".join(covered[start : start + 4] for start in range(0, len(covered), 4))


def _email(written: str) -> str:
    name, domain = AT.split(written, maxsplit=1)
    return f"{name[0]}{DOT * 3}@{domain}"


def _plate(written: str) -> str:
    region, digits, *series = re.findall(r"[A-Za-z]+|\d+", written)
    return f"{region.upper()} {digits[0]}{DOT * (len(digits) - 1)} {DOT * len(''.join(series))}".rstrip()


COVER: dict[Kind, Callable[[str], str]] = {
    Kind.IDENTITY_NUMBER: _number,
    Kind.PHONE: _number,
    Kind.EMAIL: _email,
    Kind.PLATE: _plate,
}

AT = re.compile(r"[ ]?(?:@|[(\[]at[)\]])[ ]?")
GAPS = re.compile(r"[ \t]+(?=[ \t])|[ \t]+(?=[.,;:!?)])|[ \t]+$", re.MULTILINE)  # where something stood

# The plates' region letters. One letter alone is also a block or a house, so it counts only when the
# whole plate is in capitals; North Sumatra's BK and BB count in small letters too, and so does every plate
# that is called one.
REGIONS = "A[ABDEG]?|B[ADEGHKLMNP]?|D[ABCDEGHKLMNRTW]?|E[ABD]?|F|G|H|K[BHTU]?|L|M|N|P[ABGST]?|R|S|T|W|Z"
NOT_A_SERIES = r"(?!(?:NO|RT|RW|KG|CM|KM|DI|KE|DAN|JL|LK|GG|HR|JT|RB|WIB|PJU)\b)"
NUMBERED = (  # after these a letter and digits are a house, a pole or a school
    *("gang", "gg", "tiang", "blok", "gardu", "trafo", "kwh", "meteran", "pju", "sma", "smp", "smk"),
    *("rumah", "no", "nomor", "kios", "lapak", "kamar", "ruang", "tahun", "kelas"),
)
NO_PLATE_AFTER = "".join(
    rf"(?<!\b{word}[ ])(?<!\b{word.capitalize()}[ ])(?<!\b{word.upper()}[ ])" for word in NUMBERED
)
NO_MONEY = r"(?<![Rr]p)(?<![Rr]p[ .])(?<!IDR)(?<!IDR[ ])"
MAILBOXES = "gmail|yahoo|ymail|hotmail|outlook|icloud|proton"

PERSONAL = re.compile(
    rf"""
    (?P<email>
        (?<![\w.+\-])[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+    # from a run's first sign: from each it takes seconds
        |(?<![\w.+\-])[\w.+\-]+[ ]?(?:@|[(\[]at[)\]])[ ]?(?:{MAILBOXES})
            (?:[ ]?(?:\.|[(\[]?dot[)\]]?)[ ]?(?:com|co|id|me|net))*\b
    )
    |(?P<identity_number>
        (?<!\d)(?<!\d[.,\-]){NO_MONEY}(?!(?:(?:19|20)\d\d[ .\-]){{3}})     # four years are no NIK
        (?:\d{{16}}|\d{{4}}(?:[ .\-/]\d{{4}}){{3}}|\d{{6}}[ .\-]\d{{6}}[ .\-]\d{{4}}
           |(?:\d\d[.]){{3}}\d{{6}}[.]\d{{4}})
        (?!\d|[.,\-]\d|[ ](?i:rupiah))
    )
    |(?P<phone>
        (?<!\d)(?:\+62|62|0(?!\.\d{{6}})){GAP}8{GAP}[1-9]{GAP}\d(?:{GAP}\d){{6,9}}(?!\d)  # a mobile number
        |(?<!\w)[Oo]8[1-9]\d{{7,10}}(?!\d)                                 # an O for the nought
        |\(0\d{{2,3}}\){GAP}\d{{3,4}}{GAP}\d{{3,4}}(?!\d)                    # (061) 451 2345
        |(?<![\d/\-])(?:0|\+62[ ]?)(?:[2-7]1|[2-79]\d\d?)[ .\-]\d{{3,4}}[ .\-]?\d{{3,4}}(?!\d)  # 061-451 2345
        |(?<!\d)061\d{{7,8}}(?!\d)
    )
    |(?i:\b(?:hp|wa|whatsapp|telp|tlp|telepon|tel|kontak|sms|fax|faks)\b)[ ]?(?i:saya|kami)?[.:]?[ ]?
        (?P<called>8[1-9]\d(?:{GAP}\d){{6,9}}(?!\d)|[2-9]\d{{2,3}}[ \-]?\d{{4}}(?!\d))
    |(?P<plate>
        \b(?:BK|BB|bk|bb|Bk|Bb)[ .\-]?\d{{2,4}}[ .\-]?(?i:{NOT_A_SERIES}[A-Z]{{1,3}})\b
        |{NO_PLATE_AFTER}\b(?:{REGIONS})[ ]?\d{{3,4}}[ ]?{NOT_A_SERIES}[A-Z]{{1,3}}\b
    )
    |(?i:\b(?:plat|nopol|no\.?[ ]?pol(?:isi)?|nomor[ ]polisi)\b)(?i:[ ](?:nomor|no\.?))?[ :.]{{0,3}}
        (?P<named_plate>(?i:{REGIONS})[ .\-]?\d{{1,4}}(?:[ .\-]?(?i:{NOT_A_SERIES}[A-Z]{{1,3}}))?\b)
    """,
    re.VERBOSE,
)
SAME_AS = {"called": Kind.PHONE, "named_plate": Kind.PLATE}  # known by the word before them

# People as residents name them: "Pak Budi Santoso", "Ibu Rosmawati". Officers are named by their office.
NAMED = re.compile(
    r"""
    \b(?i:pak|bapak|bpk\.?|bu|ibu|sdr\.?|sdri\.?|saudara|saudari|mas|mbak|bang|kak|haji|hajah)\s+
    (?!(?i:rt|rw|lurah|camat|kepling|kades|kadis|wali|polisi|guru|kota|kepala|hakim|bupati|gubernur|presiden)\b)
    (?P<name>[A-Z][\w'’]+(?:[ ][A-Z][\w'’]+){0,2})
    """,
    re.VERBOSE,
)
