"""Calls in: POST /telephony/voice and its steps, on Twilio's terms. Whatever happens, somebody speaks."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import MappingProxyType

import structlog

from codes.desk.agents import anybody_there, ring_agents
from codes.desk.calling import (
    CallBack,
    Caller,
    Wanted,
    begin_call,
    find_call,
    join_line,
    overtake_call_back,
    owe_call_back,
    wants_agent,
)
from codes.meeting import Meeting, meet_in_call
from codes.regime import Regime
from codes.regimes import in_force
from language.speaking import speak
from logs import frames
from monitoring.checks.calls import called_about
from monitoring.notices.hearing import called_with
from store import Store, Work
from store.calls import CallStep
from telephony.admission import Admission
from telephony.guard import Form
from telephony.trying import in_work, number_of
from telephony.voice.documents import Line, Prompt, Speaker
from telephony.voice.greeting import greet
from telephony.voice.hearing import hear
from telephony.voice.listening import listen_for
from telephony.voice.notices import announce_notices
from telephony.voice.presence import announce
from telephony.voice.scene import Move, Scene
from telephony.voice.state import CallState, Expect, recall, remember
from telephony.voice.voices import Voices
from telephony.voice.webhook import Webhook, read_webhook

MOST_ATTEMPTS = 3
"""Times in a row that a caller is not understood; then an agent has the word."""
MOST_STEPS = 120
NOT_PROMISED = MappingProxyType({CallBack.SPENT: "call_back_spent", CallBack.ABROAD: "call_back_abroad"})
"""What is said to whoever can't be called back."""
FALLBACK = Path(__file__).parents[2] / "deploy" / "voice-fallback.xml"
"""What the carrier says when we say nothing; it needs neither us nor the database."""
_log = structlog.get_logger("voice")


Decide = Callable[[Scene, CallState | None], Move]


class Calls:
    """Answers the steps of calls. `standby` words what can be said without the database, until a call was answered."""

    def __init__(
        self,
        store: Store,
        admission: Admission,
        timer: Callable[[], float],
        standby: Regime,
        voices: Voices,
        public_url: str,
    ) -> None:
        self._store = store
        self._admission = admission
        self._timer = timer
        self._regime = standby
        self._voices = voices
        self._public_url = public_url

    def read(self, form: Form, query: Form) -> Webhook:
        """A signed form with what its address says, as it comes in now."""
        return read_webhook(form, query, self._timer())

    def answer(self, webhook: Webhook) -> str:
        """TwiML for a step of a call; the stored one, byte for byte, where it was answered before."""
        return self.carefully(webhook, lambda work: self.take(work, webhook, partial(_heard, webhook)))

    def carefully(self, webhook: Webhook, act: Callable[[Work], str]) -> str:
        """TwiML that `act` makes in a unit of work; an apology where that cannot be, within the carrier's patience."""
        try:
            with self._admission.place() as placed:
                if not placed:
                    return self._sorry(webhook, "busy")
                return in_work(self._store, self._timer, webhook.since, webhook.call_sid, act)
        except TimeoutError:
            return self._sorry(webhook, "apology")
        except Exception as error:
            _log.error("step_failed", sid=webhook.call_sid, error=type(error).__name__, cause=frames(error))
            return self._sorry(webhook, "apology")

    def noted(self, webhook: Webhook, act: Callable[[Work], object]) -> bool:
        """Does `act` in a unit of work for which nobody waits; False where that can't be now."""
        try:
            in_work(self._store, self._timer, webhook.since, webhook.call_sid, act)
        except Exception as error:
            _log.error("step_failed", sid=webhook.call_sid, error=type(error).__name__, cause=frames(error))
            return False
        return True

    def speaker(self, wanted: str) -> Speaker:
        """Who puts prompts into documents for a caller who wants a language."""
        return Speaker(self._voices, self._public_url, self._spoken(wanted), wanted)

    def prompt(self, name: str, language: str, **fields: int) -> Prompt:
        """A sentence outside the conversation."""
        return Prompt(name, speak(name, self._spoken(language), self._regime, now=None, **fields))

    def line(self, webhook: Webhook) -> Line:
        """Where the documents in the line lead: they are no step of the conversation."""
        return Line(self._public_url, webhook.step, webhook.attempt, self.language(webhook.language))

    def language(self, wanted: str) -> str:
        """A language the order has."""
        return wanted if wanted in self._regime.languages else self._regime.default_language

    def _spoken(self, language: str) -> str:
        return self._voices.spoken(language, self._regime.languages)

    def _sorry(self, webhook: Webhook, name: str) -> str:
        language = self.language(webhook.language)
        return self.speaker(language).end((self.prompt(name, language),))

    def take(self, work: Work, webhook: Webhook, decide: Decide) -> str:
        """The document of a step, once: `decide` makes the move from what was remembered (None: nothing was)."""
        number = number_of(work, webhook.number)
        if number is None:
            return self._hidden(work, webhook)
        meeting = meet_in_call(work, number, webhook.call_sid, webhook.step)
        self._regime = meeting.terms.regime
        if meeting.answered is not None:
            return meeting.phone.key.open(_place(webhook), meeting.answered)
        state = recall(meeting.phone, webhook.call_sid, meeting.dialogue, meeting.terms.version)
        scene = self._scene(work, meeting, webhook, state)
        if webhook.step == 0:
            _begin(work, scene, webhook.direction)
        elif webhook.step == 1:
            overtake_call_back(work, meeting.phone.id)
        move = decide(scene, state)
        attempt = 0 if move.heard else webhook.attempt + 1
        document = self._document(scene, webhook, move, attempt)
        remember(work, meeting.phone, webhook.call_sid, move.state, meeting.terms.version)
        self._keep(work, meeting, webhook, document, move.label)
        return document

    def _scene(self, work: Work, meeting: Meeting, webhook: Webhook, state: CallState | None) -> Scene:
        wanted = webhook.language or meeting.phone.language or ""
        language = self.language(wanted)
        spoken = self._spoken(language)
        known = state or CallState()
        return Scene(work, meeting, webhook.call_sid, language, spoken, self._voices, known, self._public_url)

    def _document(self, scene: Scene, webhook: Webhook, move: Move, attempt: int) -> str:
        language = move.language or scene.language
        speaker = self.speaker(language)
        line = Line(self._public_url, webhook.step + 1, attempt, language)
        if attempt >= MOST_ATTEMPTS and move.label == "silence" and _needs_nothing(webhook, move):
            return speaker.end((scene.say("goodbye"),))
        if move.ends:
            return speaker.end((*move.prompts, scene.say("goodbye")))
        if move.transfer or attempt >= MOST_ATTEMPTS or webhook.step >= MOST_STEPS:
            return self._transfer(scene, line, move.transfer or Wanted.MISUNDERSTOOD, move.prompts)
        return speaker.ask(move.prompts, listen_for(scene, move.state), line)

    def _transfer(self, scene: Scene, line: Line, why: Wanted, before: tuple[Prompt, ...]) -> str:
        """The caller waits for an agent, or is called back once there is one."""
        speaker = self.speaker(scene.language)
        caller = Caller(scene.call_sid, scene.meeting.phone, scene.language)
        if not anybody_there(scene.work):
            return speaker.end((scene.say(self._promise(scene, "nobody_there")),))
        join_line(scene.work, caller, why)
        ring_agents(scene.work)
        if why is Wanted.MISUNDERSTOOD:
            return speaker.transfer((scene.say("connecting_misheard"),), line)
        return speaker.transfer((*before, scene.say("connecting")), line)

    def _promise(self, scene: Scene, kept: str) -> str:
        """The sentence that promises a call back by an agent, `kept` or as often as may be."""
        owed = owe_call_back(scene.work, scene.meeting.phone, scene.language, scene.regime, for_agent=True)
        return NOT_PROMISED.get(owed, kept)

    def _hidden(self, work: Work, webhook: Webhook) -> str:
        """Somebody whose number we can't see: only an agent can help, who asks who it is."""
        self._regime = in_force(work).regime
        language = self.language(webhook.language)
        speaker = self.speaker(language)
        if not anybody_there(work):
            return speaker.end((self.prompt("number_hidden_nobody", language),))
        caller = Caller(webhook.call_sid, None, language)
        if find_call(work, webhook.call_sid) is None:
            begin_call(work, caller, webhook.direction)
        join_line(work, caller, Wanted.HIDDEN)
        ring_agents(work)
        line = Line(self._public_url, 1, 0, language)
        return speaker.transfer((self.prompt("number_hidden", language), self.prompt("connecting", language)), line)

    def _keep(self, work: Work, meeting: Meeting, webhook: Webhook, document: str, label: str) -> None:
        work.insert(
            CallStep,
            call_sid=webhook.call_sid,
            step=webhook.step,
            reply_sealed=meeting.phone.key.seal(_place(webhook), document),
            intent=label,
            received_at=work.now,
            answered_ms=round((self._timer() - webhook.since) * 1000),
        )


def _heard(webhook: Webhook, scene: Scene, state: CallState | None) -> Move:
    if state is not None:
        return hear(scene, webhook.heard)
    if webhook.message_id and (check := called_about(scene.work, webhook.message_id, scene.meeting.phone)):
        return announce(scene, check)
    if webhook.message_id and (case_id := called_with(scene.work, webhook.message_id, scene.meeting.phone)):
        return announce_notices(scene, case_id)
    if webhook.message_id and wants_agent(scene.work, webhook.message_id, scene.meeting.phone):
        return Move((scene.say("greet_back"),), scene.state, "called_back", transfer=Wanted.CALLED_BACK)
    return greet(scene, back=bool(webhook.message_id))


def _needs_nothing(webhook: Webhook, move: Move) -> bool:
    """Whether a caller who is silent has got what they wanted, or the machine that took our call listens to us."""
    return webhook.direction == "out" or move.state.expect in (Expect.RESULT, Expect.RULES)


def _begin(work: Work, scene: Scene, direction: str) -> None:
    begin_call(work, Caller(scene.call_sid, scene.meeting.phone, scene.language), direction)


def _place(webhook: Webhook) -> str:
    return f"call_step.reply.{webhook.call_sid}.{webhook.step}"
