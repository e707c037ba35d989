"""The operators' command line, one file a command group, and what `make` starts."""

from flask import Flask

from commands.regime import regime

GROUPS = (regime,)


def register(app: Flask) -> None:
    """Adds every command to `flask --app wsgi ...`."""
    for group in GROUPS:
        app.cli.add_command(group)
