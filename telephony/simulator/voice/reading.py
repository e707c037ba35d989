"""TwiML for calls: bytes from the service -> verbs. What is wrong with an attribute is a warning and its default.

Sources: https://www.twilio.com/docs/voice/twiml and, for the numbers, https://www.twilio.com/docs/api/errors
"""

from collections.abc import Callable
from typing import Final
from xml.etree import ElementTree as ET

from telephony.simulator.twiml import TwimlError
from telephony.simulator.voice.attributes import KNOWN, Attributes
from telephony.simulator.voice.verbs import (
    EVERY_KEY,
    Dial,
    Document,
    Enqueue,
    Gather,
    Hangup,
    Leave,
    NumberNoun,
    Pause,
    Play,
    Prompt,
    QueueNoun,
    Record,
    Redirect,
    Reject,
    Say,
    Unknown,
    Verb,
)
from telephony.simulator.wires import LARGEST_ANSWER, Reply

_XML_TYPES: Final = frozenset({"text/xml", "application/xml", "text/html"})
_RECORD_WORDS: Final = frozenset(
    {
        *("do-not-record", "true", "false", "record-from-answer", "record-from-ringing"),
        *("record-from-answer-dual", "record-from-ringing-dual"),
    }
)
_LONGEST_NAME: Final = 64


def read_voice(reply: Reply) -> Document:
    """The verbs of an answer; an empty answer has none, plain text is spoken, a sound is played.

    Raises :class:`TwimlError` with 11750 (over 64 kB), 12300 (wrong Content-Type), 12100 (not well-formed) or 12102.
    """
    kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind.startswith("audio/"):
        return Document((Play(""),))
    if len(reply.body) > LARGEST_ANSWER:
        raise TwimlError(11750, "the answer is larger than 64 kB")
    if not reply.body.strip():
        return Document()
    if kind == "text/plain":
        return Document((Say(reply.body.decode("utf-8", "replace")),))
    if kind not in _XML_TYPES:
        raise TwimlError(12300, f"Content-Type is {kind or 'missing'}; expected text/xml")
    return read_markup(reply.body)


def read_markup(body: bytes) -> Document:
    """The verbs of a document. Raises :class:`TwimlError` with 12100 or 12102."""
    if b"<!DOCTYPE" in body:
        raise TwimlError(12100, "a document type declaration is not allowed in TwiML")
    try:
        root = ET.fromstring(body)  # noqa: S314 - our own service, at most 64 kB, no DOCTYPE
    except (ET.ParseError, ValueError, LookupError) as error:
        raise TwimlError(12100, str(error)) from error
    if root.tag != "Response":
        raise TwimlError(12102, f"the root element is <{root.tag}>, not <Response>")
    warnings: list[tuple[int, str]] = []
    verbs = tuple(_verb(element, warnings) for element in root)
    return Document(verbs, tuple(warnings))


def _verb(element: ET.Element, warnings: list[tuple[int, str]]) -> Verb:
    reader = _READERS.get(str(element.tag))
    if reader is None:
        warnings.append((12200, f"<{element.tag}> is no verb for calls"))
        return Unknown(str(element.tag))
    attributes = Attributes(element, warnings)
    attributes.warn_of_strangers(KNOWN[str(element.tag)])
    return reader(attributes)


def _say(given: Attributes) -> Say:
    text = " ".join("".join(given.element.itertext()).split())
    if not text:
        given.warn(13520, "<Say> has nothing to say")
    return Say(text, given.text("language", "en-US"), given.whole("loop", 1, 13510, least=0) or 0)


def _play(given: Attributes) -> Play:
    loop = given.whole("loop", 1, 13410, least=0) or 0
    return Play(given.content, loop, given.text("digits", ""))


def _pause(given: Attributes) -> Pause:
    return Pause(given.whole("length", 1, 13910) or 1)


def _gather(given: Attributes) -> Gather:
    kinds = given.words("input", {"dtmf", "speech"}, {"dtmf"}, 13326)
    speech_timeout = given.text("speechTimeout", "auto")
    if not (speech_timeout == "auto" or (speech_timeout.isdecimal() and int(speech_timeout) > 0)):
        given.warn(13327, f"speechTimeout={speech_timeout!r}")
    finish = given.text("finishOnKey", "#")
    if finish not in {"", *EVERY_KEY}:
        given.warn(13310, f"finishOnKey={finish!r}")
        finish = "#"
    return Gather(
        action=given.text("action", ""),
        method=given.method("method", 13312),
        keys="dtmf" in kinds,
        speech="speech" in kinds,
        finish=finish,
        digits=given.whole("numDigits", None, 13314),
        timeout=given.timeout(5, 13313),
        language=given.text("language", "en-US"),
        on_empty=given.flag("actionOnEmptyResult", False, 13338),
        barge_in=given.flag("bargeIn", True, 13332),
        prompts=tuple(_prompts(given)),
    )


def _prompts(given: Attributes) -> list[Prompt]:
    found: list[Prompt] = []
    for child in given.element:
        verb = _verb(child, given.warnings) if child.tag in {"Say", "Play", "Pause"} else None
        if isinstance(verb, Say | Play | Pause):
            found.append(verb)
        else:
            given.warn(13320, f"<{child.tag}> can't stand in <Gather>")
    return found


def _dial(given: Attributes) -> Dial:
    record = given.one_of("record", _RECORD_WORDS, "do-not-record", 13217)
    nouns = [noun for child in given.element if (noun := _noun(child, given))]
    if given.content:
        nouns.insert(0, NumberNoun(given.content))
    return Dial(
        nouns=tuple(nouns),
        action=given.text("action", ""),
        method=given.method("method", 13210),
        timeout=given.timeout(30, 13212),
        time_limit=given.whole("timeLimit", None, 13216),
        caller_id=given.text("callerId", ""),
        record={"true": "record-from-answer", "false": "do-not-record"}.get(record, record),
        callback=given.callback("recordingStatusCallback"),
        star_ends=given.flag("hangupOnStar", False, 13213),
    )


def _noun(child: ET.Element, dial: Attributes) -> NumberNoun | QueueNoun | None:
    given = Attributes(child, dial.warnings)
    if child.tag == "Number":
        callback = given.callback("statusCallback")
        return NumberNoun(given.content, given.text("url", ""), given.method("method", 13221), callback)
    if child.tag == "Queue":
        return QueueNoun(given.content, given.text("url", ""), given.method("method", 13210))
    dial.warn(13215, f"<{child.tag}> can't be dialled here")
    return None


def _enqueue(given: Attributes) -> Enqueue:
    if given.text("workflowSid", "") or not 0 < len(given.content) <= _LONGEST_NAME:
        raise TwimlError(12200, "<Enqueue> needs the name of a queue, of at most 64 characters, and no workflow")
    return Enqueue(
        name=given.content,
        action=given.text("action", ""),
        method=given.method("method", 12200),
        wait_url=given.element.get("waitUrl"),
        wait_method=given.method("waitUrlMethod", 12200),
    )


def _record(given: Attributes) -> Record:
    finish = given.text("finishOnKey", EVERY_KEY)
    if set(finish) - set(EVERY_KEY):
        given.warn(13613, f"finishOnKey={finish!r}")
        finish = EVERY_KEY
    return Record(
        action=given.text("action", ""),
        method=given.method("method", 13610),
        timeout=given.whole("timeout", 5, 13611) or 5,
        finish=finish,
        longest=given.whole("maxLength", 3600, 13612) or 3600,
        beep=given.flag("playBeep", True, 13616),
        callback=given.callback("recordingStatusCallback"),
    )


def _redirect(given: Attributes) -> Redirect:
    return Redirect(given.content, given.method("method", 13710))


def _reject(given: Attributes) -> Reject:
    return Reject(given.one_of("reason", {"rejected", "busy"}, "rejected", 12200))


_READERS: Final[dict[str, Callable[[Attributes], Verb]]] = {
    "Say": _say,
    "Play": _play,
    "Pause": _pause,
    "Gather": _gather,
    "Dial": _dial,
    "Enqueue": _enqueue,
    "Leave": lambda given: Leave(),
    "Record": _record,
    "Redirect": _redirect,
    "Reject": _reject,
    "Hangup": lambda given: Hangup(),
}
