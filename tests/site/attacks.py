"""Texts that break out of a page that does not quote them; each carries a mark to be found by."""

from itertools import count, cycle

from portal.forms import cleaned_text

MARK = "xss9k"
CORPUS = (
    f"=HYPERLINK({MARK})",
    f"<script>{MARK}()</script>",
    f"<img src=//{MARK} onerror={MARK}()>",
    f'"><svg onload={MARK}()>',
    f'" onmouseover="{MARK}()" x="',
    f"' onfocus='{MARK}()' autofocus='",
    f"</title><script>{MARK}()</script>",
    f"</textarea><img src=//{MARK} onerror={MARK}()>",
    f"]]><script>{MARK}()</script><![CDATA[",
    f"--><script>{MARK}()</script><!-- {MARK}",
    f"<!-- {MARK} --!><iframe src=//{MARK}></iframe>",
    f"<svg><script href=//{MARK} /></svg>",
    f"<math><a xlink:href=javascript:{MARK}()>x</a></math>",
    f"<style>*{{background:url(//{MARK})}}</style>",
    f"<div style=width:expression({MARK}())>x</div>",
    f"<base href=//{MARK}><form action=//{MARK}><button>x",
    f"<meta http-equiv=refresh content=0;url=//{MARK}>",
    f"<scr<script>ipt>{MARK}()</scr</script>ipt>",
    f"<{MARK} {MARK}={MARK}",
    f"[a](javascript:{MARK}())",
    f"[b](data:text/html,{MARK})",
    f"[c](vbscript:{MARK})",
    f"[d](JaVa&#9;ScRiPt&colon;{MARK}())",
    f"[e]: javascript:{MARK}()\n[e]",
    f"![f](javascript:{MARK}())",
    f'![g](//{MARK} "x" onerror=")',
    f"<javascript:{MARK}()> <data:text/html,{MARK}>",
    f"&lt;script&gt;{MARK}()&lt;/script&gt; &#60;img src=//{MARK}&#62;",
    f"＜script＞{MARK}()＜/script＞ \u202e\u2028{MARK}\x00\x0b\ufffe\uffff",
    f"{{{{ 7*191 }}}}{{% raw %}}{MARK} ${{7*191}} %(x)s {{0}}",
    f"{MARK}\r\nBcc: {MARK}@contoh.id\r\nATTENDEE:mailto:{MARK}@contoh.id",
    f"> > <b onclick={MARK}()>\n\n`` <img src=//{MARK}> ``",
)


class Ink:
    """Writes the corpus: each text as much of it as fits, going on where the last one ended, as forms
    let it in. All differ."""

    def __init__(self) -> None:
        self._next = cycle(CORPUS[1:])
        self._serial = count(1)

    def line(self, limit: int) -> str:
        """For a title, a name, a caption: a formula for spreadsheets and one or more others."""
        return self._fill(limit, " ")

    def text(self, limit: int) -> str:
        """For what may have paragraphs."""
        return self._fill(limit, "\n\n")

    def _fill(self, limit: int, between: str) -> str:
        written = f"{CORPUS[0]}{next(self._serial)}"
        for _ in CORPUS[1:]:
            longer = written + between + next(self._next)
            if len(longer) > limit:
                break
            written = longer
        return cleaned_text(written)
