"""Keys change while machines ask: two processes, one folder of keys, and no valid pass is refused."""

from pathlib import Path

import pytest
from flask import Flask

from codes.meeting import meet
from codes.signed.signing import Signing
from settings import Settings
from store import Store
from store.signing_keys import first_signing_key
from tests.codes.counter import ANN, Counter
from tests.web.api.conftest import KeyClient, Machine, inspected
from wsgi import create_app

MINUTES = 150
ROTATED = (10, 80)


@pytest.fixture
def told(settings: Settings, store: Store, tmp_path: Path) -> Settings:
    """With a folder for signing keys of the test's own; the store has its other keys already."""
    first_signing_key(tmp_path, store.clock(), development=True)
    return settings.model_copy(update={"keys_dir": tmp_path})


def test_no_valid_pass_is_refused_while_keys_are_rotated(
    told: Settings, store: Store, counter: Counter, machine: Machine
) -> None:
    processes = [create_app(told, store), create_app(told, store)]
    key = machine("inspect", rate=100_000).key  # type: ignore[attr-defined]
    offices = [Signing.from_folder(told.keys_dir, told.public_url, store.clock, production=False) for _ in processes]
    gates = [_gate(app, key) for app in processes]
    counter.grant(ANN, 9)  # for six hours
    signed: dict[str, None] = {}

    for minute in range(MINUTES):
        if minute in ROTATED:
            assert processes[0].test_cli_runner().invoke(args=("keys", "rotate")).exit_code == 0
        signed |= {_sign(counter, office): None for office in offices}
        asked = [{"token": text} for text in signed]
        verdicts = [one["verdict"] for gate in gates for one in inspected(gate, *asked)]
        assert set(verdicts) == {"valid"}, minute
        counter.clock.pass_by(seconds=60)

    used = {token.key_id for text in signed if (token := offices[0].read(text)) and not isinstance(token, str)}
    assert used == {1, 2, 3}


def _gate(app: Flask, key: str) -> KeyClient:
    client = KeyClient(app, app.response_class, use_cookies=False)
    client.key = key
    return client


def _sign(counter: Counter, office: Signing) -> str:
    with counter.store.work() as work:
        holder = meet(work, ANN).holders[0]
        return office.sign(work, holder.live[-1], holder)
