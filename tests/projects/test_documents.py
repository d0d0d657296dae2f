"""Papers of a project."""

import re
from datetime import date
from io import BytesIO

import pytest

from portal.accounts.rules import Role
from portal.attachments import documents as pdfs
from portal.attachments import files
from portal.errors import DomainError
from portal.projects.documents import services
from tests.builders import MONDAY, make_project, make_user

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_organiser_publishes_a_pdf_that_everybody_can_save(login, client):
    project = make_project()
    staff = login(make_user(Role.MODERATOR))

    staff.submit(
        staff.get(f"/projects/{project.slug}/documents/new"),
        "/documents",
        title="Rencana anggaran",
        dated_on="2026-11-01",
        file=(BytesIO(PDF), "x.pdf"),
    )

    page = client.get(f"/projects/{project.slug}/documents").get_data(as_text=True)
    assert "Rencana anggaran" in page
    file = client.get(re.search(r"/documents/\w+\.pdf", page).group(), buffered=True)
    assert file.data == PDF
    assert file.headers["Content-Disposition"] == "attachment; filename=rencana-anggaran.pdf"
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in file.headers["Content-Security-Policy"]


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<html>%PDF-%%EOF", PDF[:20]])
def test_what_is_no_pdf_is_refused(session, content):
    with pytest.raises(DomainError):
        _publish(content)


def test_too_large_a_file_is_refused(session, monkeypatch):
    monkeypatch.setattr(pdfs, "MAX_BYTES", 20)

    with pytest.raises(DomainError):
        _publish(PDF)


def test_removed_paper_is_no_longer_served(login, client, session):
    document = _publish(PDF)
    staff = login(make_user(Role.MODERATOR))

    staff.submit(
        staff.get(f"/projects/{document.project.slug}/documents/{document.token}/removal"), "/removal"
    )

    assert client.get(f"/documents/{document.token}.pdf").status_code == 404


def test_bytes_go_with_the_last_paper_that_shows_them(login, session):
    twins = [_publish(PDF) for _one in range(2)]
    path = files.path_of(pdfs.file_name(twins[0].sha256))
    staff = login(make_user(Role.MODERATOR))
    kept = []

    for document in twins:
        address = f"/projects/{document.project.slug}/documents/{document.token}/removal"
        staff.submit(staff.get(address), "/removal")
        kept.append(path.exists())

    assert kept == [True, False]


def test_paper_of_a_draft_is_not_served(client, session):
    document = _publish(PDF, is_public=False)
    session.flush()

    assert client.get(f"/documents/{document.token}.pdf").status_code == 404


def _publish(content, **changes):
    return services.publish(
        make_project(**changes),
        BytesIO(content),
        title="Denah",
        dated_on=date(2026, 11, 1),
        by=None,
        at=MONDAY,
    )
