"""A list of workers in every shape that people and machines send."""

import pytest

from employers.sheets import MOST_BYTES, Line, SheetTrouble, read_sheet

ROW = ("Иванов Иван", "+79251234567", "4511123456", "", "")


@pytest.mark.parametrize(
    "text",
    [
        "Иванов Иван;+79251234567;4511123456",
        "Иванов Иван,+79251234567,4511123456",
        "Иванов Иван\t+79251234567\t4511123456",
        "Иванов Иван;+79251234567;4511123456;;",
        '"Иванов Иван";"+79251234567";"4511123456"\r\n',
        "Иванов Иван;'+79251234567;4511123456",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_a_line_is_read_whatever_the_separator_the_marks_and_the_encoding(text: str, encoding: str) -> None:
    assert read_sheet(text.encode(encoding)) == [Line(1, ROW)]


@pytest.mark.parametrize(
    "head",
    ["Телефон;ФИО;паспорт", "ТЕЛЕФОН;Ф.И.О.;Номер документа", "telephone;name;document", "телефон;исем;документ"],
)
def test_headings_tell_the_columns_in_any_order_and_language(head: str) -> None:
    content = f"{head}\n\n8 925 1234567;Иванов Иван;4511 123456\n".encode()

    assert read_sheet(content) == [Line(3, ("Иванов Иван", "8 925 1234567", "4511 123456", "", ""))]


def test_columns_that_nobody_knows_are_left_out() -> None:
    content = "должность;фио;телефон;документ;карта;что не так\nслесарь;Иванов;1;2;3;4".encode()

    assert read_sheet(content) == [Line(2, ("Иванов", "1", "2", "", "3"))]


def test_a_comma_in_quotes_separates_nothing() -> None:
    assert read_sheet('"Иванов, Иван";+79251234567;4511123456'.encode()) == [
        Line(1, ("Иванов, Иван", "+79251234567", "4511123456", "", ""))
    ]


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"", SheetTrouble.EMPTY),
        (b"\xef\xbb\xbf \r\n ; ;\n", SheetTrouble.EMPTY),
        ("фио;телефон;документ\n".encode(), SheetTrouble.EMPTY),
        (b"PK\x03\x04 a spreadsheet's own file", SheetTrouble.NO_TEXT),
        ("фио;телефон;документ".encode("utf-16"), SheetTrouble.NO_TEXT),
        (b"a;b;c\0", SheetTrouble.NO_TEXT),
        (b"\x98\xff;1;2", SheetTrouble.LETTERS),
        ('"Иванов;1;2\nПетров;3;4'.encode(), SheetTrouble.QUOTES),
        (b"a" * 200_000 + b";1;2", SheetTrouble.QUOTES),
        ("фио;телефон\nИванов;1".encode(), SheetTrouble.COLUMNS),
        (b"Ivanov 1 2", SheetTrouble.COLUMNS),
        (b";".join([b"x"] * 200), SheetTrouble.TOO_MANY_COLUMNS),
        (b"a;1;2\n" * 10_001, SheetTrouble.TOO_MANY_ROWS),
        (b"a" * (MOST_BYTES + 1), SheetTrouble.TOO_LARGE),
    ],
)
def test_what_is_no_list_is_told_in_one_word(content: bytes, trouble: SheetTrouble) -> None:
    assert read_sheet(content) is trouble


def test_ten_thousand_lines_are_read() -> None:
    lines = read_sheet(b"a;1;2\n" * 10_000)

    assert isinstance(lines, list) and len(lines) == 10_000
