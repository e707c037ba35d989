"""Steps of calls as the carrier posts them, signed, and as it never would."""

from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from telephony.simulator.wires import Reply
from tests.proofs.posting import Poster

LARGEST = 64 * 1024


@dataclass(frozen=True)
class Ringing:
    """One call of `number`."""

    poster: Poster
    number: str
    sid: str

    def post(self, path: str = "", query: str = "", **form: str) -> Reply:
        """A question of the carrier about this call; `form` says what else is told, or told otherwise."""
        url = self.poster.url.replace("/sms", f"/voice{path}") + (f"?{query}" if query else "")
        told = {"CallSid": self.sid, "From": self.number, "To": self.poster.number, "Direction": "inbound"}
        return replace(self.poster, url=url).post(told | form)

    def hears(self, path: str = "", query: str = "", **form: str) -> str:
        """What is said upon it; fails for what is no document that the carrier could use."""
        return spoken(self.post(path, query, **form))

    def step(self, number: int, digits: str = "", speech: str = "", **form: str) -> str:
        """What is said upon keys or words at a step."""
        given = {"SpeechResult": speech} if speech else {"Digits": digits}
        return self.hears("/step" if number else "", f"step={number}&attempt=0&language=ru", **given, **form)

    def ends(self, status: str = "completed", message: str = "") -> int:
        """The status with which the news of its end is taken."""
        query = f"message={message}" if message else ""
        return self.post("/ended", query, CallStatus=status).status


def spoken(reply: Reply) -> str:
    """All that is said in a document."""
    assert reply.status == 200 and reply.headers["content-type"] == "text/xml; charset=utf-8"
    assert len(reply.body) < LARGEST
    document = ET.fromstring(reply.body)
    assert document.tag == "Response"
    return "\n".join(said.text or "" for said in document.iter("Say"))


def call_of(poster: Poster, number: str = "+79990000001") -> Ringing:
    """A new call."""
    return Ringing(poster, number, f"CA{next(poster.sids):032x}")
