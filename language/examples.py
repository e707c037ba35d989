"""Filled-in examples that really work in a regime: what to send first, a request, what a field looks like."""

from collections.abc import Mapping
from typing import Any

from codes.fields import Field
from codes.regime import Regime
from language.translations import sentences

_PLATES: Mapping[str, str] = {"RU": "A123BC16", "GR": "IZH1234", "AZ": "10AA123", "IN": "KL01AB1234", "GB": "AB12CDE"}
_POSTCODES: Mapping[str, str] = {
    "RU": "420111",
    "GR": "10431",
    "CY": "1010",
    "AZ": "AZ1000",
    "IN": "695001",
    "GB": "HX1 2AB",
}
_TAX_NUMBERS: Mapping[str, str] = {"RU": "7707083893", "GR": "094014201", "AZ": "9900003871"}
_ANY_PLATE, _ANY_POSTCODE, _ANY_TAX_NUMBER = "ABC123", "1010", "7707083893"


def name_in(names: Mapping[str, str], language: str, regime: Regime) -> str:
    """A text of the regime in `language`, else in its default language, else in English or any."""
    for wanted in (language, regime.default_language, "en"):
        if wanted in names:
            return names[wanted]
    return next(iter(names.values()), "")


def purpose_name(number: int, language: str, regime: Regime) -> str:
    """What purpose `number` is called; the number itself where the regime has no such purpose."""
    purpose = regime.by_number.get(number)
    return name_in(purpose.name, language, regime) if purpose else str(number)


def sample(subject: str, language: str, regime: Regime) -> str:
    """A value of `subject`, a `Field` or ``time``, as people write it; a name where there is none of it.

    ``other_`` before it says that it is somebody else's.
    """
    match subject.removeprefix("other_"):
        case Field.DOCUMENT:
            return regime.document_example
        case Field.BIRTH_DATE:
            return "17.05.1980"
        case Field.POSTCODE:
            return _POSTCODES.get(regime.phone_region, _ANY_POSTCODE)
        case Field.PLATE:
            return _PLATES.get(regime.phone_region, _ANY_PLATE)
        case Field.CARD:
            return "1234567890"
        case Field.TAX_NUMBER:
            return _TAX_NUMBERS.get(regime.phone_region, _ANY_TAX_NUMBER)
        case _:
            texts = sentences(language)
            return texts.get(f"sample_{subject}") or texts["sample_name"]


def first_text(language: str, regime: Regime) -> str:
    """What somebody unknown sends first: a registration where that is a step of its own, else a request."""
    if not regime.registration.separate:
        return request_text(language, regime)
    field = Field.DOCUMENT if Field.DOCUMENT in regime.registration.required else Field.NAME
    return sentences(language)["text_register"].format(example=sample(field, language, regime))


def request_text(language: str, regime: Regime, purpose: Any = None) -> str:
    """A request for `purpose`, or else for the regime's most usual pass: the first that its examples ask for."""
    number = purpose if isinstance(purpose, int) else usual_purpose(regime)
    return sentences(language)["text_request"].format(number=number)


def usual_errand(language: str, regime: Regime) -> str:
    """What somebody says who wants the regime's most usual pass: a word for it, or its name."""
    purpose = regime.by_number[usual_purpose(regime)]
    return next(iter(purpose.keywords.get(language, ())), name_in(purpose.name, language, regime))


def usual_purpose(regime: Regime) -> int:
    """The number of the most usual purpose: the first that the regime's examples ask for."""
    for example in regime.examples:
        verb, _, rest = example.meaning.partition(" ")
        number = rest.partition(" ")[0]
        if verb == "request" and number.isdecimal() and int(number) in regime.by_number:
            return int(number)
    return regime.purposes[0].number
