"""What the official reads who has to say what changes after a survey."""

from portal.assignments.models import Assignment
from portal.assignments.owners import Brief
from portal.i18n import _
from portal.surveys import queries, words
from portal.surveys.rules.instruments import Kind


def brief(assignment: Assignment) -> Brief:
    survey = queries.survey_or_404(assignment.number)
    result = queries.published_document(survey)
    told = words.lines(survey, result)
    weakest = ", ".join(line.name for line in words.weakest(told))
    facts = [(_("Masa survei"), words.days(survey)), (_("Jawaban"), str(result["n"]))]
    if survey.kind is Kind.SKM:
        facts.append((_("Indeks"), words.verdict(result)))
    if weakest:
        facts.append((_("Nilai terendah"), weakest))
    return Brief(
        kind=_("Tindak lanjut survei"),
        text=_(
            "Hasil survei ini sudah terbit. Tulis apa yang dinas Anda ubah karena jawaban warga, dan sampai "
            "kapan; tulisan Anda tampil di halaman hasil."
        ),
        author=_("Warga yang menjawab survei"),
        facts=facts,
    )
