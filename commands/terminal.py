"""What every command shares: the store and settings, who acts and why, one line for an error, one document."""

import getpass
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from codes.looking import note_look
from codes.regimes import NoRegime
from settings import Settings
from store import Store, Work
from store.keyring import KeyMissing, Tampered
from store.migrations import newest, present

Command = TypeVar("Command", bound=Callable[..., Any])
_USER, _WHY = "passline.user", "passline.why"


class Failure(click.ClickException):
    """The command can't do what it was asked; one line says why and what to do, the exit code is 2."""

    exit_code = 2


@contextmanager
def _one_line() -> Iterator[None]:
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        how = f" See `{error.ctx.command_path} --help`." if error.ctx else ""
        raise Failure(" ".join(error.format_message().split()) + how) from None
    except (NoRegime, KeyMissing) as error:
        raise Failure(str(error)) from None
    except Tampered as error:
        raise Failure(f"{error} can't be decrypted: the row was changed, or the keys are others'") from None
    except DBAPIError as error:
        # The first line only: what follows may quote the values of a row.
        raise Failure(f"the database refused: {str(error.orig).partition(chr(10))[0]}") from None


class Single(click.Command):
    """A command whose every error, wrong use too, is one line on stderr and exit code 2."""

    def make_context(self, *args: Any, **given: Any) -> click.Context:
        """As click's."""
        with _one_line():
            return super().make_context(*args, **given)

    def invoke(self, ctx: click.Context) -> Any:
        """As click's."""
        with _one_line():
            return super().invoke(ctx)


class Group(Single, AppGroup):
    """A group of commands with such errors."""


def _remember(name: str) -> Callable[[click.Context, click.Parameter, str | None], None]:
    def keep(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
        context.meta[name] = value

    return keep


json_option: Callable[[Command], Command] = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document."
)
_user_option = click.option(
    "--user",
    envvar="PASSLINE_USER",
    expose_value=False,
    callback=_remember(_USER),
    help="Who does it, for the audit; otherwise your login name.",
)
_why_option = click.option(
    "--why",
    "--reason",
    default="command line",
    expose_value=False,
    callback=_remember(_WHY),
    help="Why you look, for the audit: a file number, say. No names or numbers of people.",
)


def acting(command: Command) -> Command:
    """Options of a command that changes something: --user and --json."""
    return _user_option(json_option(command))


def looking(command: Command) -> Command:
    """Options of a command that shows personal data: --user, --why and --json."""
    return _why_option(_user_option(json_option(command)))


def opened_store() -> Store:
    """The case store of this process, in whatever state its database is."""
    opened: Store = current_app.extensions["passline.store"]
    return opened


def store() -> Store:
    """The case store of this process; raises Failure where its tables are not there or not the newest."""
    opened = opened_store()
    at, wanted = present(opened.engine), newest()
    if at != wanted:
        state = f"is at {at}, this program wants {wanted}" if at else "has no tables yet"
        raise Failure(f"the database {state}: run `python -m commands.install`")
    return opened


def settings() -> Settings:
    """The settings of this process."""
    loaded: Settings = current_app.extensions["passline.settings"]
    return loaded


def operator() -> str:
    """Who runs the command, for the audit: ``operator:anna``."""
    return f"operator:{click.get_current_context().meta.get(_USER) or _login()}"


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user need not have a name
        return str(os.getuid())


def looked(work: Work, subjects: Iterable[str], at: str) -> None:
    """Notes in the audit that the operator looked at these people; `at` names the command."""
    why = click.get_current_context().meta.get(_WHY) or ""
    for subject in subjects:
        note_look(work, subject, operator(), why, at)


def out(as_json: bool, document: object, text: str) -> None:
    """Prints `document` as JSON, or `text` for people; nothing else may go to stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2) if as_json else text)
