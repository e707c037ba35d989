"""Where e-mails go: an SMTP server, or in development a folder."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from store.tokens import new_token

_TIMEOUT_S = 20
_REFUSED = 500
"""SMTP's answers from here on are final."""


class Undeliverable(Exception):
    """The server will not take this message, now or later."""


class PostAway(Exception):
    """The server could not be asked, or asks us to come again."""


class Post(Protocol):
    """Takes e-mails."""

    def send(self, message: EmailMessage) -> None:
        """Hands it over; raises Undeliverable or PostAway."""


@dataclass(frozen=True)
class SmtpPost:
    """``smtp://user:password@host:587`` (STARTTLS where there is a password), ``smtps://host:465``."""

    url: str
    sender: str

    def send(self, message: EmailMessage) -> None:
        """As `Post.send`."""
        message["From"] = self.sender
        try:
            with self._connected() as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            raise _refusal(max(code for code, _ in error.recipients.values())) from None
        except smtplib.SMTPResponseException as error:
            raise _refusal(error.smtp_code) from None
        except (OSError, smtplib.SMTPException):
            raise PostAway from None

    def _connected(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host, context = parts.hostname or "localhost", ssl.create_default_context()
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=_TIMEOUT_S, context=context)
        else:
            server = smtplib.SMTP(host, parts.port or 25, timeout=_TIMEOUT_S)
        try:
            if parts.username and parts.scheme == "smtp":
                server.starttls(context=context)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
        except Exception:
            server.close()
            raise
        return server


@dataclass(frozen=True)
class FolderPost:
    """``file:///folder``: each message as a file, for development."""

    folder: Path
    sender: str

    def send(self, message: EmailMessage) -> None:
        """As `Post.send`."""
        message["From"] = self.sender
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self.folder / f"{new_token()}.eml").write_bytes(message.as_bytes())


def post_of(url: str, sender: str) -> Post:
    """The post that a setting names: ``smtp://``, ``smtps://`` or ``file://``."""
    if url.startswith("file://"):
        return FolderPost(Path(unquote(urlsplit(url).path)), sender)
    return SmtpPost(url, sender)


def _refusal(code: int) -> Undeliverable | PostAway:
    return Undeliverable() if code >= _REFUSED else PostAway()
