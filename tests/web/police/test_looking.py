"""The officer's page without a script: a code in any spelling, a plate or a card where the order binds them."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from codes.code import draw_code
from codes.regimes import activate, preset
from store import Store
from store.officers import Inspection
from tests.clock import Clock
from tests.codes.counter import ANN, Counter
from tests.web.police.conftest import Duty
from tests.web.reading import csrf, send, words

NONCE = "0b1e6c3a-0000-4000-8000-000000000001"


def told(answer: TestResponse) -> str:
    """What the panel says; the templates of all others stand on the page too."""
    panel = answer.text.partition('id="verdict"')[2].partition("police-scan")[0]
    return " ".join(re.sub("<[^>]+>", " ", panel).partition(">")[2].split())


def looks(store: Store) -> list[tuple[str, str, str]]:
    kept = Inspection.__table__  # type: ignore[attr-defined]
    with store.reading() as work:
        return [(row.verdict, row.channel, row.officer_id) for row in work.rows(select(kept).order_by(kept.c.id))]


def test_a_code_in_any_spelling_is_judged_and_kept(
    on_shift: FlaskClient, counter: Counter, duty: Duty, store: Store
) -> None:
    code = counter.grant(ANN, 8).code
    spelt = f"  {code.lower().replace('-', ' ')} ".replace("h", "н").replace("a", "а")

    answer = send(on_shift, "/police", shown="/police", typed=spelt)

    said = told(answer)
    assert answer.status_code == 200
    assert "✓ Valid" in said and code in said and "И.А.И." in said.replace("ИАИ", "И.А.И.") and "…2506" in said
    assert "Иванова" not in answer.text and "9219632506" not in answer.text
    assert looks(store) == [("valid", "page", duty.id)]
    assert code not in answer.request.path


def test_a_mistyped_code_says_so_at_once(on_shift: FlaskClient, counter: Counter) -> None:
    code = counter.grant(ANN, 8).code

    said = told(send(on_shift, "/police", shown="/police", typed=code[:-1] + ("A" if code[-1] != "A" else "E")))

    assert "! Mistyped" in said


def test_the_third_code_that_nobody_has_locks(on_shift: FlaskClient, counter: Counter, store: Store) -> None:
    shape = counter.who(ANN).terms.regime.code
    tried = [draw_code(shape, counter.clock.now.date(), store.random) for _ in range(4)]

    said = [told(send(on_shift, "/police", shown="/police", typed=code)) for code in tried]

    assert ["you are locked" in text for text in said[:3]] == [False, False, True]
    assert "You are locked" in said[3] and len(looks(store)) == 3


def test_without_a_shift_nothing_is_looked_up(
    client: FlaskClient, on_shift: FlaskClient, counter: Counter, clock: Clock
) -> None:
    code, key = counter.grant(ANN, 8).code, {"X-CSRFToken": csrf(on_shift, "/police")}
    clock.pass_by(hours=12)

    answer = on_shift.post("/police/look", json={"kind": "code", "typed": code, "nonce": NONCE}, headers=key)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/police/sign-in?ended=1")


def test_the_script_gets_the_same_verdict(on_shift: FlaskClient, counter: Counter) -> None:
    grant, key = counter.grant(ANN, 8), {"X-CSRFToken": csrf(on_shift, "/police")}

    answer = on_shift.post(
        "/police/look", json={"kind": "code", "typed": grant.code, "nonce": NONCE}, headers=key
    ).get_json()

    assert (answer["kind"], answer["mark"], answer["shown"]) == ("valid", "green", grant.code)
    assert (answer["until"], answer["tail"]) == (grant.valid_until.isoformat(), "2506")
    assert set(answer) <= set("kind mark shown purpose from until initials tail grace locked".split())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "said", [{}, [], None, "code", {"kind": "code"}, {"kind": "code", "typed": ""}, {"kind": 1, "typed": 2}]
)
def test_what_is_no_question_is_refused(on_shift: FlaskClient, said: object) -> None:
    key = {"X-CSRFToken": csrf(on_shift, "/police")}

    assert on_shift.post("/police/look", json=said, headers=key).status_code == 400


def test_a_plate_is_looked_up_where_the_order_binds_it_alone(
    on_shift: FlaskClient, counter: Counter, store: Store
) -> None:
    key = {"X-CSRFToken": csrf(on_shift, "/police")}
    asked = {"kind": "plate", "typed": "т111мо 777", "nonce": NONCE}
    assert on_shift.post("/police/look", json=asked, headers=key).get_json() == {"bar": "not_bound"}
    assert "What do you check?" not in words(on_shift.get("/police"))

    with store.work() as work:
        activate(work, preset("moscow-2020"), work.now, "tests")

    assert "What do you check?" in words(on_shift.get("/police"))
    assert on_shift.post("/police/look", json=asked, headers=key).get_json()["kind"] == "unknown"
    odd = {"kind": "plate", "typed": "!", "nonce": NONCE}
    assert on_shift.post("/police/look", json=odd, headers=key).get_json() == {"bar": "malformed"}


def test_the_camera_and_the_decoder_are_allowed_on_this_page_alone(on_shift: FlaskClient) -> None:
    page, other = on_shift.get("/police"), on_shift.get("/account")

    assert "camera=(self)" in page.headers["Permissions-Policy"]
    assert "'wasm-unsafe-eval'" in page.headers["Content-Security-Policy"]
    assert "'unsafe-eval'" not in page.headers["Content-Security-Policy"].replace("'wasm-unsafe-eval'", "")
    assert "camera=()" in other.headers["Permissions-Policy"]
    assert "wasm" not in other.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"


def test_the_page_can_be_installed_and_its_worker_names_every_file(on_shift: FlaskClient, client: FlaskClient) -> None:
    manifest, worker = client.get("/police/manifest.webmanifest"), client.get("/police/worker.js")

    said = manifest.get_json(force=True)
    assert (said["start_url"], said["scope"], said["display"]) == ("/police", "/police", "standalone")
    for icon in said["icons"]:
        assert client.get(icon["src"]).mimetype == "image/png"
    assert worker.headers["Service-Worker-Allowed"] == "/police"
    assert worker.mimetype == "text/javascript"
