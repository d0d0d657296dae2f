"""Language in the address; dates, times and numbers as people here say them."""

from datetime import UTC, date, datetime

import pytest

from portal import i18n

FOUR_PM = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def english(app):
    with app.test_request_context("/en/", environ_overrides={"portal.language": "en"}):
        yield


@pytest.fixture
def indonesian(app):
    with app.test_request_context("/", environ_overrides={"portal.language": "id"}):
        yield


def test_due_time_reads_as_a_resident_says_it(indonesian):
    assert i18n.format_datetime(FOUR_PM) == "Kamis 3 Desember 2026, 16.00 WIB"


def test_due_time_reads_as_an_english_reader_says_it(english):
    assert i18n.format_datetime(FOUR_PM) == "Thursday 3 December 2026, 16:00 WIB"


def test_numbers_follow_the_language(indonesian):
    assert i18n.format_number(1234.5) == "1.234,5"
    assert i18n.format_percent(0.874, 1) == "87,4 %"


def test_a_template_writes_the_numbers_in_it_in_the_language_of_each_reader(app):
    page = app.jinja_env.from_string("{{ 8000|number }}")
    for language, written in (("id", "8.000"), ("en", "8,000")):
        with app.test_request_context("/"), i18n.force_locale(language):
            assert page.render() == written


def test_late_evening_in_utc_is_the_next_day_in_the_city(indonesian):
    assert i18n.format_date(datetime(2026, 11, 19, 17, 30, tzinfo=UTC)) == i18n.format_date(
        date(2026, 11, 20)
    )


@pytest.mark.parametrize(
    ("path", "language"), [("/", "id"), ("/en/", "en"), ("/en", "en"), ("/english", "id")]
)
def test_language_stands_in_the_address(client, path, language):
    page = client.get(path)

    assert f'<html lang="{language}"' in page.get_data(as_text=True)


def test_links_keep_the_language(client):
    page = client.get("/en/").get_data(as_text=True)

    assert 'href="/en/"' in page
    assert 'href="/"' in page  # the switch back to Indonesian
