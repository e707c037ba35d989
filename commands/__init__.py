"""The operators' command line, one file a command group, and what `make` starts."""

from flask import Flask

from commands.cases import cases
from commands.officers import officers
from commands.passes import passes
from commands.persons import persons
from commands.regime import regime

COMMANDS = (passes, persons, officers, cases, regime)


def register(app: Flask) -> None:
    """Adds every command to `flask --app wsgi ...`."""
    for command in COMMANDS:
        app.cli.add_command(command)
