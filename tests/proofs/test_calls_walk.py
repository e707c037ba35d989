"""Callers who key and say whatever comes to mind, through whole calls: each is answered, shortly, and nothing leaks."""

import re
from collections.abc import MutableMapping
from random import Random
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import select
from sqlmodel import col
from structlog.testing import capture_logs

from codes.police.officers import enroll
from codes.regimes import preset_names
from language.speaking import LONGEST, seconds
from store import Store
from store.calls import CallStep
from telephony.simulator.wires import Reply
from tests.clock import Clock
from tests.proofs.hostile import TEXTS
from tests.proofs.posting import Poster
from tests.proofs.ringing import Ringing, call_of, spoken
from tests.proofs.test_hostile_texts import as_carried, on_sqlite

PHONE, OFFICER = "+79990000001", "+79990000009"
WALKS, STRANGERS, STEPS = 30, 8, 40
OWN_WORDS = ("Вы сказали", "You said", "Είπατε", "Siz dediniz", "Сез әйттегез")
KEYS = ("", "#", "*", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "1111", "12#", "9219632599", "9" * 500)
"""Everything but the end of the document on file."""
SAYS = (
    "мне надо в аптеку", "статус", "повтор", "отмена пропуска", "мои данные", "это не я", "продлить", "назад", "да",
    "нет", "english", "татарча", "ребёнок иванова маша", "регистрация 9219632506", "иванов иван", "казань ленина один",
    "жалоба код не пришёл", "правила", "ещё", "завтра в десять", "сейчас", "для меня", "другой документ", "т111мо777",
    "анна елена один два", "стоп", "кто я", "два пять ноль шесть",
)  # fmt: skip
ACTION = re.compile(r"/telephony/voice/(\w+)\?(step=\d+&attempt=\d+&language=\w+)$")


def following(reply: Reply) -> tuple[str, str] | None:
    """Where the document leads; None where the call ends with it."""
    document = ET.fromstring(reply.body)
    gather, enqueue = document.find("Gather"), document.find("Enqueue")
    if gather is None and enqueue is None:
        assert document.find("Hangup") is not None, "a call that leads nowhere"
        return None
    address = (gather if gather is not None else enqueue).get("action") or ""  # type: ignore[union-attr]
    found = ACTION.search(address)
    assert found, address
    return found[1], found[2]


def said_by(random: Random) -> dict[str, str]:
    match random.randrange(6):
        case 0 | 1 | 2:
            return {"Digits": random.choice(KEYS)}
        case 3:
            return {"SpeechResult": as_carried(random.choice(list(TEXTS.values())))}
        case _:
            return {"SpeechResult": random.choice(SAYS)}


def walk(call: Ringing, random: Random) -> list[str]:
    """All that is heard in a call of somebody who never puts the telephone down."""
    reply, heard = call.post(), []
    for _ in range(STEPS):
        heard += spoken(reply).split("\n")
        where = following(reply)
        if where is None:
            return heard
        path, query = where
        reply = call.post(f"/{path}", query, **said_by(random))
    return heard


def quiet(logs: list[MutableMapping[str, Any]]) -> bool:
    return not [one for one in logs if one["log_level"] in ("error", "warning")]


def too_long(heard: list[str]) -> list[str]:
    """Sentences nobody listens to the end; but for the caller's own words."""
    return [one for one in heard if seconds(one) >= LONGEST and not one.startswith(OWN_WORDS)]


@on_sqlite
def test_whatever_callers_do_they_are_answered_and_hear_nothing_of_anybody(
    poster: Poster, store: Store, clock: Clock
) -> None:
    heard: list[str] = []

    with capture_logs() as logs:
        for number in range(WALKS):
            if number % 10 == 0:
                clock.pass_by(days=1)
                poster.text(PHONE, "цель 8 9219632506 Щукин Эрнест Юрьевич")
            heard += walk(call_of(poster, PHONE), Random(number))

    assert quiet(logs) and too_long(heard) == []
    assert [one for one in heard if "Э. Ю." in one or "2 5 0 6" in one or "Ваш код" in one] == []
    assert {"status", "repeat", "request", "not_me", "register"} <= meanings(store)


def meanings(store: Store) -> set[str]:
    with store.reading() as work:
        return {row.intent.split(":")[0] for row in work.rows(select(col(CallStep.intent)))}


@on_sqlite
@pytest.mark.parametrize("order", preset_names(), indirect=True)
def test_strangers_are_answered_under_every_order(poster: Poster, clock: Clock) -> None:
    heard: list[str] = []

    with capture_logs() as logs:
        for number in range(STRANGERS):
            clock.pass_by(minutes=10)
            heard += walk(call_of(poster, f"+7999000{number // 2:04}"), Random(number))

    assert quiet(logs) and too_long(heard) == []


@on_sqlite
def test_an_officer_who_keys_anything_is_answered(poster: Poster, store: Store, clock: Clock) -> None:
    with store.work() as work:
        enroll(work, OFFICER, "Unit 1", "4821", None, "tests")

    with capture_logs() as logs:
        for number in range(STRANGERS):
            call = call_of(poster, OFFICER)
            call.step(0)
            call.step(1, "4821#")
            said = [
                call.step(step, **{"digits": "", "speech": ""} | words(Random(number + step))) for step in range(2, 9)
            ]
            assert all(said)

    assert quiet(logs)


def words(random: Random) -> dict[str, str]:
    said = said_by(random)
    return {"speech": said.get("SpeechResult", ""), "digits": said.get("Digits", "")}
