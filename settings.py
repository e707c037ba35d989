"""Every value that differs between machines: environment variables, with `$VAR/dev.env` under them in development."""

import os
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, NoReturn, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from monitoring.weights import FOLDER

DEVELOPMENT_SECRET = "development-"  # noqa: S105 - the mark of generated secrets, which production refuses
DEFAULT_REGIME = "tatarstan-2020"
_HELP = "docs/running.md lists every setting; for development `make run` writes them"


class SettingsError(Exception):
    """The process cannot run with these settings; one line a fault, each saying what to do."""


class Settings(BaseSettings):
    """What one process needs to know about its machine. Frozen; made by `Settings.load()` alone."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, env_file_encoding="utf-8")

    environment: Literal["production", "development"] = "production"
    var: Path = Path("var")
    keys_dir: Path = Field(default_factory=lambda given: given["var"] / "keys")
    blobs_dir: Path = Field(default_factory=lambda given: given["var"] / "blobs")
    faces_dir: Path = FOLDER

    listen: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    carrier_port: int = Field(8001, ge=1, le=65535)
    public_url: str = Field(pattern=r"^https?://[^/\s]+(/\S*)?$")
    web_processes: int = Field(2, ge=1)
    web_threads: int = Field(4, ge=1)
    proxies: int = Field(1, ge=0, le=5)

    twilio_account_sid: str = Field(pattern=r"^AC[0-9a-f]{32}$")
    twilio_auth_token: SecretStr
    twilio_api_base: str = Field("https://api.twilio.com", pattern=r"^https?://\S+$")
    twilio_number: str = Field(pattern=r"^(\+[1-9][0-9]{6,14}|[0-9]{3,8})$")
    twilio_messaging_service_sid: str | None = Field(None, pattern=r"^MG[0-9a-f]{32}$")
    twilio_voice_number: str | None = Field(None, pattern=r"^(\+[1-9][0-9]{6,14}|[0-9]{3,8})$")
    voices: dict[str, str] = Field(default_factory=dict)
    prompts_dir: Path = Field(default_factory=lambda given: given["var"] / "prompts")

    database_url: str = Field(pattern=r"^(sqlite|postgresql)(\+[a-z0-9]+)?://", repr=False)
    redis_url: str = Field(pattern=r"^(rediss?|unix)://", repr=False)
    several_hosts: bool = False

    regime: str = DEFAULT_REGIME
    segment_price: Decimal = Field(Decimal("0.05"), ge=0)
    segment_currency: str = Field("USD", pattern=r"^[A-Z]{3}$")
    sign_in_regions: str = Field("", pattern=r"^([A-Z]{2}(,[A-Z]{2})*)?$")
    sign_in_codes_a_day: int = Field(20_000, ge=0)
    map_tiles_url: str = Field("", pattern=r"^(https?://[^/\s;,'\"]+/\S*\{z\}\S*)?$")
    map_attribution: str = ""
    smtp_url: SecretStr | None = None
    mail_from: str = ""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    flask_debug: bool = False

    @classmethod
    def load(cls) -> Self:
        """The settings of this process; raises SettingsError.

        What `make run` left behind is read by no production, and makes none of one that forgot to say what it is.
        """
        said = os.environ.get("ENVIRONMENT")
        left = None if said == "production" else Path(os.environ.get("VAR") or "var") / "dev.env"
        given: dict[str, Any] = {"_env_file": left}
        try:
            settings = cls(**given)
        except ValidationError as error:
            raise SettingsError("\n".join(_lines(error))) from None
        if not said and settings.environment == "development" and not settings._has_made_up_token():
            raise SettingsError(
                f"ENVIRONMENT is not set, and {left} says development with a real token: set it. {_HELP}."
            )
        return settings

    @field_validator("public_url", "twilio_api_base")
    @classmethod
    def _without_slash(cls, url: str) -> str:
        return url.rstrip("/")

    @field_validator("twilio_auth_token")
    @classmethod
    def _some_token(cls, tokens: SecretStr) -> SecretStr:
        if not tokens.get_secret_value().strip(" ,"):
            raise ValueError("give at least one token, the newest first")
        return tokens

    @model_validator(mode="after")
    def _fit_for_production(self) -> Self:
        faults = [] if self.environment == "development" else self._faults()
        if faults:
            raise ValueError("\n".join(faults))
        return self

    def _faults(self) -> list[str]:
        """Why these settings, fine on a laptop, must not serve the public."""
        checks = (
            (
                self._has_made_up_token(),
                "TWILIO_AUTH_TOKEN is a generated development secret: put in your account's token",
            ),
            (self.flask_debug, "FLASK_DEBUG is on: unset it, it shows everyone the insides of the program"),
            (
                self.several_hosts and self.database_url.startswith("sqlite"),
                "SEVERAL_HOSTS with SQLite: an SQLite file serves one host, point DATABASE_URL to PostgreSQL",
            ),
            (
                self.smtp_url is not None and not self.mail_from,
                "MAIL_FROM is missing: SMTP_URL needs a sender, such as Passes <pass@city.example>",
            ),
            (
                self.smtp_url is not None and not self.smtp_url.get_secret_value().startswith(("smtp://", "smtps://")),
                "SMTP_URL must begin with smtp:// or smtps://: a folder is for development",
            ),
            (
                not self.public_url.startswith("https://"),
                "PUBLIC_URL is plain http: put a TLS proxy in front and give its https address",
            ),
        )
        return [fault for wrong, fault in checks if wrong]

    def _has_made_up_token(self) -> bool:
        return any(token.startswith(DEVELOPMENT_SECRET) for token in self.twilio_auth_tokens)

    @property
    def twilio_auth_tokens(self) -> tuple[str, ...]:
        """The tokens accepted on what comes in; the first one signs what goes out."""
        tokens = self.twilio_auth_token.get_secret_value().split(",")
        return tuple(token.strip() for token in tokens if token.strip())


def load_or_exit() -> Settings:
    """The settings, or one line a fault on stderr and exit code 2: for the places where a process begins."""
    try:
        return Settings.load()
    except SettingsError as error:
        exit_with(str(error))


def exit_with(message: str) -> NoReturn:
    """Ends the process as every wrong use of it ends: words on stderr, exit code 2, no traceback."""
    print(message, file=sys.stderr)
    raise SystemExit(2)


def _lines(error: ValidationError) -> list[str]:
    """What is wrong, without the values: they may be secrets."""
    faults = error.errors(include_url=False, include_input=False)
    missing = [str(fault["loc"][0]).upper() for fault in faults if fault["type"] == "missing"]
    silent = ("missing", "default_factory_not_called")
    wrong = [_line(fault["loc"], fault["msg"]) for fault in faults if fault["type"] not in silent]
    return ([f"Not set: {', '.join(missing)}. {_HELP}."] if missing else []) + wrong


def _line(where: tuple[int | str, ...], message: str) -> str:
    words = message.removeprefix("Value error, ")
    return f"{str(where[0]).upper()}: {words}. {_HELP}." if where else words
