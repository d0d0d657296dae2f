"""Why a matter lies where it lies, told in the reader's language."""

from collections.abc import Mapping
from typing import Any

from portal.i18n import _, get_locale
from portal.routing.rules import Basis


def tell(reason: Mapping[str, Any]) -> str:
    """One sentence; empty when nothing was stored (imported matters)."""
    if not reason:
        return ""
    sentence = _sentence(reason)
    if reason.get("stands_in"):
        return f"{sentence} {_('Penerima menggantikan petugas yang sedang tidak bertugas.')}"
    return sentence


def _sentence(reason: Mapping[str, Any]) -> str:
    basis = reason["basis"]
    if basis == Basis.RULE:
        return _rule(_category(reason), reason.get("area"))
    if basis == Basis.EXTERNAL:
        return _(
            "Urusan ini ditangani %(agency)s, lembaga di luar pemerintah kota.",
            agency=reason["agency"],
        )
    return {
        Basis.INSPECTORATE: _("Laporan berkadar pengawasan selalu ditangani Inspektorat."),
        Basis.MODERATOR: _("Dipilih oleh moderator."),
        Basis.NAMED: _("Petugasnya ditunjuk oleh moderator."),
        Basis.RESPONSIBLE: _("Ditangani oleh penanggung jawabnya."),
        Basis.TRANSFER: _("Dialihkan oleh penerima sebelumnya."),
        Basis.SUPERVISOR: _("Ditunjuk oleh atasan."),
        Basis.NONE: _("Belum ada aturan yang cocok; moderator yang menentukan."),
    }[Basis(basis)]


def _rule(category: str | None, area: str | None) -> str:
    if category and area:
        return _("Aturan: %(category)s di %(area)s.", category=category, area=area)
    if category:
        return _("Aturan: %(category)s di seluruh kota.", category=category)
    if area:
        return _("Aturan: semua bidang di %(area)s.", area=area)
    return _("Aturan: semua bidang di seluruh kota.")


def _category(reason: Mapping[str, Any]) -> str | None:
    names = reason.get("category")
    return names.get(str(get_locale()), names["id"]) if names else None
