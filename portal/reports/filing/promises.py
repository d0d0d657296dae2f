"""Which deadline will run for what is being filed, as the policy in force says it."""

from datetime import datetime

from portal.categories.rules import CategoryClass
from portal.deadlines import presentation
from portal.deadlines import queries as deadlines
from portal.deadlines.rules.calendar import CalendarHorizon
from portal.deadlines.rules.policy import Limit, Policy, Unit
from portal.deadlines.rules.stages import Matter, Stage
from portal.i18n import _, format_date
from portal.reports import kind_questions, rules
from portal.reports.filing import queries
from portal.reports.filing.rules import Answers
from portal.reports.rules import ReportKind


def of_kinds(at: datetime) -> dict[str, str]:
    """How long each kind takes at most, for the choice between them."""
    policy = deadlines.policy(at)
    return {
        kind.value: _resolved_within(policy, rules.matter_of(kind, is_supervisory=False))
        for kind in ReportKind
    }


def of_formalities(at: datetime) -> dict[str, str]:
    """The same for an ordinary and a formal information request, by the choice."""
    policy = deadlines.policy(at)
    ordinary, formal = Matter.INFORMATION_REQUEST, Matter.FORMAL_INFORMATION_REQUEST
    (usual, _usual_en), (strict, _strict_en) = kind_questions.of(ReportKind.INFORMATION_REQUEST)[0].choices
    return {
        usual: _resolved_within(policy, ordinary),
        strict: _(
            "%(limit)s Nama Anda dicatat bersama permintaannya.", limit=_resolved_within(policy, formal)
        ),
    }


def of_draft(answers: Answers, at: datetime) -> str:
    """The deadline that runs if this is sent now: a day for verification, working days for the rest."""
    kind = ReportKind(answers.kind)
    chosen = queries.category(answers.category)
    is_supervisory = (
        chosen is not None
        and chosen.category_class is CategoryClass.SUPERVISORY
        and kind is ReportKind.COMPLAINT
    )
    matter = rules.matter_of(kind, is_supervisory, kind_questions.is_formal(kind, answers.given))
    policy = deadlines.policy(at)
    resolve = policy.limit(matter, Stage.RESOLVE, answers.category or None)
    verify = policy.limit(matter, Stage.VERIFY, answers.category or None)
    words = {"limit": _amount(resolve)}
    day = _day(verify, at)
    if day is None:
        return _("Setelah diverifikasi, dijawab tuntas paling lama %(limit)s.", **words)
    return _(
        "Jika dikirim sekarang: diverifikasi paling lambat %(day)s, lalu dijawab tuntas paling lama "
        "%(limit)s.",
        day=day,
        **words,
    )


def _resolved_within(policy: Policy, matter: Matter) -> str:
    limit = policy.limit(matter, Stage.RESOLVE)
    if matter is Matter.FORMAL_INFORMATION_REQUEST and limit.extension:
        return _(
            "Dijawab tuntas paling lama %(limit)s setelah diteruskan, dapat diperpanjang sekali %(more)s.",
            limit=_amount(limit),
            more=presentation.amount_text(limit.extension, limit.unit),
        )
    return _("Dijawab tuntas paling lama %(limit)s setelah diteruskan.", limit=_amount(limit))


def _amount(limit: Limit) -> str:
    return presentation.amount_text(limit.amount, limit.unit)


def _day(limit: Limit, at: datetime) -> str | None:
    """The due day; None where it is counted in minutes, or the calendar does not reach that far."""
    if limit.unit is not Unit.DAYS:
        return None
    try:
        return format_date(deadlines.working_days_after(at, limit.amount))
    except CalendarHorizon:
        return None
