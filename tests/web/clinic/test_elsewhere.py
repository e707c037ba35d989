"""Home moves, another place counts for a while and ends early, and the patient is told."""

import pytest

from monitoring.cases.changing import changes_of
from monitoring.cases.fences import KnownFence, fences_of
from monitoring.cases.watched import watched_case
from store import Store
from tests.web.clinic.ward import Ward


def known_of(store: Store, case_id: str) -> tuple[list[KnownFence], list[str]]:
    """The areas that count for a case, and what was changed of it."""
    with store.reading() as work:
        case = watched_case(work, case_id)
        assert case is not None
        return fences_of(work, case), [one.kind for one in changes_of(work, case)]


def test_home_moves_and_another_place_counts_for_a_while(ward: Ward, store: Store) -> None:
    case_id = ward.admits()
    url = f"/clinic/cases/{case_id}"

    ward.sends(f"{url}/move", aim="home").places("55.8", "49.2").sends(reason="Переехал к матери")
    ward.sends(f"{url}/move", aim="elsewhere").places("55.81", "49.21")
    ward.sends(start="2026-06-03T18:00", end="2026-06-03T20:00", reason="Перевязка")

    assert "The other place is allowed" in ward.reads and "From 03.06 18:00 until 03.06 20:00" in ward.reads
    fences, kinds = known_of(store, case_id)
    assert [one.role for one in fences] == ["home", "other", "other"] and kinds == ["elsewhere", "home"]
    moved, allowed = ward.texts()[-2:]
    assert fences[1].ends_at is not None
    assert moved == ("home_moved", "ru", {"until": fences[1].ends_at.isoformat()}), (
        "the old home counts until they can know"
    )
    assert allowed[0] == "elsewhere_allowed" and set(allowed[2]) == {"valid_from", "valid_until"}
    end = f"{url}/elsewhere/{fences[2].id}/end"
    ward.opens(end).sends(reason="")
    assert "Write why" in ward.reads
    ward.opens(end).sends(reason="Не нужно")
    assert "The other place ends early" in ward.reads and "18:00" not in ward.reads.split("What was changed")[0]
    assert ward.texts()[-1] == ("elsewhere_off", "ru", {}), "it had not begun"
    assert "Не нужно" in ward.reads


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-06-03T18:00", "2026-06-03T17:00"),
        ("2026-06-01T18:00", "2026-06-02T18:00"),
        ("2026-06-03T18:00", "2026-06-09T18:00"),
    ],
)
def test_an_exemption_is_short_and_ahead(ward: Ward, start: str, end: str) -> None:
    case_id = ward.admits()
    ward.sends(f"/clinic/cases/{case_id}/move", aim="elsewhere").places("55.81", "49.21")

    ward.sends(start=start, end=end, reason="Перевязка")

    assert "It ends after it begins" in ward.reads
