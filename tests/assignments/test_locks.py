"""People and jobs that meet at one duty wait for each other, and neither is stopped."""

from threading import Event, Thread

import pytest

from portal.assignments import changes
from portal.assignments.models import Assignment
from portal.db import db, transaction
from portal.deadlines import services as deadlines
from tests.assignments import duties
from tests.builders import make_agency, make_official
from tests.support.runners import shared_portal


@pytest.mark.only_on("postgresql")
def test_who_acts_takes_the_clock_first_as_jobs_do(new_database, tmp_path):
    with shared_portal(new_database(), tmp_path) as app, app.app_context():
        with transaction():
            duties.seed_calendars()
            number = duties.make_duty(make_official(make_agency())).number
        failures: list[Exception] = []
        job_has_clock = Event()

        def act() -> None:
            job_has_clock.wait()
            with app.app_context():
                try:
                    with transaction():
                        changes.claim(duty := _duty(number))
                        deadlines.hold(duty.clock_id)  # as every change of a clock does
                except Exception as error:  # noqa: BLE001 - a thread's failure is looked at below
                    failures.append(error)

        person = Thread(target=act)
        person.start()
        with transaction():
            duty = _duty(number)
            deadlines.hold(duty.clock_id)
            job_has_clock.set()
            person.join(0.5)  # waits for the clock, without the duty in its hands
            db.session.execute(db.select(Assignment.id).with_for_update(nowait=True))
        person.join()

        assert failures == []


def _duty(number: str) -> Assignment:
    return db.session.scalars(db.select(Assignment).filter_by(number=number)).one()
