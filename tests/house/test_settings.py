"""Settings: production refuses what would hurt, each with one line that says what to do."""

from pathlib import Path

import pytest

from settings import Settings, SettingsError, load_or_exit

SOUND = {
    "PUBLIC_URL": "https://pass.example/",
    "TWILIO_ACCOUNT_SID": f"AC{'0' * 32}",
    "TWILIO_AUTH_TOKEN": "new-token, old-token",
    "TWILIO_NUMBER": "+15005550006",
    "DATABASE_URL": "postgresql://passline@db.example/passline",
    "REDIS_URL": "redis://redis.example",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """A sound production environment, and nothing else of ours."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("VAR", str(tmp_path))
    for name, value in SOUND.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_sound_settings_are_taken() -> None:
    settings = Settings.load()

    assert settings.environment == "production"
    assert settings.public_url == "https://pass.example"
    assert settings.twilio_auth_tokens == ("new-token", "old-token")


def test_settings_do_not_show_secrets() -> None:
    shown = repr(Settings.load())

    assert "old-token" not in shown
    assert "passline@" not in shown


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"TWILIO_AUTH_TOKEN": "development-0123"}, "TWILIO_AUTH_TOKEN is a generated development secret"),
        ({"TWILIO_AUTH_TOKEN": "real,development-0123"}, "TWILIO_AUTH_TOKEN is a generated development secret"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG is on"),
        ({"DATABASE_URL": "sqlite:////srv/p.db", "SEVERAL_HOSTS": "true"}, "SEVERAL_HOSTS with SQLite"),
        ({"PUBLIC_URL": "http://pass.example"}, "PUBLIC_URL is plain http"),
        ({"TWILIO_NUMBER": ""}, "Not set: TWILIO_NUMBER"),
        ({"TWILIO_NUMBER": "call us"}, "TWILIO_NUMBER: "),
        ({"TWILIO_AUTH_TOKEN": " , "}, "TWILIO_AUTH_TOKEN: "),
        ({"PORT": "many"}, "PORT: "),
        ({"ENVIRONMENT": "staging"}, "ENVIRONMENT: "),
    ],
)
def test_production_refuses(environment: pytest.MonkeyPatch, changes: dict[str, str], words: str) -> None:
    for name, value in changes.items():
        environment.setenv(name, value)

    with pytest.raises(SettingsError) as refused:
        Settings.load()

    assert str(refused.value).startswith(words)
    assert "\n" not in str(refused.value)


def test_each_fault_has_a_line_and_no_line_has_a_secret(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("TWILIO_AUTH_TOKEN", "development-0123")
    environment.setenv("PUBLIC_URL", "http://pass.example")

    with pytest.raises(SettingsError) as refused:
        Settings.load()

    assert len(str(refused.value).splitlines()) == 2
    assert "0123" not in str(refused.value)


def test_sqlite_on_one_host_serves_production(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATABASE_URL", "sqlite:////srv/passline.db")

    assert not Settings.load().several_hosts


def test_a_process_without_settings_ends_with_one_line_and_code_2(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in SOUND:
        environment.delenv(name)

    with pytest.raises(SystemExit) as ended:
        load_or_exit()

    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_environment_wins_over_the_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "dev.env").write_text("ENVIRONMENT=development\nTWILIO_NUMBER=2590\nREGIME=example-en\n")
    environment.setenv("TWILIO_AUTH_TOKEN", "development-0123")

    settings = Settings.load()

    assert settings.environment == "development"
    assert (settings.regime, settings.twilio_number) == ("example-en", "+15005550006")


def test_what_make_run_left_behind_is_not_read_in_production(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "dev.env").write_text("ENVIRONMENT=development\nTWILIO_API_BASE=http://localhost:8001\n")
    environment.setenv("ENVIRONMENT", "production")

    assert Settings.load().twilio_api_base == "https://api.twilio.com"


def test_a_production_that_forgot_its_name_is_not_run_as_development(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "dev.env").write_text("ENVIRONMENT=development\n")

    with pytest.raises(SettingsError, match="ENVIRONMENT is not set"):
        Settings.load()
