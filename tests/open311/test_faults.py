"""Whatever goes wrong is told in the form that was asked for, and is never a fault of ours."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.open311 import rules
from tests.open311.conftest import REQUESTS, parsed

ALL_KINDS = (
    "application/json",
    "text/xml",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=utf-7",
    "application/octet-stream",
)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/open311/v2/nothing.json", 404),
        ("get", "/open311/v1/services.json", 404),
        ("get", "/en/open311/v2/nothing.json", 404),
        ("get", "/open311/", 404),
        ("get", "/open311/v2/services.csv", 404),
        ("get", "/open311/v2/services/tak_ada.json", 404),
        ("get", "/open311/v2/requests.json", 405),
        ("delete", "/open311/v2/services.json", 405),
        ("put", REQUESTS, 405),
    ],
)
@pytest.mark.parametrize("form", ["json", "xml"])
def test_an_unknown_way_is_told_in_its_form(client, world, method, path, status, form):
    answer = getattr(client, method)(path.replace(".json", f".{form}"))

    assert answer.status_code == status
    if form == "xml" and path.endswith(".json"):
        assert parsed(answer).findtext("error/code") == str(status)
    else:
        assert answer.get_json()[0]["code"] == status
    assert "Set-Cookie" not in answer.headers


def test_too_much_is_refused_before_it_is_read(client, world):
    answer = client.post(REQUESTS, data=world.fields(description="x" * (rules.BODY_BYTES + 1)))

    assert answer.status_code == 413
    assert answer.get_json()[0]["code"] == 413


@pytest.mark.parametrize("kind", ALL_KINDS)
@pytest.mark.parametrize("body", [b"", b"{", b"<a><b>", b"--x\r\n", b"\xff\xfe%00=&&&", bytes(range(256))])
def test_garbage_is_the_senders_fault(client, world, kind, body):
    answer = client.post(REQUESTS, data=body, content_type=kind)

    assert 400 <= answer.status_code < 500
    assert answer.get_json()[0]["description"]


FIELDS = st.sampled_from(
    [
        *(
            "service_code",
            "description",
            "lat",
            "long",
            "address_id",
            "address_string",
            "email",
            "first_name",
        ),
        *("phone", "consent", "attribute[q1]", "attribute[", "jurisdiction_id", "media_url", "confidential"),
    ]
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.dictionaries(FIELDS, st.text(max_size=40)), form=st.sampled_from(rules.FORMATS))
def test_no_text_in_any_field_is_a_fault_of_ours(client, world, changes, form):
    world.program.hourly_limit = world.program.daily_limit = 10_000

    answer = client.post(f"/open311/v2/requests.{form}", data=world.fields(**changes))

    assert answer.status_code < 500
    assert (parsed(answer) if form == "xml" else answer.get_json()) is not None
