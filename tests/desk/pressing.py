"""The answer box's other buttons: they send the act's form to an address of their own."""

from werkzeug.test import TestResponse

from tests.support.client import CheckingClient, Form

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def send(
    client: CheckingClient, page: TestResponse, body: str, *, headers: dict[str, str] | None = None
) -> TestResponse:
    """Send the words, as a browser or (with HTMX headers) as htmx does."""
    form = Form.on(page, "/responses")
    return client.post(form.action, data={**form.values, "body": body}, headers=headers)


def keep(
    client: CheckingClient,
    page: TestResponse,
    body: str,
    *,
    headers: dict[str, str] | None = None,
    **pressed: str,
) -> TestResponse:
    """Press "Simpan draf", or the button that says where to go then."""
    form = Form.on(page, "/responses")
    address = form.action.removesuffix("/responses") + "/draft"
    assert f'formaction="{address}"' in page.get_data(as_text=True)
    return client.post(address, data={**form.values, "body": body, **pressed}, headers=headers)
