"""The words of the stars that an answer gets, the best first."""

from portal.i18n import _l

STARS = (
    ("5", _l("5, sangat baik")),
    ("4", _l("4, baik")),
    ("3", _l("3, cukup")),
    ("2", _l("2, kurang")),
    ("1", _l("1, buruk")),
)
