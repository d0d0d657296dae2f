"""Officials and their accounts: take on, invite, link, give roles, unlink."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from portal.accounts import links
from portal.accounts import queries as account_queries
from portal.accounts import services as accounts
from portal.accounts.models import User
from portal.accounts.rules import STAFF, Role, fold_email
from portal.administration import history, snapshots
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l, language
from portal.notifications import services as notifications
from portal.organisation import services as organisation
from portal.organisation.models import Official
from portal.organisation.rules import Rank

INVITATION = "invitation"
INVITATION_LIFE = timedelta(days=7)
RANK_ROLES = {Rank.OFFICIAL: Role.OFFICIAL, Rank.SUPERVISOR: Role.SUPERVISOR, Rank.HEAD: Role.HEAD}
GRANTED_ROLES = (Role.INSPECTORATE, Role.MODERATOR, Role.ADMINISTRATOR)  # beside what the rank gives


def save_official(
    official: Official | None, values: Mapping[str, Any], *, by: User, at: datetime
) -> Official:
    """An official who has an account gets the role of the new rank with it."""
    before = snapshots.official(official) if official else None
    official = organisation.save_official(official, **values)
    user = _account_of(official)
    if user is not None:
        accounts.give_roles(user, _roles_for(official.rank, user.roles))
    _note_official(official, before, by, at)
    return official


def invite(official: Official, *, by: User, at: datetime) -> None:
    """Write to the official: with the letter's link the account is made, or linked, by its owner."""
    if not official.email:
        raise DomainError(_l("Isi dulu alamat surel petugas ini."))
    if official.user_id is not None:
        raise DomainError(_l("Petugas ini sudah punya akun."))
    address = fold_email(official.email)
    token = links.sign(INVITATION, until=at + INVITATION_LIFE, official=official.id, email=address)
    known = account_queries.user_by_email(address)
    notifications.write_to(
        address,
        known.language if known else language(),
        "official_invited",
        key=f"invitation:{official.id}:{at:%Y-%m-%d %H:%M}",
        at=at,
        path=f"/invitations/{token}",
        name=official.name,
        position=official.position,
        agency=official.agency.name,
    )
    history.note("official", official.id, official.name, before={}, after={"invited": address}, by=by, at=at)


def official_invited(token: str, *, at: datetime) -> Official | None:
    """Whom the invitation is for; None when it was used, is too old, or the address changed since."""
    claims = links.read(INVITATION, token, at=at) or {}
    official = db.session.get(Official, claims["official"]) if claims else None
    if official is None or official.user_id is not None or not official.email:
        return None
    return official if fold_email(official.email) == claims["email"] else None


def accept_invitation(official: Official, *, password: str, language: str, at: datetime) -> User:
    """The owner of the address takes the position: with their account's password, or with a new one."""
    before, address = snapshots.official(official), fold_email(official.email or "")
    known = account_queries.user_by_email(address)
    if known is not None and known.confirmed_at is not None:
        user = accounts.sign_in(email=address, password=password, at=at)
    else:
        user = accounts.open_confirmed_account(
            name=official.name, email=address, password=password, language=language, at=at
        )
    organisation.link_account(official, user)
    accounts.give_roles(user, _roles_for(official.rank, user.roles))
    _note_official(official, before, user, at)
    return user


def unlink_account(official: Official, *, by: User, at: datetime) -> None:
    """The person is no official any more: the account loses every role of staff and is signed out."""
    before, user = snapshots.official(official), _account_of(official)
    if user is None:
        raise DomainError(_l("Petugas ini belum punya akun."))
    _check_administrator_stays(user, frozenset())
    organisation.unlink_account(official)
    accounts.give_roles(user, user.roles - STAFF)
    accounts.end_sessions(user)
    _note_official(official, before, by, at)


def grant_roles(official: Official, roles: frozenset[Role], *, by: User, at: datetime) -> None:
    """What the official does for the whole portal, beside the role that the rank gives."""
    before, user = snapshots.official(official), _account_of(official)
    if user is None:
        raise DomainError(_l("Petugas ini belum punya akun."))
    _check_administrator_stays(user, roles)
    accounts.give_roles(user, (user.roles - set(GRANTED_ROLES)) | roles)
    _note_official(official, before, by, at)


def name_substitutes(official: Official, substitutes: Sequence[Official], *, by: User, at: datetime) -> None:
    """Who stands in for the official by default, first choice first."""
    before = snapshots.substitutes(official)
    organisation.name_substitutes(official, substitutes)
    after = snapshots.substitutes(official)
    history.note("substitutes", official.id, official.name, before=before, after=after, by=by, at=at)


def _account_of(official: Official) -> User | None:
    return account_queries.user_by_id(official.user_id) if official.user_id is not None else None


def _roles_for(rank: Rank, present: frozenset[Role]) -> frozenset[Role]:
    return (present - set(RANK_ROLES.values())) | {RANK_ROLES[rank]}


def _check_administrator_stays(user: User, roles: frozenset[Role]) -> None:
    """Without an administrator nobody could make one."""
    administrators = account_queries.users_with(Role.ADMINISTRATOR)
    if Role.ADMINISTRATOR not in roles and [one.id for one in administrators] == [user.id]:
        raise DomainError(_l("Ini administrator terakhir. Angkat administrator lain lebih dulu."))


def _note_official(official: Official, before: Mapping[str, Any] | None, by: User, at: datetime) -> None:
    history.note(
        "official",
        official.id,
        official.name,
        before=dict(before) if before is not None else None,
        after=snapshots.official(official),
        by=by,
        at=at,
    )
