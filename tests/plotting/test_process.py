"""Who draws is believed nothing: too slow, dead, or saying something else, it costs a plot and no more."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from plotting import process
from plotting.process import CHARTS, PlottingFailed, ask, draw
from tests.house.sources import ROOT

BARS = {"kind": "bars", "narrow": False, "x": ["1"], "series": [{"name": "a", "values": [1]}]}
Module = Callable[[str], str]


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Module:
    """``module("print(1)")``: a program in the place of one of ours."""
    monkeypatch.setattr(process, "_ROOT", tmp_path)

    def written(program: str) -> str:
        (tmp_path / "stranger.py").write_text(program, "utf-8")
        return "stranger"

    return written


def test_it_draws_what_it_can_and_says_of_each_what_it_can_not() -> None:
    drawn = draw(CHARTS, [BARS, {"kind": "pie"}, {**BARS, "series": [{"name": "a", "values": [1, 2]}]}, BARS])

    assert [one is not None for one in drawn] == [True, False, False, True]
    assert drawn[0] == drawn[3]


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("import time; time.sleep(60)", "longer than"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "ended with -9"),
        ("raise SystemExit(3)", "ended with 3"),
        ("print('<svg></svg>')", "no JSON"),
        ("print('[]')", "something else"),
        ("print('{}')", "something else"),
        ("import sys; sys.stdout.buffer.write(bytes([255, 254]))", "no JSON"),
    ],
)
def test_whatever_it_does_is_one_error(module: Module, program: str, words: str) -> None:
    with pytest.raises(PlottingFailed, match=words):
        draw(module(program), [BARS], timeout=2)


@pytest.mark.parametrize("answer", ["<html></html>", "<svg x", 7, "<svg " + "x" * 500_000 + "</svg>"])
def test_what_is_no_plot_is_none(module: Module, answer: object) -> None:
    assert draw(module(f"import json; print(json.dumps([{answer!r}]))"), [BARS]) == [None]


def test_it_has_nothing_of_our_environment(module: Module, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "secret")

    told = ask(module("import json, os; print(json.dumps(sorted(os.environ)))"))

    assert set(told) <= {"PATH", "PYTHONUTF8", "MPLBACKEND", "LC_CTYPE", "PWD"}


def test_the_worker_holds_nothing_of_what_plots_are_drawn_with() -> None:
    program = "import sys, worker; print(sorted({'matplotlib', 'geopandas'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)

    assert done.stdout.strip() == "[]"
