"""A short notation for intents, for a regime's examples and for the corpus of texts.

| notation                                   | intent                                                               |
|--------------------------------------------|----------------------------------------------------------------------|
| ``request 8``                              | `Request` for purpose 8                                              |
| ``request ?``, ``request 8?``              | `Request` without a purpose; with one that is not sure               |
| ``request 3|8``                            | `Request` for one of several candidates, ascending                   |
| ``request 8 later``, ``request 8 when``    | booked ahead; a time was meant but is not clear                      |
| ``request 8 other``                        | for somebody else, who has to be named                               |
| ``register``, ``dependant``                | `Register`, `AddDependant`                                           |
| ``status`` ``repeat`` ``extend`` ``cancel``| `Do`, by the command's name; also ``rules``, ``more``, ``my_data``,  |
|                                            | ``genuine``, ``not_me``, ``stop``, ``start``, ``back``               |
| ``rules 3``, ``status code``               | `Do` for one purpose, for one code                                   |
| ``language tt``                            | `SetLanguage`                                                        |
| ``check plate``, ``check card``            | `CheckBinding`                                                       |
| ``answer yes``, ``answer no``, ``answer 3``| `Answer`; a number alone is a purpose                                |
| ``answer choice 1``, ``answer time``       | one of the options, counted from 1; a time                           |
| ``answer sender``                          | for the sender                                                       |
| ``answer name document``                   | the fields answered, in the order of `Field`                         |
| ``exempted no_pass_needed 1``              | `Exempted`: the list's name and the place in it, counted from 1      |
| ``inquiry``, ``inquiry 3``                 | `Inquiry`, with the purpose it names                                 |
| ``malformed document``                     | `Malformed`                                                          |
| ``tell hospital``                          | `Tell`, by its word: what somebody at home says                      |
| ``shift``, ``shift north``                 | `OpenShift`, with its zone                                           |
| ``inspect 2``                              | `Inspect` of two codes, plates and cards together                    |
| ``complaint``, ``decline``, ``unclear``    | `Complaint`, `Decline`, `Unclear`                                    |
"""

from codes.fields import Field
from language.at_home import Tell
from language.intents import (
    AddDependant,
    Answer,
    CheckBinding,
    Complaint,
    Decline,
    Do,
    Exempted,
    Fields,
    Inquiry,
    Inspect,
    Intent,
    Malformed,
    OpenShift,
    Register,
    Request,
    SetLanguage,
    Unclear,
)


def describe(intent: Intent) -> str:
    """`intent` in the short notation of this module, such as ``request 8``."""
    match intent:
        case Register():
            return "register"
        case AddDependant():
            return "dependant"
        case Request():
            return _request(intent)
        case Answer():
            return _answer(intent)
        case Do(command, purpose, code):
            return _words(command, purpose, "code" if code else None)
        case SetLanguage(language):
            return f"language {language}"
        case CheckBinding(field):
            return f"check {field}"
        case Exempted(kind, index):
            return f"exempted {kind} {index + 1}"
        case Inquiry(purpose):
            return _words("inquiry", purpose)
        case Malformed(field):
            return f"malformed {field}"
        case Tell(word):
            return f"tell {word}"
        case OpenShift(_, zone):
            return _words("shift", zone)
        case Inspect(codes, plates, cards):
            return f"inspect {len(codes) + len(plates) + len(cards)}"
        case Complaint() | Decline() | Unclear():
            return type(intent).__name__.lower()


def describe_fields(intent: Intent) -> str:
    """The fields an intent carries, in the order of `Field`, such as ``name=Иванов Иван; document=9219632506``."""
    fields = getattr(intent, "fields", {})
    return "; ".join(f"{field}={fields[field]}" for field in _ordered(fields))


def _request(intent: Request) -> str:
    doubtful = "|".join(map(str, sorted(intent.candidates)))
    which = str(intent.purpose or (doubtful if "|" in doubtful else f"{doubtful}?"))
    when = "when" if intent.unclear_time else "later" if intent.start else None
    return _words("request", which, when, "other" if intent.other else None)


def _answer(intent: Answer) -> str:
    return _words(
        "answer",
        {True: "yes", False: "no", None: None}[intent.yes],
        "sender" if intent.sender else None,
        intent.purpose,
        None if intent.choice is None else f"choice {intent.choice + 1}",
        "time" if intent.start else None,
        *_ordered(intent.fields),
    )


def _ordered(fields: Fields) -> list[Field]:
    return [field for field in Field if field in fields]


def _words(*parts: object) -> str:
    return " ".join(str(part) for part in parts if part is not None)
