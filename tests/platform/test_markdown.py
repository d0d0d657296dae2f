"""What people write becomes paragraphs, lists, quotes and links, and nothing that runs."""

import pytest

from portal.markdown import to_html


def test_lists_quotes_and_emphasis_are_kept():
    html = to_html("> kata Ani\n\nSaya **setuju**:\n\n- lampu\n- bangku")

    assert "<blockquote>" in html
    assert "<strong>setuju</strong>" in html
    assert html.count("<li>") == 2


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[klik](javascript:alert(1))",
        "![](x onerror=alert(1))",
        '<a href="x" onclick="alert(1)">a</a>',
        "[a](data:text/html,<script>alert(1)</script>)",
    ],
)
def test_nothing_that_runs_comes_through(text):
    html = to_html(text)

    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert '<a href="x" onclick' not in html
