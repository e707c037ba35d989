"""Signs that nobody sees are taken out of what people write; what languages need stays."""

import pytest

from codes.fields import Field
from codes.regime import read_regime
from codes.regimes import preset
from language.fields import Fit, read_field
from language.visible import visible
from tests.clock import Clock


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("plain, й ё Ё ə ғ", "plain, й ё Ё ə ғ"),
        ("two\r\nlines\tand a tab", "two\r\nlines\tand a tab"),
        ("a\u202etxt.exe\u202c", "atxt.exe"),
        ("\u2066a\u2069\u200f\u200e\u061c", "a"),
        ("a\x08\x1b[31mb\x7f\x9b", "a[31mb"),
        ("a\x0bb\x0cc\u2028d\x85e", "a b c d e"),
        ("\ufeffa\u200bb\u00adc\u2060", "abc"),
        ("മലയാള\u200dം क्\u200cष", "മലയാള\u200dം क्\u200cष"),
        ("👨\u200d👩\u200d👧 ☎\ufe0f", "👨\u200d👩\u200d👧 ☎\ufe0f"),
    ],
)
def test_what_nobody_sees_is_gone(typed: str, kept: str) -> None:
    assert visible(typed) == kept


@pytest.mark.parametrize("field", [Field.NAME, Field.ORGANISATION, Field.DESTINATION, Field.REASON, Field.ADDRESS])
def test_a_field_keeps_nothing_that_nobody_sees(field: Field) -> None:
    regime, today = read_regime(preset("moscow-2020")), Clock().now.date()

    read = read_field(field, "Иванов\u202e Анна\x08\u2067 \u200bВера", regime, today)

    assert (read.fit, read.value) == (Fit.FINE, "Иванов Анна Вера")
