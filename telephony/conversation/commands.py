"""The words that stand for themselves: status, repeat, extend, cancel, rules, my data, ..."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from codes.code import read_code
from codes.holding import Withdrawal, cancel_pass, extend_pass, newest
from codes.issuing import granted
from codes.outcomes import Grant, Refusal, RefusalReason
from codes.passes import LivePass
from codes.people import Holder
from codes.regime import Regime
from codes.regimes import terms
from language.intents import Command, Do
from language.rules import rules
from telephony.conversation.patients import at_home
from telephony.conversation.records import flag, genuine, my_data, start, stop
from telephony.conversation.replies import Passes, Rules, Say, Several
from telephony.conversation.talk import Talk, Turn, question


def obey(talk: Talk, asked: Do) -> Turn:
    """Carries out a command; an open dialogue goes on, except that cancelling ends it."""
    return _COMMANDS[asked.command](talk, asked)


def _answered(talk: Talk, reply: Say | Passes | Several | Grant | Refusal) -> Turn:
    return Turn(reply, talk.memory, "answered")


def _live(talk: Talk, code: str = "") -> list[tuple[Holder, LivePass]]:
    """Live passes on this telephone with their holders; those with `code`, if one is named."""
    every = [(holder, live) for holder in talk.holders for live in holder.live]
    if not code:
        return every
    return [pair for pair in every if read_code(code, _regime(talk, pair[1]).code).text == pair[1].face.code]


def _regime(talk: Talk, live: LivePass) -> Regime:
    return terms(talk.work, live.regime_version).regime


def _meant(talk: Talk, pairs: list[tuple[Holder, LivePass]]) -> tuple[Holder, LivePass] | None:
    """The pass that is meant where several could be: the newest in use."""
    live = newest(tuple(live for _, live in pairs), talk.work.now)
    return next((pair for pair in pairs if pair[1] is live), None)


def _nothing_live(talk: Talk) -> Turn:
    return Turn(Refusal(RefusalReason.NOTHING_LIVE), talk.memory, "refused.nothing_live")


def _status(talk: Talk, asked: Do) -> Turn:
    pairs, standing = _live(talk, asked.code), () if asked.code else at_home(talk)
    if pairs:
        grants = tuple(granted(_regime(talk, live), live) for _, live in pairs)
        return _answered(talk, Several((*standing, Passes(grants))) if standing else Passes(grants))
    if asked.code:
        return _answered(talk, Say("citizen_code"))
    if standing:
        return _answered(talk, Several(standing))
    if not talk.holders:
        return _answered(talk, Say("status_unknown"))
    first = talk.holders[0]
    return _answered(talk, Say("status_none", {"initials": first.initials, "tail": first.document_tail}))


def _repeat(talk: Talk, asked: Do) -> Turn:
    pair = _meant(talk, _live(talk, asked.code))
    if pair is None:
        return _nothing_live(talk)
    return _answered(talk, granted(_regime(talk, pair[1]), pair[1], repeated=True))


def _extend(talk: Talk, asked: Do) -> Turn:
    pair = _meant(talk, _live(talk, asked.code))
    if pair is None:
        return _nothing_live(talk)
    outcome = extend_pass(talk.work, talk.meeting.phone, *pair, talk.actor)
    if isinstance(outcome, Refusal) and pair[1].regime_version != talk.meeting.terms.version:
        outcome = replace(outcome, purpose=None)  # its number means something else now
    return Turn(outcome, talk.memory, "extended" if isinstance(outcome, Grant) else f"refused.{outcome.reason}")


def _cancel(talk: Talk, asked: Do) -> Turn:
    if talk.memory.dialogue and not asked.code:
        return Turn(Say("dialogue_ended"), talk.memory.done(), "answered")
    pair = _meant(talk, _live(talk, asked.code))
    if pair is None:
        return _nothing_live(talk)
    done = cancel_pass(talk.work, talk.meeting.terms, pair[1], Withdrawal.CANCELLED, talk.actor)
    if isinstance(done, Refusal):
        return _nothing_live(talk)
    template = "cancelled_back" if done.quota_back else "cancelled_kept"
    return _answered(talk, Say(template, {"code": done.code}))


def _not_me(talk: Talk, asked: Do) -> Turn:
    pair = _meant(talk, [pair for pair in _live(talk, asked.code) if pair[1].phone_id == talk.meeting.phone.id])
    if pair is None:
        return _answered(talk, Say("not_me_nothing"))
    done = cancel_pass(talk.work, talk.meeting.terms, pair[1], Withdrawal.NOT_ME, talk.actor)
    if isinstance(done, Refusal):
        return _answered(talk, Say("not_me_nothing"))
    flag(talk)
    template = "not_me_done" if done.quota_back else "not_me_kept"
    return _answered(talk, Say(template, {"code": done.code}))


def _rules(talk: Talk, asked: Do) -> Turn:
    return Turn(Rules(asked.purpose, 0), replace(talk.memory, page=(asked.purpose, 0)), "answered")


def _more(talk: Talk) -> Turn:
    """The next page; after the last the first."""
    purpose, page = talk.memory.page or (None, -1)
    following = page + 1 if rules(talk.regime, talk.language, purpose, page)[1] or page < 0 else 0
    return Turn(Rules(purpose, following), replace(talk.memory, page=(purpose, following)), "answered")


def _back(talk: Talk) -> Turn:
    if not talk.memory.steps:
        return Turn(Say("back_to_start"), talk.memory.done(), "answered")
    *steps, last = talk.memory.steps
    memory = replace(talk.memory, dialogue=last, steps=tuple(steps))
    return Turn(question(talk, last), memory, f"ask.{last.asking}")


_COMMANDS: Final[Mapping[Command, Callable[[Talk, Do], Turn]]] = MappingProxyType(
    {
        Command.STATUS: _status,
        Command.REPEAT: _repeat,
        Command.EXTEND: _extend,
        Command.CANCEL: _cancel,
        Command.RULES: _rules,
        Command.MORE: lambda talk, _: _more(talk),
        Command.MY_DATA: lambda talk, _: my_data(talk),
        Command.GENUINE: lambda talk, _: genuine(talk),
        Command.NOT_ME: _not_me,
        Command.STOP: lambda talk, _: stop(talk),
        Command.START: lambda talk, _: start(talk),
        Command.BACK: lambda talk, _: _back(talk),
    }
)
