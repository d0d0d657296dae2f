"""What roles are called on pages."""

from portal.accounts.rules import Role
from portal.i18n import _l

ROLE = {
    Role.RESIDENT: _l("Warga"),
    Role.OFFICIAL: _l("Petugas"),
    Role.SUPERVISOR: _l("Atasan"),
    Role.HEAD: _l("Kepala dinas"),
    Role.INSPECTORATE: _l("Inspektorat"),
    Role.MODERATOR: _l("Moderator"),
    Role.ADMINISTRATOR: _l("Administrator"),
}
