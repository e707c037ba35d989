"""Which order is in force: versions in the store, each from its start until the next one starts."""

from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any

from sqlalchemy import BindParameter, Row, ScalarSelect, insert, select, update
from sqlmodel import col

from codes.regime import CodeShape, Regime, read_code_shape, read_regime
from store import Work
from store.columns import table
from store.keyring import fingerprint
from store.regimes import RegimeVersion

PRESETS = resources.files("codes") / "presets"
_VERSION = table(RegimeVersion)
_NEWEST = (_VERSION.c.starts_at.desc(), _VERSION.c.id.desc())
_STANDS = _VERSION.c.withdrawn_at.is_(None)


class UnknownPreset(ValueError):
    """There is no preset of that name."""


class NoRegime(Exception):
    """No order is in force yet."""

    def __init__(self) -> None:
        super().__init__("no regime is in force: run `flask --app wsgi regime activate NAME`")


@dataclass(frozen=True, slots=True)
class Terms:
    """A version of the order: what everything is decided by."""

    version: int
    regime: Regime
    starts_at: datetime
    shapes: tuple[CodeShape, ...]
    """What a code may look like: as in this order, and as in those before, whose passes live on."""


def preset_names() -> tuple[str, ...]:
    """The orders that come with the program."""
    return tuple(sorted(path.name.removesuffix(".toml") for path in PRESETS.iterdir() if path.name.endswith(".toml")))


def preset(name: str) -> str:
    """The TOML text of a preset; raises UnknownPreset."""
    if name not in preset_names():
        raise UnknownPreset(f"no preset {name!r}: there are {', '.join(preset_names())}")
    return (PRESETS / f"{name}.toml").read_text("utf-8")


def version_in_force(at: datetime | BindParameter[datetime]) -> ScalarSelect[int]:
    """A subquery: the id of the version in force at `at`."""
    return (
        select(_VERSION.c.id).where(_VERSION.c.starts_at <= at, _STANDS).order_by(*_NEWEST).limit(1).scalar_subquery()
    )


def terms(work: Work, version: int) -> Terms:
    """The terms of a version; read from the database once a process."""
    found: Terms | None = work.kept.get(("regime", version))
    if found is None:
        start = select(_VERSION.c.starts_at).where(_VERSION.c.id == version).scalar_subquery()
        rows = work.rows(select(_VERSION).where(_VERSION.c.starts_at <= start).order_by(*_NEWEST))
        row = next(row for row in rows if row.id == version)
        shapes = tuple(dict.fromkeys(read_code_shape(one.toml) for one in (row, *rows)))
        found = work.kept["regime", version] = Terms(version, read_regime(row.toml), row.starts_at, shapes)
    return found


def in_force(work: Work, at: datetime | None = None) -> Terms:
    """The terms in force at `at` (now); raises NoRegime."""
    row = work.row(select(version_in_force(at or work.now).label("version")))
    if row.version is None:
        raise NoRegime
    return terms(work, row.version)


def regime_if_any(work: Work, at: datetime | None = None) -> Regime | None:
    """The order in force at `at` (now); None where there is none yet."""
    try:
        return in_force(work, at).regime
    except NoRegime:
        return None


def activate(work: Work, toml: str, starts_at: datetime, by: str) -> int:
    """Puts a version in force from `starts_at`; its number. Raises ValueError where the text is no regime."""
    regime = read_regime(toml)
    added = insert(RegimeVersion).returning(col(RegimeVersion.id))
    row = work.row(added, name=regime.name, toml=toml, starts_at=starts_at, activated_at=work.now, activated_by=by)
    details = {"name": regime.name, "starts_at": starts_at.isoformat(), "sha256": fingerprint(toml)}
    work.audit(by, "regime.activated", str(row.id), details)
    return int(row.id)


def withdraw(work: Work, version: int, because: str, by: str, *, alone: bool) -> bool:
    """Takes a planned version back before it starts; False where it began, or was withdrawn before."""
    taken_back = {"withdrawn_at": work.now, "withdrawn_by": by, "withdrawn_because": because}
    ahead = (_VERSION.c.id == version, _VERSION.c.starts_at > work.now, _STANDS)
    if not work.run(update(_VERSION).where(*ahead).values(**taken_back)):
        return False
    work.audit(by, "regime.withdrawn", str(version), {"alone": alone})
    return True


def version_text(work: Work, version: int) -> str:
    """The TOML text of a version; empty where there is none."""
    row = work.row(select(_VERSION.c.toml).where(_VERSION.c.id == version))
    return str(row.toml) if row else ""


def history(work: Work) -> list[Row[Any]]:
    """Every version that stands, the one that starts last first: id, name, starts_at, activated_at, activated_by."""
    columns = [_VERSION.c[name] for name in ("id", "name", "starts_at", "activated_at", "activated_by")]
    return list(work.rows(select(*columns).where(_STANDS).order_by(*_NEWEST)))


def withdrawn(work: Work) -> list[Row[Any]]:
    """Every version that was taken back before it started, the last first; with withdrawn_at, _by and _because."""
    return list(work.rows(select(_VERSION).where(~_STANDS).order_by(_VERSION.c.withdrawn_at.desc())))


def activate_preset(work: Work, name: str, by: str) -> int | None:
    """Puts a preset in force in a store that has no regime yet; None where there is one already."""
    if history(work):
        return None
    return activate(work, preset(name), work.now, by)
