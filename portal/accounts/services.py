"""What people do with accounts."""

import hashlib
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from portal.accounts import letters, links, passwords, queries, throttle
from portal.accounts.models import User, UserRole
from portal.accounts.rules import (
    CONFIRMATION_LIFE,
    MINIMUM_PASSWORD_LENGTH,
    NEW_PASSWORD_LIFE,
    UNCONFIRMED_LIFE,
    Role,
    fold_email,
    is_easy,
)
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l

CONFIRMATION, NEW_PASSWORD = "confirmation", "new-password"


def sign_up(*, name: str, email: str, password: str, language: str, at: datetime) -> None:
    """Open an account that waits for its address to be confirmed.

    Nobody learns whether the address is known: its owner gets a letter either way. Until somebody
    confirms it, the latest sign-up stands, so that nobody can take another's address first.
    """
    _check_password(password, email=email)
    address, password_hash = fold_email(email), passwords.hashed(password)
    user = queries.user_by_email(address)
    if user is not None and user.confirmed_at is not None:
        key = f"account-known:{user.id}:{_slot(at)}"
        letters.send(address, user.language, "account_known", key=key, at=at, path="/sign-in", name=user.name)
        return
    if user is None:
        user = _new_user(address, at)
        if user is None:
            return  # the same form, sent twice at the same moment
    user.name, user.password_hash, user.language = name.strip(), password_hash, language
    db.session.flush()
    send_confirmation(user, at=at)


def send_confirmation(user: User, *, at: datetime) -> None:
    """Write to the address; the letter's link and the password together confirm it."""
    token = links.sign(CONFIRMATION, until=at + CONFIRMATION_LIFE, user=user.id, email=user.email)
    key = f"account-confirm:{user.id}:{_slot(at)}"
    path = f"/confirmation/{token}"
    letters.send(user.email, user.language, "account_confirm", key=key, at=at, path=path, name=user.name)


def user_to_confirm(token: str, *, at: datetime) -> User | None:
    """Whose address the link confirms; None when it is no longer good."""
    claims = links.read(CONFIRMATION, token, at=at) or {}
    user = _open_account(claims.get("user"))
    return user if user and claims["email"] == user.email else None


def confirm(user: User, *, password: str, at: datetime) -> None:
    """The owner of the address, who also knows the password, takes the account."""
    _check_sign_in(user, user.email, password, at)
    user.confirmed_at = user.confirmed_at or at


def sign_in(*, email: str, password: str, at: datetime) -> User:
    """The account of this address and password; refuses in words that do not say which was wrong."""
    user = queries.user_by_email(email)
    known = _check_sign_in(user, email, password, at)
    if known.disabled_at is not None:
        raise DomainError(_l("Akun ini dinonaktifkan. Hubungi pengelola portal."))
    if known.confirmed_at is None:
        send_confirmation(known, at=at)
        raise DomainError(
            _l("Alamat surel ini belum dikonfirmasi. Kami baru saja mengirim tautan konfirmasi yang baru.")
        )
    return known


def ask_for_new_password(*, email: str, at: datetime) -> None:
    """Send a link for a new password to the owner of the address, if there is one."""
    user = queries.user_by_email(email)
    if user is None or user.disabled_at is not None:
        return
    password = _fingerprint(user)
    token = links.sign(NEW_PASSWORD, until=at + NEW_PASSWORD_LIFE, user=user.id, password=password)
    key = f"new-password:{user.id}:{password}:{_slot(at)}"
    path = f"/new-password/{token}"
    letters.send(user.email, user.language, "new_password", key=key, at=at, path=path, name=user.name)


def user_for_new_password(token: str, *, at: datetime) -> User | None:
    """Who may choose a new password with this link: it works once, for the password it was sent for."""
    claims = links.read(NEW_PASSWORD, token, at=at) or {}
    user = _open_account(claims.get("user"))
    return user if user and claims["password"] == _fingerprint(user) else None


def set_password(user: User, *, password: str, at: datetime) -> None:
    """Choose a password after the address was proven by a letter; ends every session."""
    _check_password(password, email=user.email, field="password")
    _replace_password(user, password)
    user.confirmed_at = user.confirmed_at or at
    throttle.forget(user.email)


def change_password(user: User, *, current: str, new: str, at: datetime) -> None:
    """Replace the password; every session ends, the view opens this one again."""
    _check_password(new, email=user.email, field="new")
    throttle.check(user.email, at=at)
    if not passwords.matches(current, user.password_hash):
        throttle.count(user.email, at=at)
        raise DomainError(_l("Kata sandi sekarang tidak cocok."), field="current")
    throttle.forget(user.email)
    _replace_password(user, new)


def end_sessions(user: User) -> None:
    """Sign the person out everywhere."""
    user.session_epoch += 1


def change_profile(user: User, *, name: str, language: str) -> None:
    user.name, user.language = name.strip(), language


def give_roles(user: User, roles: frozenset[Role]) -> None:
    """Let the person have exactly these roles."""
    user.role_rows = [row for row in user.role_rows if row.role in roles] + [
        UserRole(role=role) for role in sorted(roles - user.roles)
    ]


def open_confirmed_account(*, name: str, email: str, password: str, language: str, at: datetime) -> User:
    """An account whose address is already proven, as by an accepted invitation."""
    _check_password(password, email=email)
    user = queries.user_by_email(email) or _new_user(fold_email(email), at)
    if user is None:
        raise DomainError(_l("Akun ini baru saja dibuat. Muat ulang halaman ini."))
    user.name, user.language, user.confirmed_at = name.strip(), language, at
    _replace_password(user, password)
    db.session.flush()
    return user


def forget_unconfirmed(*, at: datetime) -> int:
    """Delete accounts that nobody confirmed in time; their number."""
    late = db.session.scalars(
        db.select(User).where(User.confirmed_at.is_(None), User.created_at < at - UNCONFIRMED_LIFE)
    ).all()
    for user in late:
        db.session.delete(user)
    return len(late)


def _new_user(address: str, at: datetime) -> User | None:
    """A new account without a password; None when another request made it a moment ago."""
    user = User(email=address, name="", created_at=at, role_rows=[UserRole(role=Role.RESIDENT)])
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError:
        return None
    return user


def _check_sign_in(user: User | None, email: str, password: str, at: datetime) -> User:
    throttle.check(email, at=at)
    fits = passwords.matches(password, user.password_hash if user else None)
    if user is None or not fits:
        throttle.count(email, at=at)
        raise DomainError(_l("Alamat surel atau kata sandi tidak cocok."), field="password")
    throttle.forget(email)
    if passwords.is_outdated(user.password_hash or ""):
        user.password_hash = passwords.hashed(password)
    return user


def _check_password(password: str, *, email: str, field: str = "password") -> None:
    if len(password) < MINIMUM_PASSWORD_LENGTH:
        raise DomainError(_l("Kata sandi terlalu pendek."), field=field)
    if is_easy(password, email=email):
        raise DomainError(
            _l("Kata sandi ini mudah ditebak. Pakailah beberapa kata yang hanya Anda ingat."), field=field
        )


def _replace_password(user: User, password: str) -> None:
    user.password_hash = passwords.hashed(password)
    end_sessions(user)


def _open_account(user_id: int | None) -> User | None:
    user = queries.user_by_id(user_id) if user_id is not None else None
    return user if user and user.disabled_at is None else None


def _slot(at: datetime) -> str:
    """The same for ten minutes: an impatient visitor cannot fill a letter box."""
    return f"{at:%Y-%m-%d %H}:{at.minute // 10}"


def _fingerprint(user: User) -> str:
    """Changes with the password and when sessions are ended: an old link then no longer fits."""
    return hashlib.sha256(f"{user.password_hash}:{user.session_epoch}".encode()).hexdigest()[:16]
