"""TwiML for texts: bytes from the service -> what to do. Nothing is done here.

Source: https://www.twilio.com/docs/messaging/twiml
"""

from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from telephony.simulator.wires import LARGEST_ANSWER, Reply

_XML_TYPES: Final = frozenset({"text/xml", "application/xml", "text/html"})
LONGEST_BODY: Final = 1600


@dataclass(frozen=True)
class Say:
    """A ``<Message>``: an empty ``to`` means whoever wrote, an empty ``sender`` the number written to."""

    body: str
    to: str = ""
    sender: str = ""
    action: str = ""
    method: str = "POST"
    status_callback: str = ""


@dataclass(frozen=True)
class GoTo:
    """A ``<Redirect>``: the rest of this document is left, the one at ``url`` is fetched."""

    url: str
    method: str = "POST"


@dataclass(frozen=True)
class Unknown:
    """A verb that texts don't have."""

    name: str


Step = Say | GoTo | Unknown


class TwimlError(Exception):
    """The document can't be executed; ``code`` is Twilio's error number."""

    def __init__(self, code: int, detail: str) -> None:
        self.code = code
        super().__init__(detail)


def read_twiml(reply: Reply) -> list[Step]:
    """The steps of an answer; an empty answer has none, plain text is one message.

    Raises :class:`TwimlError` with 11750 (over 64 kB), 12300 (wrong Content-Type) or 12100 (not well-formed).
    """
    if len(reply.body) > LARGEST_ANSWER:
        raise TwimlError(11750, "the answer is larger than 64 kB")
    if not reply.body.strip():
        return []
    kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "text/plain":
        return [Say(reply.body.decode("utf-8", "replace"))]
    if kind not in _XML_TYPES:
        raise TwimlError(12300, f"Content-Type is {kind or 'missing'}; expected text/xml")
    return [_step(element) for element in _root(reply.body)]


def _root(body: bytes) -> ET.Element:
    if b"<!DOCTYPE" in body:
        raise TwimlError(12100, "a document type declaration is not allowed in TwiML")
    try:
        root = ET.fromstring(body)  # noqa: S314 - our own service, at most 64 kB, no DOCTYPE
    except ET.ParseError as error:
        raise TwimlError(12100, str(error)) from error
    if root.tag != "Response":
        raise TwimlError(12100, f"the root element is <{root.tag}>, not <Response>")
    return root


def _step(element: ET.Element) -> Step:
    if element.tag == "Redirect":
        return GoTo((element.text or "").strip(), element.get("method", "POST").upper())
    if element.tag not in {"Message", "Sms"}:
        return Unknown(str(element.tag))
    bodies = [child.text or "" for child in element if child.tag == "Body"]
    return Say(
        body="".join(bodies) if bodies else (element.text or "").strip(),
        to=element.get("to", ""),
        sender=element.get("from", ""),
        action=element.get("action", ""),
        method=element.get("method", "POST").upper(),
        status_callback=element.get("statusCallback", ""),
    )
