"""The published texts of every preset, through the real parser."""

from datetime import UTC, datetime

import pytest

from codes.regime import read_regime
from codes.regimes import PRESETS, preset, preset_names
from language.proofreading import check
from language.understanding import describe_fields, understand

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_has_nothing_to_find(name: str) -> None:
    assert [str(finding) for finding in check(preset(name), PRESETS)] == []


@pytest.mark.parametrize(
    ("name", "text", "fields"),
    [
        ("tatarstan-2020", "Регистрация#9219632506", "document=9219632506"),
        (
            "tatarstan-2020",
            "РЕГИСТРАЦИЯ#Иванов Иван Иванович#9219632506#Казань, ул. Баумана, 5#Согласен",
            "name=Иванов Иван Иванович; document=9219632506; address=Казань, ул. Баумана, 5",
        ),
        (
            "moscow-2020",
            "Пропуск*1*Иванов*Иван*Иванович*1*4411*123456*Т111МО777*1111111111",
            "name=Иванов Иван Иванович; document=4411123456; plate=T111MO777; card=1111111111",
        ),
        (
            "moscow-2020",
            "Пропуск*1*1*4411*123456*Т111МО777**12345678901*7701234560*ООО Ромашка",
            "document=4411123456; plate=T111MO777; card=12345678901; tax_number=7701234560; organisation=ООО Ромашка",
        ),
        (
            "moscow-2020",
            "Пропуск*2*1*4411*123456*17.05.1980****Больница 67",
            "document=4411123456; birth_date=1980-05-17; clinic=Больница 67",
        ),
        (
            "moscow-2020",
            "Пропуск*3*1*4411*123456****магазин*ул. Лесная, 5",
            "document=4411123456; reason=магазин; destination=ул. Лесная, 5",
        ),
        ("greece-2020", "3 Ελένη Γεωργίου Τσιμισκή 40", "name=Γεωργίου Ελένη; address=Τσιμισκή 40"),
        ("cyprus-2020", "2 0001234567 1010", "document=0001234567; postcode=1010"),
        ("azerbaijan-2020", "2aze11111111", "document=AZE11111111"),
        (
            "example-en",
            "PASS*3*HA123456*Harrow Boatyard*AB12CDE",
            "document=HA123456; plate=AB12CDE; organisation=Harrow Boatyard",
        ),
    ],
)
def test_a_published_form_is_read_to_the_letter(name: str, text: str, fields: str) -> None:
    understood = understand(text, read_regime(preset(name)), now=NOON)

    assert describe_fields(understood.intent) == fields
