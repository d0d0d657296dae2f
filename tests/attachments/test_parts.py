"""Uploads in parts: nothing twice, nothing with a gap, nothing for ever."""

from datetime import UTC, datetime, timedelta

import pytest

from portal import config
from portal.attachments import parts, rules
from portal.errors import DomainError

SENDER, NAME = "d" * 64, "one"


def test_parts_make_a_whole_also_when_some_come_twice(app):
    parts.put(SENDER, NAME, b"aaaa", offset=0)
    parts.put(SENDER, NAME, b"aaaa", offset=0)
    parts.put(SENDER, NAME, b"abbb", offset=3)

    assert parts.read(SENDER, NAME) == b"aaaabbb"
    assert parts.received(SENDER, NAME) == 7


@pytest.mark.parametrize("offset", [1, -1, 10**9])
def test_a_part_that_leaves_a_gap_is_refused_with_what_is_there(app, offset):
    with pytest.raises(parts.Gap) as gap:
        parts.put("gap", NAME, b"bbb", offset=offset)

    assert gap.value.received == 0


def test_no_file_grows_larger_than_a_photo(app):
    parts.put("large", NAME, b"x", offset=0)
    path = config.current().data_dir / "uploads" / "large" / NAME
    with path.open("r+b") as file:
        file.truncate(rules.MAX_BYTES)

    with pytest.raises(DomainError, match="10 MB"):
        parts.put("large", NAME, b"x", offset=rules.MAX_BYTES)


def test_a_sender_has_only_a_few_files_under_way(app):
    for number in range(20):
        parts.put("many", str(number), b"x", offset=0)

    folder = config.current().data_dir / "uploads" / "many"
    assert len(list(folder.iterdir())) == parts.MOST_FILES
    assert parts.received("many", "19") == 1


def test_what_nobody_went_on_with_is_gone_after_a_day(app):
    parts.put("old", NAME, b"x", offset=0)
    now = datetime.now(UTC)

    parts.forget_old(now + timedelta(hours=23))
    assert parts.received("old", NAME) == 1
    parts.forget_old(now + timedelta(hours=25))
    assert parts.received("old", NAME) == 0
