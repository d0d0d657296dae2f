"""What a person wrote now, whatever their mail program puts around it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.mailroom.rules import markup, quoting
from portal.notifications.letters import MARK
from tests.mailroom.corpus import Case, cases

pytestmark = pytest.mark.engine_free


PLAIN, HTML = cases("replies.txt"), cases("replies_html.txt")
UNPRINTED = [
    Case("empty", "", ""),
    Case("windows lines", "Baris satu.\r\nBaris dua.\r\n", "Baris satu.\nBaris dua."),
    Case("invisible signs", "Su\u200bdah.\u00a0Ya.", "Sudah. Ya."),
]


def named(case: Case) -> str:
    return case.name


@pytest.mark.parametrize("case", [*PLAIN, *UNPRINTED], ids=named)
def test_only_the_sender_s_own_words_are_left(case: Case) -> None:
    assert quoting.written(case.came, mark=MARK) == case.wrote


@pytest.mark.parametrize("case", HTML, ids=named)
def test_mail_without_plain_text_reads_the_same(case: Case) -> None:
    assert quoting.written(markup.to_text(case.came), mark=MARK) == case.wrote


def test_there_are_enough_samples() -> None:
    assert len(PLAIN) + len(HTML) >= 55


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_nothing_is_added_to_what_came(came: str) -> None:
    left = quoting.written(came, mark=MARK)

    assert len(left) <= len(came)
    assert not any(line.lstrip().startswith(">") for line in left.split("\n"))


@pytest.mark.parametrize(
    "line", ["On 1 ", "> ", "Pada 1 <", "Dari: x", "-", "_", "<a@b> ", "<div>", "dikirim dari "]
)
def test_mail_made_to_be_slow_is_read_at_once(line: str) -> None:
    began = time.process_time()

    quoting.written(f"{line * 20_000}\n" + f"{line}\n" * 10_000, mark=MARK)

    assert time.process_time() - began < 2
