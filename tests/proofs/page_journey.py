"""A journey through every page's channel, with planted names, numbers and words."""

import re
from io import BytesIO
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from codes.employers.confirming import confirm
from codes.police.clients import Scope, add_client
from codes.regimes import activate, preset
from codes.review.appeals import file_appeal
from codes.signed.signing import Signing
from employers.keeping import UploadKeeper
from mailing.delivery import sweep
from mailing.post import SmtpPost
from papers.keeping import PaperKeeper
from settings import Settings
from store import Store
from store.blobs import FolderBlobs
from store.phones import ensure_phone
from tests.clock import Clock
from tests.codes.counter import Counter
from tests.papers import files
from tests.papers.hand import FakeReader
from tests.web.citizen.entering import answers, asks_for_code, submit, texts
from tests.web.employers.forms import press
from tests.web.employers.forms import upload as upload_list
from tests.web.people import citizen_signed_in, enrolled, signed_in
from tests.web.police.conftest import enrolled_officer, start
from tests.web.reading import csrf
from tests.web.review.office import WEDDING, Reviewer, upload
from tests.web.review.office import Office as Applicants

CITIZEN, BOSS, OFFICER, WORKER = "+79173456781", "+79173456792", "+79173456803", "+79253456814"
APPLICANT, NEWCOMER = "+79173456825", "+79173456836"
DOCUMENT, WORKERS_DOCUMENT, APPLICANTS_DOCUMENT = "4411987654", "4511987655", "234198761234"
PLATE, NEW_PLATE, CARD = "х739ам777", "о846рв799", "0012345678903318"
ADDRESS, FIRM, WORKERS_NAME = "kanareyka@zyablik.example", "ООО Снегирёк", "Коноплянкин Щур Дроздович"
REASON, DESTINATION, COMPLAINT = "к ласточке за мёдом", "проезд Кукушкин 77", "меня обидел свиристель"
CONTACT, TAX_NUMBER, WORDS = "Иволга, +7 917 345-67-92", "7728168971", "the goldfinch card is torn"
APPLICANTS_NAME, FILE_NAME = "Kingfisher Anita", "kingfisher-passport.jpg"
PLANTED = (
    *(CITIZEN, BOSS, OFFICER, WORKER, APPLICANT, NEWCOMER, DOCUMENT, WORKERS_DOCUMENT, APPLICANTS_DOCUMENT),
    *(PLATE, "Х739АМ777", "X739AM777", NEW_PLATE, "О846РВ799", CARD, ADDRESS, *ADDRESS.split("@")),
    *("Снегирёк", *WORKERS_NAME.split()[::2], REASON, DESTINATION, COMPLAINT, "Иволга", TAX_NUMBER, WORDS),
    *("Kingfisher", FILE_NAME),
)


def enters(app: Flask, store: Store) -> list[str]:
    """Somebody signs in by a code; what must not be found of it."""
    client = app.test_client()
    asks_for_code(client, NEWCOMER)
    code = str(texts(store, "sign_in_code")[-1]["code"])
    submit(client, "/enter/code", code="00000000")
    submit(client, "/enter/code", code=code)
    cookie = client.get_cookie("__Host-passline")
    assert cookie is not None
    return [code, cookie.value.removeprefix("citizen.")]


def goes_to_work(app: Flask, store: Store) -> list[str]:
    """A pass with a car, shown in every way; its code and its link."""
    client = citizen_signed_in(app, store, CITIZEN)
    told: tuple[dict[str, str], ...] = (
        {"document": DOCUMENT},
        {"organisation": FIRM},
        {"plate": PLATE, "card": CARD},
        {},
    )
    outcome = answers(client, "1", *told).headers["Location"]
    page = str(client.get(outcome).headers["Location"]).partition("?")[0]
    shown = submit(client, f"{page}/share", shown=f"{page}/share", lasting="day").text
    link = shown.partition("https://pass.example/s/")[2][:22]
    submit(client, f"{page}/mail", address=ADDRESS)
    submit(client, f"{page}/text", shown=page)
    submit(client, f"{page}/bound", plate=NEW_PLATE, card=CARD)
    assert client.get(f"{page}/picture").status_code == app.test_client().get(f"/s/{link}").status_code == 200
    for typed in (PLATE, CARD, NEW_PLATE):
        submit(client, "/own-check", typed=typed, code=typed)
    code = str(texts(store, "status_live")[-1]["code"])
    assert len(link) == 22
    return [code, link]


def walks_about(app: Flask, store: Store) -> None:
    """Another purpose, in words; an appeal."""
    client, url = citizen_signed_in(app, store, CITIZEN), "/apply"
    while not url.endswith("/outcome"):
        page = client.get(url).text
        choices = re.findall(r'type="radio" value="([^"]+)"', page) + re.findall(r'value="([^"]+)" type="radio"', page)
        choice = "3" if "3" in choices else "".join(choices[:1])
        answer = submit(client, url, choice=choice, reason=REASON, destination=DESTINATION, plate=PLATE)
        assert answer.status_code == 303, url
        url = answer.headers["Location"]
    with store.work() as work:
        file_appeal(work, ensure_phone(work, CITIZEN), COMPLAINT)


def is_checked(app: Flask, store: Store, clock: Clock, code: str) -> None:
    """By anybody, by an officer, and by machines."""
    anybody = app.test_client()
    submit(anybody, "/q", code=code)
    officer = app.test_client()
    assert start(officer, enrolled_officer(store, OFFICER)).status_code == 302
    clock.pass_by(minutes=1)
    for typed in (code, NEW_PLATE, CARD, PLATE, "THXA-9546-C61A"):
        officer.post("/police", data={"csrf_token": csrf(officer, "/police"), "typed": typed})
    with store.work() as work:
        key = add_client(work, "Gate", frozenset({Scope.INSPECT, Scope.REVOCATIONS}), "tests", None, 6000, 3)
    asked = [{"code": code}, {"plate": NEW_PLATE}, {"card": CARD}, {"plate": CITIZEN}, {"code": DOCUMENT}]
    head = {"Authorization": f"Bearer {key}"}
    answer = app.test_client().post("/api/v1/inspections", json={"inspections": asked}, headers=head)
    assert answer.status_code == 200


def employs(app: Flask, store: Store, clock: Clock) -> None:
    """An organisation with a worker, and a list with a mistake."""
    client = citizen_signed_in(app, store, BOSS)
    press(client, "/employer/new", "", name=FIRM, tax_number=TAX_NUMBER, contact=CONTACT)
    organisation_id = (
        client.get("/employer", follow_redirects=True).text.partition('href="/employer/')[2].partition('"')[0]
    )
    with store.work() as work:
        confirm(work, organisation_id.partition("/")[0], 100, "staff:tests")
    sheet = f"ФИО;Телефон;Документ;Номер\n{WORKERS_NAME};{WORKER};{WORKERS_DOCUMENT};{PLATE}\n{WORKERS_NAME};;1;\n"
    home = f"/employer/{organisation_id.partition('/')[0]}"
    page = upload_list(client, f"{home}/upload", sheet.encode())
    clock.pass_by(seconds=5)
    UploadKeeper(store, rest=lambda seconds: None).sweep()
    lists = page.request.path
    assert WORKERS_NAME.split()[0] in client.get(lists).text
    press(client, lists, f"{lists}/issue")
    clock.pass_by(seconds=5)
    UploadKeeper(store, rest=lambda seconds: None).sweep()
    client.get(f"{lists}/mistakes.csv").close()
    press(client, f"{home}/workers", "", wanted=WORKERS_NAME.split()[0])
    press(client, f"{home}/workers", "", wanted=WORKERS_DOCUMENT)


def is_decided(app: Flask, settings: Settings, store: Store, clock: Clock) -> None:
    """An application with a paper under another order; a reviewer refuses it in words."""
    with store.work() as work:
        activate(work, preset("india-epass"), clock.now, "tests")
    counter = Counter(store, clock)
    counter.introduce(APPLICANT, name=APPLICANTS_NAME, document=APPLICANTS_DOCUMENT)
    blobs = FolderBlobs(Path(settings.blobs_dir))
    office = Applicants(counter, blobs, PaperKeeper(store, blobs, FakeReader()))
    applicant = office.applies(WEDDING, APPLICANT)
    client = citizen_signed_in(app, store, APPLICANT)
    photo = files.photo() + f"<!-- {APPLICANTS_NAME} -->".encode()
    assert upload(client, applicant.number, photo, FILE_NAME).status_code == 303
    clock.pass_by(seconds=5)
    office.keeper.sweep()
    reviewer = Reviewer(signed_in(app, store, enrolled(store, "Rosa", "reviewer")))
    reviewer.takes(applicant.number)
    reviewer.decides(applicant.number, "refuse", WORDS)


def goes_wrong(app: Flask, store: Store) -> None:
    """With personal data at hand."""
    with store.work() as work:
        work.connection.exec_driver_sql("ALTER TABLE sign_in_code RENAME TO elsewhere")
    client: FlaskClient = app.test_client()
    asked = client.post("/enter", data={"csrf_token": csrf(client, "/enter"), "number": NEWCOMER})
    with store.work() as work:
        work.connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO sign_in_code")
    assert asked.status_code == 500
    paper = {"paper": (BytesIO(b"\xff\xd8\xff"), FILE_NAME), "reason": REASON, "number": CITIZEN}
    client.post(f"/enter?number={CITIZEN}", data=paper, content_type="multipart/form-data")
    client.post("/police/look", json={"code": CITIZEN})


def live_on_pages(app: Flask, settings: Settings, store: Store, clock: Clock, signing: Signing) -> list[str]:
    """All of it; the codes and tokens that came up."""
    secrets = enters(app, store)
    secrets += goes_to_work(app, store)
    sweep(store, SmtpPost("smtp://127.0.0.1:9", "a@b.example"), signing)
    walks_about(app, store)
    is_checked(app, store, clock, secrets[2])
    employs(app, store, clock)
    goes_wrong(app, store)
    is_decided(app, settings, store, clock)
    return secrets
