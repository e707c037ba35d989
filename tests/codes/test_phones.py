"""Telephone numbers, as carriers and people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.phones import is_e164, read_phone


@pytest.mark.parametrize(
    "written",
    [
        "+79990000001",
        "89990000001",
        "79990000001",
        "9990000001",
        "+7 (999) 000-00-01",
        "8 999 000 00 01",
        "007 9990000001"[2:],
    ],
)
def test_a_russian_number_is_read_however_it_is_written(written: str) -> None:
    assert read_phone(written, "RU") == "+79990000001"


@pytest.mark.parametrize(
    ("written", "region", "read"),
    [
        ("6912345678", "GR", "+306912345678"),
        ("99123456", "CY", "+35799123456"),
        ("0501234567", "AZ", "+994501234567"),
        ("09812345678", "IN", "+919812345678"),
        ("+441632960000", "RU", "+441632960000"),
    ],
)
def test_a_number_without_a_country_belongs_to_the_region(written: str, region: str, read: str) -> None:
    assert read_phone(written, region) == read


@pytest.mark.parametrize(
    "written",
    "|anonymous|2590|900|112|SBERBANK|Госуслуги|+|+7|+0999|client:bob|🙂|\0|8-800-FLOWERS|tel:+79990000001".split("|"),
)
def test_what_nobody_can_answer_is_no_number(written: str) -> None:
    assert read_phone(written, "RU") is None


@pytest.mark.parametrize(
    "text",
    [
        "79990000001",
        "+09990000001",
        "+7999000000１",
        "+1234567",
        "+1234567890123456",
        "+7999 0000001",
        "+79990000001\n",
    ],
)
def test_only_carriers_form_is_taken_as_it_is(text: str) -> None:
    assert not is_e164(text)


@given(written=st.text(max_size=30))
def test_no_sender_leads_to_an_error(written: str) -> None:
    found = read_phone(written, "RU")

    assert found is None or is_e164(found)
