"""From opening an account to a worker's pass that is ended again, on the pages."""

import re

import pytest
from flask.testing import FlaskClient

from codes.employers.accounts import organisations_of
from store.phones import find_phone
from tests.employers.office import BOSS, TAX_NUMBER, Office, line, listed, number
from tests.web.auditing import entries
from tests.web.employers.forms import press, upload
from tests.web.people import AsRole, citizen_signed_in
from tests.web.reading import words


def _asked(boss: FlaskClient, tax_number: str = TAX_NUMBER) -> str:
    told = {"name": "ООО Ромашка", "tax_number": tax_number, "contact": "Анна, 111-00-00"}
    return words(press(boss, "/employer/new", "", **told))


def test_an_account_is_asked_for_and_waits(boss: FlaskClient) -> None:
    page = _asked(boss)

    assert "ООО Ромашка waits for a reviewer" in page


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("wrong", ["7707083894", "12345", "ромашка", ""])
def test_a_wrong_tax_number_is_refused_in_plain_words(boss: FlaskClient, wrong: str) -> None:
    page = _asked(boss, wrong)

    assert "Not a tax number" in page or "Enter the tax number" in page


def test_a_reviewer_confirms_it_and_the_telephone_is_told(boss: FlaskClient, office: Office, as_role: AsRole) -> None:
    _asked(boss)
    reviewer = as_role("reviewer")
    found = re.search(r"/review/organisations/(\w+)", reviewer.get("/review/organisations").text)
    assert found

    page = press(reviewer, found[0], f"{found[0]}/confirm", rows_a_day="40")

    assert "Done." in words(page)
    assert [template for template, _ in office.texts(BOSS)] == ["organisation_confirmed"]
    assert "Passes left today 40 / 40" in words(boss.get(f"/employer/{found[1]}"))


def test_a_reviewer_refuses_it_with_words_that_go_out(boss: FlaskClient, office: Office, as_role: AsRole) -> None:
    _asked(boss)
    reviewer = as_role("reviewer")
    found = re.search(r"/review/organisations/(\w+)", reviewer.get("/review/organisations").text)
    assert found

    empty = press(reviewer, found[0], f"{found[0]}/refuse", reason="")
    page = press(reviewer, found[0], f"{found[0]}/refuse", reason="Такой организации нет")

    assert (empty.status_code, "Write why" in words(empty)) == (422, True)
    assert "Done." in words(page)
    ((template, fields),) = office.texts(BOSS)
    assert (template, fields["reason"]) == ("organisation_refused", "Такой организации нет")
    assert "The reviewer wrote: Такой организации нет" in words(boss.get(f"/employer/{found[1]}"))


def test_a_list_is_explained_mended_issued_and_ended(boss: FlaskClient, firm: Office) -> None:
    here = f"/employer/{firm.organisation_id}"
    faulty = "\n".join(["ФИО;Телефон;Документ", line(1), line(2, phone="12"), line(3, document="x1")])
    page = upload(boss, f"{here}/upload", faulty.encode("cp1251"))
    list_page = page.request.path
    firm.keeper.keep(list_page.rsplit("/", 1)[1])

    explained = words(boss.get(list_page))
    mistakes = boss.get(f"{list_page}/mistakes.csv").data.decode("utf-8-sig")

    assert "1 line can be issued. 2 lines are left out." in explained
    assert "wrong telephone: write it like" in explained and "wrong document: write it like 4411123456" in explained
    assert len(mistakes.splitlines()) == 3 and "12,4500000002" in mistakes
    assert firm.passes() == []

    mended = mistakes.replace(",12,", f",{number(2)},").replace("x1", "4500000003")
    again = upload(boss, f"{here}/upload", mended.encode()).request.path
    firm.keeper.keep(again.rsplit("/", 1)[1])
    assert "2 lines can be issued." in words(boss.get(again))
    begun = words(press(boss, again, f"{again}/issue"))
    firm.go_on(again.rsplit("/", 1)[1])
    assert "We are issuing the passes now" in begun
    assert "2 of 2, issued: 2, not issued: 0" in words(boss.get(again)).replace(" ,", ",")

    workers = boss.get(f"{here}/workers")
    (first, *_) = re.findall(r'name="worker" value="(\w+)"', workers.text)
    sure = press(boss, f"{here}/workers", f"{here}/workers/chosen", worker=first, act="end")
    fields = dict(re.findall(r'name="(csrf_token|once|worker)" value="([^"]+)"', sure.text))
    ended = boss.post(f"{here}/workers/end", data=fields, follow_redirects=True)
    assert "1 worker was ended" in words(ended)
    assert sorted(str(one.revoked_reason) for one in firm.passes()) == ["None", "left"]


def test_a_form_sent_twice_issues_once(boss: FlaskClient, firm: Office) -> None:
    upload_id = firm.read(listed([1, 2]))
    page = f"/employer/{firm.organisation_id}/lists/{upload_id}"
    from_page = {"csrf_token": "", **dict(re.findall(r'name="(csrf_token|once)" value="([^"]+)"', boss.get(page).text))}

    answers = [boss.post(f"{page}/issue", data=from_page) for _ in range(2)]
    firm.go_on(upload_id)

    assert {answer.headers["Location"] for answer in answers} == {f"{page}?told={from_page['once']}"}
    assert len(firm.passes()) == 2


def test_a_colleague_is_invited_agrees_and_is_removed(boss: FlaskClient, firm: Office, app: object) -> None:
    here, theirs = f"/employer/{firm.organisation_id}", "+79160000055"
    press(boss, f"{here}/users", "", number=theirs)
    colleague = citizen_signed_in(app, firm.store, theirs)  # type: ignore[arg-type]
    closed = colleague.get(here).status_code

    agreed = words(press(colleague, "/employer", f"{here}/answer", answer="yes"))
    opened = colleague.get(here).status_code
    with firm.store.reading() as work:
        phone = find_phone(work, theirs)
        assert phone is not None
    removed = words(press(boss, f"{here}/users", f"{here}/users/{phone.id}/remove"))

    assert ([template for template, _ in firm.texts(theirs)], closed, opened) == (["organisation_invited"], 404, 200)
    assert "You act for this organisation now." in agreed and "They act for it no more." in removed
    assert colleague.get(here).status_code == 404


def test_the_last_who_acts_for_it_can_not_be_removed(boss: FlaskClient, firm: Office) -> None:
    assert "Remove" not in words(boss.get(f"/employer/{firm.organisation_id}/users"))


def test_an_account_is_closed_for_good(boss: FlaskClient, firm: Office) -> None:
    here = f"/employer/{firm.organisation_id}"
    unsure = press(boss, f"{here}/close", "")

    page = press(boss, f"{here}/close", "", sure="y")
    firm.keeper.sweep()

    assert (unsure.status_code, "Tick the box" in words(unsure)) == (422, True)
    assert "being closed" in words(page)
    assert boss.get(here).status_code == 404
    with firm.store.reading() as work:
        phone = find_phone(work, BOSS)
        assert phone is not None and organisations_of(work, phone.id) == []


def test_what_is_looked_at_is_in_the_audit(boss: FlaskClient, firm: Office, as_role: AsRole) -> None:
    firm.issue(listed([1]))
    boss.get(f"/employer/{firm.organisation_id}/workers")
    as_role("reviewer").get(f"/review/organisations/{firm.organisation_id}")

    assert [subject for _, subject, _ in entries(firm.store, "employment.listed")] == [firm.organisation_id]
    assert firm.organisation_id in [subject for _, subject, _ in entries(firm.store, "person.looked_at")]


def test_the_search_finds_a_worker_and_leaves_the_name_out_of_the_address(boss: FlaskClient, firm: Office) -> None:
    firm.issue("\n".join([line(1, name="Иванов Пётр"), line(2, name="Сидоров Семён")]))

    page = press(
        boss, f"/employer/{firm.organisation_id}/workers", f"/employer/{firm.organisation_id}/workers", wanted="сидор"
    )

    assert "Сидоров Семён" in words(page) and "Иванов" not in words(page)
    assert page.request.query_string == b""


def test_a_page_that_waited_is_loaded_anew_once_the_list_was_read(boss: FlaskClient, firm: Office) -> None:
    upload_id = firm.send(listed([1]))
    part, live = f"/employer/{firm.organisation_id}/lists/{upload_id}/state", {"HX-Request": "true"}
    waiting = boss.get(part, headers=live)

    firm.keeper.keep(upload_id)
    read = boss.get(part, headers=live)

    assert "being read" in words(waiting) and "HX-Refresh" not in waiting.headers
    assert read.headers["HX-Refresh"] == "true"


def test_one_press_issues_new_passes_for_all_that_end_soon(boss: FlaskClient, firm: Office) -> None:
    firm.issue(listed([1, 2]))
    here = f"/employer/{firm.organisation_id}/workers"
    early = words(press(boss, here, f"{here}/renew"))
    firm.clock.pass_by(days=12)
    sign_in_again = citizen_signed_in(boss.application, firm.store, BOSS)

    page = press(sign_in_again, here, f"{here}/renew")
    upload_id = page.request.path.rsplit("/", 1)[1]
    firm.keeper.keep(upload_id)
    firm.go_on(upload_id)

    assert "There is nobody whose pass ends soon." in early
    assert (firm.upload(upload_id).issued, len(firm.passes())) == (2, 4)
