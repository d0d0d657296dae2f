"""What a flag weighs: by the person's standing and by how often they were right."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.moderation.rules import THRESHOLD, Standing, fingerprint, standing, weight

NOW = datetime(2026, 11, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "upheld", "decided", "is_staff", "expected"),
    [
        (1, 0, 0, False, Standing.NEW),
        (7, 0, 0, False, Standing.ORDINARY),
        (400, 4, 4, False, Standing.ORDINARY),
        (400, 5, 5, False, Standing.TRUSTED),
        (400, 5, 9, False, Standing.ORDINARY),
        (1, 0, 0, True, Standing.TRUSTED),
    ],
)
def test_standing_is_earned_by_time_and_by_being_right(days, upheld, decided, is_staff, expected):
    joined = NOW - timedelta(days=days)

    assert standing(joined_at=joined, upheld=upheld, decided=decided, is_staff=is_staff, at=NOW) is expected


@pytest.mark.parametrize(
    ("held", "upheld", "decided", "hundredths"),
    [
        (Standing.NEW, 0, 0, 30),
        (Standing.ORDINARY, 0, 0, 100),
        (Standing.TRUSTED, 5, 5, 150),
        (Standing.ORDINARY, 0, 1, 50),
        (Standing.ORDINARY, 0, 9, 10),
        (Standing.ORDINARY, 3, 4, 80),
    ],
)
def test_a_flag_weighs_less_when_its_sender_was_wrong(held, upheld, decided, hundredths):
    assert weight(held, upheld=upheld, decided=decided) == hundredths


def test_two_trusted_people_hide_what_ten_new_accounts_hide():
    assert 2 * weight(Standing.TRUSTED, upheld=5, decided=5) >= THRESHOLD
    assert 9 * weight(Standing.NEW, upheld=0, decided=0) < THRESHOLD
    assert 10 * weight(Standing.NEW, upheld=0, decided=0) >= THRESHOLD


def test_every_change_of_a_text_is_another_version():
    assert fingerprint("judul", "isi") != fingerprint("judul", "isi.")
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
