"""Officers: enrolled one by one or from a sheet that is tried first, moved, unlocked, let go."""

import re
from io import BytesIO

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlmodel import col

from codes.police.enlisting import MOST, SheetTrouble, new_pin, read_sheet
from codes.police.officers import Shift, enroll, open_shift
from codes.police.roster import roster
from codes.regimes import in_force
from store import Store
from store.officers import Officer
from tests.clock import Clock
from tests.stories.desk import AgentAtDesk, Filled
from tests.web.auditing import entries
from tests.web.test_sheets import read_csv

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NUMBER = "+79990000009"
_PIN = re.compile(r"\b\d{6}\b")


def opens_shift(store: Store, pin: str, number: str = NUMBER) -> Shift:
    """What a shift with this PIN comes to."""
    with store.work() as work:
        (officer,) = [one.officer for one in roster(work, in_force(work)) if one.phone == number]
        return open_shift(work, officer, pin, None, "tests").shift


@pytest.fixture
def enlisted(olga: AgentAtDesk, store: Store) -> str:
    """An officer of Unit 1; their id."""
    with store.work() as work:
        return enroll(work, NUMBER, "Unit 1", "4821", None, "tests")


def test_one_is_enrolled_and_the_pin_is_shown_once(olga: AgentAtDesk, store: Store) -> None:
    form = olga.opens("/admin/officers/enrol").fills("/enrol", phone="8 999 000-00-09", unit=" Unit  1 ")

    (pin,) = _PIN.findall(olga.submits(form).reads)

    assert "+7…0009, Unit 1" in olga.reads and NUMBER not in olga.html
    assert not _PIN.findall(olga.submits(form).reads) and "The PINs were shown once" in olga.reads
    assert opens_shift(store, pin) is Shift.OPENED
    assert "Unit 1 +7…0009 On shift until 24:00" in olga.opens("/admin/officers").reads


@pytest.mark.parametrize(
    ("phone", "unit", "says"),
    [
        ("12", "Unit", "No telephone number"),
        ("", "Unit", "Enter the telephone"),
        (NUMBER, " ", "Enter the unit"),
        (NUMBER, "Unit", "serves on this number already"),
    ],
)
@one_database
def test_what_is_wrong_is_said(olga: AgentAtDesk, enlisted: str, phone: str, unit: str, says: str) -> None:
    olga.opens("/admin/officers/enrol").sends("/enrol", phone=phone, unit=unit)

    assert (olga.status, says in olga.reads) == (422, True)


class TestSheet:
    def test_it_is_tried_line_by_line_and_then_enrolled(self, olga: AgentAtDesk, enlisted: str, store: Store) -> None:
        sheet = (
            f"Телефон;Подразделение;Зона\n+79990000011;=Отдел 1;\n12;Отдел;\n{NUMBER};Отдел;\n"
            "+79990000012;;\n+79990000011;Отдел;\n+79990000013;Отдел;Луна\n"
        )
        form = olga.opens("/admin/officers/sheet").fills("/sheet")
        upload = {**form.fields, "file": (BytesIO(b"\xef\xbb\xbf" + sheet.encode()), "officers.csv")}
        olga.page = olga.client.post(form.url, data=upload, content_type="multipart/form-data")

        said = ["Would be enrolled", "No telephone number", "An officer serves on this number already"]
        said += [
            "No unit, or one of more than 80 signs",
            "The number stands higher up already",
            "The order has no such zone",
        ]
        assert [one in olga.reads for one in said] == [True] * 6 and "1 officer would be enrolled." in olga.reads
        with store.reading() as work:
            assert len(roster(work, in_force(work))) == 1
        sure = olga.fills("/sheet")
        sure = Filled(sure.url, {**sure.fields, "lines": sheet})
        (pin,) = _PIN.findall(olga.submits(sure).reads)

        assert opens_shift(store, pin, "+79990000011") is Shift.OPENED
        assert not _PIN.findall(olga.submits(sure).reads)
        assert [line[1] for line in read_csv(olga.client.get("/admin/officers.csv").data) if "Отдел" in line[1]] == [
            "'=Отдел 1"
        ]

    @pytest.mark.parametrize(
        ("text", "trouble"),
        [
            ("", SheetTrouble.EMPTY),
            ("telephone,unit\n", SheetTrouble.EMPTY),
            ("+79990000001,Unit\n", SheetTrouble.COLUMNS),
            ("telephone,unit\n" + "+79990000001,Unit\n" * (MOST + 1), SheetTrouble.LONG),
        ],
    )
    def test_what_can_t_be_read_is_said(self, text: str, trouble: SheetTrouble) -> None:
        assert read_sheet(text) is trouble

    @given(st.text(max_size=300))
    def test_no_sheet_breaks_it(self, text: str) -> None:
        for head in ("", "telephone,unit\n", "unit;phone;zone\n"):
            assert isinstance(read_sheet(head + text), SheetTrouble | list)


class TestOne:
    def test_another_unit_a_new_pin_a_link_and_leaving(
        self, olga: AgentAtDesk, enlisted: str, store: Store, app: Flask
    ) -> None:
        page = f"/admin/officers/{enlisted}"
        assert "Changed." in olga.opens(page).sends("/transfer", unit="Unit 2").reads and 'value="Unit 2"' in olga.html
        assert opens_shift(store, "4821") is Shift.OPENED

        (pin,) = _PIN.findall(olga.opens(page).sends("/pin").reads)
        assert "Not on shift" in olga.opens(page).reads
        assert (opens_shift(store, "4821"), opens_shift(store, pin)) == (Shift.WRONG_PIN, Shift.OPENED)

        link = re.search(r"https://pass\.example(/police/enrol/[\w-]+)", olga.opens(page).sends("/link").html)
        assert link and app.test_client().get(link[1]).status_code == 200
        assert "They serve no more" in olga.opens(page).sends("/leave").reads
        assert olga.opens(page).status == 404 and app.test_client().get(link[1]).status_code == 404
        assert [entries(store, f"officer.{done}")[0][1] for done in ("transferred", "pin_renewed", "left")] == [
            enlisted
        ] * 3

    def test_a_locked_one_is_unlocked_with_a_reason(
        self, olga: AgentAtDesk, enlisted: str, store: Store, clock: Clock
    ) -> None:
        assert "/unlock" not in olga.opens(f"/admin/officers/{enlisted}").html
        with store.work() as work:
            work.run(update(Officer).where(col(Officer.id) == enlisted), locked_at=work.now, wrong_pins=5)
        form = olga.opens(f"/admin/officers/{enlisted}").fills("/unlock", unlock_why="unit_confirms")

        assert "Unlocked." in olga.submits(form).reads
        assert entries(store, "officer.unlocked") == [(f"staff:{olga.person.id}", enlisted, {"why": "unit_confirms"})]

    @pytest.mark.parametrize("act", ["pin", "link", "leave", "transfer", "unlock"])
    @one_database
    def test_of_nobody_nothing_is_changed(self, olga: AgentAtDesk, enlisted: str, act: str) -> None:
        form = olga.opens("/admin/officers/enrol").fills("/enrol", unit="Unit", unlock_why="other")

        olga.submits(Filled(f"/admin/officers/nobody/{act}", form.fields))

        assert "No such officer serves any more." in olga.reads


def test_a_pin_is_hard_to_guess(store: Store) -> None:
    pins = [new_pin(store.random) for _ in range(2000)]

    assert all(_PIN.fullmatch(pin) for pin in pins) and len(set(pins)) > 1900
    assert not {"000000", "123456", "654321"} & set(pins)
