"""What happens to a report of the demo city, drawn by chance: the ordinary, the late and the sad."""

from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

from portal.assignments.rules import RefusalBasis, ResponseKind, Verdict
from portal.categories.rules import OTHER
from portal.deadlines.rules.stages import Stage
from portal.demo import chance as chances
from portal.demo import texts
from portal.demo.case import Case, Grounds
from portal.demo.papers import Later
from portal.demo.texts import Place, Situation
from portal.demo.world import Office, World
from portal.reports.rules import ReportKind
from portal.routing.rules import Basis

# Shares of the reports that come to each of these
NEVER_ANSWERED = 0.052  # as in the city that the times were counted in
FORGOTTEN = 0.05  # after the first answer
REMEMBERED = 0.7  # of them, some two months later
ASKED_BY_MODERATOR = 0.04
REFUSED_BY_MODERATOR = 0.02
ACKNOWLEDGED = 0.5
ANNOTATED = 0.07
TRANSFERRED = 0.06
TRANSFERRED_AGAIN = 0.12
ASKED = 0.09
REPLIED = 0.76
UNCLEAR = 0.5  # of the questions that were never answered
REFUSED = 0.11  # of the situations that know a refusal
INTERIM = 0.5
MORE_TIME = 0.1
GRANTED = 0.75
WITHDRAWN = 0.012
JUDGED = 0.34
SOLVED = 0.84
LEFT_OPEN = 0.15  # of the reopened ones
SUPPORTED = 0.13
CORRECTED_TO = "pelayanan_kelurahan"  # where moderators put what residents filed under `lainnya`


def tell(case: Case, situation: Situation, place: Place, chance: Random) -> None:
    """Let the report's life go by, up to the present moment."""
    story = _Story(case, situation, place, chance)
    with suppress(Later):
        story.begin()
    story.find_supporters()


class _Story:
    def __init__(self, case: Case, situation: Situation, place: Place, chance: Random) -> None:
        self.case, self.situation, self.place, self.chance = case, situation, place, chance
        self.world: World = case.world

    def begin(self) -> None:
        """From receipt to the end, as far as time allows."""
        if self._verified():
            self._handle()

    def find_supporters(self) -> None:
        """Neighbours with the same matter, once they can read of it."""
        report = self.case.report
        if report.verified_at is None or not self.case.is_public or not self._happens(SUPPORTED):
            return
        count = min(1 + int(self.chance.expovariate(0.4)), 14)
        author = self.case.filed.reporter
        others = [one for one in self.world.residents if author is None or one.id != author.id]
        for person in self.chance.sample(others, count):
            try:
                self.case.support(person, at=report.verified_at + self._hours(40, 1.2))
            except Later:
                continue

    # Verification

    def _verified(self) -> bool:
        """Verified by a rule or by a moderator; False when it ended before."""
        case, at = self.case, self.case.received_at
        found = self.world.route(
            case.report.category_code, self.place.area_code, at, is_supervisory=case.report.is_supervisory
        )
        is_named = not (case.report.is_anonymous or case.report.is_confidential)
        if found.verifies and is_named and not case.report.is_supervisory:
            case.verify(found, moderator_id=None, at=at)
            return True
        moderator_id = self.chance.choice(self.world.moderators)
        at = self._at_work(at + self._hours(6, 1.1))
        if found.reason.get("basis") == Basis.EXTERNAL:
            body = self.world.by_name[found.reason["agency"]]
            self._refuse_unverified(self._elsewhere(found.reason), body, moderator_id, at)
            return False
        if self._happens(REFUSED_BY_MODERATOR):
            code, _colon, reason = self._phrase("refusals_triage").partition(": ")
            self._refuse_unverified(reason, self.world.by_code[code], moderator_id, at)
            return False
        if self._happens(ASKED_BY_MODERATOR):
            at = self._asked_by_moderator(moderator_id, at)
            if case.report.ended_at is not None:
                return False
        if case.report.category_code == OTHER:
            case.correct(CORRECTED_TO, at=at)
        found = self.world.route(
            case.report.category_code, self.place.area_code, at, is_supervisory=case.report.is_supervisory
        )
        case.verify(found, moderator_id=moderator_id, at=at)
        return True

    def _asked_by_moderator(self, moderator_id: int, at: datetime) -> datetime:
        """When the matter can go on; it may have been archived instead."""
        self.case.ask_reporter(self._phrase("moderator_questions"), moderator_id=moderator_id, at=at)
        replied_at = at + self._hours(18, 1)
        cap_at = self._cap()
        if self._happens(REPLIED) and replied_at < cap_at:
            self.case.reply(f"{self.place.slots['jalan']}, {self.place.slots['kelurahan']}.", at=replied_at)
            return self._at_work(replied_at + self._hours(4, 0.8))
        self.case.archive(at=cap_at + timedelta(minutes=1))
        return cap_at

    def _refuse_unverified(self, reason: str, body: Office, moderator_id: int, at: datetime) -> None:
        self.case.refuse_unverified(reason, body=body, moderator_id=moderator_id, at=at)

    def _elsewhere(self, reason: dict[str, str]) -> str:
        if self.situation.refusal is not None:
            return texts.fill(self.situation.refusal[1], self.place)
        return f"Urusan ini ditangani {reason['agency']}. Laporan sudah kami teruskan."

    # The duty

    def _handle(self) -> None:
        case = self.case
        disposed_at = case.now
        if self._happens(NEVER_ANSWERED):
            self._acknowledge(disposed_at, disposed_at + timedelta(days=2))
            return
        wait = self.world.response_time(case.duty_held.agency_id).draw(self.chance)
        first_at = self._at_work(disposed_at + wait)
        if self._happens(WITHDRAWN):
            case.withdraw(at=disposed_at + wait * 0.6)
            return
        self._acknowledge(disposed_at, first_at)
        if case.report.kind is ReportKind.COMPLAINT and self._happens(TRANSFERRED):
            first_at = self._transferred(disposed_at + wait * 0.7)
        if self._happens(ASKED):
            first_at = self._asked(first_at)
            if case.report.closed_at is not None:
                self._end()
                return
        self._respond(first_at)

    def _acknowledge(self, disposed_at: datetime, first_at: datetime) -> None:
        share = self.chance.uniform(0.1, 0.6)
        if self._happens(ACKNOWLEDGED):
            at = self._at_work(disposed_at + (first_at - disposed_at) * share)
            if at < first_at:
                body = self.chance.choice(self.situation.acknowledgements)
                self._say(ResponseKind.ACKNOWLEDGEMENT, body, at)
        if self._happens(ANNOTATED):
            at = self._at_work(disposed_at + (first_at - disposed_at) * 0.65)
            if at < first_at:
                self._say(ResponseKind.NOTE, self._phrase("notes"), at)

    def _transferred(self, at: datetime) -> datetime:
        """Handed to another agency, perhaps to a third; returns when that one answers."""
        at = self._at_work(at)
        for _ in range(2):
            to = self._receiver()
            if to is None:
                break
            routing = self.world.route_to(to, self.place.area_code, at, Basis.TRANSFER)
            reason = self._phrase("transfer_reasons").format(dinas=self.world.offices[to].name)
            self.case.transfer(routing, reason, at=at)
            at = self._at_work(at + self.world.response_time(to).draw(self.chance))
            if not self._happens(TRANSFERRED_AGAIN):
                break
        return at

    def _receiver(self) -> int | None:
        holder = self.world.offices[self.case.duty_held.agency_id].code
        for row in texts.table("transfers.csv"):
            if (row["category_code"], row["from_agency"]) == (self.case.report.category_code, holder):
                return self.world.by_code[row["to_agency"]].id
        return None

    def _asked(self, at: datetime) -> datetime:
        """A question to the resident; returns when the official goes on."""
        self._say(ResponseKind.QUESTION, self.situation.question, at)
        replied_at = at + self._hours(20, 1.1)
        cap_at = self._cap()
        if self._happens(REPLIED) and replied_at < cap_at:
            self.case.reply(texts.fill(self.situation.reply, self.place), at=replied_at)
            return self._at_work(replied_at + self._hours(9, 1))
        lapsed_at = cap_at + timedelta(minutes=1)
        self.case.lapse(at=lapsed_at)
        at = self._at_work(lapsed_at + self._hours(20, 0.8))
        if self._happens(UNCLEAR):
            self._refuse(RefusalBasis.UNCLEAR, texts.phrases()["unclear"], at)
        return at

    def _respond(self, at: datetime) -> None:
        """The first answer: a refusal, an interim one, or the one that resolves."""
        refusal = self.situation.refusal
        twin = self.world.twin_of(self.case.report.category_code, self.case.report.number)
        may_refuse = refusal and (refusal[0] == RefusalBasis.NOT_COMPETENT or twin)
        if refusal and may_refuse and refusal[0] != RefusalBasis.UNCLEAR and self._happens(REFUSED):
            basis = RefusalBasis(refusal[0])
            body = self.world.by_code[refusal[2]] if basis is RefusalBasis.NOT_COMPETENT else None
            self._refuse(basis, refusal[1], at, body=body, twin=None if body else twin)
        elif self._happens(INTERIM):
            self._say(ResponseKind.INTERIM, self.situation.interim, at)
            if self._happens(FORGOTTEN):
                self._ask_for_time()
                if not self._happens(REMEMBERED):
                    return
                at += self._hours(1500, 0.6)
            factor = 5 if self.case.report.is_supervisory else 1
            resolved_at = self._at_work(at + factor * self._hours(62, 1.05))
            self._perhaps_ask_for_time(resolved_at)
            self._answer(max(resolved_at, self.case.now))
        else:
            self._answer(at)
        self._end()

    def _perhaps_ask_for_time(self, resolved_at: datetime) -> None:
        """Only where it takes long: asked on a working day before the due time."""
        if resolved_at > self._asking_time() and self._happens(MORE_TIME * 4):
            self._ask_for_time()

    def _ask_for_time(self) -> None:
        at = self._asking_time()
        if at <= self.case.now:
            return
        limit = self.world.policy.limit(self.case.matter, Stage.RESOLVE, self.case.report.category_code)
        if not limit.extension:
            return
        days = self.chance.randint(max(1, limit.extension // 2), limit.extension)
        extension = self.case.ask_for_time(days, self._phrase("extension_reasons"), at=at)
        decided_at = self.world.in_office(at, 1)
        self.case.decide_on_time(extension, is_granted=self._happens(GRANTED), at=decided_at)

    def _asking_time(self) -> datetime:
        limit = self.world.policy.limit(self.case.matter, Stage.RESOLVE, self.case.report.category_code)
        return self.world.in_office(self.case.duty_held.disposed_at, max(1, round(limit.amount * 0.6)))

    def _answer(self, at: datetime) -> None:
        self._say(ResponseKind.ANSWER, self.chance.choice(self.situation.answers), at)

    def _refuse(
        self,
        basis: RefusalBasis,
        text: str,
        at: datetime,
        *,
        body: Office | None = None,
        twin: str | None = None,
    ) -> None:
        grounds = Grounds(basis, body, twin)
        self.case.say(ResponseKind.REFUSAL, texts.fill(text, self.place), grounds=grounds, at=at)

    # The end

    def _end(self) -> None:
        """The resident's verdict, or silence."""
        case = self.case
        answered_at, react_by = case.now, case.duty_held.react_by
        judged_at = answered_at + self._hours(30, 1.2)
        if react_by is None:
            return
        if not self._happens(JUDGED) or judged_at >= react_by:
            case.fall_silent(at=react_by + timedelta(minutes=1))
        elif self._happens(SOLVED):
            stars = self.chance.choices((5, 4, 3), (6, 4, 1))[0]
            comments = "comments_good" if stars > 3 else "comments_middling"
            verdict = Verdict.SOLVED if stars > 3 else Verdict.PARTLY
            case.judge(verdict=verdict, stars=stars, comment=self._comment(comments), at=judged_at)
        else:
            self._not_solved(judged_at)

    def _not_solved(self, at: datetime) -> None:
        case = self.case
        is_first = case.report.reopen_count == 0
        comment = self._phrase("reopen_reasons") if is_first else self._comment("comments_bad")
        case.judge(verdict=Verdict.NOT, stars=self.chance.choice((1, 1, 2)), comment=comment, at=at)
        if not is_first:
            case.close_dispute(at=self._at_work(at + self._hours(50, 0.7)))
        elif not self._happens(LEFT_OPEN):
            is_complaint = case.report.kind is ReportKind.COMPLAINT
            text = self._phrase("second_answers" if is_complaint else "second_explanations")
            self._say(ResponseKind.ANSWER, text, self._at_work(at + self._hours(60, 0.9)))
            self._end()

    # Small words

    def _say(self, kind: ResponseKind, text: str, at: datetime) -> None:
        self.case.say(kind, texts.fill(text, self.place), at=at)

    def _happens(self, share: float) -> bool:
        return self.chance.random() < share

    def _hours(self, median: float, spread: float) -> timedelta:
        return chances.hours(self.chance, median, spread)

    def _at_work(self, at: datetime) -> datetime:
        return chances.at_work(self.chance, at, self.world.calendar)

    def _phrase(self, name: str) -> str:
        found: str = self.chance.choice(texts.phrases()[name])
        return found

    def _comment(self, name: str) -> str:
        return self._phrase(name) if self._happens(0.5) else ""

    def _cap(self) -> datetime:
        cap_at = self.case.pause_ends_at
        if cap_at is None:
            raise ValueError("nothing was asked")
        return cap_at
