"""A regime: the order in force, read from one TOML file.

These are the shapes; `codes.regimes` says which version is in force, `language.proofreading` finds contradictions.
Times of day are local to `Regime.time_zone`. Texts by language are mappings such as ``{"ru": "…", "en": "…"}``.
"""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field as Constraint
from pydantic import model_validator

from codes.fields import Field
from codes.regime_isolation import Isolation
from codes.regime_values import Part, Pattern, Place, TimeOfDay, TimeZone, Words

WordLists = dict[str, tuple[str, ...]]
PositiveInt = Annotated[int, Constraint(gt=0)]


class Period(StrEnum):
    """The span a quota is counted over: local date, ISO week, calendar month."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Quota(Part):
    """At most so many passes a period; None means no limit."""

    day: PositiveInt | None = None
    week: PositiveInt | None = None
    month: PositiveInt | None = None

    @cached_property
    def limits(self) -> tuple[tuple[Period, int], ...]:
        """The periods that are limited, with their caps, shortest first."""
        caps = ((Period.DAY, self.day), (Period.WEEK, self.week), (Period.MONTH, self.month))
        return tuple((period, cap) for period, cap in caps if cap is not None)


class Hours(Part):
    """A window of the local day; `until` before `start` runs over midnight."""

    start: TimeOfDay
    until: TimeOfDay


class Validity(Part):
    """How long a pass lasts: so many minutes, or to the end of the local day, `days` counted from today as 1."""

    minutes: PositiveInt | None = None
    days: PositiveInt | None = None

    @model_validator(mode="after")
    def _one_of_the_two(self) -> "Validity":
        if (self.minutes is None) == (self.days is None):
            raise ValueError("say either minutes or days")
        return self


class Papers(Part):
    """Papers an applicant is asked for; `hint` says which, such as ``{ en = "Wedding card" }``."""

    need: Literal["optional", "required"]
    hint: Words


class Purpose(Part):
    """Why one may move; `number` or a keyword stands at the head of a text."""

    number: Annotated[int, Constraint(ge=1, le=99)]
    name: Words
    keywords: WordLists = {}
    validity: Validity
    quota: Quota = Quota()
    counts: bool = True
    """Whether a pass for it takes a slot of the regime's common quota too."""
    hours: tuple[Hours, ...] = ()
    fields: tuple[Field, ...] = ()
    optional_fields: tuple[Field, ...] = ()
    approval: Literal["auto", "review"] = "auto"
    reviewers: Annotated[int, Constraint(ge=1, le=2)] = 1
    """How many people decide; with two the first proposes and the other confirms."""
    papers: Papers | None = None
    """What to show the reviewers, as photos or PDF; without it none are asked for, and none taken."""
    return_trip: bool = True
    isolation: bool = False
    """Whether somebody with an open case may have it."""
    book_ahead_days: Annotated[int, Constraint(ge=0, le=30)] = 0
    zones: tuple[str, ...] = ()
    employer: bool = False
    """Whether a confirmed organisation may ask for it for its workers, without another decision and without papers."""


class Zone(Part):
    """An area a pass can be limited to and an officer's shift can name."""

    key: str
    name: Words
    keywords: WordLists = {}
    geojson: str | None = None
    """Path of a file with the outline, seen from the regime's file."""


class Exemption(Part):
    """A reason to move, or a kind of person, that needs no pass."""

    name: Words
    keywords: WordLists = {}


class Grammar(Part):
    """A published form: `head` (may be empty), then fixed `places` between separators; any place may be left empty.

    Places are names of `Field` or of `codes.regime_values.PARTS`. A place named twice takes whichever is filled; with a
    space as the separator the last place takes the rest of the line. A request's form reads the purpose from its place;
    with `purpose` given the form is for that number only. Without either it registers.
    """

    head: str = ""
    separator: str = "*"
    places: tuple[Place, ...]
    purpose: int | None = None


class Registration(Part):
    """What must be known of a person before a pass, what else may be said; whether registering is a step of its own."""

    required: tuple[Field, ...] = ()
    optional: tuple[Field, ...] = ()
    separate: bool = True
    """False where each text says all it needs (Greece, Cyprus): nobody is told to register first."""


class CodeShape(Part):
    """The code's look: `signs` before the check character, shown in groups; a prefix may carry the end date."""

    signs: Annotated[int, Constraint(ge=7, le=15)] = 11
    group: PositiveInt = 4
    prefix: Literal["", "end-date"] = ""


@lru_cache(maxsize=64)
def read_code_shape(text: str) -> CodeShape:
    """The code's look in a regime's TOML text, without reading the rest: an order of long ago may not be read whole."""
    return CodeShape.model_validate(tomllib.loads(text).get("code", {}))


class Extension(Part):
    """How a live pass may be made longer: `times` at most, each by `minutes` (None: as long as it was at first)."""

    times: Annotated[int, Constraint(ge=0, le=5)] = 1
    minutes: PositiveInt | None = None


class Example(Part):
    """A published text with what it must be understood as, such as ``request 8``, ``register`` or ``status``.

    `gloss` says in English what it asks; `registered`: its sender is known; `officer`: an officer sends it.
    """

    text: str
    meaning: str
    gloss: str = ""
    registered: bool = True
    officer: bool = False


class Regime(Part):
    """One version of the order in force."""

    name: str
    title: Words
    time_zone: TimeZone
    languages: tuple[str, ...]
    default_language: str
    number: str
    """The number as published: a short code or a long number."""
    phone_region: Annotated[str, Constraint(pattern="^[A-Z]{2}$")]
    """Where numbers without a country code belong (ISO 3166)."""
    document_pattern: Pattern = r"[A-Z0-9]{5,14}"
    """What a normalised document number looks like, as a regular expression."""
    document_example: str
    registration: Registration = Registration()
    code: CodeShape = CodeShape()
    quota: Quota = Quota()
    """Common to all purposes that count."""
    extension: Extension = Extension()
    grace_hours: Annotated[int, Constraint(ge=0)] = 0
    """After it comes into force: officers are told to warn, not to fine."""
    retention_days: PositiveInt = 30
    purposes: tuple[Purpose, ...]
    zones: tuple[Zone, ...] = ()
    isolation: Isolation = Isolation()
    no_pass_needed: tuple[Exemption, ...] = ()
    exempt: tuple[Exemption, ...] = ()
    bound: tuple[Field, ...] = ()
    """Fields by which officers and citizens may look a pass up: plate, card."""
    grammars: tuple[Grammar, ...] = ()
    wording: dict[str, Words] = {}
    """Sentences that differ from the common ones: language, then template name."""
    examples: tuple[Example, ...] = ()

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone its days, weeks and hours are counted in."""
        return ZoneInfo(self.time_zone)

    def midnight(self, now: datetime) -> datetime:
        """When the local day of `now` began; aware."""
        return now.astimezone(self.zone).replace(hour=0, minute=0, second=0, microsecond=0)

    @cached_property
    def by_number(self) -> Mapping[int, Purpose]:
        """Purposes by their number."""
        return {purpose.number: purpose for purpose in self.purposes}

    def needed(self, purpose: Purpose) -> tuple[Field, ...]:
        """Every field that must be known before a pass for `purpose`, in the order they are asked for."""
        return tuple(dict.fromkeys((*self.registration.required, *purpose.fields)))


@lru_cache(maxsize=16)
def read_regime(text: str) -> Regime:
    """The regime in a TOML text; raises ValueError (tomllib's or pydantic's) saying what is wrong and where.

    The same text gives the same object, so that what is made of a regime (its lexicon) is made once a process.
    """
    document: dict[str, Any] = tomllib.loads(text)
    return Regime.model_validate(document)
