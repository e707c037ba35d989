"""Every text command has its twin on the telephone: docs/calls.md has the table, and this walks it."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from language.intents import Command
from store import Store
from store.calls import CallStep
from store.messages import InboundMessage
from telephony.simulator.carrier import Handset
from telephony.simulator.voice.phoning import PhoneCall
from tests.clock import Clock

PAGE = Path(__file__).parents[2] / "docs" / "calls.md"
_ROW = re.compile(
    r"^\| `(?P<meaning>[^`]+)` \| (?P<text>[^|]+) \| (?P<keys>[^|]+) \| (?P<speech>[^|]+) \|$", re.MULTILINE
)
NOTHING = "—"


@dataclass(frozen=True)
class Twin:
    """One thing a citizen can do: what it means, as a text, as keys after the greeting, as speech."""

    meaning: str
    text: str
    keys: str
    speech: str


TWINS = [
    Twin(*(found[name].strip().strip("`") for name in ("meaning", "text", "keys", "speech")))
    for found in _ROW.finditer(PAGE.read_text("utf-8"))
]


MOSCOW, TATARSTAN = "moscow-2020", "tatarstan-2020"
FIRST_TEXT = {
    MOSCOW: "Пропуск*1*1*4411*122506*Т111МО777*0123456789**7701234560*ООО Ромашка",
    TATARSTAN: "цель 8 9219632506",
}


@pytest.fixture
def twin(request: pytest.FixtureRequest) -> Twin:
    """One row of the table."""
    found: Twin = request.param
    return found


@pytest.fixture
def order(twin: Twin) -> str:
    """Plates and cards are bound by Moscow's order alone."""
    return MOSCOW if twin.meaning.startswith("check") else TATARSTAN


@pytest.fixture
def caller(phone: Handset, order: str) -> Handset:
    """Somebody with a pass that was issued, who has not proved yet to be the caller."""
    phone.text(FIRST_TEXT[order])
    return phone


def last_label(store: Store) -> str:
    with store.reading() as work:
        newest = select(col(CallStep.intent)).order_by(col(CallStep.received_at).desc(), col(CallStep.step).desc())
        row = work.row(newest.limit(1))
        return str(row.intent)


def do(call: PhoneCall, steps: str) -> None:
    """Keys and «words», one after the other; whoever is asked for the document's end keys it."""
    for step in re.findall(r"«[^»]+»|\S+", steps):
        if step.startswith("«"):
            call.says(step.strip("«»"))
        else:
            call.presses(step)
        if not call.heard:
            call.stays_silent()  # fewer keys than may come
        if "последние четыре цифры" in "\n".join(call.heard):
            call.presses("2506")


def test_the_table_has_a_row_for_every_command() -> None:
    meanings = {twin.meaning for twin in TWINS}

    assert {str(command) for command in Command} <= meanings
    assert {"request", "register", "dependant", "language", "complaint", "check plate", "check card"} <= meanings


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.meaning, indirect=True)
@pytest.mark.parametrize("way", ["keys", "speech"])
def test_what_is_texted_can_be_keyed_and_said(
    caller: Handset, store: Store, clock: Clock, twin: Twin, way: str
) -> None:
    steps = getattr(twin, way)
    assert steps != NOTHING, "every row has both ways"
    clock.pass_by(seconds=1)

    call = caller.calls()
    do(call, steps)
    spoken = last_label(store)
    call.hangs_up()

    assert spoken.split(":")[0] == twin.meaning.split()[0]
    assert not spoken.endswith(("unclear", "silence"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.meaning, indirect=True)
def test_the_text_in_the_table_means_what_its_row_says(caller: Handset, store: Store, clock: Clock, twin: Twin) -> None:
    clock.pass_by(seconds=1)

    caller.text(twin.text)

    with store.reading() as work:
        newest = select(col(InboundMessage.intent)).order_by(col(InboundMessage.received_at).desc()).limit(1)
        label = str(work.row(newest).intent)
    assert label.removeprefix("dialogue.").split(":")[0] == twin.meaning.split()[0]
