"""Who sees what of a report, by what its writer chose; one answer for all pages that tell it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from portal.i18n import _


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the writer chose, and what there is to be seen."""

    is_anonymous: bool
    is_confidential: bool
    has_account: bool
    has_name: bool


@dataclass(frozen=True)
class Row:
    """Of one thing: what the public, the handling agency's officials and moderators see of it."""

    what: str
    public: str
    official: str
    moderator: str

    @property
    def cells(self) -> list[tuple[str, str]]:
        """(who, what they see)"""
        who = dict(zip((one.name for one in fields(self)[1:]), viewers(), strict=True))
        return [(who[name], getattr(self, name)) for name in who]


@dataclass(frozen=True)
class Compared:
    """Of one thing for one reader: what they see, and what once the box is ticked, "" for the same."""

    who: str
    open: str
    ticked: str


def viewers() -> list[str]:
    return [_("Publik"), _("Dinas yang menangani"), _("Moderator")]


def seen(choice: Choice) -> list[Row]:
    """What each reader sees of name, text, photos and contact."""
    never = _("Tidak")
    return [
        Row(_("Nama Anda"), *_name(choice)),
        Row(_("Isi laporan"), _text(choice), _("Ya, lengkap"), _("Ya, lengkap")),
        Row(_("Foto"), _photos(choice), _("Ya"), _("Ya")),
        Row(_("Surel dan telepon"), never, never, _with_reason(choice) or never),
    ]


def compared(choice: Choice) -> list[tuple[str, Sequence[Compared]]]:
    """The same before anything is chosen: of each thing what ticking a box changes."""
    plain = Choice(
        is_anonymous=False,
        is_confidential=choice.is_confidential,
        has_account=choice.has_account,
        has_name=True,
    )
    ticked = Choice(
        is_anonymous=True, is_confidential=True, has_account=choice.has_account, has_name=choice.has_account
    )
    return [
        (
            before.what,
            [
                Compared(who, now, then if then != now else "")
                for (who, now), (_who, then) in zip(before.cells, after.cells, strict=True)
            ],
        )
        for before, after in zip(seen(plain), seen(ticked), strict=True)
    ]


def _name(choice: Choice) -> tuple[str, str, str]:
    never = _("Tidak")
    if choice.is_anonymous:
        return never, never, _with_reason(choice) or _("Tidak, karena tidak disimpan")
    if not choice.has_name:
        return (_("Tidak disebutkan"),) * 3
    return never if choice.is_confidential else _("Ya"), _("Ya"), _("Ya")


def _with_reason(choice: Choice) -> str:
    """A seal exists only where there is an account; guests leave nothing to open."""
    if not (choice.is_anonymous and choice.has_account):
        return ""
    return _("Hanya dengan alasan tercatat; Anda dikabari")


def _text(choice: Choice) -> str:
    if choice.is_confidential:
        return _("Tidak; hanya bidang, wilayah, dan tenggat")
    return _("Ya, setelah diverifikasi; data pribadi ditutupi")


def _photos(choice: Choice) -> str:
    return _("Tidak") if choice.is_confidential else _("Ya, setelah diverifikasi")
