"""Fetching a document and doing its verbs one after the other, by a table of what is allowed where."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

from telephony.simulator.call_records import CallStatus
from telephony.simulator.faults import Fault
from telephony.simulator.twiml import TwimlError
from telephony.simulator.voice.flow import Flow, Target
from telephony.simulator.voice.leg import Leg
from telephony.simulator.voice.params import call_params
from telephony.simulator.voice.reading import read_markup, read_voice
from telephony.simulator.voice.verbs import Document, Pause, Reject, Unknown
from telephony.simulator.webhooks import FetchError, deliver, prepare
from telephony.simulator.wires import Reply

MOST_DOCUMENTS: Final = 50
"""Documents in a row without a word, a key or a moment of time from the caller."""

Doing = Callable[[Leg, Any, str], Flow[Target | None]]
Table = Mapping[type, Doing]


def perform(leg: Leg, target: Target, table: Table) -> Flow[Target | None]:
    """Do one document; the next one, if it leads to one. Raises :class:`FetchError` and :class:`TwimlError`."""
    document = _load(leg, target)
    for code, about in document.warnings:
        leg.network.complain(code, about, target.url, leg.sid)
    for verb in document.verbs:
        if leg.call.status is CallStatus.RINGING and not isinstance(verb, Reject | Pause):
            leg.answer()
        doing = table.get(type(verb))
        if doing is None:
            if not isinstance(verb, Unknown):
                leg.network.complain(12200, f"<{type(verb).__name__}> is not allowed here", target.url, leg.sid)
            continue
        onward = yield from doing(leg, verb, target.url)
        if onward:
            return onward
    return None


def request(leg: Leg, url: str, method: str, extra: Mapping[str, str]) -> Reply:
    """Ask the service about this call; what was asked can be delivered again. Raises :class:`FetchError`."""
    network, strikes, phone = leg.network, leg.network.faults.strikes, leg.call.phone
    form = prepare(network, url, {**call_params(leg.call), **extra}, method, str(uuid4()))
    network.ledger.webhooks.put(leg.sid, (method, form))
    reply = deliver(network, url, method, form)
    if strikes(Fault.DUPLICATE, phone):
        deliver(network, url, method, form)
    if strikes(Fault.LOST_RESPONSE, phone):
        reply = deliver(network, url, method, form)
    return reply


def mention(leg: Leg, url: str, method: str, extra: Mapping[str, str]) -> None:
    """Ask, where the answer changes nothing any more."""
    try:
        request(leg, url, method, extra)
    except FetchError as error:
        leg.network.complain(error.code, str(error), url, leg.sid)


def address(page: str, url: str) -> str:
    """A URL of a document, seen from that document. Raises :class:`TwimlError` 11100."""
    full = urljoin(page, url)
    if not urlsplit(full).netloc:
        raise TwimlError(11100, f"{url!r} is no full URL, and the document has none that it could belong to")
    return full


def onward(page: str, url: str, method: str, **extra: str) -> Target:
    """The document that an action or a redirect leads to; an empty ``url`` is this one again."""
    return Target(address(page, url) if url else address(page, page), method, tuple(extra.items()))


def _load(leg: Leg, target: Target) -> Document:
    leg.documents += 1
    if leg.documents > MOST_DOCUMENTS:
        raise TwimlError(11215, f"{MOST_DOCUMENTS} documents in a row")
    if target.markup:
        return read_markup(target.markup)
    leg.shows(None)
    reply = request(leg, target.url, target.method, dict(target.extra))
    leg.heed()
    return read_voice(reply)
