"""Counting the segments a text is billed as."""

import pytest

from language.segments import Segments, count_segments


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Segments("GSM-7", 0, 1)),
        ("Pass THXA-9546-C61A", Segments("GSM-7", 19, 1)),
        ("a" * 160, Segments("GSM-7", 160, 1)),
        ("a" * 161, Segments("GSM-7", 161, 2)),
        ("a" * 306, Segments("GSM-7", 306, 2)),
        ("a" * 307, Segments("GSM-7", 307, 3)),
        ("é@£Ωß\n", Segments("GSM-7", 6, 1)),
        ("[€]", Segments("GSM-7", 6, 1)),
        ("a" * 159 + "€", Segments("GSM-7", 161, 2)),
        ("€" * 80, Segments("GSM-7", 160, 1)),
        ("`", Segments("UCS-2", 1, 1)),
        ("a" * 70 + "ё", Segments("UCS-2", 71, 2)),
        ("я" * 70, Segments("UCS-2", 70, 1)),
        ("я" * 71, Segments("UCS-2", 71, 2)),
        ("я" * 134, Segments("UCS-2", 134, 2)),
        ("я" * 135, Segments("UCS-2", 135, 3)),
        ("№", Segments("UCS-2", 1, 1)),
        ("🟢", Segments("UCS-2", 2, 1)),
        ("🟢" * 35, Segments("UCS-2", 70, 1)),
        ("🟢" * 36, Segments("UCS-2", 72, 2)),
        ("👩‍👧", Segments("UCS-2", 5, 1)),
        ("\ud83d", Segments("UCS-2", 1, 1)),
    ],
)
def test_segments_are_counted_as_the_carrier_bills_them(text: str, expected: Segments) -> None:
    assert count_segments(text) == expected


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("a" * 152 + "€" + "a" * 152, 3),
        ("a" * 151 + "€" + "a" * 153, 2),
        ("я" * 66 + "🟢" + "я" * 66, 3),
        ("я" * 65 + "🟢" + "я" * 67, 2),
    ],
)
def test_a_character_of_two_units_is_never_torn_apart(text: str, segments: int) -> None:
    assert count_segments(text).segments == segments
