"""The first start and every later one: what is missing is made, what is there stays."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from codes.regimes import UnknownPreset, history
from commands.install import install
from commands.prepare import NotNow, prepare
from settings import Settings
from store import Store
from store.keyring import KeyMissing, read_keyring
from tests.ports import free_port
from tests.servers import Valkey

Given = dict[str, str]


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Given:
    """A newcomer's environment: a folder and two ports."""
    values = {"VAR": str(tmp_path / "var"), "PORT": str(free_port()), "CARRIER_PORT": str(free_port())}
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return values


@pytest.fixture
def again(given: Given) -> Callable[[], Settings]:
    """The next start, which the lock of the first would refuse."""

    def start() -> Settings:
        (Path(given["VAR"]) / "run.lock").unlink()
        return prepare(given)

    return start


def test_the_first_start_makes_keys_tables_and_an_order(given: Given) -> None:
    settings = prepare(given)

    store = Store.open(settings.database_url, read_keyring(settings.keys_dir, production=False))
    with store.reading() as work:
        assert [version.name for version in history(work)] == ["tatarstan-2020"]
    store.close()


def test_a_later_start_changes_no_key_and_no_order(given: Given, again: Callable[[], Settings]) -> None:
    before = {path.name: path.read_text() for path in prepare(given).keys_dir.iterdir()}

    settings = again()

    assert {path.name: path.read_text() for path in settings.keys_dir.iterdir()} == before


def test_keys_that_are_gone_are_not_made_up_for_old_data(given: Given, again: Callable[[], Settings]) -> None:
    shutil.rmtree(prepare(given).keys_dir)

    with pytest.raises(KeyMissing, match="bring the keys back"):
        again()


def test_development_keys_are_refused_outside_development(given: Given) -> None:
    settings = prepare(given)

    with pytest.raises(KeyMissing, match="development key"):
        install(settings.model_copy(update={"environment": "production"}))


def test_the_service_has_the_number_of_its_first_order(given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIME", "moscow-2020")

    assert prepare({**given, "REGIME": "moscow-2020"}).twilio_number == "7377"


def test_an_unknown_order_is_refused_by_name(given: Given) -> None:
    with pytest.raises(UnknownPreset, match="atlantis"):
        prepare({**given, "REGIME": "atlantis"})


def test_two_ports_that_are_one_are_told(given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARRIER_PORT", given["PORT"])

    with pytest.raises(NotNow, match="give each its own"):
        prepare({**given, "CARRIER_PORT": given["PORT"]})


def test_one_folder_serves_one_service(given: Given) -> None:
    prepare(given)

    with pytest.raises(NotNow, match="Another `make run`"):
        prepare(given)


def test_a_taken_port_is_named(given: Given, valkey: Valkey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARRIER_PORT", str(valkey.port))

    with pytest.raises(NotNow, match=f"Port {valkey.port} is taken.*CARRIER_PORT="):
        prepare(given)
