"""From matters to published rows: moments become durations, small cells become "other"."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any, NamedTuple

from portal.deadlines.rules.calendar import Calendar, CalendarHorizon
from portal.statistics import times
from portal.statistics.editions import cells, matters, stages
from portal.statistics.editions.matters import Matter, Verdict
from portal.statistics.editions.rows import (
    COMPETING,
    EVENT,
    MET_LATE,
    NONE,
    ON_TIME,
    OTHER,
    OUTCOMES,
    UNMET,
    WAITING,
    WITHHELD,
    CaseRow,
    RatingRow,
    StageRow,
)
from portal.statistics.editions.stages import Field, KnownStage
from portal.statistics.rules.closures import failures, lasting_closure, lasting_cutoff
from portal.statistics.rules.observation import Course, Outcome
from portal.statistics.rules.punctuality import DueStage, punctuality
from portal.statistics.rules.scope import Scope
from portal.statistics.rules.working_time import working_seconds
from portal.withholding import MIN_CELL, MIN_PEOPLE

MINUTE, HOUR, HOUR_MINUTES, DAY = 60, 3600, 60, timedelta(days=1)
CalendarOf = Callable[[int | None], Calendar | None]


class Published(NamedTuple):
    """Everything that an edition says of single matters; agencies in `joined` stand under "other"."""

    cases: list[CaseRow]
    stages: list[StageRow]
    ratings: list[RatingRow]
    joined: set[str]


class Timed(NamedTuple):
    """An outcome and how long it took, or the reason why that is not known."""

    outcome: str
    minutes: int | None = None


@dataclass(frozen=True)
class Coarsening:
    """Turns what was known at the cut-off into rows. `code_of` names agencies."""

    scope: Scope
    code_of: dict[int, str]
    calendar_of: CalendarOf

    def publish(
        self,
        found: Sequence[Matter],
        due: Sequence[KnownStage],
        fields: dict[int, Field],
        verdicts: Sequence[Verdict],
    ) -> Published:
        """The rows of all three files."""
        unmet = self._unmet_due_times(due)
        cases = [self._case(matter, unmet) for matter in found if self._is_about(matter)]
        shown = _with_other_cases(cases)
        return Published(
            _without_small_times(shown),
            _with_other_stages(self._stages(due, fields)),
            # Fewer people than five would be recognised by what they said.
            [RatingRow(int(v.is_solved), v.stars) for v in verdicts] if len(verdicts) >= MIN_PEOPLE else [],
            {row.agency for row in cases if row.in_period} - {row.agency for row in shown},
        )

    # Cases

    def _is_about(self, matter: Matter) -> bool:
        """Does it count in any figure: received, open or changed in the period?"""
        scope = self.scope
        moments = [matter.received_at, matter.answered_at, matter.withdrawn_at]
        moments += [closure.closed_at for closure in matter.closures]
        return matter.standing(None).is_open(scope.until) or any(map(scope.holds, moments))

    def _case(self, matter: Matter, unmet: dict[int, datetime]) -> CaseRow:
        scope = self.scope
        in_period = scope.holds(matter.received_at)
        due_times = [unmet[clock_id] for clock_id in matter.clock_ids if clock_id in unmet]
        standing = matter.standing(min(due_times, default=None))
        is_countable = matter.resolution_exclusion is None
        is_open = is_countable and standing.is_open(scope.until)
        counts = failures(matter.closures, start=scope.start, end=scope.end, cutoff=scope.cutoff)
        first_closed_at = matter.closures[0].closed_at if matter.closures else None
        timed = self._times(matter) if in_period else [Timed("")] * len(OUTCOMES)
        return CaseRow(
            month=f"{matter.received_at.astimezone(scope.zone):%Y-%m}",
            in_period=int(in_period),
            agency=self._code(matter.holder_at(None)),
            answered_by=self._code(matter.holder_at(matter.answered_at)),
            closed_by=self._code(matter.holder_at(first_closed_at)),
            category=OTHER if matter.is_confidential or matter.group is None else matter.group,
            ending=matter.ending or ("answered" if matter.closures else "open"),
            imported=int(matter.is_imported),
            response=timed[0].outcome,
            response_minutes=timed[0].minutes,
            closure=timed[1].outcome,
            closure_minutes=timed[1].minutes,
            lasting=timed[2].outcome,
            lasting_minutes=timed[2].minutes,
            working_response=timed[3].outcome,
            working_response_minutes=timed[3].minutes,
            working_closure=timed[4].outcome,
            working_closure_minutes=timed[4].minutes,
            answered_in_period=int(matter.response_exclusion is None and scope.holds(matter.answered_at)),
            closures_in_period=counts.closures if is_countable else 0,
            failed_closures_in_period=counts.failed if is_countable else 0,
            closures=len(matter.closures),
            withdrawn_in_period=int(is_countable and scope.holds(matter.withdrawn_at)),
            open_at_end=int(is_open),
            overdue_at_end=int(is_open and standing.due_at is not None and standing.due_at < scope.until),
            age_days=(scope.until - matter.received_at) // DAY if is_open else None,
            disposed=int(matter.disposed_at is not None),
            transfers=matter.hop_count,
            paused=int(bool(matter.pauses)),
            extended=int(matter.is_extended),
        )

    def _code(self, agency_id: int | None) -> str:
        return self.code_of[agency_id] if agency_id is not None else NONE

    def _times(self, matter: Matter) -> list[Timed]:
        """The five times, as in times.py, in the order of OUTCOMES."""
        closed_at = matter.closures[0].closed_at if matter.closures else None
        known_until = lasting_cutoff(self.scope.cutoff)
        no_answer, no_closing = matter.response_exclusion, matter.resolution_exclusion
        too_young = times.YOUNGER_THAN_LASTING if matter.received_at > known_until else None
        no_office = times.IMPORTED if matter.is_imported else None
        return [
            self._waited(matter, matter.answered_at, no_answer),
            self._waited(matter, closed_at, no_closing),
            self._waited(matter, lasting_closure(matter.closures), no_closing or too_young, known_until),
            self._worked(matter, matter.answered_at, no_answer or no_office),
            self._worked(matter, closed_at, no_closing or no_office),
        ]

    def _waited(
        self, matter: Matter, event: datetime | None, why_not: str | None, until: datetime | None = None
    ) -> Timed:
        if why_not:
            return Timed(why_not)
        outcome, end = Course(matter.received_at, event, matter.withdrawn_at).outcome(
            until or self.scope.cutoff
        )
        seconds = max((end - matter.received_at).total_seconds(), 0)
        return Timed(_name(outcome), _minutes(outcome, seconds))

    def _worked(self, matter: Matter, event: datetime | None, why_not: str | None) -> Timed:
        if why_not:
            return Timed(why_not)
        calendar = self.calendar_of(matter.holder_at(event))
        if matter.disposed_at is None or calendar is None:
            return Timed(times.NOT_DISPOSED)
        outcome, end = Course(matter.disposed_at, event, matter.withdrawn_at).outcome(self.scope.cutoff)
        try:
            seconds = max(working_seconds(calendar, matter.disposed_at, end, matter.pauses), 0)
        except CalendarHorizon:
            return Timed(times.OUTSIDE_CALENDAR)
        return Timed(_name(outcome), _minutes(outcome, seconds))

    # Stages

    def _unmet_due_times(self, due: Iterable[KnownStage]) -> dict[int, datetime]:
        """For each clock the earliest due time that was unmet at the end of the period."""
        earliest: dict[int, datetime] = {}
        for row in due:
            if row.due_at is not None and row.is_unmet(self.scope.until):
                earliest[row.clock_id] = min(row.due_at, earliest.get(row.clock_id, row.due_at))
        return earliest

    def _stages(self, due: Iterable[KnownStage], fields: dict[int, Field]) -> list[StageRow]:
        in_city: set[tuple[int, str]] = set()
        in_agency: set[tuple[int, str, int | None]] = set()
        rows = []
        for row in due:
            extended, original = self._punctual(row.extended), self._punctual(row.original)
            if not self._fell_due(row):
                continue
            field = fields.get(row.clock_id, Field(None, False))
            city_key, agency_key = (
                (row.clock_id, row.stage.value),
                (row.clock_id, row.stage.value, row.agency_id),
            )
            rows.append(
                StageRow(
                    stage=row.stage.value,
                    agency=self._code(row.agency_id),
                    category=OTHER if field.is_confidential or field.group is None else field.group,
                    in_city=int(city_key not in in_city),
                    in_agency=int(agency_key not in in_agency),
                    extended=extended,
                    original=original,
                )
            )
            in_city.add(city_key)
            in_agency.add(agency_key)
        return [row for row in rows if row.extended or row.original]

    def _fell_due(self, row: KnownStage) -> bool:
        """By either due time: a stage is counted by the first of its rounds of which that is so."""
        scope = self.scope
        return any(scope.holds(moment) for moment in (row.due_at, row.original_due_at))

    def _punctual(self, stage: DueStage | None) -> str:
        """How it stood at the cut-off; empty when it was not due in the period."""
        if stage is None:
            return ""
        scope = self.scope
        count = punctuality([stage], start=scope.start, end=scope.end, cutoff=scope.cutoff)
        if not count.due:
            return ""
        return ON_TIME if count.on_time else (MET_LATE if count.met_late else UNMET)


def _name(outcome: Outcome) -> str:
    return {Outcome.EVENT: EVENT, Outcome.COMPETING: COMPETING, Outcome.CENSORED: WAITING}[outcome]


def _minutes(outcome: Outcome, seconds: float) -> int:
    """Begun minutes, so that what took no longer than a day is no longer here either. Who still waits
    has done so for so many whole hours: the cut-off is known, and minutes before it would be a moment."""
    if outcome is Outcome.CENSORED:
        return int(seconds // HOUR) * HOUR_MINUTES
    return ceil(seconds / MINUTE)


def _with_other_cases(cases: Sequence[CaseRow]) -> list[CaseRow]:
    """Agencies and categories with small cells get the common name. A case counts where a table shows it:
    by its holder, by who answered, by who closed."""
    cohort = [row for row in cases if row.in_period]
    timed = [row for row in cohort if row.response in SEEN], [row for row in cohort if row.closure in SEEN]
    agencies = cells.unnamed(
        [
            Counter(row.agency for row in cohort),
            Counter(row.answered_by for row in timed[0]),
            Counter(row.closed_by for row in timed[1]),
        ]
    )
    categories = cells.unnamed(
        [Counter(row.category for row in rows) for rows in (cohort, *timed)], always=(OTHER,)
    )
    # Who appears only outside the cohort has no cell at all there, and so none to be named by.
    agency_names = {row.agency for row in cohort} - agencies
    category_names = {row.category for row in cohort} - categories
    return [
        row._replace(
            agency=_named(row.agency, agency_names),
            answered_by=_named(row.answered_by, agency_names),
            closed_by=_named(row.closed_by, agency_names),
            category=_named(row.category, category_names),
        )
        for row in cases
    ]


SEEN = (EVENT, COMPETING, WAITING)


def _with_other_stages(stages: Sequence[StageRow]) -> list[StageRow]:
    """The same for each kind of stage."""
    shown: list[StageRow] = []
    for kind in sorted({row.stage for row in stages}):
        rows = [row for row in stages if row.stage == kind]
        counted = [
            [row for row in rows if row.extended and row.in_agency],
            [row for row in rows if row.original and row.in_agency],
        ]
        agencies = {row.agency for row in rows} - cells.unnamed(
            [Counter(row.agency for row in part) for part in counted]
        )
        of_city = [[row for row in rows if due(row) and row.in_city] for due in (_extended, _original)]
        categories = {row.category for row in rows} - cells.unnamed(
            [Counter(row.category for row in part) for part in of_city], always=(OTHER,)
        )
        shown += [
            row._replace(agency=_named(row.agency, agencies), category=_named(row.category, categories))
            for row in rows
        ]
    return shown


def _extended(row: StageRow) -> str:
    return row.extended


def _original(row: StageRow) -> str:
    return row.original


def _named(cell: str, names: Collection[str]) -> str:
    return cell if cell in names else OTHER


def _without_small_times(cases: Sequence[CaseRow]) -> list[CaseRow]:
    """A time that fewer than ten matters have is not told of them either."""
    for name in OUTCOMES:
        size = sum(getattr(row, name) in SEEN for row in cases)
        if 0 < size < MIN_CELL:
            hidden: dict[str, Any] = {name: WITHHELD, f"{name}_minutes": None}
            cases = [row._replace(**hidden) if getattr(row, name) in SEEN else row for row in cases]
    return list(cases)


def published(scope: Scope, code_of: dict[int, str], calendar_of: CalendarOf) -> Published:
    """The rows of an edition, from what the database knew at the cut-off."""
    return Coarsening(scope, code_of, calendar_of).publish(
        matters.touching(scope), stages.known(scope), stages.fields(), matters.verdicts(scope)
    )
