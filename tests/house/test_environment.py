"""dev.env: secrets once, addresses each time, and the order of who wins."""

import stat
from pathlib import Path

import pytest
from dotenv import dotenv_values

from development.environment import free_port, is_free, write_environment
from tests.servers import Valkey


def test_the_first_start_makes_up_secrets_that_production_would_refuse(tmp_path: Path) -> None:
    values = write_environment(tmp_path, {}, "2590")

    assert values["TWILIO_AUTH_TOKEN"].startswith("development-")
    assert values["ENVIRONMENT"] == "development"
    assert {"PUBLIC_URL", "TWILIO_ACCOUNT_SID", "TWILIO_API_BASE", "TWILIO_NUMBER", "DATABASE_URL", "REDIS_URL"} <= set(
        values
    )


def test_it_is_a_file_of_lines_for_its_owner_alone(tmp_path: Path) -> None:
    values = write_environment(tmp_path, {}, "2590")

    file = tmp_path / "dev.env"
    assert dotenv_values(file) == values
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_others_could_read_is_closed(tmp_path: Path) -> None:
    file = tmp_path / "dev.env"
    file.touch(0o644)

    write_environment(tmp_path, {}, "2590")

    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_secrets_and_added_lines_stay_while_addresses_follow_the_ports(tmp_path: Path) -> None:
    first = write_environment(tmp_path, {"PORT": "9000", "CARRIER_PORT": "9001"}, "2590")
    with (tmp_path / "dev.env").open("a") as file:
        file.write("LOG_LEVEL=DEBUG\n")

    second = write_environment(tmp_path, {"PORT": "9100", "CARRIER_PORT": "9101"}, "2590")

    assert first["PUBLIC_URL"] == "http://localhost:9000"
    assert (second["PUBLIC_URL"], second["TWILIO_API_BASE"]) == ("http://localhost:9100", "http://localhost:9101")
    assert second["TWILIO_AUTH_TOKEN"] == first["TWILIO_AUTH_TOKEN"]
    assert second["LOG_LEVEL"] == "DEBUG"


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "TWILIO_API_BASE"])
def test_an_address_in_the_environment_is_this_starts_address_only(tmp_path: Path, name: str) -> None:
    with_one = write_environment(tmp_path, {name: "given://here"}, "2590")
    without = write_environment(tmp_path, {}, "2590")

    assert with_one[name] == "given://here"
    assert without[name] != "given://here"


def test_a_taken_port_is_noticed(valkey: Valkey) -> None:
    assert not is_free(valkey.port)
    assert is_free(free_port())
