"""What the conversation answers, to be heard; or, for who did not prove to be the caller, to be read."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from codes.outcomes import Grant, Referral, Refusal
from language.alphabets import dictate
from language.answers import answer_to, referral, refusal, standing_of
from language.examples import name_in
from language.speaking import speak_outcome, speak_pass, speak_rules, speak_verdict
from store.outbox import send
from telephony.conversation.replies import Passes, Reply, Rules, Say, Several, Verdicts
from telephony.voice.documents import Prompt
from telephony.voice.scene import Scene

MOST_PASSES = 3
"""Told one after the other; a family with more reads them."""
Owed = tuple[str, Mapping[str, Any]]


def hear_reply(scene: Scene, reply: Reply) -> tuple[Prompt, ...]:
    """The reply as prompts."""
    spoken, regime, now = scene.spoken, scene.regime, scene.work.now
    match reply:
        case Say(template, fields):
            return scene.offer(template, **fields)
        case Passes(grants):
            return tuple(prompt for grant in grants[:MOST_PASSES] for prompt in _pass(scene, grant))
        case Several(parts):
            return tuple(prompt for part in parts for prompt in hear_reply(scene, part))
        case Verdicts(found):
            return tuple(Prompt("", speak_verdict(one, spoken, regime, now=now), 1) for one in found)
        case Rules(purpose, page):
            return (Prompt("", speak_rules(regime, spoken, purpose, page)[0]),)
        case Grant():
            return (Prompt("", speak_outcome(reply, spoken, regime, now), 1), *_code(scene, reply.code))
        case Refusal() | Referral():
            return (Prompt("", speak_outcome(reply, spoken, regime, now)),)


def has_code(reply: Reply) -> bool:
    """Whether a code is told, which is worth a text too."""
    return isinstance(reply, Grant)


def text_reply(scene: Scene, reply: Reply) -> None:
    """Owes the reply as texts to the telephone on file."""
    for template, fields in _written(scene, reply):
        kept = {name: value for name, value in fields.items() if isinstance(value, str | int | datetime)}
        send(scene.work, scene.meeting.phone, template, scene.language, kept, asked=True)


def _pass(scene: Scene, grant: Grant) -> Iterator[Prompt]:
    yield Prompt("", speak_pass(grant, scene.spoken, scene.regime, scene.work.now), 1)
    yield from _code(scene, grant.code)


def _code(scene: Scene, code: str) -> tuple[Prompt, ...]:
    """A code twice, a group at a time."""
    groups = tuple(Prompt("", group, 1) for group in dictate(code, scene.spoken))
    return (scene.say("code_intro"), *groups, scene.say("code_again"), *groups)


def _written(scene: Scene, reply: Reply) -> Iterator[Owed]:
    now = scene.work.now
    match reply:
        case Say(template, fields):
            yield template, fields
        case Several(parts):
            for part in parts:
                yield from _written(scene, part)
        case Grant():
            yield answer_to(reply, now), _shown(scene, reply)
        case Passes(grants):
            yield from ((standing_of(grant, now), _shown(scene, grant)) for grant in grants[:MOST_PASSES])
        case Refusal(reason, purpose, next_at, detail):
            yield refusal(reason, next_at), {"purpose": purpose, "next_at": next_at, "what": detail}
        case Referral(application, purpose):
            yield referral(reply, scene.regime), {"application": application, "purpose": purpose}
        case _:
            return


def _shown(scene: Scene, grant: Grant) -> dict[str, Any]:
    return {
        "code": grant.code,
        "purpose": name_in(grant.name, scene.language, scene.regime),
        "valid_from": grant.valid_from,
        "valid_until": grant.valid_until,
        "initials": grant.initials,
        "tail": grant.document_tail,
    }
