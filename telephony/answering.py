"""One text, start to end: meet, understand, act, word; in one transaction, which also keeps the answer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from codes.claiming import pending_claim
from codes.meeting import Meeting, meet
from codes.regime import Regime
from codes.regimes import in_force
from language.intents import Answer, Decline, Unclear, Understood
from language.segments import count_segments
from language.understanding import understand
from language.understanding.notation import describe
from language.wording import say
from store import Store, Work
from store.messages import InboundMessage
from telephony import twiml
from telephony.conversation import converse
from telephony.conversation.claiming import QUESTION, consent_in
from telephony.conversation.memory import recall, remember
from telephony.conversation.records import speak
from telephony.conversation.replies import put_in_words
from telephony.conversation.talk import Talk, Turn
from telephony.trying import in_work, number_of


@dataclass(frozen=True, slots=True)
class InboundText:
    """A text as the carrier hands it over. `answered` says that the carrier itself told the sender (OptOutType)."""

    sid: str
    sender: str
    text: str
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """What goes back: a TwiML document; `gloss` is the same in English, where that was asked for."""

    document: str
    regime: Regime
    gloss: str = ""


class Answering:
    """Answers texts. `timer` counts seconds; `glossing` (development only) also puts each answer in English.

    `public_url` is where pages are, for links in answers.
    """

    def __init__(
        self, store: Store, timer: Callable[[], float], public_url: str = "", *, glossing: bool = False
    ) -> None:
        self._store = store
        self._public_url = public_url
        self._timer = timer
        self._glossing = glossing

    def answer(self, inbound: InboundText, since: float) -> Answered:
        """The answer to a text that arrived at `since`; the stored one, byte for byte, where it was answered before."""
        answer = partial(self._answer, inbound=inbound, since=since)
        return in_work(self._store, self._timer, since, inbound.sid, answer)

    def _answer(self, work: Work, inbound: InboundText, since: float) -> Answered:
        number = number_of(work, inbound.sender)
        if number is None:
            regime = in_force(work).regime
            return Answered(twiml.message(say("sender_unknown", regime.default_language, regime)), regime)
        meeting = meet(work, number, inbound.sid)
        if meeting.answered is not None:
            place = f"inbound_message.reply.{inbound.sid}"
            return Answered(meeting.phone.key.open(place, meeting.answered), meeting.terms.regime)
        return self._converse(work, meeting, inbound, since)

    def _converse(self, work: Work, meeting: Meeting, inbound: InboundText, since: float) -> Answered:
        phone, regime, officer = meeting.phone, meeting.terms.regime, meeting.officer is not None
        memory = recall(phone, meeting.dialogue, meeting.terms.version)
        heard = partial(
            understand,
            inbound.text,
            regime,
            officer=officer,
            patient=meeting.patient,
            shapes=meeting.terms.shapes,
            now=work.now,
        )
        understood = heard(memory.dialogue)
        language = _language(meeting, understood)
        talk = Talk(work, meeting, memory, language, inbound.text, public_url=self._public_url)
        consent = consent_in(inbound.text)
        if memory.dialogue is None and (consent or isinstance(understood.intent, (Unclear, Decline))):
            talk = replace(talk, claim=pending_claim(work, phone))
            if talk.claim and consent == talk.claim.consent:
                understood = Understood(Answer(yes=True))
            elif talk.claim and not consent:
                understood = heard(QUESTION)
        if talk.language != phone.language and not phone.language_chosen:
            speak(talk, talk.language, chosen=False)
        turn = converse(talk, understood.intent)
        remember(work, phone, turn.memory, memory, meeting.terms.version)
        text = put_in_words(turn.reply, turn.language or talk.language, regime, work.now)
        document = twiml.SILENCE if inbound.answered else twiml.message(text)
        self._keep(work, meeting, inbound, document, text, _label(understood, turn, memory.dialogue is not None), since)
        gloss = put_in_words(turn.reply, "en", regime, work.now) if self._glossing else ""
        return Answered(document, regime, gloss if gloss != text else "")

    def _keep(
        self, work: Work, meeting: Meeting, inbound: InboundText, document: str, text: str, label: str, since: float
    ) -> None:
        work.insert(
            InboundMessage,
            sid=inbound.sid,
            phone_id=meeting.phone.id,
            reply_sealed=meeting.phone.key.seal(f"inbound_message.reply.{inbound.sid}", document),
            intent=label,
            segments=0 if inbound.answered else count_segments(text).segments,
            received_at=work.now,
            answered_ms=round((self._timer() - since) * 1000),
        )


def _language(meeting: Meeting, understood: Understood) -> str:
    """Chosen for good, else that of the text, else that of the last one, else the regime's."""
    phone, regime = meeting.phone, meeting.terms.regime
    wanted = (phone.language, understood.language) if phone.language_chosen else (understood.language, phone.language)
    return next((one for one in wanted if one in regime.languages), regime.default_language)


def _label(understood: Understood, turn: Turn, in_dialogue: bool) -> str:
    """``dialogue.request:granted``: no word of the sender's."""
    head = describe(understood.intent).split(" ", 1)[0]
    return f"{'dialogue.' if in_dialogue else ''}{head}:{turn.label}"
