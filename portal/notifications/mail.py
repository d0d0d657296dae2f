"""Letters as e-mail: to a mail server when one is set, else into files."""

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from portal.config import Settings
from portal.jobs.rules import Hopeless
from portal.notifications import letters, muting, replies
from portal.notifications.models import Notification
from portal.notifications.rules import leaves_no_trace, message_id

TIMEOUT_SECONDS = 20  # well within a job's lease
LOCAL = ("localhost", "127.0.0.1", "::1")
PORTS = {"smtp": 587, "smtps": 465}


class _Whole(UnstructuredHeader, BaseHeader):
    """A header that is never folded: a long address would be written as encoded words, which no mail
    program takes for one."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_headers = HeaderRegistry()
_headers.map_to_type("list-unsubscribe", _Whole)
POLICY = SMTP.clone(header_factory=_headers)


class MailServerError(Exception):
    """The mail server could not take the letter now. The text names no person."""


class AddressRefused(Hopeless):
    """The mail server says that nobody has this address."""


@dataclass(frozen=True)
class Parcel:
    """A letter ready to be handed over, under a name that is the same each time.

    `returns_to` is where it comes back to when it cannot be delivered; "" for nowhere.
    """

    name: str
    message: EmailMessage
    returns_to: str | None = None


def pack(notification: Notification, settings: Settings) -> Parcel:
    """The letter as a plain UTF-8 message. Raises Hopeless when the address is none."""
    message = EmailMessage(policy=POLICY)
    message["From"] = settings.mail_from
    message["To"] = _address(notification.address or "")
    message["Subject"] = notification.subject
    message["Date"] = notification.created_at
    message["Message-ID"] = message_id(notification.key, str(urlsplit(settings.public_url).hostname))
    message["Auto-Submitted"] = "auto-generated"  # so that no automatic reply comes back
    if replies.replying(notification, settings):
        message["Reply-To"] = _address(replies.address(notification, settings))
    muting_path = muting.path(notification)
    if muting_path:
        url = letters.address(muting_path, notification.language)
        message["List-Unsubscribe"] = f"<{url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message.set_content(letters.signed(notification, muting_path=muting_path))
    message["Content-Language"] = notification.language
    return Parcel(
        f"{notification.created_at:%Y%m%dT%H%M%S}-{notification.id:07d}",
        message,
        _returns_to(notification, settings),
    )


def _returns_to(notification: Notification, settings: Settings) -> str | None:
    """None: to the sender named in the letter. A sealed one that came back would lie in the portal's own
    mailbox beside its reader's address, so where the portal reads mail it comes back to nobody."""
    if not settings.reply_mailbox:
        return None
    return "" if leaves_no_trace(notification) else replies.address(notification, settings)


def send(parcel: Parcel, settings: Settings) -> None:
    """Hand the letter over. Raises MailServerError (try again) or Hopeless."""
    if settings.smtp_url:
        _send_smtp(parcel, urlsplit(settings.smtp_url))
    else:
        _keep_file(parcel, folder(settings))


def folder(settings: Settings) -> Path:
    """Where letters lie when no mail server is set."""
    return settings.data_dir / "letters"


def _address(text: str) -> Address:
    """One address and nothing else: a comma or a line break in it would reach others."""
    try:
        return Address(addr_spec=text)
    except (ValueError, IndexError, HeaderParseError):
        raise Hopeless("the address is not a mail address") from None


def _keep_file(parcel: Parcel, letters: Path) -> None:
    """Written aside and moved into place: a repetition doubles nothing."""
    letters.mkdir(parents=True, exist_ok=True)
    path = letters / f"{parcel.name}.eml"
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    draft.write_bytes(parcel.message.as_bytes())
    draft.replace(path)


def _send_smtp(parcel: Parcel, url: SplitResult) -> None:
    try:
        with _connection(url) as server:
            server.send_message(parcel.message, from_addr=parcel.returns_to)
    except smtplib.SMTPRecipientsRefused as error:
        code = max(code for code, _ in error.recipients.values())
        if code >= 500:
            raise AddressRefused(f"the mail server refused the address with code {code}") from None
        raise MailServerError(f"the mail server put the address off with code {code}") from None
    except smtplib.SMTPNotSupportedError as error:
        raise Hopeless(f"the mail server cannot do what is needed: {error}") from None
    except smtplib.SMTPResponseException as error:
        raise MailServerError(f"the mail server answered with code {error.smtp_code}") from None
    except (smtplib.SMTPException, OSError) as error:
        raise MailServerError(f"the mail server cannot be reached: {type(error).__name__}") from None


@contextmanager
def _connection(url: SplitResult) -> Iterator[smtplib.SMTP]:
    server = _connect(url)
    try:
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        yield server
    finally:
        # A letter that was taken is sent, however the server says goodbye.
        with suppress(smtplib.SMTPException, OSError):
            server.quit()


def _connect(url: SplitResult) -> smtplib.SMTP:
    """Encrypted, with a certificate that is checked; only a mail server on this machine goes without."""
    host, port = url.hostname or "localhost", url.port or PORTS[url.scheme]
    tls = ssl.create_default_context()
    if url.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=tls)
    server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    if host not in LOCAL:
        server.starttls(context=tls)
    return server
