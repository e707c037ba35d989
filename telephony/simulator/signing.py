"""Twilio's request signature, computed here so that the service is checked against a second implementation.

Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security
"""

import base64
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha1
from urllib.parse import urlencode, urlsplit, urlunsplit
from uuid import uuid4

Params = Mapping[str, str] | Iterable[tuple[str, str]]


@dataclass(frozen=True)
class SignedForm:
    """A webhook ready to be posted: send ``body`` to ``url`` with exactly these headers."""

    url: str
    body: bytes
    headers: dict[str, str]


def sign(url: str, params: Params, token: str) -> str:
    """Base64 of HMAC-SHA1 over the URL and the sorted names and values; a pair given twice counts once."""
    pairs = sorted(set(params.items() if isinstance(params, Mapping) else params))
    text = url + "".join(name + value for name, value in pairs)
    return base64.b64encode(hmac.new(token.encode(), text.encode(), sha1).digest()).decode()


def signed_form(url: str, params: Params, token: str, idempotency_token: str = "") -> SignedForm:
    """A form POST as Twilio sends it; the URL's fragment is neither signed nor sent.

    ``idempotency_token`` stays the same when one webhook is tried again; a new one is made when it is empty.
    """
    pairs = list(params.items() if isinstance(params, Mapping) else params)
    target = urlunsplit(urlsplit(url)._replace(fragment=""))
    headers = {
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        "X-Twilio-Signature": sign(target, pairs, token),
        "I-Twilio-Idempotency-Token": idempotency_token or str(uuid4()),
        "User-Agent": "TwilioProxy/1.1",
        "Accept": "*/*",
    }
    return SignedForm(target, urlencode(pairs).encode(), headers)
