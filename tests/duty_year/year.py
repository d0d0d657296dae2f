"""Let twelve months pass: people act by their scripts, and a runner wakes every other evening, on days of
leave in the morning too: what it does late begins at the moment when it was due."""

import heapq
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import time_machine
from flask import Flask

from portal.db import db, transaction
from portal.errors import DomainError
from tests.assignments import duties
from tests.duty_year import calendar
from tests.duty_year.lives import Days, Life
from tests.duty_year.runner import Runner
from tests.duty_year.town import Town, found

FIRST, LAST = date(2026, 1, 2), date(2026, 12, 31)
LAST_FILED = date(2026, 12, 11)
MORNING, OFFICE, EVENING = time(5, 30), time(8, 0), time(18, 0)  # nothing falls due from 18.00 to 7.30
DAY = timedelta(days=1)
AWAKE = {1, 3, 5}  # Tuesday, Thursday, Saturday
ZONE = ZoneInfo(duties.ZONE)


class Year:
    """One run through the same script; only the runner may be another one."""

    def __init__(self, app: Flask, runner: Runner, *, count: int, seed: int) -> None:
        self.app, self.runner, self.seed = app, runner, seed
        self.refusals: Counter[str] = Counter()  # what services would not let people do
        self.acts = 0
        self.due: list[tuple[date, int, int, Life, Days]] = []  # day, minute, serial
        with app.app_context(), transaction():
            self.town: Town = found(moment(FIRST, OFFICE))
            self.diary = calendar.written(self.town)
        self.filed = self._filings(count)

    def pass_by(self) -> None:
        for day in days(FIRST, LAST):
            if day in self.diary.turns or self.runner.has_overslept:
                self.runner.work(self.app, moment(day, MORNING))
            self._act(day)
            is_turn = bool({day, day + DAY} & self.diary.turns)
            if is_turn or day.weekday() in AWAKE:
                self.runner.work(self.app, moment(day, EVENING), may_be_lost=not is_turn)
        self.runner.rest(self.app, moment(LAST + DAY, MORNING))

    def _filings(self, count: int) -> dict[date, list[int]]:
        chance, span = Random(self.seed), (LAST_FILED - FIRST).days
        filed: dict[date, list[int]] = {}
        for serial in range(count):
            day = on_office_day(FIRST + timedelta(days=3 + chance.randrange(span - 3)))
            filed.setdefault(day, []).append(serial)
        return filed

    def _act(self, day: date) -> None:
        """Everything that people do on a day, each act a transaction of its own in the portal's eyes."""
        with time_machine.travel(moment(day, OFFICE), tick=False), self.app.app_context(), transaction():
            for act in self.diary.acts.get(day, ()):
                act(moment(day, OFFICE))
            for serial in self.filed.get(day, ()):
                self._file(serial, day)
            while self.due and self.due[0][0] <= day:
                self._live(*heapq.heappop(self.due))

    def _file(self, serial: int, day: date) -> None:
        chance = Random(f"{self.seed} {serial}")
        number = f"TRY-{serial:05}"
        self.town.dispose(number, chance, at=moment(day, OFFICE))
        life = Life(self.town, number, chance)
        self._plan(serial, life, life.days(), day)

    def _live(self, day: date, minute: int, serial: int, life: Life, script: Days) -> None:
        life.at = moment(day, OFFICE) + timedelta(minutes=minute)
        try:
            with db.session.begin_nested():
                self._plan(serial, life, script, day)
                self.acts += 1
        except DomainError as error:  # the script asks for more than the rules allow: that is the end of it
            self.refusals[f"{error}"] += 1

    def _plan(self, serial: int, life: Life, script: Days, day: date) -> None:
        """Act, and find out when the next act is."""
        try:
            wait = next(script)
        except StopIteration:
            return
        then = on_office_day(day + timedelta(days=wait))
        if then <= LAST:
            heapq.heappush(self.due, (then, life.chance.randrange(60 * 7), serial, life, script))


def moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, ZONE).astimezone(UTC)


def days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def on_office_day(day: date) -> date:
    """The day, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day
