"""What every command group shares: the store and settings, one line for an error, text or one JSON document."""

import getpass
import json
from collections.abc import Callable
from typing import Any

import click
from flask import current_app

from settings import Settings
from store import Store

json_option: Callable[..., Any] = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


class Failure(click.ClickException):
    """The command can't do what it was asked; one line says why and what to do, the exit code is 2."""

    exit_code = 2


def store() -> Store:
    """The case store of this process."""
    opened: Store = current_app.extensions["passline.store"]
    return opened


def settings() -> Settings:
    """The settings of this process."""
    loaded: Settings = current_app.extensions["passline.settings"]
    return loaded


def operator() -> str:
    """Who runs the command, for the audit: ``operator:anna``."""
    return f"operator:{getpass.getuser()}"


def out(as_json: bool, document: object, text: str) -> None:
    """Prints `document` as JSON, or `text` for people; nothing else may go to stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2) if as_json else text)
