"""People by district: rough, none under ten, and nothing that says where somebody lives."""

from sqlalchemy import update
from sqlmodel import col

from drawing import count_districts
from monitoring.figures.districts import people_by_district, rough
from store.cases import Case
from tests.monitoring.figures.town import Town


def counted(town: Town) -> dict[str, int | None]:
    with town.store.reading() as work:
        return {one.name: one.least for one in people_by_district(work)}


def test_homes_are_counted_in_their_districts_in_steps_of_five(town: Town) -> None:
    town.districts("Север", "Юг", "Запад")
    cases = town.patients(33)
    town.all_live(cases[:13], 49.5)
    town.all_live(cases[13:30], 50.5)
    town.all_live(cases[30:], 60.0)

    assert count_districts(town.store)

    assert counted(town) == {"Север": None, "Юг": 15, "Запад": None, "": None}


def test_it_is_counted_once_a_day_and_after_an_import(town: Town) -> None:
    town.districts("Север")
    first = count_districts(town.store)
    again = count_districts(town.store)
    town.clock.pass_by(minutes=1)
    town.districts("Север", "Юг")
    imported = count_districts(town.store)
    town.clock.pass_by(hours=24)

    assert (first, again, imported, count_districts(town.store)) == (True, False, True, True)


def test_without_districts_nothing_is_counted(town: Town) -> None:
    assert not count_districts(town.store)


def test_who_is_at_home_no_more_is_not_counted(town: Town) -> None:
    town.districts("Север", "Юг")
    cases = town.patients(24)
    town.all_live(cases[:12], 49.5)
    town.all_live(cases[12:], 50.5)
    count_districts(town.store)
    before = counted(town)
    with town.store.work() as work:
        work.run(update(Case).where(col(Case.id).in_(cases[:3])), closed_at=work.now, closing="recovered")
    town.clock.pass_by(hours=24)

    count_districts(town.store)

    assert before == {"Север": 10, "Юг": 10}
    assert counted(town) == {"Север": None, "Юг": None}


def test_one_hidden_district_takes_another_with_it() -> None:
    assert rough({"a": 31, "b": 14, "c": 2}) == {"a": 30, "b": None, "c": None}
    assert rough({"a": 31, "b": 14, "c": 6, "d": 6}) == {"a": 30, "b": 10, "c": None, "d": None}
    assert rough({"a": 31, "b": 14}) == {"a": 30, "b": 10}
