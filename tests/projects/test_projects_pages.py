"""What everybody reads of projects."""

from tests.builders import make_project


def test_visitor_reads_what_is_open_now(client):
    project = make_project()

    page = client.get(f"/projects/{project.slug}").get_data(as_text=True)

    assert "Kumpulkan gagasan" in page
    assert project.official.name in page
