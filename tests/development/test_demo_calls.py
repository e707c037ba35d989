"""The town on the telephone: each way to call meets the real service."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlmodel import col

from development.demo.callers import (
    Caller,
    Talk,
    asks_an_agent,
    hangs_up_at_once,
    in_words,
    keys_only,
    registers,
    silence,
    wrong_digits,
)
from development.demo.lines import Lines
from development.demo.police import PIN, spells
from development.demo.streets import Streets
from store import Store
from store.calls import Call
from store.messages import OutboxMessage
from store.officers import Inspection
from store.passes import Pass
from store.people import Person
from store.work import system_clock
from tests.development.conftest import Stranger


def channels(store: Store) -> list[str]:
    """How the passes were asked for."""
    with store.reading() as work:
        return [row.channel for row in work.rows(select(col(Pass.channel)))]


def shifted(hours: float) -> datetime:
    """Now, as many hours later as make it noon in Kazan, where nobody is called back at night."""
    return system_clock() + timedelta(hours=hours)


@pytest.mark.parametrize("talk", [keys_only, in_words, wrong_digits])
def test_whoever_is_known_calls_and_has_a_pass(caller: Caller, store: Store, talk: Talk) -> None:
    talk(caller)

    assert channels(store) == ["voice"]


@pytest.mark.parametrize("language", ["ru", "tt", "en"])
def test_whoever_is_not_registers_by_voice(stranger: Stranger, store: Store, language: str) -> None:
    registers(stranger(language))

    assert channels(store) == ["voice"]
    with store.reading() as work:
        assert len(work.rows(select(col(Person.id)))) == 1


def test_whoever_hangs_up_at_once_answers_when_called_back(caller: Caller, store: Store, worker: None) -> None:
    hours = (9 - system_clock().hour) % 24
    store.clock = partial(shifted, hours)

    hangs_up_at_once(caller)

    with store.reading() as work:
        owed = select(col(OutboxMessage.state)).where(col(OutboxMessage.kind) == "call")
        assert next(row.state for row in work.rows(owed)) in ("sent", "delivered")
    assert channels(store) == ["voice"]


def test_whoever_keeps_silent_is_asked_again(caller: Caller, store: Store) -> None:
    silence(caller)

    assert caller.carrier.call_at(caller.who.number)["status"] == "completed"


def test_with_nobody_at_the_desk_a_call_back_is_promised(caller: Caller, store: Store) -> None:
    asks_an_agent(caller)

    with store.reading() as work:
        assert [row.template for row in work.rows(select(col(OutboxMessage.template)))] == ["call_back"]


def test_the_line_for_agents_is_left_to_whoever_tries_it_out(caller: Caller, store: Store) -> None:
    asks_an_agent(Caller(caller.carrier, caller.lines, caller.chance, caller.who, lambda: True))

    with store.reading() as work:
        assert not work.rows(select(col(Call.sid)))


def test_officers_spell_what_they_are_shown(streets: Streets, caller: Caller, store: Store) -> None:
    number = "+79990000022"
    streets.office.enroll(number, "unit", PIN)
    code = streets.carried(streets.carrier.text(caller.who.number, "цель 8"))

    spells(streets, number, [code, streets.miscopied(code)])

    with store.reading() as work:
        verdicts = [row.verdict for row in work.rows(select(col(Inspection.verdict)))]
    assert sorted(verdicts) == ["mistyped", "valid"]


def test_all_lines_may_be_taken() -> None:
    lines = Lines(most=1)

    def talks() -> None:
        lines.over.wait()

    assert lines.begin(talks) == "talking"
    assert lines.begin(lambda: None) == ""
    lines.finish()


def test_what_goes_wrong_in_a_talk_is_raised_at_the_end() -> None:
    def fails() -> None:
        raise LookupError("no such telephone")

    lines = Lines()
    lines.begin(fails)

    with pytest.raises(LookupError):
        lines.finish()
