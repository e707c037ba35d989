"""What our sentences tell people to send, sent: each is understood as meant, in every order and language."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from codes.regime import Regime
from language.examples import first_text, request_text
from language.intents import Aim, Ask, Dialogue
from language.templates import TEMPLATES
from language.understanding import describe, understand
from language.wording import say
from tests.language.orders import NOW, PRESETS

SPOKEN = [(name, language) for name, regime in PRESETS.items() for language in regime.languages]
LISTED = ["status", "repeat", "extend", "cancel", "my_data", "genuine", "not_me"]
TEMPLATE_PLACES = {"Say": 0, "say": 0, "send": 2}
"""Which argument names the template."""
ROOT = Path(__file__).parents[2]
CALLERS = [path for room in ("codes", "commands", "monitoring", "telephony") for path in (ROOT / room).rglob("*.py")]


@pytest.mark.parametrize(("preset_name", "language"), SPOKEN)
def test_the_commands_in_the_rules_work(preset_name: str, language: str) -> None:
    regime = PRESETS[preset_name]
    commands = say("rules_commands", language, regime).split(", ")

    assert [meaning(command, regime) for command in commands[: len(LISTED)]] == LISTED
    assert meaning(commands[-1], regime) == "complaint"
    assert meaning(say("rules_more", language, regime).split(": ")[1], regime) == "more"


@pytest.mark.parametrize(("preset_name", "language"), SPOKEN)
def test_what_a_stranger_is_told_to_send_works(preset_name: str, language: str) -> None:
    regime = PRESETS[preset_name]
    usual = request_text(language, regime)

    assert meaning(usual, regime).startswith("request ")
    assert meaning(first_text(language, regime), regime) == (
        "register" if regime.registration.separate else meaning(usual, regime)
    )
    for number in regime.by_number:
        assert meaning(request_text(language, regime, number), regime) == f"request {number}"


@pytest.mark.parametrize(("preset_name", "language"), SPOKEN)
def test_the_answers_we_propose_work(preset_name: str, language: str) -> None:
    regime = PRESETS[preset_name]
    claim = Dialogue(Aim.CHECK, Ask.CONFIRM, person="p1")
    booking = Dialogue(Aim.REQUEST, Ask.TIME, purpose=next(iter(regime.by_number)))
    refuse = say("document_claimed", language, regime, tail="2506", consent="482193").split()[-1]
    whom = Dialogue(Aim.REQUEST, Ask.PERSON, purpose=next(iter(regime.by_number)), other="?")
    told = say("ask_other_document", language, regime).replace(",", "").split()
    *_, child, sender = (word for word in told if word.isalpha() and word.isupper() and len(word) > 1)
    now = say("ask_time", language, regime).split()[-1]

    assert meaning(refuse, regime, claim) == "answer no"
    assert meaning(sender, regime, whom) == "answer sender"
    assert meaning(f"{child} {say('sample_name', language, regime).split()[1]}", regime, whom) == "dependant"
    assert meaning(now, regime, booking) == "answer time"
    assert meaning(say("sample_time", language, regime), regime, booking) == "answer time"


@pytest.mark.parametrize(("preset_name", "language"), SPOKEN)
def test_an_officer_opens_the_shift_as_told(preset_name: str, language: str) -> None:
    regime = PRESETS[preset_name]
    told = say("shift_needed", language, regime).split(": ")[-1].split()[0]

    assert describe(understand(f"{told} 4821", regime, officer=True, now=NOW).intent) == "shift"


def test_every_caller_names_a_template_and_gives_its_fields() -> None:
    found = [call for path in CALLERS if "simulator" not in path.parts for call in sentences_in(path)]

    assert found
    assert [f"{where}: {name}" for where, name, _ in found if name not in TEMPLATES] == []
    assert [
        f"{where}: {name} wants {TEMPLATES[name].fields}"
        for where, name, given in found
        if given is not None and not set(TEMPLATES[name].fields) <= given
    ] == []


def meaning(text: str, regime: Regime, dialogue: Dialogue | None = None) -> str:
    return describe(understand(text, regime, dialogue, now=NOW).intent)


def sentences_in(path: Path) -> Iterator[tuple[str, str, set[str] | None]]:
    """Where a module names a template outright: place, name, and the fields given if they are written there too."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and ast.unparse(call.func) in TEMPLATE_PLACES:
            match call.args[TEMPLATE_PLACES[ast.unparse(call.func)] :]:
                case [ast.Constant(str(name)), *_]:
                    yield f"{path.relative_to(ROOT)}:{call.lineno}", name, fields_in(call)


def fields_in(call: ast.Call) -> set[str] | None:
    mappings = [argument for argument in call.args if isinstance(argument, ast.Dict)]
    if mappings:
        return {str(key.value) for key in mappings[0].keys if isinstance(key, ast.Constant)}
    written_out = ast.unparse(call.func) == "Say" and len(call.args) == 1 and not call.keywords
    return set() if written_out else None
