"""The instruments: which questions a survey asks, in both languages, and which answers fit them.

The codes stand with every answer; the order on the page means nothing (some offices swap U8 and U9).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

TEXT_LENGTH = 2000
EXTRA_PREFIX = "X"  # codes of the questions that an agency adds


class Kind(StrEnum):
    """What the engine asks for: each has its instrument."""

    SKM = "skm"  # Survei Kepuasan Masyarakat, PermenPANRB 14/2017
    EVALUATION = "evaluation"  # after a project was built
    RATING = "rating"  # after an answer; kept with the closure that it judges, see models.Rating


class Form(StrEnum):
    """The shape of an answer."""

    SCALE4 = "scale4"  # 1 to 4, each with a label
    STARS5 = "stars5"
    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Words:
    """The same in both languages of the portal."""

    id: str
    en: str

    def in_(self, language: str) -> str:
        return self.en if language == "en" else self.id


@dataclass(frozen=True, slots=True)
class Question:
    """`options` are codes with their labels; `name` is the short word that tables use."""

    code: str
    form: Form
    name: Words
    text: Words
    options: tuple[tuple[str, Words], ...] = ()
    is_required: bool = True

    def fits(self, value: Any) -> bool:
        """Is this an answer to the question? Numbers are numbers, choices are codes, texts are texts."""
        if self.form is Form.SCALE4:
            return _is_whole(value) and 1 <= value <= 4
        if self.form is Form.STARS5:
            return _is_whole(value) and 1 <= value <= 5
        if self.form is Form.CHOICE:
            return value in dict(self.options)
        return isinstance(value, str) and 0 < len(value) <= TEXT_LENGTH


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def unfit(questions: Sequence[Question], answers: Mapping[str, Any]) -> str | None:
    """The code of the first question whose answer is missing or does not fit, or of an answer to no
    question at all; None when all is well."""
    asked = {question.code for question in questions}
    for code in answers:
        if code not in asked:
            return code
    for question in questions:
        answer = answers.get(question.code)
        if question.is_required if answer is None else not question.fits(answer):
            return question.code
    return None


def _scale(*labels: tuple[str, str]) -> tuple[tuple[str, Words], ...]:
    return tuple((str(score), Words(*pair)) for score, pair in enumerate(labels, 1))


def _element(code: str, name: tuple[str, str], text: tuple[str, str], *labels: tuple[str, str]) -> Question:
    return Question(code, Form.SCALE4, Words(*name), Words(*text), _scale(*labels))


SKM = (
    _element(
        "U1",
        ("Persyaratan", "Requirements"),
        (
            "Bagaimana pendapat Anda tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?",
            "How well do the requirements fit the kind of service?",
        ),
        ("Tidak sesuai", "Do not fit"),
        ("Kurang sesuai", "Fit poorly"),
        ("Sesuai", "Fit"),
        ("Sangat sesuai", "Fit very well"),
    ),
    _element(
        "U2",
        ("Sistem, mekanisme, dan prosedur", "System, mechanism and procedure"),
        (
            "Bagaimana pemahaman Anda tentang kemudahan prosedur pelayanan di unit ini?",
            "How easy is the procedure of this service?",
        ),
        ("Tidak mudah", "Not easy"),
        ("Kurang mudah", "Not very easy"),
        ("Mudah", "Easy"),
        ("Sangat mudah", "Very easy"),
    ),
    _element(
        "U3",
        ("Waktu penyelesaian", "Time taken"),
        (
            "Bagaimana pendapat Anda tentang kecepatan waktu dalam memberikan pelayanan?",
            "How quick was the service?",
        ),
        ("Tidak cepat", "Not quick"),
        ("Kurang cepat", "Not very quick"),
        ("Cepat", "Quick"),
        ("Sangat cepat", "Very quick"),
    ),
    _element(
        "U4",
        ("Biaya/tarif", "Cost"),
        (
            "Bagaimana pendapat Anda tentang kewajaran biaya atau tarif dalam pelayanan?",
            "How reasonable is the cost of the service?",
        ),
        ("Sangat mahal", "Very expensive"),
        ("Cukup mahal", "Rather expensive"),
        ("Murah", "Cheap"),
        ("Gratis", "Free of charge"),
    ),
    _element(
        "U5",
        ("Produk spesifikasi jenis pelayanan", "What the service delivers"),
        (
            (
                "Bagaimana pendapat Anda tentang kesesuaian produk pelayanan antara yang tercantum dalam "
                "standar pelayanan dengan hasil yang diberikan?"
            ),
            "How well does what you received fit what the service standard promises?",
        ),
        ("Tidak sesuai", "Does not fit"),
        ("Kurang sesuai", "Fits poorly"),
        ("Sesuai", "Fits"),
        ("Sangat sesuai", "Fits very well"),
    ),
    _element(
        "U6",
        ("Kompetensi pelaksana", "Competence of the staff"),
        (
            "Bagaimana pendapat Anda tentang kompetensi atau kemampuan petugas dalam pelayanan?",
            "How competent are the staff?",
        ),
        ("Tidak kompeten", "Not competent"),
        ("Kurang kompeten", "Not very competent"),
        ("Kompeten", "Competent"),
        ("Sangat kompeten", "Very competent"),
    ),
    _element(
        "U7",
        ("Perilaku pelaksana", "Conduct of the staff"),
        (
            (
                "Bagaimana pendapat Anda tentang perilaku petugas dalam pelayanan, terkait kesopanan dan "
                "keramahan?"
            ),
            "How polite and friendly are the staff?",
        ),
        ("Tidak sopan dan ramah", "Not polite and friendly"),
        ("Kurang sopan dan ramah", "Not very polite and friendly"),
        ("Sopan dan ramah", "Polite and friendly"),
        ("Sangat sopan dan ramah", "Very polite and friendly"),
    ),
    _element(
        "U8",
        ("Penanganan pengaduan, saran, dan masukan", "Handling of complaints and suggestions"),
        (
            "Bagaimana pendapat Anda tentang penanganan pengaduan pengguna layanan?",
            "How are complaints of the users of this service handled?",
        ),
        ("Tidak ada", "There is no such thing"),
        ("Ada tetapi tidak berfungsi", "It exists but does not work"),
        ("Berfungsi kurang maksimal", "It works, but not as well as it could"),
        ("Dikelola dengan baik", "Well managed"),
    ),
    _element(
        "U9",
        ("Sarana dan prasarana", "Facilities"),
        (
            "Bagaimana pendapat Anda tentang kualitas sarana dan prasarana?",
            "How good are the facilities?",
        ),
        ("Buruk", "Bad"),
        ("Cukup", "Fair"),
        ("Baik", "Good"),
        ("Sangat baik", "Very good"),
    ),
)
SKM_CODES = tuple(question.code for question in SKM)

_AGREE = (
    ("Tidak setuju", "Disagree"),
    ("Kurang setuju", "Rather disagree"),
    ("Setuju", "Agree"),
    ("Sangat setuju", "Strongly agree"),
)
EVALUATION = (
    _element(
        "E1",
        ("Sesuai rencana", "As planned"),
        (
            "Apakah yang dibangun sesuai dengan rencana yang disepakati bersama?",
            "Was it built as we planned it together?",
        ),
        ("Tidak sesuai", "Not as planned"),
        ("Kurang sesuai", "Little of it as planned"),
        ("Sesuai", "As planned"),
        ("Sangat sesuai", "Entirely as planned"),
    ),
    _element(
        "E2",
        ("Manfaat", "Benefit"),
        (
            "Seberapa bermanfaat hasilnya bagi Anda dan lingkungan Anda?",
            "How useful is it to you and your neighbourhood?",
        ),
        ("Tidak bermanfaat", "Not useful"),
        ("Kurang bermanfaat", "Not very useful"),
        ("Bermanfaat", "Useful"),
        ("Sangat bermanfaat", "Very useful"),
    ),
    _element(
        "E3",
        ("Kualitas", "Quality"),
        ("Bagaimana mutu hasil pekerjaannya?", "How good is the work?"),
        ("Buruk", "Bad"),
        ("Cukup", "Fair"),
        ("Baik", "Good"),
        ("Sangat baik", "Very good"),
    ),
    _element(
        "E4",
        ("Keterlibatan", "Being heard"),
        (
            "Warga dilibatkan dan didengar selama rencana ini.",
            "Residents were involved and heard during this project.",
        ),
        *_AGREE,
    ),
    Question(
        "E5",
        Form.TEXT,
        Words("Yang masih kurang", "What is missing"),
        Words("Apa yang masih kurang?", "What is still missing?"),
        is_required=False,
    ),
)
RATING = (
    Question(
        "solved",
        Form.CHOICE,
        Words("Selesai", "Solved"),
        Words("Apakah masalahnya selesai?", "Was the problem solved?"),
        (
            ("solved", Words("Sudah selesai", "Solved")),
            ("partly", Words("Baru sebagian", "Only in part")),
            ("not", Words("Belum selesai", "Not solved")),
        ),
    ),
    Question(
        "stars",
        Form.STARS5,
        Words("Bintang", "Stars"),
        Words("Bagaimana penanganannya?", "How was it handled?"),
        is_required=False,
    ),
    Question(
        "comment",
        Form.TEXT,
        Words("Komentar", "Comment"),
        Words("Ada yang ingin Anda tambahkan?", "Anything to add?"),
        is_required=False,
    ),
)
# Facts about the person: never required, published only in groups of five and more.
FACTS = (
    Question(
        "age",
        Form.CHOICE,
        Words("Umur", "Age"),
        Words("Umur Anda", "Your age"),
        (
            ("under_25", Words("Di bawah 25 tahun", "Under 25")),
            ("25_34", Words("25–34 tahun", "25–34")),
            ("35_44", Words("35–44 tahun", "35–44")),
            ("45_54", Words("45–54 tahun", "45–54")),
            ("from_55", Words("55 tahun ke atas", "55 and over")),
        ),
        is_required=False,
    ),
    Question(
        "sex",
        Form.CHOICE,
        Words("Jenis kelamin", "Sex"),
        Words("Jenis kelamin Anda", "Your sex"),
        (("female", Words("Perempuan", "Female")), ("male", Words("Laki-laki", "Male"))),
        is_required=False,
    ),
    Question(
        "education",
        Form.CHOICE,
        Words("Pendidikan", "Education"),
        Words("Pendidikan terakhir Anda", "Your highest education"),
        (
            ("primary", Words("SD atau sederajat, atau tidak sekolah", "Primary school or none")),
            ("lower_secondary", Words("SMP atau sederajat", "Lower secondary")),
            ("upper_secondary", Words("SMA atau sederajat", "Upper secondary")),
            ("diploma", Words("D1–D4", "Diploma")),
            ("university", Words("S1 ke atas", "University")),
        ),
        is_required=False,
    ),
)
REMARK = Question(
    "saran",
    Form.TEXT,
    Words("Saran", "Suggestion"),
    Words(
        "Apa yang sebaiknya kami perbaiki lebih dulu?",
        "What should we improve first?",
    ),
    is_required=False,
)
INSTRUMENTS = {Kind.SKM: (*SKM, REMARK), Kind.EVALUATION: EVALUATION, Kind.RATING: RATING}


def scored(kind: Kind) -> tuple[Question, ...]:
    """The questions of a survey that carry its figures."""
    return tuple(question for question in INSTRUMENTS[kind] if question.form is Form.SCALE4)


def added(texts: Sequence[Mapping[str, str]]) -> tuple[Question, ...]:
    """Open questions that an agency adds; they carry no weight, so the nine keep theirs."""
    return tuple(
        Question(
            f"{EXTRA_PREFIX}{serial}",
            Form.TEXT,
            Words(text["id"], text["en"]),
            Words(text["id"], text["en"]),
            is_required=False,
        )
        for serial, text in enumerate(texts, 1)
    )
