"""The front door."""


def test_visitor_gets_the_home_page_without_a_cookie(client):
    page = client.get("/")

    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
