"""Words for what became of an idea."""

from portal.i18n import _l
from portal.projects.ideas.rules import IdeaStatus

STATUS = {
    IdeaStatus.WAITING: _l("Menunggu status"),
    IdeaStatus.ACCEPTED: _l("Diterima penuh"),
    IdeaStatus.PARTLY: _l("Diterima sebagian"),
    IdeaStatus.MERGED: _l("Digabung"),
    IdeaStatus.LATER: _l("Ditunda"),
    IdeaStatus.REJECTED: _l("Tidak diterima"),
}
TONE = {
    IdeaStatus.ACCEPTED: "met",
    IdeaStatus.PARTLY: "met",
    IdeaStatus.MERGED: "brand",
    IdeaStatus.LATER: "wait",
}  # not accepted has none: red says late, and this is an answer
