"""What becomes of one duty: each life yields how many days pass before its next act, and then acts.

All its choices come from a chance of its own, so that it lives the same life whatever happens to others.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from random import Random

from portal.assignments import extensions, handovers, refusals, services
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState, RefusalBasis, ResponseKind, Verdict
from portal.db import db
from portal.deadlines.rules.stages import Matter, Stage
from portal.organisation.models import Agency, Official
from portal.surveys import verdicts
from tests.duty_year.town import Town

Days = Iterator[int]


class Life:
    """One duty in the hands of its people. `at` is the moment of the act that is done now."""

    def __init__(self, town: Town, number: str, chance: Random) -> None:
        self.town, self.number, self.chance = town, number, chance
        self.at: datetime

    @property
    def duty(self) -> Assignment:
        return self.town.duty(self.number)

    def some(self, least: int, most: int) -> int:
        return self.chance.randint(least, most)

    def happens(self, share: float) -> bool:
        return self.chance.random() < share

    def days(self) -> Days:
        names, weights = zip(*FATES.items(), strict=True)
        yield from self.chance.choices(names, weights)[0](self)

    def say(self, kind: ResponseKind, **grounds: object) -> None:
        duty = self.duty
        by = self.town.holder(duty)
        services.respond(duty, kind=kind, body="Sudah kami periksa.", by=by, at=self.at, **grounds)

    # Fates

    def prompt(self) -> Days:
        yield self.some(1, 4)
        yield from self.answered()

    def slow(self) -> Days:
        yield self.some(6, 40)
        yield from self.answered()

    def forgotten(self) -> Days:
        yield self.some(1, 3)
        self.say(ResponseKind.ACKNOWLEDGEMENT)

    def told_meanwhile(self) -> Days:
        yield self.some(1, 6)
        self.say(ResponseKind.INTERIM)
        yield self.some(2, 20)
        yield from self.answered()

    def asked(self) -> Days:
        for _ in range(self.some(1, 2)):
            yield self.some(1, 4)
            self.say(ResponseKind.QUESTION)
            if self.happens(0.5):
                yield self.some(1, 9)
                services.resident_replied(self.duty, at=self.at)
        if self.duty.clock.paused_at is not None:
            yield self.some(18, 30)
            if self.happens(0.6):
                self.say(ResponseKind.REFUSAL, basis=RefusalBasis.UNCLEAR)
                yield from self.refused()
                return
        yield self.some(1, 6)
        yield from self.answered()

    def extended(self) -> Days:
        yield self.some(1, 10)
        duty = self.duty
        days = self.some(1, 7)
        asked = extensions.ask(
            duty,
            Stage.RESOLVE,
            days=days,
            reason="Menunggu suku cadang.",
            by=self.town.holder(duty),
            at=self.at,
        )
        asked_id = asked.id
        yield self.some(1, 8)
        found = next(one for one in self.duty.extensions if one.id == asked_id)
        extensions.decide(found, is_granted=self.happens(0.7), by=self.town.supervisor(self.duty), at=self.at)
        yield self.some(2, 15)
        yield from self.answered()

    def passed_on(self) -> Days:
        for _ in range(self.some(1, 2)):
            yield self.some(1, 6)
            self._transfer()
        yield self.some(1, 9)
        yield from self.answered()

    def declined(self) -> Days:
        yield self.some(1, 4)
        self._transfer()
        yield self.some(1, 2)
        duty = self.duty
        handovers.send_back(duty, reason="Bukan tugas kami.", by=self.town.holder(duty), at=self.at)
        yield self.some(1, 4)
        moderator = self.town.moderator()
        if self.happens(0.3):
            handovers.refuse(
                self.duty, basis=RefusalBasis.UNLAWFUL, body="Tidak dapat diproses.", by=moderator, at=self.at
            )
            yield from self.refused()
            return
        handovers.redispose(self.duty, routing=self.town.routing(self.chance), by=moderator, at=self.at)
        yield self.some(1, 9)
        yield from self.answered()

    def not_ours(self) -> Days:
        yield self.some(1, 6)
        body = db.session.get_one(Agency, self.town.outside_body)
        self.say(ResponseKind.REFUSAL, basis=RefusalBasis.NOT_COMPETENT, outside_body=body)
        yield from self.refused()

    def withdrawn(self) -> Days:
        yield self.some(1, 9)
        services.withdraw(self.duty, at=self.at)
        if self.happens(0.5):
            yield self.some(1, 5)
            services.restore(self.duty, at=self.at)
            yield self.some(1, 9)
            yield from self.answered()

    def of_another_kind(self) -> Days:
        yield self.some(1, 4)
        services.change_matter(self.duty, Matter.SUGGESTION, at=self.at)
        yield self.some(1, 12)
        yield from self.answered()

    def reassigned(self) -> Days:
        yield self.some(1, 6)
        duty = self.duty
        others = [one for one in self.town.officials[duty.agency_id] if one != duty.official_id]
        receiver = db.session.get_one(Official, self.chance.choice(others))
        handovers.reassign(duty, to_official=receiver, by=self.town.supervisor(duty), at=self.at)
        yield self.some(1, 9)
        yield from self.answered()

    # What comes after

    def answered(self) -> Days:
        """The holder answers; the resident agrees, disputes it, or is silent."""
        self.say(ResponseKind.ANSWER)
        if self.happens(0.35):
            return  # silence
        yield self.some(1, 9)
        if self.happens(0.6):
            self._judge(verdict=Verdict.SOLVED)
            return
        self._judge(verdict=Verdict.NOT)
        yield self.some(1, 9)
        self.say(ResponseKind.ANSWER)
        if self.happens(0.5):
            yield self.some(1, 9)
            yield from self.disputed()

    def disputed(self) -> Days:
        """A second time not solved: moderators decide."""
        self._judge(verdict=Verdict.NOT)
        yield self.some(1, 4)
        if self.happens(0.5):
            services.close_dispute(self.duty, at=self.at)
            return
        services.reopen_dispute(self.duty, at=self.at)
        yield self.some(1, 6)
        self.say(ResponseKind.ANSWER)

    def refused(self) -> Days:
        """Half of the refusals are found wrong; what moderators had refused waits for them again."""
        if self.happens(0.5):
            return
        yield self.some(1, 6)
        [*_, last] = [one for one in self.duty.responses if one.kind is ResponseKind.REFUSAL]
        refusals.overturn(last, reason="Ini wewenang kota.", by=self.town.moderator(1), at=self.at)
        yield self.some(1, 6)
        if self.duty.state is AssignmentState.RETURNED:
            routing = self.town.routing(self.chance)
            handovers.redispose(self.duty, routing=routing, by=self.town.moderator(), at=self.at)
            yield self.some(1, 6)
        yield from self.answered()

    def _transfer(self) -> None:
        duty = self.duty
        receiver = self.town.other_agency(duty, self.chance)
        official = db.session.get_one(Official, self.chance.choice(self.town.officials[receiver.id]))
        by, reason = self.town.holder(duty), "Jalan itu wewenang dinas ini."
        handovers.transfer(duty, reason=reason, by=by, at=self.at, to_official=official)

    def _judge(self, *, verdict: Verdict) -> None:
        verdicts.give(self.duty, verdict=verdict, stars=None, comment="", at=self.at)


FATES: dict[Callable[[Life], Days], int] = {
    Life.prompt: 15,
    Life.slow: 12,
    Life.forgotten: 5,
    Life.told_meanwhile: 12,
    Life.asked: 14,
    Life.extended: 9,
    Life.passed_on: 10,
    Life.declined: 7,
    Life.not_ours: 6,
    Life.withdrawn: 4,
    Life.of_another_kind: 3,
    Life.reassigned: 5,
}
