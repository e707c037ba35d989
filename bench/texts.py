"""Texts as the carrier posts them."""

from collections.abc import Iterable
from dataclasses import dataclass

from bench.floor import PATH
from bench.requests import NUMBER, Request, webhook


@dataclass(frozen=True, slots=True)
class Text:
    """One text in."""

    sid: str
    sender: str
    body: str

    def request(self) -> Request:
        """Signed."""
        form = {
            "ToCountry": "RU",
            "SmsMessageSid": self.sid,
            "NumMedia": "0",
            "SmsSid": self.sid,
            "SmsStatus": "received",
            "FromCountry": "RU",
            "Body": self.body,
            "To": NUMBER,
            "NumSegments": "1",
            "MessageSid": self.sid,
            "From": self.sender,
        }
        return webhook(PATH, form)


def numbered(prefix: str, said: Iterable[tuple[str, str]]) -> list[Text]:
    """Senders and bodies as texts, each with a MessageSid of its own that begins with `prefix`."""
    return [Text(f"{prefix}{number:020x}", sender, body) for number, (sender, body) in enumerate(said)]
