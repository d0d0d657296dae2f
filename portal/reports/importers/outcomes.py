"""What can become of a file and of each of its rows, and why."""

from enum import StrEnum


class RunState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"  # the whole file


class RowResult(StrEnum):
    IMPORTED = "imported"
    KNOWN = "known"  # came in earlier
    DIFFERS = "differs"  # came in earlier, and its source says by now what we do not
    REFUSED = "refused"


class Why(StrEnum):
    """Why a file or a row was refused, or where a row differs."""

    # of a row
    COLUMN_EMPTY = "column_empty"
    UNKNOWN_VALUE = "unknown_value"
    NOT_A_DATE = "not_a_date"
    NOT_A_NUMBER = "not_a_number"
    UNKNOWN_AGENCY = "unknown_agency"
    UNKNOWN_CATEGORY = "unknown_category"
    NO_AGENCY = "no_agency"
    CLOSED_BEFORE_RECEIVED = "closed_before_received"
    IN_THE_FUTURE = "in_the_future"
    TOO_FEW_CELLS = "too_few_cells"
    TWICE_IN_FILE = "twice_in_file"
    OTHER_STATE = "other_state"
    BROKEN = "broken"
    # of a file
    NOT_A_FILE = "not_a_file"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    SPREADSHEET = "spreadsheet"
    NOT_TEXT = "not_text"
    MISSING_COLUMNS = "missing_columns"
    BROKEN_CSV = "broken_csv"
