"""Waits until everything is healthy, then says which addresses to open."""

import time
import urllib.error
import urllib.request

from settings import Settings, load_or_exit

_PATIENCE_S = 20


def healthy(url: str) -> bool:
    """Whether an address answers 200 within a second; no proxy is asked."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(url, timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def greeting(settings: Settings) -> str:
    """What to open, and what to try next."""
    command = f"VAR={settings.var} .venv/bin/flask --app wsgi"
    return f"""
Passline is up. Open
  {settings.twilio_api_base}/  three telephones in the browser (a carrier simulator, not Twilio)
  {settings.public_url}/desk  where agents answer calls
  {settings.public_url}/healthz  what works
Get a pass: from the first telephone text registracia 9219632506, then cel 8; or call, and key 8#, then 2506.
Be the first agent, in another terminal:
  {command} staff add Anna --role agent     prints a link: open it, choose a password
  {command} staff code Anna                 the six digits, if no authenticator app is at hand
At the desk be available with +79990000003, the third telephone; call from the first and press 0, answer on the third.
Everything else at the command line:  {command} --help
Ctrl-C stops everything.
"""


def wait(settings: Settings) -> None:
    """Returns when the service is healthy; says once when it takes long."""
    address = f"{settings.public_url}/healthz"
    hurry = time.monotonic() + _PATIENCE_S
    while not healthy(address):
        if hurry and time.monotonic() > hurry:
            print(f"Still not healthy: {address} tells which part is missing", flush=True)
            hurry = 0.0
        time.sleep(0.2)


if __name__ == "__main__":
    given = load_or_exit()
    wait(given)
    print(greeting(given), flush=True)
