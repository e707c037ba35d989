"""`flask --app wsgi regime ...`: the orders that come with the program, the one in force, and putting one in force."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from importlib.resources.abc import Traversable
from pathlib import Path

import click
from sqlalchemy import select
from sqlmodel import col

from codes.orders.announcing import CHANGED, notice, phones_to_tell, tell_holders
from codes.regime import Regime, read_regime
from codes.regimes import PRESETS, activate, history, in_force, preset, preset_names
from commands.arguments import read_moment
from commands.terminal import Failure, Group, acting, json_option, operator, out, settings, store
from language.proofreading import check
from language.segments import count_segments
from language.wording import say
from store.phones import Telephone
from store.regimes import RegimeVersion

_PAGE = 500
"""Telephones that are told in one transaction."""
regime = Group("regime", help="The order in force: list, show, check, activate, history.")


@dataclass(frozen=True, slots=True)
class Draft:
    """A regime's TOML text, and the folder it lies in."""

    text: str
    folder: Traversable


@dataclass(frozen=True, slots=True)
class Telling:
    """What it takes to tell people: their telephones, and what the texts cost."""

    phones: Sequence[Telephone]
    segments: int
    price: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{len(self.phones)} texts, {self.segments} segments, {self.price:.2f} {self.currency}"


@regime.command("list")
@json_option
def list_orders(*, as_json: bool) -> None:
    """The presets; a star marks the order in force."""
    with store().reading() as work:
        current = next((row.name for row in history(work) if row.starts_at <= work.now), None)
    orders = [read_regime(preset(name)) for name in preset_names()]
    rows = [{"name": order.name, "title": order.title["en"], "in_force": order.name == current} for order in orders]
    out(as_json, rows, "\n".join(f"{'*' if row['in_force'] else ' '} {row['name']:<16} {row['title']}" for row in rows))


@regime.command()
@click.argument("name", required=False)
@json_option
def show(*, name: str | None, as_json: bool) -> None:
    """The text of a preset or file; without NAME of the order in force."""
    text = find_draft(name).text if name is not None else _text_in_force()
    try:
        order = read_regime(text)
    except ValueError:
        raise Failure(f"{name} is no regime: see `regime check {name}`") from None
    out(as_json, order.model_dump(mode="json"), text)


@regime.command("check")
@click.argument("file")
@json_option
def check_file(*, file: str, as_json: bool) -> None:
    """Says what is to be put right in FILE (or a preset); the exit code is 1 if anything is."""
    draft = find_draft(file)
    findings = check(draft.text, draft.folder)
    listed = [{"where": finding.where, "what": finding.what} for finding in findings]
    out(as_json, {"file": file, "findings": listed}, "\n".join(map(str, findings)) or f"{file}: nothing to put right")
    if findings:
        raise click.exceptions.Exit(1)


@regime.command("activate")
@click.argument("name")
@click.option("--at", "at", help='From when, such as "2027-03-01 00:00" by the clock of the order; otherwise now.')
@click.option("--tell-holders", "tell", is_flag=True, help="Text everybody with a live pass, after showing the price.")
@click.option("--yes", is_flag=True, help="Don't ask whether to send.")
@acting
def activate_order(*, name: str, at: str | None, tell: bool, yes: bool, as_json: bool) -> None:
    """Puts a preset or file in force, now or at a time."""
    draft = find_draft(name)
    if findings := check(draft.text, draft.folder):
        raise Failure(f"{len(findings)} to put right first (see `regime check {name}`), such as {findings[0]}")
    order = read_regime(draft.text)
    starts_at = _start(at, order, store().clock())
    telling = _prepare_telling(order, starts_at) if tell else None
    if telling and telling.phones and not yes and not click.confirm(f"Send {telling}?", err=True):
        raise Failure("nothing was sent, and nothing is changed")
    with store().work() as work:
        version = activate(work, draft.text, starts_at, operator())
    if telling:
        _tell(telling.phones, order, starts_at)
    row = {"version": version, "name": order.name, "starts_at": starts_at.isoformat(), "told": _row(telling)}
    told = f"; told: {telling}" if telling else ""
    out(as_json, row, f"{order.name} is in force from {starts_at:%Y-%m-%d %H:%M %Z}, version {version}{told}")


@regime.command("history")
@json_option
def show_history(*, as_json: bool) -> None:
    """Every version, the one that starts last first."""
    with store().reading() as work:
        versions, now = history(work), work.now
        zone = in_force(work).regime.zone if versions else UTC
    current = next((version.id for version in versions if version.starts_at <= now), None)
    rows = [
        {
            "version": version.id,
            "name": version.name,
            "starts_at": version.starts_at.astimezone(zone).isoformat(),
            "activated_at": version.activated_at.astimezone(zone).isoformat(),
            "activated_by": version.activated_by,
            "in_force": version.id == current,
        }
        for version in versions
    ]
    lines = (f"{'*' if row['in_force'] else ' '} {row['version']:>3} {row['starts_at']} {row['name']}" for row in rows)
    out(as_json, rows, "\n".join(lines))


def find_draft(name: str) -> Draft:
    """A preset by its name, or a file by its path; raises Failure where there is neither."""
    if name in preset_names():
        return Draft(preset(name), PRESETS)
    try:
        return Draft(Path(name).read_text(encoding="utf-8"), Path(name).parent)
    except UnicodeDecodeError:
        raise Failure(f"{name} is not in UTF-8: save it as UTF-8") from None
    except OSError:
        known = ", ".join(preset_names())
        raise Failure(f"{name} can't be read, and no preset has that name; the presets are {known}") from None


def _start(written: str | None, order: Regime, now: datetime) -> datetime:
    """When an order is to begin, by its own clock; raises Failure where that is past."""
    if written is None:
        return now.astimezone(order.zone)
    moment = read_moment(written, order, now)
    if moment < now:
        raise Failure(f"{written} is past: leave out --at to begin now")
    return moment


def _text_in_force() -> str:
    with store().reading() as work:
        version = in_force(work).version
        row = work.row(select(col(RegimeVersion.toml)).where(col(RegimeVersion.id) == version))
    return str(row.toml) if row else ""


def _prepare_telling(order: Regime, starts_at: datetime) -> Telling:
    with store().reading() as work:
        phones = phones_to_tell(work)
    segments = 0
    for phone in phones:
        language, fields = notice(phone, order, starts_at)
        segments += count_segments(say(CHANGED, language, order, **fields)).segments
    price = segments * settings().segment_price
    return Telling(phones, segments, price, settings().segment_currency)


def _tell(phones: Sequence[Telephone], order: Regime, starts_at: datetime) -> None:
    """A page at a time, so that no text waits long for the one writer."""
    pages = [phones[first : first + _PAGE] for first in range(0, len(phones), _PAGE)]
    with click.progressbar(pages, label="Telling holders", file=sys.stderr) as bar:
        for page in bar:
            with store().work() as work:
                tell_holders(work, page, order, starts_at, operator())


def _row(telling: Telling | None) -> dict[str, object] | None:
    if telling is None:
        return None
    price = f"{telling.price:.2f}"
    return {"texts": len(telling.phones), "segments": telling.segments, "price": price, "currency": telling.currency}
