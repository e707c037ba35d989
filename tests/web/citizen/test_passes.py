"""What holders do with a pass on the pages: longer, given back, shared, mailed, kept as a picture, bound anew."""

import re
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from codes.regimes import activate, preset
from settings import Settings
from store import Store
from store.passes import Pass
from store.phones import find_phone
from store.sharing import Mail, ShareLink
from tests.clock import Clock
from tests.web.auditing import entries
from tests.web.citizen.entering import NUMBER, answers, submit, texts
from tests.web.people import citizen_signed_in
from tests.web.reading import words
from wsgi import create_app


@pytest.fixture
def app(settings: Settings, store: Store, clock: Clock) -> Flask:
    """With e-mail, in Moscow, where passes have cars and cards."""
    with store.work() as work:
        activate(work, preset("moscow-2020"), clock.now, "tests")
    return create_app(settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:9", "mail_from": "a@b.example"}), store)


@pytest.fixture
def mine(citizen: FlaskClient) -> str:
    """The page of a pass to work, for a car."""
    told: tuple[dict[str, str], ...] = (
        {"document": "4411123456"},
        {"organisation": "ООО Ромашка"},
        {"plate": "т111мо777"},
        {},
    )
    outcome = answers(citizen, "1", *told).headers["Location"]
    return str(citizen.get(outcome).headers["Location"]).partition("?")[0]


def row(store: Store):  # type: ignore[no-untyped-def]
    with store.reading() as work:
        return work.row(select(Pass))


def follow(client: FlaskClient, answer) -> str:  # type: ignore[no-untyped-def]
    assert answer.status_code == 303
    return words(client.get(answer.headers["Location"]))


def test_a_pass_shows_its_code_and_its_qr(citizen: FlaskClient, mine: str) -> None:
    page = citizen.get(mine)

    assert re.search(r"\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", words(page))
    assert 'aria-label="QR code of this pass' in page.text


def test_nobody_elses_pass_is_shown_or_changed(app: Flask, store: Store, mine: str) -> None:
    other = citizen_signed_in(app, store, "+79170000002")

    for path in ("", "/cancel", "/mail", "/share", "/picture", "/bound"):
        assert other.get(mine + path).status_code == 404, path
    for path in ("/extend", "/cancel", "/text", "/mail", "/share", "/bound", "/links/x/end"):
        answer = submit(other, mine + path, shown="/apply", once="a" * 22, lasting="day", address="a@b.example")
        assert answer.status_code == 404, path


def test_given_back_it_is_over(citizen: FlaskClient, store: Store, mine: str) -> None:
    shown = follow(citizen, submit(citizen, f"{mine}/cancel"))

    assert "given back and does not count" in shown
    assert "given back by you" in shown
    assert row(store).revoked_reason == "cancelled"
    assert citizen.get(f"{mine}/picture").status_code == 404


def test_the_code_is_texted_on_demand_five_times_a_day(citizen: FlaskClient, store: Store, mine: str) -> None:
    shown = [follow(citizen, submit(citizen, f"{mine}/text", shown=mine)) for _ in range(6)]

    assert ["on its way to your telephone" in text for text in shown] == [True] * 5 + [False]
    assert len(texts(store, "status_live")) == 5


def test_a_link_shows_the_pass_and_not_its_holder(app: Flask, citizen: FlaskClient, mine: str, store: Store) -> None:
    made = submit(citizen, f"{mine}/share", lasting="hour")
    link = re.search(r'value="https://pass\.example(/s/[\w-]{22})"', made.text)
    assert link

    shown = app.test_client().get(link[1])

    assert "Work" in words(shown)
    assert "*3456" in words(shown)
    assert "4411123456" not in shown.text
    assert "0001" not in words(shown)
    with store.reading() as work:
        assert link[1].removeprefix("/s/") not in repr([tuple(one) for one in work.rows(select(ShareLink))])


def test_a_link_ends_by_time_or_by_hand(app: Flask, citizen: FlaskClient, mine: str, clock: Clock) -> None:
    links = [
        re.search(r'value="https://pass\.example(/s/[^"]+)"', submit(citizen, f"{mine}/share", lasting=lasting).text)
        for lasting in ("hour", "day")
    ]
    paths = [link[1] for link in links if link]
    ends = re.search(r'action="([^"]+/end)"', citizen.get(f"{mine}/share").text)
    assert ends

    submit(citizen, ends[1], shown=f"{mine}/share")
    by_hand = [app.test_client().get(path).status_code for path in paths]
    clock.pass_by(days=1, seconds=1)
    by_time = [app.test_client().get(path).status_code for path in paths]

    assert (sorted(by_hand), by_time) == ([200, 404], [404, 404])


def test_five_links_work_at_a_time(citizen: FlaskClient, mine: str) -> None:
    made = [submit(citizen, f"{mine}/share", lasting="pass").status_code for _ in range(6)]

    assert made == [200] * 5 + [303]


@pytest.mark.parametrize("path", ["/s/", f"/s/{'x' * 22}", "/s/%00", f"/s/{'y' * 3000}"])
def test_a_link_that_is_none_shows_nothing(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_e_mail_is_owed_to_an_address_that_lies_sealed(citizen: FlaskClient, mine: str, store: Store) -> None:
    shown = follow(citizen, submit(citizen, f"{mine}/mail", address="anna@mail.example"))

    with store.reading() as work:
        mail = work.row(select(Mail))
        phone = find_phone(work, NUMBER)
    assert "The e-mail is on its way" in shown
    assert b"anna" not in mail.address_sealed
    assert phone
    assert phone.key.open(f"mail.address.{mail.id}", mail.address_sealed) == "anna@mail.example"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("address", ["", "anna", "a@b", "a b@c.example", "a@b.example\r\nBcc: x@y.example", "и@п.рф"])
def test_what_is_no_address_is_told(citizen: FlaskClient, mine: str, store: Store, address: str) -> None:
    answer = submit(citizen, f"{mine}/mail", address=address)

    assert (answer.status_code, "Write the e-mail address like" in words(answer)) == (422, True)
    with store.reading() as work:
        assert work.row(select(Mail)) is None


def test_ten_e_mails_a_day_leave_one_telephone(citizen: FlaskClient, mine: str, store: Store) -> None:
    for place in range(11):
        submit(citizen, f"{mine}/mail", address=f"a{place}@b.example")

    with store.reading() as work:
        assert len(work.rows(select(Mail))) == 10


def test_a_picture_holds_the_code_and_is_not_kept(citizen: FlaskClient, mine: str) -> None:
    answer = citizen.get(f"{mine}/picture")

    with Image.open(BytesIO(answer.data)) as picture:
        assert (picture.format, picture.size) == ("PNG", (720, 1120))
    assert answer.headers["Cache-Control"] == "no-store"


def test_another_car_is_bound_three_times(citizen: FlaskClient, mine: str, store: Store) -> None:
    before = row(store).plate_index
    plates = ("а001аа777", "а002аа777", "а003аа777", "а004аа777")

    shown = [follow(citizen, submit(citizen, f"{mine}/bound", plate=plate)) for plate in plates]

    assert ["Car: A003AA777" in text for text in shown] == [False, False, True, True]
    assert "changed three times" in shown[-1]
    assert row(store).plate_index != before
    assert row(store).bound_anew == 3


def test_a_plate_that_is_none_changes_nothing(citizen: FlaskClient, mine: str, store: Store) -> None:
    before = row(store).plate_index

    answer = submit(citizen, f"{mine}/bound", plate="?????")

    assert answer.status_code == 422
    assert row(store).plate_index == before


def test_what_is_done_with_a_pass_is_audited(citizen: FlaskClient, mine: str, store: Store) -> None:
    submit(citizen, f"{mine}/share", lasting="hour")
    submit(citizen, f"{mine}/bound", card="0123456789")
    submit(citizen, f"{mine}/text", shown=mine)
    submit(citizen, f"{mine}/mail", address="a@b.example")

    for action in ("pass.shared", "pass.bound_anew", "pass.texted", "pass.mailed"):
        assert len(entries(store, action)) == 1, action
