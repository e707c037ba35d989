"""What is measured: kinds of texts, each with what must be there before and what must come of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from bench.texts import Text, numbered
from bench.town import Resident, Town
from store.messages import InboundMessage
from telephony import twiml

FEW = 400
"""Telephones of a case whose texts change nothing for the next one."""
_STORED = "Пропуск THXA-9546-C61A до 24.11 10:00"

Make = Callable[[Town, str, int], list[Text]]
"""(town, prefix of the MessageSids, how many) -> texts; prepares the town for them."""


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of text. `outcome` ends the label kept with each answer (none: nothing is kept); `shows` is in each."""

    name: str
    outcome: str
    shows: str
    texts: Make


def _register(town: Town, prefix: str, many: int) -> list[Text]:
    return numbered(prefix, [(number, f"Регистрация#92{number[-8:]}") for number in town.newcomers(many)])


def _issue(town: Town, prefix: str, many: int) -> list[Text]:
    return numbered(prefix, town.issue_texts(many))


def _repeat(town: Town, prefix: str, many: int) -> list[Text]:
    return _again(prefix, [(one.number, "Цель 8") for one, _ in town.holders_of([8], FEW)], many)


def _refuse_quota(town: Town, prefix: str, many: int) -> list[Text]:
    return _again(prefix, [(one.number, "Цель 8") for one, _ in town.holders_of([2, 7], FEW)], many)


def _status(town: Town, prefix: str, many: int) -> list[Text]:
    return _again(prefix, [(one.number, "СТАТУС") for one, _ in town.holders_of([8], FEW)], many)


def _inspect(town: Town, prefix: str, many: int) -> list[Text]:
    officers = cycle(town.officers(FEW // 4))
    return _again(prefix, [(next(officers), code) for _, code in town.holders_of([8], FEW)], many)


def _malformed(town: Town, prefix: str, many: int) -> list[Text]:
    return _again(prefix, [(number, "Регистрация#92196") for number in town.newcomers(FEW)], many)


def _duplicate(town: Town, prefix: str, many: int) -> list[Text]:
    residents = town.residents(FEW)
    texts = numbered(prefix, [(one.number, "Цель 8") for one in residents])
    _answered_before(town, residents, texts)
    return list(islice(cycle(texts), many))


def _answered_before(town: Town, residents: Sequence[Resident], texts: Sequence[Text]) -> None:
    document = twiml.message(_STORED)
    with town.store.work() as work:
        for one, text in zip(residents, texts, strict=True):
            sealed = one.phone.key.seal(f"inbound_message.reply.{text.sid}", document)
            label = {"intent": "request:granted", "segments": 1, "received_at": work.now, "answered_ms": 1}
            work.insert(InboundMessage, sid=text.sid, phone_id=one.phone.id, reply_sealed=sealed, **label)


def _again(prefix: str, said: Sequence[tuple[str, str]], many: int) -> list[Text]:
    """The same people again and again, each text with a MessageSid of its own."""
    return numbered(prefix, islice(cycle(said), many))


CASES = (
    Case("register", "registered", "Вы записаны", _register),
    Case("issue", "granted", "Пропуск", _issue),
    Case("repeat", "repeated", "Ваш код", _repeat),
    Case("refuse-quota", "refused.quota", "", _refuse_quota),
    Case("status", "answered", "Пропуск", _status),
    Case("inspect", "inspected", "🟢", _inspect),
    Case("malformed", "malformed.document", "9219632506", _malformed),
    Case("duplicate", "", _STORED, _duplicate),
)
