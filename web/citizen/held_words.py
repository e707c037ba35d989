"""How the page says what `codes.rights.held` tells: names of ours, moments, roles, and how long things are kept."""

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from codes.fields import Field
from codes.regime import Regime
from language.moments import when
from web.asking import field_words
from web.citizen.held_home import WORDS_AT_HOME
from web.citizen.held_labels import LABELS
from web.citizen.wording import REASONS, REVOKED
from web.titles import role_titles
from web.words import _, later

_ROLES = frozenset(
    {
        *("by", "decided_by", "answered_by", "opened_by", "closed_by", "reviewed_by"),
        *("set_by", "taken_by", "changed_by", "proposed_by", "made_by"),
    }
)
_MOMENTS = ("_at", "_since", "_until", "_from")
_OTHER_MOMENTS = frozenset({"at", "since"})
_BEINGS: Mapping[str, str] = MappingProxyType(
    {
        "owner": later("the owner of the telephone"),
        "machine": later("a machine"),
        "employer": later("the employer"),
        "staff": later("somebody of the staff"),
    }
)
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "application": later("an application"),
        "call": later("a call"),
        "caller": later("a call"),
        "checks": later("compares what they wrote down"),
        "created": later("not sent yet"),
        "delivered": later("arrived"),
        "denied": later("denied"),
        "desk": later("operator's page"),
        "document": later("the end of the document"),
        "expired": later("over"),
        "failed": later("not sent"),
        "forged": later("forged"),
        "granted": later("granted"),
        "hidden_number": later("calls with a hidden number"),
        "in": later("from you"),
        "issued": later("pass issued"),
        "mistyped": later("mistyped"),
        "not_understood": later("did not get the code the first time"),
        "not_yet_valid": later("not valid yet"),
        "open": later("waits for an answer"),
        "other_number": later("calls from another number"),
        "out": later("to you"),
        "pass": later("a pass"),
        "read": later("can be read"),
        "referred": later("waits for a decision"),
        "refused": later("refused"),
        "review": later("review"),
        "revoked": later("withdrawn"),
        "sending": later("being sent"),
        "sent": later("sent"),
        "text": later("text"),
        "again": later("Something was not clear"),
        "answer": later("answer"),
        "undelivered": later("did not arrive"),
        "upheld": later("you were right"),
        "valid": later("valid"),
        "web": later("page"),
        "wrong_zone": later("not valid in that place"),
    }
)
_TEXTS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("granted", "extended", "status", "cancelled", "registered", "dependant", "corrected"),
        later("a pass or its holder"),
    ),
    (("refused", "referred", "paper"), later("an application")),
    (("revoked", "isolation", "case"), later("a withdrawn pass")),
    (("sign_in", "proof"), later("a code of yours")),
    (("appeal", "complaint"), later("an appeal")),
    (("document", "claim", "number"), later("your number or document")),
    (("call",), later("a call back")),
    (("data",), later("what we hold")),
)
_AT_A_COMMAND = later("at the command line")
_WITH_LAST = later("as long as anybody on the telephone is on file")
_KEPT: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "person": (
            later("Names, documents, addresses"),
            later("{days} days after the last pass, application or case ended"),
        ),
        "passes": (later("Passes"), later("as long as their holder is on file")),
        "applications": (later("Applications"), later("as long as who asked is on file")),
        "papers": (later("Papers you added"), later("{days} days after the decision")),
        "recordings": (later("Recordings of calls"), later("{days} days after the call")),
        "notes_of_calls": (later("Notes of calls"), later("{days} days after the call")),
        "texts_sent": (later("What our texts said"), later("until they arrived")),
        "texts_unproved": (
            later("What our texts said, where nobody tells us whether they arrived"),
            later("{days} days"),
        ),
        "texts_lost": (later("What our texts said that did not arrive"), later("{days} days")),
        "answers_to_texts": (
            later("Our answers to your texts"),
            _WITH_LAST,
        ),
        "answers_on_calls": (later("What our machine answered on a call"), later("{days} days")),
        "appeals": (later("Appeals"), _WITH_LAST),
        "e_mail_addresses": (later("E-mail addresses"), later("until the e-mail is sent")),
        "drafts": (later("Applications you have begun"), later("{hours} hours after the last change")),
        "sign_in_codes": (later("Codes to sign in"), later("{days} days")),
        "sign_ins": (later("Browsers signed in"), later("{days} days")),
        "case": (
            later("What is known of staying at home"),
            later("{days} days after nobody can appeal any more from what was decided last"),
        ),
        "answer_photos": (
            later("Photos sent in answer to checks"),
            later("{hours} hours after the machine that accepted them, or a person, looked"),
        ),
        "reference_photo": (
            later("The photo that others are compared with, and what is measured of the face"),
            later("until staying at home ends"),
        ),
        "positions": (
            later("Where a telephone was"),
            later("half an hour, in memory alone; kept is only how far away, in classes, and when"),
        ),
        "lent_phone": (
            later("A lent telephone, and who has it"),
            later("with the rest; one that does not come back: {days} days after it was due"),
        ),
        "number": (later("The telephone's number"), later("until you ask for its deletion")),
        "limits": (
            later("How many passes a document used"),
            later("kept, without the document and the name"),
        ),
        "inspections": (later("Inspections"), later("kept; without a name")),
        "audit": (
            later("Who did what here, and who looked"),
            later("for ever, without names and numbers"),
        ),
    }
)
_NAMES_OF_OURS = frozenset(
    {"about", "asked_by", "direction", "kind", "outcome", "proved_by", "state", "verdict", "where", "why"}
)
_NUMBERED: Mapping[str, str] = MappingProxyType(
    {"application": later("Application {number}"), "appeal": later("Appeal {number}")}
)
"""Why somebody looked, where it was one thing that has a number."""
_PLACES: Mapping[str, str] = MappingProxyType(
    {"paper": later("Papers"), "recording": later("Recording"), "desk": _WORDS["desk"], "review": _WORDS["review"]}
)
"""Where somebody looked, by the first word; whatever else there is are commands."""


def kept_words(one: Mapping[str, Any]) -> tuple[str, str]:
    """A kind of what is kept, and how long."""
    kind, rule = _KEPT[one["kind"]]
    return _(kind), _(rule, days=one["days"], hours=24 * (one["days"] or 0))


def _about_text(template: str) -> str:
    return next((_(words) for heads, words in _TEXTS if template.startswith(heads)), _("something else"))


def parted(record: Mapping[str, Any], regime: Regime) -> tuple[list[tuple[str, str]], list[tuple[str, list[Any]]]]:
    """A record's values as label and words, and its lists of records as title and records, each parted again."""
    rows = [(label(key, regime), words) for key, value in record.items() if (words := _words(key, value, regime))]
    lists = [
        (label(key, regime), [parted(one, regime) for one in value]) for key, value in record.items() if _is_list(value)
    ]
    return rows, lists


def _words(key: str, value: Any, regime: Regime) -> str:
    return "" if _is_list(value) else said(key, value, regime)


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def label(key: str, regime: Regime) -> str:
    """What a key of the document is called."""
    if key in LABELS:
        return _(LABELS[key])
    return field_words(Field(key), regime) if key in set(Field) else key.replace("_", " ")


def said(key: str, value: Any, regime: Regime) -> str:
    """A value of the document as the page says it; nothing for what is not so."""
    if not value:
        return ""
    if value is True:
        return _("yes")
    if isinstance(value, list):
        return ", ".join(label(one, regime) if key == "not_shown" else said(key, one, regime) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{label(name, regime)}: {one}" for name, one in value.items())
    return _said(key, str(value), regime)


def _said(key: str, value: str, regime: Regime) -> str:
    if key == "destroyed_on":
        return f"{datetime.fromisoformat(value):%d.%m.%Y}"
    if key in _OTHER_MOMENTS or key.endswith(_MOMENTS):
        return when(datetime.fromisoformat(value), regime)
    if key in _ROLES:
        return _(_BEINGS[value]) if value in _BEINGS else role_titles(value.split()) or value
    if key == "about" and value not in _WORDS:
        return _about_text(value)
    if key == "where":
        return _(_PLACES.get(re.split("[./]", value)[0], _AT_A_COMMAND))
    if key == "why" and value.partition(" ")[0] in _NUMBERED:
        kind, _space, number = value.partition(" ")
        return _(_NUMBERED[kind], number=number)
    if value in WORDS_AT_HOME.get(key, {}):
        return _(WORDS_AT_HOME[key][value])
    known = {"refusal": REASONS, "revoked_reason": REVOKED}.get(key, _WORDS if key in _NAMES_OF_OURS else {})
    return _(known[value]) if value in known else value
