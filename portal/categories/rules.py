"""Classes of category."""

from enum import StrEnum


class CategoryClass(StrEnum):
    """How careful a category is: DOMAIN rules of supervisory weight, secrecy and emergency."""

    ORDINARY = "ordinary"  # tidak berkadar pengawasan
    SUPERVISORY = "supervisory"  # berkadar pengawasan
    CONFIDENTIAL = "confidential"  # rahasia: always confidential, to a named small team
    EMERGENCY = "emergency"  # darurat: the emergency number is shown before filing


OTHER = "lainnya"  # the category for what fits nowhere: a moderator finds the right one
