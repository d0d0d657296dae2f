"""The seven things that happen to a duty, whatever it is about: each has its line in the public story."""

from collections.abc import Callable
from datetime import datetime

import pytest

from portal.accounts.rules import Role
from portal.assignments import extensions, handovers, owners, silence, timeline
from portal.assignments.models import Assignment
from portal.assignments.rules import Verdict
from portal.deadlines import services as deadlines
from portal.deadlines.rules.stages import Stage
from portal.ledger import queries as ledger
from portal.surveys import verdicts
from tests.assignments.duties import at, make_duty, officer, remember, say, seed_calendars
from tests.builders import make_official

TUESDAY, WEDNESDAY = at("2026-11-17 10:00"), at("2026-11-18 10:00")


@pytest.fixture(autouse=True)
def _owner(session: object) -> None:
    seed_calendars()
    remember()


class City:
    """A duty with its holder, who stands above, and somebody elsewhere."""

    def __init__(self) -> None:
        self.boss, self.leader = officer(None, Role.SUPERVISOR, rank="supervisor")
        self.user, self.official = officer(self.leader.agency, supervisor_id=self.leader.id)
        self.colleague = make_official(self.leader.agency, supervisor_id=self.leader.id)
        self.other, self.receiver = officer()
        self.duty = make_duty(self.official)

    @property
    def resolve_due(self) -> datetime | None:
        return [row.due_at for row in self.duty.clock.stages if row.stage is Stage.RESOLVE][-1]

    @property
    def respond_due(self) -> datetime | None:
        return [row.due_at for row in self.duty.clock.stages if row.stage is Stage.RESPOND][-1]


def pause(city: City) -> None:
    say(city.duty, "question", city.user, "2026-11-17 10:00")


def pause_to_the_cap(city: City) -> None:
    pause(city)
    deadlines.end_capped_pause(city.duty.clock, at=at("2026-12-02 08:00"))


def extend(city: City) -> None:
    wish = extensions.ask(
        city.duty, Stage.RESOLVE, days=3, reason="Menunggu suku cadang.", by=city.user, at=TUESDAY
    )
    extensions.decide(wish, is_granted=True, by=city.boss, at=WEDNESDAY)


def transfer(city: City) -> None:
    handovers.transfer(
        city.duty, reason="Bukan bidang kami.", to_official=city.receiver, by=city.user, at=TUESDAY
    )


def decline(city: City) -> None:
    transfer(city)
    handovers.send_back(city.duty, reason="Juga bukan bidang kami.", by=city.other, at=WEDNESDAY)


def hand_over(city: City) -> None:
    handovers.reassign(city.duty, to_official=city.colleague, by=city.boss, at=TUESDAY)


def reopen(city: City) -> None:
    say(city.duty, "answer", city.user, "2026-11-17 10:00")
    verdicts.give(city.duty, verdict=Verdict.NOT, stars=None, comment="", at=WEDNESDAY)


def fall_silent(city: City) -> None:
    say(city.duty, "answer", city.user, "2026-11-17 10:00")
    silence.close(at("2026-12-02 08:00"))


RESPOND, RESOLVE = at("2026-11-23 16:00"), at("2026-12-04 16:30")
HAPPENINGS = [
    # what happens, the title of its line, due times of respond and resolve afterwards
    (pause, "Pertanyaan kepada warga", None, None),
    (
        pause_to_the_cap,
        "Pertanyaan tidak dijawab, jam petugas berjalan lagi",
        at("2026-12-08 16:00"),
        at("2026-12-21 16:00"),
    ),
    (extend, "Atasan memberi perpanjangan waktu", RESPOND, at("2026-12-09 16:00")),
    (transfer, "Pengalihan", at("2026-11-24 16:00"), RESOLVE),
    (decline, "Pengalihan", at("2026-11-24 16:00"), RESOLVE),
    (hand_over, "Atasan menunjuk petugas lain", RESPOND, RESOLVE),
    (reopen, "Dibuka kembali, tenggat lama berjalan terus", RESPOND, at("2026-12-08 16:00")),
    (fall_silent, "Ditutup karena warga tidak menanggapi", RESPOND, RESOLVE),
]


@pytest.mark.parametrize(
    ("happens", "title", "respond", "resolve"), HAPPENINGS, ids=lambda one: getattr(one, "__name__", "")
)
def test_each_has_its_line_and_its_effect_on_the_clock(
    happens: Callable[[City], None], title: str, respond: datetime | None, resolve: datetime | None
) -> None:
    city = City()

    happens(city)

    assert title in titles(city.duty)
    assert (city.respond_due, city.resolve_due) == (respond, resolve)
    assert deadlines.verify().differences == []


def test_while_paused_nothing_is_due_and_nobody_is_urged() -> None:
    city = City()

    pause(city)

    assert city.duty.clock.pause_ends_at is not None
    assert all(row.next_step_at is None for row in city.duty.clock.stages)


def titles(duty: Assignment) -> list[str]:
    events = ledger.events_of(owners.subject(duty))
    said = [timeline.response_step(one, number=duty.number) for one in duty.responses]
    return [step.title for step in (*timeline.told(events, timeline.EVENTS, duty), *said)]
