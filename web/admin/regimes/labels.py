"""What the keys of an order are called on pages, with a word on what to write."""

from collections.abc import Mapping
from types import MappingProxyType

from codes.fields import Field
from language.translations import sentences
from web.admin.regimes.shapes import Entry, Kind
from web.wording import language_name
from web.words import _, later, spoken

LABELS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "name": (later("Short name"), later("Letters, digits and dashes")),
        "title": (later("Title"), later("18 signs at most")),
        "languages": (later("Languages it is complete in"), ""),
        "default_language": (later("Language for people whose language is not known"), ""),
        "time_zone": (later("Time zone"), later("Such as Europe/Moscow: its days and hours are counted there")),
        "number": (later("Telephone number as published"), ""),
        "phone_region": (later("Country of numbers without a country code"), later("Two capitals, such as RU")),
        "document_pattern": (
            later("What a document's number looks like"),
            later("A regular expression over capitals and digits without blanks"),
        ),
        "document_example": (later("A number that fits it"), later("Shown to people who mistyped theirs")),
        "registration.required": (later("What must be known of a person"), ""),
        "registration.optional": (later("What else is kept if a person says it"), ""),
        "registration.separate": (later("People register first, in a text of its own"), ""),
        "bound": (later("By what, beside the code, a pass can be looked up"), ""),
        "quota.day": (later("Passes a day, for all purposes together"), later("Empty: no limit")),
        "quota.week": (later("Passes a week, for all purposes together"), later("Empty: no limit")),
        "quota.month": (later("Passes a month, for all purposes together"), later("Empty: no limit")),
        "extension.times": (later("How often a live pass may be made longer"), later("0: never")),
        "extension.minutes": (later("By how many minutes"), later("Empty: as long as at first")),
        "grace_hours": (later("Hours after its start in which officers warn and do not fine"), ""),
        "retention_days": (later("Days that records of a pass are kept"), ""),
        "code.signs": (later("Signs of a code, before the check sign"), later("7 to 15")),
        "code.group": (later("Signs in a group"), ""),
        "code.prefix": (later("What stands before a code"), ""),
        "isolation.checks_a_day": (later("Presence checks a day"), later("0 to 4")),
        "isolation.gap_minutes": (later("Minutes between two checks, at least"), later("120 at least")),
        "isolation.window_minutes": (later("Minutes to answer a check"), later("15 to 60")),
        "isolation.quiet_from": (later("Nothing is asked from"), later("22:00 or earlier")),
        "isolation.quiet_until": (later("Nothing is asked until"), later("08:00 or later")),
        "isolation.answer_hours": (
            later("Hours in which a patient may answer before anybody decides against them"),
            later("12 at least"),
        ),
        "isolation.appeal_days": (later("Days to appeal"), ""),
        "isolation.sos_number": (later("Number that a patient's SOS calls"), ""),
        "isolation.authority": (later("Who looks after people at home"), ""),
        "isolation.news": (later("What every patient should read now"), ""),
        "purposes.number": (later("Number that people send"), later("1 to 99")),
        "purposes.name": (later("Name"), later("18 signs at most: it stands in every reply")),
        "purposes.keywords": (
            later("Words that people use for it"),
            later("One a line, in their basic form; other forms and mistakes are found by themselves"),
        ),
        "purposes.validity.minutes": (later("A pass lasts so many minutes"), later("Either minutes or days")),
        "purposes.validity.days": (
            later("A pass lasts to the end of so many days"),
            later("Counted from today as 1. Either minutes or days"),
        ),
        "purposes.quota.day": (later("Passes a day, for this purpose"), later("Empty: no limit of its own")),
        "purposes.quota.week": (later("Passes a week, for this purpose"), later("Empty: no limit of its own")),
        "purposes.quota.month": (later("Passes a month, for this purpose"), later("Empty: no limit of its own")),
        "purposes.counts": (later("Its passes count in the limit for all purposes"), ""),
        "purposes.hours": (
            later("When a pass may begin"),
            later("A window a line, such as 07:00–21:00. Empty: at any time"),
        ),
        "purposes.fields": (later("What must be said for it"), ""),
        "purposes.optional_fields": (later("What else is kept if it is said"), ""),
        "purposes.approval": (later("Who decides"), ""),
        "purposes.reviewers": (later("How many officials decide"), later("1, or 2 who must agree")),
        "purposes.papers.need": (later("Papers to show"), ""),
        "purposes.papers.hint": (later("Which papers"), later("Such as: Wedding card")),
        "purposes.employer": (
            later("Organisations may ask for their workers"),
            later("Once a reviewer confirmed them; nobody decides or asks for papers again"),
        ),
        "purposes.return_trip": (later("There and back"), ""),
        "purposes.isolation": (later("Also for somebody who must stay at home"), ""),
        "purposes.book_ahead_days": (later("Days ahead it can be asked for"), later("30 at most")),
        "purposes.zones": (later("Zones it holds in"), later("None: everywhere")),
        "zones.key": (later("Key"), later("By which purposes name the zone")),
        "zones.name": (later("Name"), later("18 signs at most")),
        "zones.keywords": (later("Words for it"), later("One a line; an officer opens a shift with one")),
        "zones.geojson": (later("File with its outline"), later("GeoJSON, seen from where orders lie")),
        "no_pass_needed.name": (later("Name"), later("18 signs at most")),
        "no_pass_needed.keywords": (later("Words for it"), later("One a line")),
        "exempt.name": (later("Name"), later("18 signs at most")),
        "exempt.keywords": (later("Words for them"), later("One a line")),
        "grammars.head": (later("First word"), later("Empty: the form begins with the purpose's number")),
        "grammars.separator": (later("Sign between places"), later("Such as * or #; a blank will do too")),
        "grammars.places": (
            later("Places, in order"),
            later("Names with blanks between: purpose document name surname given_name patronymic and so on"),
        ),
        "grammars.purpose": (later("For this purpose only"), later("Its number. Empty: for any")),
        "examples.text": (later("Text as people send it"), ""),
        "examples.meaning": (later("What it must be understood as"), later("Such as request 8, register, status")),
        "examples.gloss": (later("What it asks, in English"), ""),
        "examples.registered": (later("Its sender is known"), ""),
        "examples.officer": (later("An officer sends it"), ""),
        "wording": (later("Sentence"), ""),
    }
)
CHOICES: Mapping[str, str] = MappingProxyType(
    {
        "purposes.approval:auto": later("The rules, at once"),
        "purposes.approval:review": later("An official, each application"),
        "purposes.papers.need:": later("None are asked for"),
        "purposes.papers.need:optional": later("May be added"),
        "purposes.papers.need:required": later("Must be added"),
        "code.prefix:": later("Nothing"),
        "code.prefix:end-date": later("Day and month of its end"),
    }
)


def label(entry: Entry) -> str:
    """What a field is called; with its language, where there are several."""
    said = _(LABELS[entry.key][0])
    return f"{said} ({language_name(entry.language)})" if entry.language else said


def hint(entry: Entry) -> str:
    """What to write, and what holds where nothing is written."""
    said = LABELS[entry.key][1]
    left_out = ""
    if entry.kind is Kind.NUMBER and entry.default is not None:
        left_out = _("Empty: {value}", value=entry.default)
    return ". ".join(part for part in (_(said) if said else "", left_out) if part)


def choice(entry: Entry, value: str) -> str:
    """What a choice is called."""
    known = CHOICES.get(f"{entry.key}:{value}")
    if known:
        return _(known)
    if entry.key in ("languages", "default_language"):
        return language_name(value)
    if value in tuple(Field):
        return field_name(value)
    return value


def field_name(value: str) -> str:
    """What a piece of information is called."""
    said = sentences(spoken()).get(f"field_{value}", value)
    return said[:1].upper() + said[1:]
