"""Every line is explained before anything is asked for, by what stands in it and what this organisation said before."""

import pytest
from sqlalchemy import select

from codes.employers.destroying_accounts import forget_lists
from codes.employers.employments import document_index
from codes.fields import Field
from codes.people import add_person
from monitoring.cases.opening import open_case
from store.employers import UploadRow
from store.phones import ensure_phone
from tests.employers.office import Office, line, listed, number
from tests.web.auditing import entries


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("other", "findings"),
    [
        ({}, ()),
        ({"name": ""}, (("empty", "name"),)),
        ({"phone": "12"}, (("wrong", "phone"),)),
        ({"phone": "+74951234567"}, (("no_mobile", "phone"),)),
        ({"phone": "+14155550100"}, (("no_mobile", "phone"),)),
        ({"document": "45"}, (("wrong", "document"),)),
        ({"plate": "X1"}, (("wrong", "plate"),)),
        ({"plate": "", "card": "12"}, (("wrong", "card"),)),
        ({"name": "И" * 201}, (("long", "name"),)),
        ({"name": "=cmd|' /C calc'!A0", "phone": "x"}, (("wrong", "name"), ("wrong", "phone"))),
    ],
)
def test_a_line_says_what_is_wrong_with_it(firm: Office, other: dict[str, str], findings: object) -> None:
    upload_id = firm.read(line(1, **other))

    assert firm.findings(upload_id) == {1: findings}
    assert firm.upload(upload_id).fine == (not findings)


def test_who_stands_twice_in_a_list_is_told_with_the_line(firm: Office) -> None:
    upload_id = firm.read("\n".join([line(1), line(2), line(3, phone=number(1)), line(4, document="4500000002")]))

    assert firm.findings(upload_id) == {1: (), 2: (), 3: (("same_phone", 1),), 4: (("same_document", 2),)}


def test_who_has_a_pass_that_lives_is_told_and_who_is_said_otherwise_now(firm: Office) -> None:
    firm.issue(listed([1, 2]))

    upload_id = firm.read("\n".join([line(1), line(2, phone=number(7)), line(3)]))

    assert firm.findings(upload_id) == {1: (("live", None),), 2: (("live", None),), 3: ()}
    firm.clock.pass_by(days=12)
    again = firm.read("\n".join([line(1), line(2, phone=number(7))]))
    assert firm.findings(again) == {1: (), 2: (("changed", ["phone"]),)}


def test_nothing_that_we_know_of_a_person_shows(firm: Office) -> None:
    with firm.store.work() as work:
        at_home = add_person(work, ensure_phone(work, number(1)), {Field.DOCUMENT: "4500000001"})
    with firm.store.work() as work:
        open_case(work, at_home.id, "told to stay at home", "tests")

    upload_id = firm.read(listed([1, 2]))

    assert firm.findings(upload_id) == {2: (), 3: ()}
    assert firm.passes() == []


def test_rows_lie_sealed_and_say_nothing_in_clear(firm: Office) -> None:
    firm.read(listed([1]))

    with firm.store.reading() as work:
        (row,) = work.rows(select(UploadRow))
    assert "Рабочий".encode() not in bytes(row.sealed) and "4500000001" not in row.findings


def test_a_list_with_many_wrong_numbers_is_noted(firm: Office) -> None:
    firm.read("\n".join(line(place, phone="12") for place in range(30)))

    noted = [(subject, details) for _, subject, details in entries(firm.store, "organisation.many_wrong_numbers")]
    assert [subject for subject, _ in noted] == [firm.organisation_id]


def test_another_organisation_knows_nothing_of_these_workers(firm: Office) -> None:
    with firm.store.reading() as work:
        one, other = (document_index(work, name, "4500000001") for name in ("a", "b"))

    assert one != other


def test_a_line_that_was_not_pressed_is_gone_after_a_day(firm: Office) -> None:
    upload_id = firm.read(listed([1]))
    firm.clock.pass_by(days=1, minutes=1)

    with firm.store.work() as work:
        forget_lists(work)

    assert (firm.upload(upload_id).state, firm.rows(upload_id)) == ("dropped", [])
    assert not firm.press(upload_id)
