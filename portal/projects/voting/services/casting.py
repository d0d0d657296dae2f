"""Take part once, and leave no trace of what was chosen."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, select

from portal.accounts.models import User
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.jobs import services as jobs
from portal.projects.voting import policy, queries, rules
from portal.projects.voting.models import Ballot, Vote, Voter
from portal.projects.voting.rules import Flaw, VoteState

BALLOT_BITS = 63  # what a signed 64-bit column holds


def cast(vote: Vote, *, by: User, area_code: str, dots: Mapping[int, int], at: datetime) -> None:
    """Take part once: who came and what was chosen are kept apart, and nothing is kept of when.

    No line is written into the record either: its moment would stand beside an order of people. Raises
    DomainError when the ballot is none, or the person took part before.
    """
    _check_may_cast(vote, by, area_code, at)
    laid = {choice: count for choice, count in dots.items() if count}
    check_ballot(vote, laid)
    came = jobs.insert(Voter).values(vote_id=vote.id, user_id=by.id, area_code=area_code)
    if db.session.scalar(came.on_conflict_do_nothing().returning(Voter.user_id)) is None:
        raise DomainError(_l("Anda sudah memilih. Setiap orang memilih satu kali."))
    db.session.execute(
        insert(Ballot).values(
            id=secrets.randbits(BALLOT_BITS),
            vote_id=vote.id,
            dots={str(choice): laid[choice] for choice in sorted(laid)},
        )
    )


def _check_may_cast(vote: Vote, by: User, area_code: str, at: datetime) -> None:
    # Locked together with the counting, so that no ballot comes while it counts.
    published_at = db.session.scalar(
        select(Vote.published_at).where(Vote.id == vote.id).with_for_update(read=True)
    )
    if published_at is not None or policy.state(vote, at) is not VoteState.OPEN:
        raise DomainError(_l("Pemungutan suara ini sedang tidak dibuka."))
    if by.confirmed_at is None:
        raise DomainError(_l("Pastikan dahulu alamat surel Anda."))
    if not queries.is_in_area(vote, area_code):
        raise DomainError(_l("Pilih kelurahan tempat tinggal Anda."), field="area")


def check_ballot(vote: Vote, dots: Mapping[int, int]) -> None:
    """Raises DomainError, beside the choice that is meant, when these dots are no ballot."""
    choices = [choice.position for choice in vote.choices]
    flaw = rules.flaw_of(dots, choices=choices, allowed=vote.dots, most_on_one=vote.most_on_one)
    if flaw is None:
        return
    given = [choice for choice, count in dots.items() if count]
    beside = {
        Flaw.TOO_MANY_ON_ONE: max(dots, key=lambda choice: dots[choice], default=1),
        Flaw.TOO_MANY: given[-1] if given else 1,
    }.get(flaw, choices[0])
    raise DomainError(_flaw_words(vote, flaw, sum(dots.values())), field=f"dots_{beside}")


def _flaw_words(vote: Vote, flaw: Flaw, laid: int) -> str:
    return str(
        {
            Flaw.EMPTY: _l("Letakkan paling sedikit satu titik."),
            Flaw.TOO_MANY: _l(
                "Anda meletakkan %(laid)s titik, padahal ada %(dots)s. Ambil kembali sebagian.",
                laid=laid,
                dots=vote.dots,
            ),
            Flaw.TOO_MANY_ON_ONE: _l(
                "Paling banyak %(most)s titik untuk satu pilihan.", most=vote.most_on_one
            ),
            Flaw.UNKNOWN_CHOICE: _l("Pilih dari daftar ini."),
        }[flaw]
    )
