"""Letters both ways, in a real browser, with JavaScript and without."""

import pytest

from portal import clock
from portal.accounts.models import User
from portal.assignments import services as assignments
from portal.assignments.rules import ResponseKind
from portal.db import db, transaction
from portal.jobs import runner
from portal.organisation.models import Official
from portal.reports.models import Report, Reporter
from portal.reports.rules import ReportState
from tests.browser.conftest import DESK

VARIANTS = pytest.mark.parametrize(
    ("javascript", "language"), [(True, ""), (False, "/en")], ids=["indonesian", "english-without-javascript"]
)
WORDS = {
    "": {"save": "Simpan", "saved": "Pilihan Anda sudah disimpan.", "reply": "Balas surat ini",
         "text": "Balasan", "send": "Kirim balasan", "sent": "Balasan terkirim."},
    "/en": {"save": "Save", "saved": "Your choices are saved.", "reply": "Reply to this letter",
            "text": "Reply", "send": "Send the reply", "sent": "The reply is sent."},
}  # fmt: skip


@pytest.fixture
def question(city):
    """An official asks a resident about an open report, and the letter lies in the demo's post box."""
    with city.app.app_context():
        with transaction():
            report = _open_report()
            holder = db.session.get_one(Official, report.assignment.official_id)
            assignments.respond(
                report.assignment,
                kind=ResponseKind.QUESTION,
                body="Nomor tiang lampunya berapa?",
                by=db.session.get_one(User, holder.user_id),
                at=clock.now(),
            )
            number, reader = report.number, db.session.get_one(User, report.reporter.user_id).email
        runner.drain_outbox()
    return number, reader


def _open_report() -> Report:
    """One whose clock runs and whose reporter has an account; the next test gets another."""
    return next(
        report
        for report in db.session.query(Report)
        .join(Reporter, Reporter.report_id == Report.id)
        .filter(Report.state == ReportState.OPEN, Report.is_confidential.is_(False))
        .filter(Reporter.user_id.is_not(None))
        .order_by(Report.id.desc())
        if report.assignment.clock.paused_at is None and report.assignment.question_count == 0
    )


@VARIANTS
def test_reply_in_the_demo_s_post_box_resumes_the_clock(visit, city, question, javascript, language):
    number, reader = question
    said = WORDS[language]
    page = visit(f"{language}/demo/letters?to={reader}", javascript=javascript, size=DESK)
    page.locator("main").get_by_role("link", name=number).first.click()
    page.get_by_role("link", name=said["reply"]).click()
    page.get_by_label(said["text"], exact=True).fill("Tiang nomor 14B, di depan mushala.")
    page.get_by_role("button", name=said["send"]).click()
    assert said["sent"] in page.inner_text("body")

    with city.app.app_context():
        runner.drain_outbox()
        report = db.session.query(Report).filter_by(number=number).one()
        assert report.assignment.clock.paused_at is None
    holder = visit(f"/desk/{number}", as_=city.holder_of(number), javascript=javascript, size=DESK)
    assert "Tiang nomor 14B, di depan mushala." in holder.inner_text("main")
    assert "menulis:" not in holder.inner_text("main")


@VARIANTS
def test_resident_chooses_what_comes_by_mail(visit, city, javascript, language):
    said = WORDS[language]
    page = visit(
        f"{language}/account/notifications", as_=city.account("warga"), javascript=javascript, size=DESK
    )
    page.locator("select[name=forum]").select_option("summary")
    page.locator("select[name=meetings]").select_option("none")
    page.get_by_role("button", name=said["save"], exact=True).click()

    assert said["saved"] in page.inner_text("body")
    assert page.locator("select[name=forum]").input_value() == "summary"
