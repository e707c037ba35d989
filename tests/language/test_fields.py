"""Fields as people write them: recognised, normalised, or told to be malformed."""

from datetime import date

import pytest

from codes.fields import Field
from language.fields import Fit, read_field
from tests.language.texts import regime

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("name", "field", "given", "value"),
    [
        ("tatarstan-2020", Field.DOCUMENT, "92 19 № 632506", "9219632506"),
        ("tatarstan-2020", Field.DOCUMENT, "9219-632506", "9219632506"),
        ("tatarstan-2020", Field.DOCUMENT, "92 19 63 25 06", "9219632506"),
        ("tatarstan-2020", Field.DOCUMENT, "9 2 1 9 6 3 2 5 0 6", "9219632506"),
        ("tatarstan-2020", Field.DOCUMENT, "ВМ 123456", "BM123456"),
        ("tatarstan-2020", Field.DOCUMENT, "ав 1234567", "AB1234567"),
        ("tatarstan-2020", Field.DOCUMENT, "II-КБ 123456", "IIKB123456"),
        ("tatarstan-2020", Field.DOCUMENT, "921963250O", "9219632500"),
        ("tatarstan-2020", Field.DOCUMENT, "92196З2506", "9219632506"),
        ("tatarstan-2020", Field.DOCUMENT, "92I9 63250б", "9219632506"),
        ("tatarstan-2020", Field.DOCUMENT, "92l96Ч2SВ6", "9219642586"),
        ("tatarstan-2020", Field.DOCUMENT, "АС 1234567", "AC1234567"),
        ("azerbaijan-2020", Field.DOCUMENT, "АЗЕ 11111111", "AZE11111111"),
        ("moscow-2020", Field.BIRTH_DATE, "17.05.1980", "1980-05-17"),
        ("moscow-2020", Field.BIRTH_DATE, "17/5/80", "1980-05-17"),
        ("moscow-2020", Field.BIRTH_DATE, "1980-05-17", "1980-05-17"),
        ("moscow-2020", Field.BIRTH_DATE, "17 мая 1980 г.", "1980-05-17"),
        ("moscow-2020", Field.BIRTH_DATE, "May 17, 1980", "1980-05-17"),
        ("moscow-2020", Field.BIRTH_DATE, "17051980", "1980-05-17"),
        ("moscow-2020", Field.BIRTH_DATE, "01.02.20", "2020-02-01"),
        ("moscow-2020", Field.PLATE, "т 111 мо 777", "T111MO777"),
        ("moscow-2020", Field.PLATE, "т111м0777", "T111MO777"),
        ("example-en", Field.PLATE, "ab12 cde", "AB12CDE"),
        ("moscow-2020", Field.CARD, "0123 4567 89", "0123456789"),
        ("moscow-2020", Field.TAX_NUMBER, "7707083893", "7707083893"),
        ("cyprus-2020", Field.POSTCODE, "1010", "1010"),
        ("greece-2020", Field.POSTCODE, "115 26", "11526"),
        ("tatarstan-2020", Field.NAME, " Иванов  Иван ", "Иванов Иван"),
        ("tatarstan-2020", Field.NAME, "O'Brien Mary-Jane", "O'Brien Mary-Jane"),
        ("tatarstan-2020", Field.ADDRESS, "ул. Цельная, 8", "ул. Цельная, 8"),
    ],
)
def test_a_field_is_normalised(name: str, field: Field, given: str, value: str) -> None:
    reading = read_field(field, given, regime(name), TODAY)

    assert (reading.fit, reading.value) == (Fit.FINE, value)


@pytest.mark.parametrize(
    ("field", "given", "fit"),
    [
        (Field.DOCUMENT, "921963250", Fit.MALFORMED),
        (Field.DOCUMENT, "92196325061", Fit.MALFORMED),
        (Field.DOCUMENT, "паспорт", Fit.OTHER),
        (Field.BIRTH_DATE, "31.02.1980", Fit.MALFORMED),
        (Field.BIRTH_DATE, "01.02.2090", Fit.MALFORMED),
        (Field.BIRTH_DATE, "01.02.1800", Fit.MALFORMED),
        (Field.BIRTH_DATE, "вчера", Fit.OTHER),
        (Field.PLATE, "Т111М", Fit.MALFORMED),
        (Field.PLATE, "машина", Fit.OTHER),
        (Field.CARD, "1234", Fit.MALFORMED),
        (Field.CARD, "тройка", Fit.OTHER),
        (Field.TAX_NUMBER, "7707083894", Fit.MALFORMED),
        (Field.TAX_NUMBER, "нет", Fit.OTHER),
        (Field.POSTCODE, "1234", Fit.MALFORMED),
        (Field.POSTCODE, "нет", Fit.OTHER),
        (Field.NAME, "Иванов 5", Fit.MALFORMED),
        (Field.NAME, "12", Fit.OTHER),
        (Field.ADDRESS, "8", Fit.OTHER),
        (Field.REASON, "", Fit.OTHER),
    ],
)
def test_what_cannot_be_the_field_is_told_apart_from_what_is_something_else(field: Field, given: str, fit: Fit) -> None:
    assert read_field(field, given, regime("moscow-2020"), TODAY).fit is fit
