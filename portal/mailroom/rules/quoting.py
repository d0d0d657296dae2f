"""What a person wrote now, out of a mail that also quotes, signs and advertises.

Line by line and without backtracking, in Indonesian and English. When in doubt a line stays: a signature
too many is ugly, a sentence too few changes what a resident said.
"""

import re
from collections.abc import Sequence

ATTRIBUTION_LINES = 4  # "Pada … menulis:" is folded by some programs
LONGEST_ATTRIBUTION = 400

QUOTED = re.compile(r"^\s*>")
DIGIT = re.compile(r"\d")
# "On Tue, 17 Nov 2026 at 09:12, X <y@z> wrote:" and its Indonesian forms.
BEGINS = re.compile(
    r"^\s*(?:On|Pada|Tanggal|Tgl\.?)\s|^\s*\d{1,4}[-/. ](?:\d{1,2}|\w{3,9})[-/. ]\d", re.IGNORECASE
)
ENDS = re.compile(r"(?:\b(?:wrote|writes|menulis)|<[^<>\s]+@[^<>\s]+>)\s*:\s*$", re.IGNORECASE)
NAMED = re.compile(r"^.{0,120}<[^<>\s]+@[^<>\s]+>\s*(?:wrote|menulis)\s*:\s*$", re.IGNORECASE)
SEPARATOR = re.compile(
    r"^\s*[-_*=~]{2,}\s*(?:original (?:message|appointment|email)|forwarded message|reply message|"
    r"pesan (?:asli|asal|awal|sebelumnya|terusan|diteruskan|yang diteruskan)|surat asli|email asli|"
    r"pesan dari|balasan)\b[^-_*=~]{0,60}[-_*=~]*\s*$|^\s*_{20,}\s*$",
    re.IGNORECASE,
)
FIELD = re.compile(
    r"^\s*\*?(?:(?P<from>from|dari)|(?P<other>sent|date|to|cc|subject|reply-to|"
    r"dikirim|tanggal|waktu|kepada|ke|tembusan|subjek|perihal|hal|judul))\s*:\s?\*?\s?\S?",
    re.IGNORECASE,
)
SIGNATURE = re.compile(r"^\s*(?:--|__|—)\s*$")  # phones make one dash of two
DISCLAIMER = re.compile(
    r"^\s*\*{0,2}(?:disclaimer|penafian|confidentiality notice|peringatan kerahasiaan)\*{0,2}\s*[:.]",
    re.IGNORECASE,
)
DEVICE = (
    r"(?:iphone|ipad|android|samsung|galaxy|xiaomi|redmi|poco|oppo|vivo|realme|infinix|huawei|asus|nokia|"
    r"blackberry|windows|yahoo|outlook|gmail|ymail|thunderbird|mail\b|ponsel|telepon|perangkat|hp\b|"
    r"smartphone|mobile|phone|tablet|myself|proton|zoho|aol)"
)
SENT_FROM = re.compile(
    r"^\s*[*_(\[]*(?:(?:sent|dikirim|terkirim|diirim)\s+(?:from|via|with|using|dari|melalui|lewat|dengan|menggunakan)"
    rf"\b.{{0,40}}?{DEVICE}|(?:get|dapatkan|unduh)\s+outlook\b|powered by telkomsel)",
    re.IGNORECASE,
)
INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
BLANKS = re.compile(r"\n{3,}")


def written(text: str, *, mark: str) -> str:
    """The words of the sender alone. `mark` begins the line that our letters ask to write above."""
    lines = [INVISIBLE.sub("", line).replace("\u00a0", " ").rstrip() for line in text.split("\n")]
    kept = _without_quotes(_above(lines, mark))
    return BLANKS.sub("\n\n", "\n".join(_without_signature(kept))).strip()


def _above(lines: Sequence[str], mark: str) -> Sequence[str]:
    """Up to our own mark. A quoted one is left to its `>`: the answer may stand below."""
    for number, line in enumerate(lines):
        if mark in line and not QUOTED.match(line):
            return _without_attribution(lines[:number])
    return lines


def _without_attribution(lines: Sequence[str]) -> Sequence[str]:
    """What stands above the mark, without the lines that announce the quote."""
    end = _last_filled(lines)
    for start in range(max(end - ATTRIBUTION_LINES, 0), end):
        if _is_attribution(lines[start:end]):
            return lines[:start]
    return lines


def _without_quotes(lines: Sequence[str]) -> list[str]:
    kept: list[str] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        if QUOTED.match(line):
            number += 1
        elif length := _attribution_length(lines, number):
            number += length
            if not _is_quote_ahead(lines, number):
                break
        elif _begins_original(lines, number):
            break
        else:
            kept.append(line)
            number += 1
    return kept


def _attribution_length(lines: Sequence[str], start: int) -> int:
    """How many lines from here announce a quote; 0 when they do not."""
    if not BEGINS.match(lines[start]) and not NAMED.match(lines[start]):
        return 0
    for length in range(1, ATTRIBUTION_LINES + 1):
        if _is_attribution(lines[start : start + length]):
            return length
    return 0


def _is_attribution(lines: Sequence[str]) -> bool:
    joined = " ".join(line.strip() for line in lines)
    if len(joined) > LONGEST_ATTRIBUTION or any(not line.strip() for line in lines):
        return False
    if NAMED.match(joined):
        return True
    # A day stands in it, so that "Pada papan itu tertulis:" of a resident is none.
    return bool(BEGINS.match(joined) and ENDS.search(joined) and DIGIT.search(joined))


def _is_quote_ahead(lines: Sequence[str], start: int) -> bool:
    return any(QUOTED.match(line) for line in lines[start : start + 3])


def _begins_original(lines: Sequence[str], number: int) -> bool:
    """Does the letter that was answered follow from here, unmarked? Two headers in a row say so."""
    if SEPARATOR.match(lines[number]):
        return True
    found = FIELD.match(lines[number])
    if not found or not found["from"]:
        return False
    following = [line for line in lines[number + 1 : number + 8] if line.strip()][:2]
    return any(FIELD.match(line) for line in following)


def _without_signature(lines: Sequence[str]) -> list[str]:
    for number, line in enumerate(lines):
        if SIGNATURE.match(line) or DISCLAIMER.match(line):
            lines = lines[:number]
            break
    kept = list(lines)
    while (end := _last_filled(kept)) and SENT_FROM.match(kept[end - 1]) and len(kept[end - 1]) < 120:
        kept = kept[: end - 1]
    return kept


def _last_filled(lines: Sequence[str]) -> int:
    """The number of lines up to the last one with anything in it."""
    return max((number for number, line in enumerate(lines, start=1) if line.strip()), default=0)
