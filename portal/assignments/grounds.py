"""What a refusal rests on, and whether that holds: asked before anything is refused."""

from dataclasses import dataclass
from typing import Any

from portal.assignments import owners, queries
from portal.assignments.models import Assignment
from portal.assignments.rules import RefusalBasis
from portal.errors import DomainError
from portal.i18n import _l
from portal.organisation.models import Agency

NUMBER_LENGTH = 40


@dataclass(frozen=True)
class Grounds:
    """`outside_body` is who is competent in place of the city, `duplicate_of` the number of the public
    matter that is the same; each goes with its own basis and with no other."""

    basis: RefusalBasis | None
    outside_body: Agency | None = None
    duplicate_of: str | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """As they are stored with a refusal."""
        body, number = self._fitting()
        return {
            "basis": self.basis,
            "outside_body_id": body.id if body else None,
            "duplicate_of": number,
        }

    @property
    def details(self) -> dict[str, Any]:
        """As the public record tells them."""
        body, number = self._fitting()
        told = {"basis": self.basis, "outside_body": body.code if body else None, "duplicate_of": number}
        return {name: value for name, value in told.items() if value}

    def _fitting(self) -> tuple[Agency | None, str | None]:
        """What was chosen for another basis is left out."""
        return (
            self.outside_body if self.basis is RefusalBasis.NOT_COMPETENT else None,
            normal(self.duplicate_of) if self.basis is RefusalBasis.DUPLICATE else None,
        )


def check(grounds: Grounds, *, number: str, body: str, is_unclear: bool) -> None:
    """Does the basis hold for the matter of that number? `body` explains it to the resident, `is_unclear`
    says that a question was left unanswered. Raises DomainError beside what is missing."""
    if grounds.basis is None:
        raise DomainError(_l("Pilih dasar penolakan."), field="basis")
    if grounds.basis is RefusalBasis.UNCLEAR and not is_unclear:
        raise DomainError(
            _l(
                "Menolak karena tidak jelas hanya boleh setelah pertanyaan kepada warga "
                "tidak dijawab sampai batas waktunya."
            ),
            field="basis",
        )
    if grounds.basis is RefusalBasis.NOT_COMPETENT:
        _check_body(grounds.outside_body)
    if grounds.basis is RefusalBasis.DUPLICATE:
        _check_duplicate(grounds.duplicate_of, number)
    if not body.strip():
        raise DomainError(_l("Jelaskan penolakan ini kepada warga."), field="body")


def twin(number: str | None) -> Assignment | None:
    """The public matter that a refusal points to; None when there is none, or none any more."""
    if not number or len(number) > NUMBER_LENGTH:
        return None
    found = queries.public_duty(normal(number))
    return found if found is not None and not owners.of(found).is_hidden(found) else None


def normal(number: str | None) -> str:
    """The number as it is stored, however it was typed."""
    return (number or "").strip().upper()


def _check_body(body: Agency | None) -> None:
    if body is None or not body.is_external:
        raise DomainError(
            _l("Pilih lembaga yang berwenang. Jika itu dinas lain di kota ini, alihkan tugasnya."),
            field="outside_body",
        )


def _check_duplicate(duplicate_of: str | None, number: str) -> None:
    if not normal(duplicate_of):
        raise DomainError(_l("Tulis nomor urusan yang sama."), field="duplicate_of")
    if normal(duplicate_of) == number:
        raise DomainError(_l("Itu nomor urusan ini sendiri."), field="duplicate_of")
    if twin(duplicate_of) is None:
        raise DomainError(_l("Tidak ada urusan publik bernomor itu yang ditangani."), field="duplicate_of")
