"""The operators' command line, one file a command group, and what `make` starts."""

from flask import Flask

from commands.alerts import alerts
from commands.api_keys import api_keys
from commands.appeals import appeals
from commands.applications import applications
from commands.audit import audit
from commands.calls import calls
from commands.cases import cases
from commands.devices import devices
from commands.doctor import doctor
from commands.keys import keys
from commands.layers import layers
from commands.messages import messages
from commands.officers import officers
from commands.passes import passes
from commands.persons import persons
from commands.regime import regime
from commands.staff import staff
from commands.stats import stats

COMMANDS = (
    passes,
    persons,
    officers,
    cases,
    devices,
    alerts,
    applications,
    appeals,
    messages,
    calls,
    regime,
    staff,
    keys,
    api_keys,
    layers,
    audit,
    stats,
    doctor,
)


def register(app: Flask) -> None:
    """Adds every command to `flask --app wsgi ...`."""
    for command in COMMANDS:
        app.cli.add_command(command)
