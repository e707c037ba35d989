"""After a day's work nothing personal stands in clear: not in database, queue, logs or temporary files."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from codes.police.officers import enroll
from codes.review.appeals import decide_appeal
from tests.proofs import canaries
from tests.proofs.canaries import found_in, spellings
from tests.proofs.kills import isolate, unsettled
from tests.proofs.running import Running, running
from tests.servers import PostgreSQL
from tests.stories.reading import code_in
from tests.worker.process import until

CITIZEN, OFFICER, STRANGER = "+79173456781", "+79173456792", "+79273456803"
NAME, CHILD, DOCUMENT = "Канарейкин Зяблик Щеглович", "Воробьёва Сойка", "9876540123"
ADDRESS, COMPLAINT, ANSWER, PIN = "улица Кукушкина 77", "меня обидел снегирь", "простите за снегиря", "493817"
CALLER, SPOKEN_NAME, SPOKEN_ADDRESS, KEYED = (
    "+79373456814",
    "коростелёв дятел",
    "переулок трясогузки семь",
    "9876540987",
)
PLANTED = (CITIZEN, OFFICER, STRANGER, *NAME.split(), *CHILD.split(), DOCUMENT, ADDRESS, COMPLAINT, ANSWER, PIN)
SAID = (CALLER, *SPOKEN_NAME.split(), SPOKEN_ADDRESS, KEYED)


def live_a_day(service: Running) -> list[str]:
    """Registration, passes, a child, an inspection, an appeal, a notice; every code that was told."""
    told = []

    def text(phone: str, body: str) -> str:
        told.append(service.poster.text(phone, body).body.decode())
        return told[-1]

    with service.store.work() as work:
        enroll(work, OFFICER, "Unit 1", PIN, None, "tests")
    text(CITIZEN, f"РЕГИСТРАЦИЯ#{NAME}#{DOCUMENT}#{ADDRESS}#Согласен")
    code = code_in(text(CITIZEN, "цель 8"))
    text(CITIZEN, "цель 3")
    text(CITIZEN, f"РЕБЕНОК {CHILD}")
    text(STRANGER, f"РЕГИСТРАЦИЯ#{DOCUMENT}")
    text(CITIZEN, "РЕГИСТРАЦИЯ#" + NAME)
    for phone, body in ((OFFICER, f"СМЕНА {PIN}"), (OFFICER, code), (OFFICER, "THXA-9546-C61A"), (STRANGER, code)):
        text(phone, body)
    number = re.findall(r"\d{8}", text(CITIZEN, f"ЖАЛОБА {COMPLAINT}"))[0]
    text(STRANGER, "я не знаю " + NAME)
    isolate(service.store, CITIZEN)
    with service.store.work() as work:
        decide_appeal(work, number, upheld=False, words=ANSWER, language="ru", by="tests")
    until(lambda: unsettled(service.store) == 0, 60)
    return [one for answer in told for one in re.findall(r"\b[1-9A-Z]{4}-[1-9A-Z]{4}-[1-9A-Z]{4}\b", answer)]


def ring_up(service: Running) -> None:
    """Somebody unknown registers by voice, gets a pass, and appeals."""
    call = service.carrier.handset(CALLER).calls()

    def then(heard: str, act: Callable[[str], object], what: str) -> None:
        until(lambda: any(heard in line for line in call.heard), 30)
        act(what)

    then("номер вашего документа", call.presses, f"{KEYED}#")
    then("Вы набрали", call.presses, "1")
    then("фамилию", call.says, SPOKEN_NAME)
    then("Вы сказали", call.presses, "1")
    then("адрес", call.says, SPOKEN_ADDRESS)
    then("Вы сказали", call.presses, "1")
    then("куда вам нужно", call.presses, "8#")
    then("Пропуск выдан", call.says, f"жалоба {COMPLAINT}")
    until(lambda: any("обращение" in line.casefold() or "жалоб" in line.casefold() for line in call.heard), 30)
    call.hangs_up()


def provoke_errors(service: Running) -> None:
    """Has things logged that go wrong, with personal data at hand."""
    with service.store.work() as work:
        work.connection.exec_driver_sql("ALTER TABLE inspection RENAME TO elsewhere")
    service.poster.text(OFFICER, "THXA-9546-C61A")
    with service.store.work() as work:
        work.connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO inspection")


def test_a_days_work_leaves_nothing_personal_in_clear(
    database_url: str, tmp_path: Path, temporary: Path, request: pytest.FixtureRequest
) -> None:
    with running(database_url, tmp_path) as service:
        codes = live_a_day(service)
        ring_up(service)
        provoke_errors(service)
        heard = "".join(text.body for text in service.carrier.conversation(CITIZEN))
        service.worker.stop()
        service.poster.text(CITIZEN, "РЕГИСТРАЦИЯ#" + DOCUMENT)
        service.poster.text(STRANGER, "ЖАЛОБА " + COMPLAINT)
        places = canaries.database(database_url, tmp_path) | canaries.queue(service.valkey.url, service.valkey.folder)
        places |= canaries.files(tmp_path)
    if database_url.startswith("postgresql"):
        cluster: PostgreSQL = request.getfixturevalue("postgresql")
        places |= canaries.cluster_files(cluster.folder, database_url)

    assert codes and ANSWER in heard
    assert b"answer_failed" in places[str(tmp_path / "web.log")]
    assert found_in(places, [*PLANTED, *SAID, *codes]) == []


@pytest.mark.parametrize("value", [CITIZEN, DOCUMENT, NAME.split()[0], "THXA-9546-C61A", ADDRESS])
def test_the_search_finds_what_is_there(value: str) -> None:
    haystacks = {
        "text": f"name={value};".encode(),
        "JSON": json.dumps({"a": value}).encode(),
        "UTF-16": value.encode("utf-16"),
        "hex": value.encode().hex().encode(),
    }

    assert {line.rpartition(" in ")[2] for line in found_in(haystacks, [value])} == set(haystacks)
    assert all(len(raw) >= 6 for raw in spellings(value).values())
