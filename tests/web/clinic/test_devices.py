"""An app is connected by a code on the case's page, and a patient's number corrected."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from codes.meeting import meet
from monitoring.cases.watched import watched_case
from monitoring.home.links import Entry, find_link
from monitoring.patients.devices import apps_of
from monitoring.patients.links import new_link
from store import Store
from store.audit import AuditEntry
from store.columns import table
from tests.web.clinic.conftest import Clinician
from tests.web.clinic.ward import PATIENT, Ward

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
CODE = re.compile(r'class="app-code">([^<]+)<')
NEW = "+79990000044"
SAYS = {"number": "8 999 000-00-44", "read_back": "y", "reason": "Ошибка в цифре"}


def code_on(ward: Ward) -> str:
    assert ward.page is not None
    found = CODE.search(ward.page.text)
    assert found, ward.reads
    return found[1]


def connects(app: Flask, code: str) -> int:
    return app.test_client().post("/api/v1/devices", json={"code": code, "model": "iOS 17"}).status_code


def test_an_app_is_connected_by_a_code_that_is_shown_once_and_let_go_with_a_reason(ward: Ward, app: Flask) -> None:
    case_id = ward.admits()
    url = f"/clinic/cases/{case_id}"

    ward.opens(url).sends(f"{url}/app")

    code = code_on(ward)
    assert ward.page is not None and "<svg" in ward.page.text
    assert "It works once, until" in ward.reads
    assert "A code that connects an app can be used" in ward.opens(url).reads and code not in ward.reads
    assert connects(app, code) == 201
    assert "App, iOS 17" in ward.opens(url).reads and "A code that connects" not in ward.reads

    ends = re.search(rf'href="({url}/devices/[^"]+/end)"', ward.page.text)
    assert ends
    ward.opens(ends[1]).sends(reason="Телефон сменился")
    assert "It reports no more" in ward.reads and "App, iOS 17" not in ward.reads and "Телефон сменился" in ward.reads


def test_the_page_of_a_code_sent_again_makes_no_other(ward: Ward, app: Flask) -> None:
    case_id = ward.admits()
    url = f"/clinic/cases/{case_id}"
    ward.opens(url)
    assert ward.page is not None
    form = next(form for form in ward.page.text.split("<form")[1:] if f'action="{url}/app"' in form)
    hidden = dict(re.findall(r'<input type="hidden" name="(csrf_token|once)" value="([^"]*)">', form))

    first = ward.client.post(f"{url}/app", data=hidden)
    again = ward.client.post(f"{url}/app", data=hidden, follow_redirects=True)

    assert CODE.search(first.text) and not CODE.search(again.text) and "shown once" in again.text
    found = CODE.search(first.text)
    assert found and connects(app, found[1]) == 201


@pytest.mark.parametrize("means", ["call", "visit"])
def test_who_is_asked_without_a_link_has_no_app(ward: Ward, means: str) -> None:
    case_id = ward.admits(means=means)
    url = f"/clinic/cases/{case_id}"

    assert "Connect an app" not in ward.opens(url).reads


def test_another_clinic_connects_nothing_and_corrects_nothing(ward: Ward, clinician: Clinician) -> None:
    case_id = ward.admits()
    other = clinician("B", "Клиника 2").opens("/clinic")

    for action in ("app", "number"):
        assert other.page is not None
        form = dict(re.findall(r'name="(csrf_token)" value="([^"]*)"', other.page.text))
        sent = other.client.post(f"/clinic/cases/{case_id}/{action}", data={**form, "once": "x" * 22, **SAYS})
        assert sent.status_code == 404


def test_a_number_is_corrected_by_the_desks_rule_and_kept_with_why(ward: Ward, store: Store, app: Flask) -> None:
    case_id = ward.admits()
    url = f"/clinic/cases/{case_id}"
    ward.opens(url).sends(f"{url}/app")
    assert connects(app, code_on(ward)) == 201
    with store.work() as work:
        case = watched_case(work, case_id)
        assert case is not None
        token = new_link(work, case, "page", case.ends_at or work.now)
    before = len(ward.texts())

    ward.opens(f"{url}/number").sends(**SAYS)

    assert "The number is corrected" in ward.reads and NEW in ward.reads and "Ошибка в цифре" in ward.reads
    assert {template for template, _, _ in ward.texts()[before:]} == {"phone_moved", "registered", "page_link"}
    with store.work() as work:
        moved = watched_case(work, case_id)
        assert moved is not None
        assert find_link(work, token).entry is Entry.ENDED and not apps_of(work, moved)
        assert [one.id for one in meet(work, NEW).holders] == [moved.person_id]
        assert not meet(work, PATIENT["number"]).holders
        audited = {row.action: row.actor for row in work.rows(select(table(AuditEntry)))}
    assert audited["person.moved"] == audited["case.changed"] == f"staff:{ward.person.id}"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"read_back": ""}, "Read the number back"),
        ({"reason": ""}, "Write why"),
        ({"number": "12"}, "This can't be a telephone number"),
    ],
)
def test_a_number_that_is_not_certain_is_not_taken(ward: Ward, typed: dict[str, str], said: str) -> None:
    case_id = ward.admits()

    ward.opens(f"/clinic/cases/{case_id}/number").sends(**{k: v for k, v in (SAYS | typed).items() if v})

    assert ward.page and ward.page.status_code == 422 and said in ward.reads


def test_a_number_that_is_theirs_or_while_ours_is_lent_stays(ward: Ward) -> None:
    case_id = ward.admits()
    url = f"/clinic/cases/{case_id}"

    ward.opens(f"{url}/number").sends(**SAYS | {"number": PATIENT["number"]})
    assert "They are on this number already" in ward.reads
    ward.opens(f"{url}/phones").sends(number="+79990000077", serial="SN 7", due="2026-06-10")
    ward.opens(f"{url}/number").sends(**SAYS)

    assert "Take it back first" in ward.reads and NEW not in ward.reads
