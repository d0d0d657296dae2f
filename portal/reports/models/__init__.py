"""What residents bring.

The public row (`reports`) holds nothing that the public may not see: original texts lie in
`report_contents` and identities in `reporters`, which public queries never join.
"""

from portal.reports.models.company import CarriedSuggestion, Message, ReportFollowerByMail, Supporter
from portal.reports.models.draft import ReportDraft
from portal.reports.models.moderating import EarlyRefusal, ModeratorQuestion, PublicWording, ReportMerge
from portal.reports.models.report import (
    NumberSeries,
    Report,
    ReportAnswer,
    ReportContent,
    Reporter,
    ReportPhoto,
)

__all__ = [
    "CarriedSuggestion",
    "EarlyRefusal",
    "Message",
    "ModeratorQuestion",
    "NumberSeries",
    "PublicWording",
    "Report",
    "ReportAnswer",
    "ReportContent",
    "ReportDraft",
    "ReportFollowerByMail",
    "ReportMerge",
    "ReportPhoto",
    "Reporter",
    "Supporter",
]
