"""A slow line, and what came over it: bytes, and round trips that had to wait for each other."""

from typing import Any

from playwright.sync_api import BrowserContext, Page

SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
NEEDED = ("Document", "Stylesheet")  # a page can be used when these are there; fonts and scripts come after


class SlowLine:
    """Watches one page of a window, and its service worker."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.bytes = 0
        self._depths: dict[str, int] = {}
        self._kinds: dict[str, str] = {}
        self._urls: dict[str, str] = {}
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", SLOW)
        line.on("Network.requestWillBeSent", self._asked)
        line.on("Network.requestServedFromCache", lambda event: self._depths.pop(event["requestId"], None))
        line.on("Network.responseReceived", self._answered)
        line.on("Network.loadingFinished", self._arrived)
        context.on("requestfinished", self._of_worker)

    @property
    def round_trips(self) -> int:
        """How many had to wait for each other until the page could be used, since the last call."""
        waited = max(
            (depth for request, depth in self._depths.items() if self._kinds[request] in NEEDED), default=0
        )
        self._depths.clear()
        return waited

    def _asked(self, event: Any) -> None:
        request, kind = event["requestId"], event.get("type", "")
        if "redirectResponse" in event:
            self._depths[request] = self._depths.get(request, 0) + 1
        elif kind == "Document":
            self._depths[request] = 1
        else:
            self._depths[request] = 1 + self._asked_by(event["initiator"].get("url", ""))
        self._kinds[request], self._urls[request] = kind, event["request"]["url"]

    def _asked_by(self, url: str) -> int:
        return max((depth for one, depth in self._depths.items() if self._urls[one] == url), default=0)

    def _answered(self, event: Any) -> None:
        if event["response"].get("fromDiskCache") or event["response"].get("fromPrefetchCache"):
            self._depths.pop(event["requestId"], None)

    def _arrived(self, event: Any) -> None:
        self.bytes += int(event["encodedDataLength"])

    def _of_worker(self, request: Any) -> None:
        if request.service_worker:
            sizes = request.sizes()
            self.bytes += sizes["responseBodySize"] + sizes["responseHeadersSize"]
