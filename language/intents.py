"""What a text can mean. One inbound text becomes one intent."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from codes.fields import Field
from language.at_home import Tell

Fields = Mapping[Field, str]
NOTHING: Fields = MappingProxyType({})


def _nothing() -> Fields:
    return NOTHING


class Ask(StrEnum):
    """A question that is not about a `Field`."""

    PURPOSE = "purpose"  # why, or which of `Dialogue.options` (purpose numbers)
    PERSON = "person"  # for whom: `Dialogue.options` are their initials and document tails as shown
    CONFIRM = "confirm"  # yes or no: may another telephone use one's document, does one take consent back
    TIME = "time"  # from when: a day and an hour, or now


Asked = Field | Ask


class Aim(StrEnum):
    """What an open dialogue is to end in."""

    REGISTER = "register"
    REQUEST = "request"
    DEPENDANT = "dependant"
    CHECK = "check"  # a claim on a document known from another phone
    WITHDRAW = "withdraw"  # consent to be looked after at home is taken back


@dataclass(frozen=True, slots=True)
class Dialogue:
    """An open conversation: what it is for, what is known so far, what was asked last."""

    aim: Aim
    asking: Asked
    purpose: int | None = None
    fields: Fields = dataclasses.field(default_factory=_nothing)
    start: datetime | None = None
    options: tuple[str, ...] = ()
    person: str | None = None
    """Id of the person chosen."""
    other: str = ""
    """Somebody else whom it is for, in the sender's word, until it is known who that is."""
    attempts: int = 0
    """Answers in a row that did not help."""


@dataclass(frozen=True, slots=True)
class Register:
    """Register the sender, or correct what is known."""

    fields: Fields = dataclasses.field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Request:
    """A pass. `purpose` None: not said, or one of `candidates` and not sure which."""

    purpose: int | None = None
    fields: Fields = dataclasses.field(default_factory=_nothing)
    start: datetime | None = None
    """Booked ahead: aware, in the regime's zone. None: from now, unless `unclear_time` says another time was meant."""
    candidates: tuple[int, ...] = ()
    unclear_time: str = ""
    """A time as written that is past, impossible or without an hour; it has to be asked for, never ignored."""
    other: str = ""
    """The word for somebody else whom it is for and who has to be named, such as «мужу»; empty: for the sender."""


@dataclass(frozen=True, slots=True)
class AddDependant:
    """A child or dependant to be known on this phone."""

    fields: Fields = dataclasses.field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to the open question; several things can be said at once."""

    fields: Fields = dataclasses.field(default_factory=_nothing)
    purpose: int | None = None
    choice: int | None = None
    """One of the options, counted from 0."""
    yes: bool | None = None
    start: datetime | None = None
    """The time asked for: aware, in the regime's zone; "now" is the moment the text came."""
    sender: bool = False
    """For the sender, said to the question for whom."""


class Command(StrEnum):
    """Words that stand for themselves."""

    STATUS = "status"
    REPEAT = "repeat"
    EXTEND = "extend"
    CANCEL = "cancel"
    RULES = "rules"
    MORE = "more"
    MY_DATA = "my_data"
    GENUINE = "genuine"
    NOT_ME = "not_me"
    STOP = "stop"
    START = "start"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Do:
    """One of the commands; `purpose` narrows rules to one purpose, a code in `code` says which pass."""

    command: Command
    purpose: int | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Answer in this language from now on."""

    language: str


@dataclass(frozen=True, slots=True)
class CheckBinding:
    """Is my plate or card bound to a live pass?"""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """An appeal, in the person's own words."""

    text: str


@dataclass(frozen=True, slots=True)
class Exempted:
    """Asked for something that needs no pass; `kind` and `index` name it in the regime."""

    kind: str
    """``no_pass_needed`` or ``exempt``."""
    index: int


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question or a complaint that asks for no pass; `purpose` if it names one."""

    purpose: int | None = None


@dataclass(frozen=True, slots=True)
class Decline:
    """Said that something is not wanted: nothing is done."""


@dataclass(frozen=True, slots=True)
class OpenShift:
    """An officer starts work."""

    pin: str
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Inspect:
    """An officer looks up codes as written, or a plate, a card, a document."""

    codes: tuple[str, ...] = ()
    plates: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Malformed:
    """A field was clearly meant, but what stands there cannot be one."""

    field: Field
    given: str
    fields: Fields = dataclasses.field(default_factory=_nothing)
    """What else was understood."""
    purpose: int | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """Not understood."""


Intent = (
    Register
    | Request
    | AddDependant
    | Answer
    | Do
    | SetLanguage
    | CheckBinding
    | Complaint
    | Exempted
    | Inquiry
    | Decline
    | Tell
    | OpenShift
    | Inspect
    | Malformed
    | Unclear
)


@dataclass(frozen=True, slots=True)
class Understood:
    """An intent, and the language the text seems to be in (None: nothing in it tells)."""

    intent: Intent
    language: str | None = None
