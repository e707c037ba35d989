"""What a newcomer meets first: make, its help, the pinned requirements, the Procfile."""

import json
import re
import subprocess

import pytest
from honcho.environ import parse_procfile

from commands.demo import DEMO
from commands.prepare import PROCESSES
from tests.house.sources import ROOT

MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = ("help", "run", "demo", "test", "bench", "prove", "format", "requirements", "assets")


def test_make_alone_tells_every_target() -> None:
    said = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert [line.split()[1] for line in said.splitlines() if line.startswith("  make ")] == list(TARGETS)


def test_continuous_integration_runs_the_readmes_command() -> None:
    script = ROOT / ".ci" / "run"

    assert script.read_text().splitlines()[-1] == "exec make test"
    assert script.stat().st_mode & 0o111


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt", "requirements-node.txt"])
def test_every_requirement_is_pinned_with_hashes_and_names_no_host(file: str) -> None:
    lines = (ROOT / file).read_text().replace("\\\n", " ").splitlines()
    wanted = [line for line in lines if line and not line.lstrip().startswith("#")]

    assert wanted
    assert all(re.match(r"[a-z0-9._-]+==\S+ .*--hash=sha256:", line) for line in wanted)
    assert "://" not in "".join(wanted)


def test_everything_that_runs_is_among_what_tests_use() -> None:
    def pins(file: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9._-]+==\S+)", (ROOT / file).read_text(), re.MULTILINE))

    assert pins("requirements.txt") <= pins("requirements-dev.txt")


def test_make_run_starts_the_procfile_and_make_demo_one_more() -> None:
    written = parse_procfile((ROOT / "Procfile").read_text()).processes

    assert tuple(written) == (*PROCESSES, "demo")
    assert set(DEMO) <= set(written)


def test_every_npm_package_is_pinned_with_a_hash_and_names_no_host() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = [package for place, package in lock["packages"].items() if place]

    assert packages
    assert all(package["integrity"].startswith("sha512-") for package in packages)
    assert not any("resolved" in package for package in packages)


def test_npm_runs_no_program_of_a_package() -> None:
    assert "ignore-scripts=true" in (ROOT / ".npmrc").read_text().splitlines()
