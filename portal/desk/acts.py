"""What can be done with a duty, as the answer box offers it: one act, one form, one key."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.accounts.models import User
from portal.assignments import owners, policy
from portal.assignments.models import Assignment
from portal.assignments.rules import ResponseKind
from portal.desk import forms
from portal.i18n import _l


@dataclass(frozen=True)
class Act:
    """`endpoint` takes the form; `kind` is the response that it makes, if it makes one; `to_resident` ones
    need somebody who brought the matter."""

    name: str
    label: Any
    key: str
    icon: str
    allowed: Callable[[User, Assignment], bool]
    endpoint: str
    form: type[forms.DutyForm]
    done: Any
    kind: ResponseKind | None = None
    to_resident: bool = False

    @property
    def takes_words(self) -> bool:
        """Is it said to the resident, so that it may begin with words that were written before?"""
        return self.kind not in (None, ResponseKind.NOTE)


ACTS = (
    Act(
        "answer",
        _l("Jawab dan selesaikan"),
        "j",
        "check",
        policy.may_respond,
        "desk.respond",
        forms.ResponseForm,
        _l("Jawaban terkirim. Tugas ini selesai, kecuali warga menyatakan belum."),
        ResponseKind.ANSWER,
    ),
    Act(
        "update",
        _l("Beri kabar"),
        "k",
        "message",
        policy.may_respond,
        "desk.respond",
        forms.ResponseForm,
        _l("Kabar terkirim. Tenggat penyelesaian berjalan terus."),
        ResponseKind.INTERIM,
        to_resident=True,
    ),
    Act(
        "ask",
        _l("Tanya warga"),
        "t",
        "help",
        policy.may_respond,
        "desk.respond",
        forms.ResidentQuestionForm,
        _l("Pertanyaan terkirim. Hitungan waktu berhenti sampai warga menjawab."),
        ResponseKind.QUESTION,
        to_resident=True,
    ),
    Act(
        "transfer",
        _l("Alihkan"),
        "p",
        "forward",
        policy.may_transfer,
        "desk.transfer",
        forms.TransferForm,
        _l("Tugas dialihkan. Penerimanya sudah diberi tahu."),
    ),
    Act(
        "return",
        _l("Kembalikan ke moderator"),
        "m",
        "arrow-left",
        policy.may_send_back,
        "desk.send_back",
        forms.ReasonForm,
        _l("Tugas kembali ke meja verifikasi. Moderator memutuskan dalam satu hari kerja."),
    ),
    Act(
        "refuse",
        _l("Tolak"),
        "x",
        "ban",
        policy.may_respond,
        "desk.refuse",
        forms.RefusalForm,
        _l("Penolakan terkirim beserta dasarnya."),
        ResponseKind.REFUSAL,
        to_resident=True,
    ),
    Act(
        "extend",
        _l("Minta waktu"),
        "w",
        "clock",
        policy.may_ask_extension,
        "desk.ask_extension",
        forms.ExtensionForm,
        _l("Permohonan terkirim. Sampai atasan memutuskan, tenggat semula tetap berlaku."),
    ),
    Act(
        "reassign",
        _l("Serahkan ke petugas lain"),
        "s",
        "users",
        policy.may_reassign,
        "desk.reassign",
        forms.ReassignmentForm,
        _l("Tugas diserahkan. Tenggatnya tidak berubah."),
    ),
    Act(
        "note",
        _l("Catatan internal"),
        "c",
        "pen",
        policy.may_note,
        "desk.respond",
        forms.NoteForm,
        _l("Catatan tersimpan. Hanya petugas yang dapat membacanya."),
        ResponseKind.NOTE,
    ),
)
BY_NAME = {act.name: act for act in ACTS}


def open_to(user: User, assignment: Assignment) -> list[Act]:
    """The acts that the person may do now, the most likely first."""
    return [act for act in ACTS if is_open(act, user, assignment)]


def is_open(act: Act, user: User, assignment: Assignment) -> bool:
    """May the person do this with the duty, and does it make sense for what the duty is about?"""
    has_receiver = owners.of(assignment).has_resident or not act.to_resident
    return has_receiver and act.allowed(user, assignment)


def form_of(act: Act, assignment: Assignment) -> type[forms.DutyForm]:
    """An answer is a decision where the owner wants one of its outcomes."""
    if act.kind is ResponseKind.ANSWER and owners.of(assignment).outcomes:
        return forms.DecisionForm
    return act.form


def chosen(name: str, offered: list[Act]) -> Act | None:
    """The act asked for; else the first one offered; None when nothing can be done."""
    return next((act for act in offered if act.name == name), offered[0] if offered else None)
