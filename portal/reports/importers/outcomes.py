"""What can become of a file and of each of its rows, and why."""

from enum import StrEnum


class RunState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"  # the whole file


class RowResult(StrEnum):
    IMPORTED = "imported"
    KNOWN = "known"  # came in earlier
    DIFFERS = "differs"  # came in earlier; its source says by now that it ended otherwise than here
    REFUSED = "refused"


class Why(StrEnum):
    """Why a file or a row was refused, or where a row differs."""

    # of a row
    COLUMN_EMPTY = "column_empty"
    SOURCE_ID_EMPTY = "source_id_empty"
    RECEIVED_EMPTY = "received_empty"
    UNKNOWN_VALUE = "unknown_value"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    NOT_A_NUMBER = "not_a_number"
    UNKNOWN_AGENCY = "unknown_agency"
    UNKNOWN_CATEGORY = "unknown_category"
    NO_AGENCY = "no_agency"
    CLOSED_BEFORE_RECEIVED = "closed_before_received"
    IN_THE_FUTURE = "in_the_future"
    TOO_MANY_CELLS = "too_many_cells"
    OTHER_ENDING = "other_ending"
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
