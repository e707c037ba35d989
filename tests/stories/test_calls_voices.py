"""Who is heard: the carrier's voice of a language, another's where it has none, or somebody's recording."""

from pathlib import Path

import pytest

from settings import Settings
from store import Store
from telephony.simulator.carrier import Handset
from telephony.simulator.signing import sign
from tests.conftest import TOKEN
from tests.stories.calling import ASKED
from wsgi import create_app

SOUND = b"ID3 as if it were music"


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """A recording of the first question in Tatar, made before the service starts."""
    file = tmp_path / "prompts" / "tt" / "menu.mp3"
    file.parent.mkdir(parents=True)
    file.write_bytes(SOUND)
    return file


@pytest.fixture
def speaks_tatar(recorded: Path, registered: Handset) -> Handset:
    registered.text("ТАТАРЧА")
    return registered


def spoken_in(handset: Handset) -> list[tuple[str, str]]:
    call = handset.calls()
    return [(line.kind, line.language) for line in call.record.lines if line.who == "service"]


def test_a_recorded_sentence_is_played_and_the_others_are_said_in_russian(speaks_tatar: Handset) -> None:
    assert spoken_in(speaks_tatar) == [("say", "ru-RU"), ("play", "")]


def test_without_a_recording_a_tatar_caller_hears_russian(registered: Handset) -> None:
    registered.text("ТАТАРЧА")

    registered.calls().hears(ASKED)


def test_the_recording_is_given_to_the_carrier_alone(speaks_tatar: Handset, settings: Settings, store: Store) -> None:
    call = speaks_tatar.calls()
    url = next(line.text for line in call.record.lines if line.kind == "play")
    path = url.removeprefix(settings.public_url)
    client = create_app(settings, store).test_client()

    signed = client.get(path, headers={"X-Twilio-Signature": sign(url, {}, TOKEN)})
    unsigned = client.get(path)
    sound = signed.data
    signed.close()

    assert (signed.status_code, sound, signed.mimetype) == (200, SOUND, "audio/mpeg")
    assert unsigned.status_code == 403


@pytest.mark.parametrize("name", ["../tt/menu", "unknown", "menu.mp3"])
def test_no_other_file_is_given(speaks_tatar: Handset, settings: Settings, store: Store, name: str) -> None:
    path = f"/telephony/voice/prompts/tt/{name}"
    client = create_app(settings, store).test_client()

    answer = client.get(path, headers={"X-Twilio-Signature": sign(settings.public_url + path, {}, TOKEN)})

    assert answer.status_code in (403, 404) and SOUND not in answer.data
