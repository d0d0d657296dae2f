"""The writer is told what will be covered, where it stands, and exactly how everybody will read it."""

import pytest
from flask import Flask

from portal.reports.filing import covered
from portal.reports.filing.rules import Answers, DraftPhoto, Step
from tests.reports.conftest import City
from tests.reports.test_filing import STORY, begin, to_check
from tests.support.client import CheckingClient

WRITTEN = Answers(
    title="Mobil BK 1234 AB",
    body="Sudah sering. Hubungi saya di 0812 3456 7812 atau 0812 3456 7812, malam hari saja ya pak.",
    place="Depan rumah, 061-4512345",
    given={"sejak": "tanya ani.siregar@gmail.com"},
    photos=[DraftPhoto(id=1, caption="NIK 1271095203900004")],
)


def test_every_text_is_looked_at_and_leads_to_its_page(app: Flask) -> None:
    found = covered.in_answers(WRITTEN)

    assert [(one.step, one.excerpt) for one in found] == [
        (Step.WHAT, "Mobil BK 1••• ••"),
        (Step.WHAT, "… sering. Hubungi saya di 08•• •••• ••12 atau 08•• •••• ••12, malam …"),
        (Step.QUESTIONS, "tanya a•••@gmail.com"),
        (Step.PLACE, "Depan rumah, 06•• •••• 45"),
        (Step.PHOTOS, "NIK 12•• •••• •••• ••04"),
    ]


def test_one_click_takes_all_of_it_out(app: Flask) -> None:
    assert covered.in_answers(Answers(**covered.without(WRITTEN))) == []


def test_what_is_no_text_is_not_looked_at(app: Flask) -> None:
    assert covered.in_page(Step.PERSON, {"name": ["Ani"], "email": ["ani@contoh.id"]}) == []


@pytest.mark.parametrize("is_confidential", ["y", None])
def test_the_last_page_offers_to_take_it_out(
    client: CheckingClient, city: City, is_confidential: str | None
) -> None:
    page = to_check(client, city, is_confidential=is_confidential)
    path = page.request.path
    client.submit(client.get(path.replace("/check", "/what")), body=f"{STORY} WA 0812 3456 7812")

    shown = client.get(path)

    assert ("WA 08•• •••• ••12" in shown.text) is (is_confidential is None)
    if is_confidential is None:
        client.submit(shown, "/covered/removal")
        assert "0812 3456 7812" not in client.get(path).text


def test_it_is_told_while_it_is_typed(client: CheckingClient, city: City) -> None:
    begin(client)
    form = {"title": "Lampu", "body": "Surel ani.siregar@gmail.com", "page": "0.x"}

    kept = client.post("/reports/new/typed", data={**form, "csrf_token": token(client)})

    assert "a•••@gmail.com" in kept.text


def token(client: CheckingClient) -> str:
    return str(client.get("/reports/new/offline/token").get_json()["token"])
