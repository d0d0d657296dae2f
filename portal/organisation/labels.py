"""What kinds of leave and its states are called on pages."""

from portal.i18n import _l
from portal.organisation.rules import LeaveKind, LeaveState

LEAVE_KIND = {
    LeaveKind.ANNUAL: _l("Cuti tahunan"),
    LeaveKind.SICK: _l("Cuti sakit"),
    LeaveKind.DUTY_TRAVEL: _l("Perjalanan dinas"),
    LeaveKind.TRAINING: _l("Pendidikan atau pelatihan"),
    LeaveKind.OTHER: _l("Lainnya"),
}
LEAVE_STATE = {
    LeaveState.ASKED: _l("Menunggu keputusan"),
    LeaveState.APPROVED: _l("Disetujui"),
    LeaveState.REFUSED: _l("Tidak disetujui"),
    LeaveState.CANCELLED: _l("Dibatalkan"),
}
