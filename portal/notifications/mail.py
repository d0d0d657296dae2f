"""Letters as e-mail: to a mail server when one is set, else into files."""

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from portal.config import Settings
from portal.jobs.rules import Hopeless
from portal.notifications.models import Notification
from portal.notifications.rules import message_id

TIMEOUT_SECONDS = 20  # well within a job's lease
LOCAL = ("localhost", "127.0.0.1", "::1")
PORTS = {"smtp": 587, "smtps": 465}
LETTER_NAME = "X-Letter-Name"


class MailServerError(Exception):
    """The mail server could not take the letter now. The text names no person."""


def compose(notification: Notification, settings: Settings) -> EmailMessage:
    """The letter as a plain UTF-8 message. Raises Hopeless when the address is none."""
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.mail_from
    message["To"] = _address(notification.address or "")
    message["Subject"] = notification.subject
    message["Date"] = notification.created_at
    message["Message-ID"] = message_id(notification.key, str(urlsplit(settings.public_url).hostname))
    message["Auto-Submitted"] = "auto-generated"  # so that no automatic reply comes back
    message[LETTER_NAME] = f"{notification.created_at:%Y%m%dT%H%M%S}-{notification.id:07d}"
    message.set_content(notification.body)
    message["Content-Language"] = notification.language
    return message


def send(message: EmailMessage, settings: Settings) -> None:
    """Hand the letter over. Raises MailServerError (try again) or Hopeless."""
    if settings.smtp_url:
        _send_smtp(message, urlsplit(settings.smtp_url))
    else:
        _keep_file(message, folder(settings))


def folder(settings: Settings) -> Path:
    """Where letters lie when no mail server is set."""
    return settings.data_dir / "letters"


def _address(text: str) -> Address:
    """One address and nothing else: a comma or a line break in it would reach others."""
    try:
        return Address(addr_spec=text)
    except (ValueError, IndexError, HeaderParseError):
        raise Hopeless("the address is not a mail address") from None


def _keep_file(message: EmailMessage, letters: Path) -> None:
    """Written aside and moved, under a name that is the same each time: a repetition doubles nothing."""
    letters.mkdir(parents=True, exist_ok=True)
    path = letters / f"{message[LETTER_NAME]}.eml"
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    draft.write_bytes(message.as_bytes())
    draft.replace(path)


def _send_smtp(message: EmailMessage, url: SplitResult) -> None:
    try:
        with _connection(url) as server:
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code = max(code for code, _ in error.recipients.values())
        if code >= 500:
            raise Hopeless(f"the mail server refused the address with code {code}") from None
        raise MailServerError(f"the mail server put the address off with code {code}") from None
    except smtplib.SMTPNotSupportedError as error:
        raise Hopeless(f"the mail server cannot do what is needed: {error}") from None
    except smtplib.SMTPResponseException as error:
        raise MailServerError(f"the mail server answered with code {error.smtp_code}") from None
    except (smtplib.SMTPException, OSError) as error:
        raise MailServerError(f"the mail server cannot be reached: {type(error).__name__}") from None


@contextmanager
def _connection(url: SplitResult) -> Iterator[smtplib.SMTP]:
    host, port = url.hostname or "localhost", url.port or PORTS[url.scheme]
    kind = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
    with kind(host, port, timeout=TIMEOUT_SECONDS) as server:
        if url.scheme == "smtp":
            _encrypt(server, host)
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        yield server


def _encrypt(server: smtplib.SMTP, host: str) -> None:
    """STARTTLS; only a mail server on this machine may go without."""
    server.ehlo()
    if server.has_extn("starttls") or host not in LOCAL:
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
