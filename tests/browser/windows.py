"""A window of the browser that remembers what went wrong in it, and what axe-core says of a page."""

from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
AXE = Path(__file__).parent.parent / "vendor/axe-core-4.14.1/axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Only what breaks a rule is written out: describing each element that keeps one took most of the time.
RUN_AXE = """tags => axe.run(document, {runOnly: tags, resultTypes: ["violations"]})
                   .then(results => results.violations)"""


class Window:
    """One page in a context of its own."""

    def __init__(self, context: BrowserContext, cookie: Any = None) -> None:
        self.context = context
        self.troubles: list[str] = []
        context.set_default_timeout(10_000)
        if cookie:
            context.add_cookies([cookie])
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", self._note)

    def _note(self, message: ConsoleMessage) -> None:
        # The page itself may answer 404 or 422 on purpose; whatever it loads may not.
        if message.type == "error" and message.location.get("url") != self.page.url:
            self.troubles.append(message.text)


def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA; run by evaluation, since the page allows no other script."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    return [
        f"{rule['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for rule in page.evaluate(RUN_AXE, WCAG)
        for node in rule["nodes"]
    ]
