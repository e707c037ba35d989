"""Tests run beside each other and talk to nobody else: ports of their own, and files where there is room."""

import os
import socket
from pathlib import Path

import pytest

from development.environment import is_free
from tests.places import keep_what_is_compiled, work_in_memory
from tests.ports import free_port


@pytest.mark.parametrize("way", ["connect", "connect_ex"])
def test_nobody_else_is_connected_to(way: str) -> None:
    with socket.socket() as plain, pytest.raises(RuntimeError, match="this machine only"):
        getattr(plain, way)(("192.0.2.1", 80))


def test_nobody_else_is_written_to_or_looked_up() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as plain, pytest.raises(RuntimeError, match="this machine only"):
        plain.sendto(b"", ("192.0.2.1", 53))
    with pytest.raises(RuntimeError, match="this machine only"):
        socket.create_connection(("example.com", 80))


def test_no_port_is_given_twice_in_a_row_and_all_are_of_one_share() -> None:
    ports = [free_port() for _ in range(20)]

    assert len(set(ports)) == 20
    assert len({port // 100 for port in ports}) == 1
    assert all(is_free(port) for port in ports)


def test_a_folder_for_temporary_files_that_is_given_stays(tmp_path: Path) -> None:
    environment = {"TMPDIR": "/elsewhere"}

    work_in_memory(environment, tmp_path)

    assert environment == {"TMPDIR": "/elsewhere"}


def test_what_is_compiled_is_kept_for_whom_tests_start() -> None:
    environment = {"PYTHONDONTWRITEBYTECODE": "1", "HOME": "/elsewhere"}

    keep_what_is_compiled(environment)

    assert environment == {"HOME": "/elsewhere"}


def test_without_one_memory_is_taken_if_it_is_there(tmp_path: Path) -> None:
    somewhere: dict[str, str] = {}
    nowhere: dict[str, str] = {}

    work_in_memory(somewhere, tmp_path, room=0)
    work_in_memory(nowhere, tmp_path / "missing")

    assert somewhere == {"TMPDIR": str(tmp_path)} and os.access(tmp_path, os.W_OK)
    assert nowhere == {}
