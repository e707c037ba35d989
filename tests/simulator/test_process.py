"""The carrier as a process of its own: how it starts, where it listens, how it ends."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import requests

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "telephony.simulator"]


def settings(folder: Path) -> dict[str, str]:
    (folder / "dev.env").write_text("TWILIO_ACCOUNT_SID=AC1\nTWILIO_AUTH_TOKEN=t\nTWILIO_NUMBER=2590\n")
    return {"VAR": str(folder), "CARRIER_PORT": "0", "PATH": ""}


def test_it_listens_on_loopback_with_three_phones_until_interrupted(tmp_path: Path) -> None:
    with subprocess.Popen(COMMAND, env=settings(tmp_path), cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        greeting = process.stdout.readline()
        (url,) = re.findall(r"http://127\.0\.0\.1:\d+(?= )", greeting)

        health = requests.get(f"{url}/healthz", timeout=5)
        phones = requests.get(f"{url}/simulator/state", timeout=5).json()["handsets"]
        process.send_signal(signal.SIGINT)

    assert "not Twilio" in greeting
    assert (health.status_code, health.json()["status"]) == (200, "ok")
    assert [phone["label"] for phone in phones] == ["citizen", "officer", "agent"]
    assert process.returncode == 0


def test_without_settings_it_says_which_one_is_missing(tmp_path: Path) -> None:
    ended = subprocess.run(COMMAND, env={"VAR": str(tmp_path)}, cwd=ROOT, capture_output=True, text=True, check=False)

    assert ended.returncode == 2
    assert "TWILIO_AUTH_TOKEN is not set" in ended.stderr
