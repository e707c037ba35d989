"""What the carrier is told at its start: whose account it plays, where the service lives, where it listens."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class SettingsError(ValueError):
    """A value is missing or makes no sense; the text says which one and what to do."""


@dataclass(frozen=True)
class CarrierSettings:
    """One account with one service number.

    ``number`` is E.164 or a short code; ``public_url`` has no slash at its end; ``auth_tokens`` has the current token
    first; ``messaging_service_sid`` switches on Twilio's Advanced Opt-Out parameters (``OptOutType``).
    """

    account_sid: str
    auth_tokens: tuple[str, ...]
    number: str
    public_url: str
    carrier_port: int = 8001
    regime: str = ""
    messaging_service_sid: str = ""


def read_settings(environment: Mapping[str, str]) -> CarrierSettings:
    """Settings from ``$VAR/dev.env`` (KEY=VALUE lines) with the environment winning.

    Raises :class:`SettingsError` naming the first value that is missing or wrong.
    """
    file = Path(environment.get("VAR") or "var") / "dev.env"
    values = {**read_env_file(file), **environment}
    tokens = tuple(token.strip() for token in _required(values, "TWILIO_AUTH_TOKEN", file).split(",") if token.strip())
    return CarrierSettings(
        account_sid=_required(values, "TWILIO_ACCOUNT_SID", file),
        auth_tokens=tokens,
        number=_required(values, "TWILIO_NUMBER", file),
        public_url=(values.get("PUBLIC_URL") or f"http://localhost:{values.get('PORT') or '8000'}").rstrip("/"),
        carrier_port=_port(values.get("CARRIER_PORT") or "8001"),
        regime=values.get("REGIME", ""),
        messaging_service_sid=values.get("TWILIO_MESSAGING_SERVICE_SID", ""),
    )


def read_env_file(file: Path) -> dict[str, str]:
    """KEY=VALUE lines of a file; comments and blank lines are left out, quotes around a value are dropped."""
    if not file.exists():
        return {}
    pairs = (line.split("=", 1) for line in file.read_text("utf-8").splitlines() if _is_pair(line))
    return {key.strip(): value.strip().strip("'\"") for key, value in pairs}


def _is_pair(line: str) -> bool:
    return "=" in line and not line.lstrip().startswith("#")


def _required(values: Mapping[str, str], name: str, file: Path) -> str:
    value = values.get(name, "").strip()
    if not value:
        raise SettingsError(f"{name} is not set: put it in the environment or in {file} ('make run' writes that file)")
    return value


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise SettingsError(f"CARRIER_PORT must be a port number from 0 to 65535, not {text!r}")
    return int(text)
