"""What states, responses and bases are called on pages."""

from portal.assignments.rules import AssignmentState, RefusalBasis, ResponseKind
from portal.i18n import _l

KIND = {
    ResponseKind.ACKNOWLEDGEMENT: _l("Tanda terima"),
    ResponseKind.QUESTION: _l("Pertanyaan kepada warga"),
    ResponseKind.INTERIM: _l("Kabar perkembangan"),
    ResponseKind.ANSWER: _l("Jawaban penyelesaian"),
    ResponseKind.REFUSAL: _l("Penolakan"),
    ResponseKind.TRANSFER: _l("Pengalihan"),
    ResponseKind.NOTE: _l("Catatan internal"),
    ResponseKind.CONSULTATION: _l("Permintaan bantuan"),
    ResponseKind.CONTRIBUTION: _l("Bantuan"),
    ResponseKind.NO_HELP: _l("Tidak dapat membantu"),
}
BASIS = {
    RefusalBasis.NOT_COMPETENT: _l("Bukan wewenang pemerintah kota"),
    RefusalBasis.DUPLICATE: _l("Sama dengan urusan lain yang sedang ditangani"),
    RefusalBasis.UNCLEAR: _l("Tidak jelas, dan pertanyaan kami tidak dijawab"),
    RefusalBasis.UNLAWFUL: _l("Melanggar hukum atau tidak dapat dipertanggungjawabkan"),
}
STATE = {
    AssignmentState.OPEN: _l("Sedang ditangani"),
    AssignmentState.RETURNED: _l("Kembali ke meja verifikasi"),
    AssignmentState.ANSWERED: _l("Sudah dijawab"),
    AssignmentState.CLOSED: _l("Ditutup"),
}
