"""Texts as the carrier posts them, signed beforehand."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bench.floor import PATH
from telephony.simulator.signing import sign

PUBLIC_URL = "https://pass.example"
NUMBER = "2590"
ACCOUNT = f"AC{'5' * 32}"
TOKEN = "a-token-of-the-bench"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in."""

    sid: str
    sender: str
    body: str


def numbered(prefix: str, said: Iterable[tuple[str, str]]) -> list[Text]:
    """Senders and bodies as texts, each with a MessageSid of its own that begins with `prefix`."""
    return [Text(f"{prefix}{number:020x}", sender, body) for number, (sender, body) in enumerate(said)]


def signed(text: Text) -> tuple[str, str]:
    """Signature and body of the POST."""
    form = {
        "ToCountry": "RU",
        "SmsMessageSid": text.sid,
        "NumMedia": "0",
        "SmsSid": text.sid,
        "SmsStatus": "received",
        "FromCountry": "RU",
        "Body": text.body,
        "To": NUMBER,
        "NumSegments": "1",
        "MessageSid": text.sid,
        "AccountSid": ACCOUNT,
        "From": text.sender,
        "ApiVersion": "2010-04-01",
    }
    return sign(PUBLIC_URL + PATH, form, TOKEN), urlencode(form)


def write_signed(texts: Iterable[Text], file: Path) -> Path:
    """A file for wrk: a line a text."""
    with file.open("w", encoding="ascii") as out:
        out.writelines(f"{signature} {body}\n" for signature, body in map(signed, texts))
    return file
