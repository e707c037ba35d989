"""English renderings of texts, asked of the service's development pages; a service without them is no trouble."""

import json
from typing import Any, Final
from urllib.parse import parse_qs, quote, unquote, urlsplit

from telephony.simulator.network import Network
from telephony.simulator.records import Message
from telephony.simulator.signing import SignedForm
from telephony.simulator.wires import Reply, UnreachableError

GLOSS_HEADER: Final = "x-passline-gloss"
_CONNECT_SECONDS: Final = 2.0
_READ_SECONDS: Final = 5.0


def gloss_in(reply: Reply) -> str:
    """The gloss that rides on an answer, or an empty string."""
    return unquote(reply.headers.get(GLOSS_HEADER, ""))


def gloss_later(network: Network, message: Message) -> None:
    """Ask for the gloss of a text sent by REST, by our id in its status callback; only for watched phones."""
    our_id = parse_qs(urlsplit(message.callback).query).get("message", [""])[-1]
    if our_id and network.has_handset(message.phone):
        network.timer.after(0.0, lambda: _fill_in(network, message.sid, our_id))


def fetch_examples(network: Network) -> dict[str, Any]:
    """The regime's example texts as the service lists them; without any, an empty list under ``examples``."""
    found = _get(network, "/telephony/examples.json")
    examples = found.get("examples")
    return {**found, "examples": examples if isinstance(examples, list) else []}


def _fill_in(network: Network, sid: str, our_id: str) -> None:
    gloss = _get(network, f"/telephony/gloss?message={quote(our_id)}").get("gloss")
    if isinstance(gloss, dict):
        gloss = gloss.get("en")
    if gloss:
        network.amend(sid, gloss=str(gloss))


def _get(network: Network, path: str) -> dict[str, Any]:
    form = SignedForm(network.settings.public_url + path, b"", {"Accept": "application/json"})
    try:
        reply = network.wire.send("GET", form, _CONNECT_SECONDS, _READ_SECONDS)
        found = json.loads(reply.body) if reply.status == 200 else {}
    except (UnreachableError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
