"""What may be known of a person or asked for a purpose."""

from enum import StrEnum


class Field(StrEnum):
    """One piece of information a regime can require; the value is its name in a regime's TOML file.

    Values are kept normalised: see `language.fields` for how each is recognised and written.
    """

    NAME = "name"  # family name first, as the person wrote it: "Иванов Иван Иванович"
    DOCUMENT = "document"  # upper case, letters and digits only: "9219632506", "AZE11111111"
    BIRTH_DATE = "birth_date"  # ISO 8601: "1980-05-17"
    ADDRESS = "address"
    POSTCODE = "postcode"
    PLATE = "plate"  # upper case Cyrillic look-alikes as Latin: "T111MO777"
    CARD = "card"  # transport card (Troika, Strelka): digits
    TAX_NUMBER = "tax_number"  # an employer's; check digits verified where the country has them
    ORGANISATION = "organisation"
    CLINIC = "clinic"
    REASON = "reason"  # in the person's own words
    DESTINATION = "destination"


PERSONAL = frozenset({Field.NAME, Field.DOCUMENT, Field.BIRTH_DATE, Field.ADDRESS, Field.POSTCODE})
"""Fields that belong to the person and are remembered; the rest belong to one application and its pass."""
