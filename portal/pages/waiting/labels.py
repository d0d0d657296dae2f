"""What waits, in a word or two: how pressing it is."""

from portal.i18n import _l
from portal.pages.waiting.rules import Pressing

PRESSING = {
    Pressing.LATE: _l("Terlambat"),
    Pressing.TODAY: _l("Hari ini"),
    Pressing.ASKED: _l("Ada yang menunggu"),
}
