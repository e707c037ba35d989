"""Where home is: searched, set by coordinates, drawn as a fence; outlines for the map."""

import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from monitoring.cases.fences import fences_of
from monitoring.cases.watched import watched_case
from store import Store
from tests.web.clinic.ward import PATIENT, PLAN, Ward, register
from tests.web.reading import csrf


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("lat", "lon", "said"),
    [
        ("0", "0", "Nobody lives"),
        ("99", "49", "Nobody lives"),
        ("nan", "49", "Nobody lives"),
        ("x", "", "Choose a building"),
    ],
)
def test_a_home_is_where_somebody_can_live(ward: Ward, lat: str, lon: str, said: str) -> None:
    draft = ward.begins()

    ward.opens(f"{draft}/map").sends(lat=lat, lon=lon, address="Баумана")

    assert said in ward.reads and ward.page and ward.page.status_code == 422


def test_an_address_is_found_as_it_is_spelt_and_its_house_is_the_fence(ward: Ward, store: Store) -> None:
    register(store)
    draft = ward.begins()
    ward.sends(**PATIENT).sends(**PLAN).sends(address="ул баумона 7")
    assert ward.page
    found = re.findall(r'name="place" value="([^"]+)">([^<]+)<', ward.page.text)
    assert [text for _, text in found] == ["улица Баумана, 7"]

    ward.sends(place=found[0][0])

    assert ward.path == f"{draft}/fence" and "A building of about 19 by 17 m" in ward.reads


def test_what_no_register_knows_is_said(ward: Ward, store: Store) -> None:
    register(store)
    ward.begins()

    ward.sends(**PATIENT).sends(**PLAN).sends(address="Марсианская 1")

    assert "No address in the register is like that" in ward.reads


def test_outlines_are_told_to_clinicians_who_ask_in_a_body(ward: Ward, store: Store) -> None:
    register(store)
    token = csrf(ward.client, "/clinic")
    box = {"west": 49.11, "south": 55.789, "east": 49.1135, "north": 55.791}

    def ask(**other: Any) -> TestResponse:
        return ward.client.post("/clinic/outlines", json={**box, **other}, headers={"X-CSRFToken": token})

    assert [one["text"] for one in ask().get_json()["outlines"]] == [f"улица Баумана, {place}" for place in (1, 2, 3)]
    assert ask(east=80).get_json() == {"outlines": []}
    assert ask(east="nan").get_json() == {"outlines": []}
    assert ask(east=None).status_code == ask(east=10**400).status_code == 400
    assert ward.client.post("/clinic/outlines", json=box).status_code == 400


def test_another_place_ends_early_with_a_reason_alone(ward: Ward, store: Store) -> None:
    case_id = ward.admits()
    url = f"/clinic/cases/{case_id}"
    ward.sends(f"{url}/move", aim="elsewhere").places("55.81", "49.21")
    ward.sends(start="2026-06-03T18:00", end="2026-06-03T20:00", reason="Перевязка")
    with store.reading() as work:
        case = watched_case(work, case_id)
        assert case is not None
        early = f"{url}/elsewhere/{fences_of(work, case)[1].id}/end"

    ward.opens(early).sends(reason=" ")
    assert "Write why" in ward.reads and "From 03.06 18:00" in ward.reads
    ward.sends(reason="Приём отменён")

    assert "The other place ends early" in ward.reads and "Приём отменён" in ward.reads
    assert "18:00" not in ward.reads.split("What was changed")[0]
    assert ward.opens(early).path == url, "there is nothing to end twice"
