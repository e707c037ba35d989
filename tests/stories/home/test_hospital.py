"""Hospital and power cuts: who says why is not asked, and a miss without power counts for nothing."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from store.checks import PresenceCheck
from store.duty import Alert
from tests.stories.home import desks
from tests.stories.home.desks import ANN
from tests.stories.home.town import KAZAN, Town, link_in

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_who_is_in_hospital_writes_one_word_and_is_not_asked_until_a_person_answered(town: Town, phone: Page) -> None:
    ann, case_id = town.handset(ANN), desks.opens_a_case(town, language="Russian")
    phone.goto(link_in(ann.inbox[-1]))
    phone.locator("main form button").click()

    assert ann.text("БОЛЬНИЦА").startswith("Записали. Проверок пока нет. Сотрудник ответит до")
    town.passes(hours=20)
    assert not [one for one in town.rows(PresenceCheck) if one.asked_at]
    phone.goto(f"{town.site.url}/at-home")
    expect(phone.locator("#paused")).to_be_visible()

    town.comes_to_day()
    with town.at_desk("Dora", "/duty") as page:
        desks.takes_the_alert(page, "Says why not now")
        expect(page.locator("main")).to_contain_text("БОЛЬНИЦА")
        desks.decides(page, "Excused: it does not count", "The hospital says so", "Выздоравливайте.")
    town.passes(minutes=5)
    assert ann.inbox[-1] == "Спасибо, учли. Проверки продолжаются. Выздоравливайте."

    desks.closes_the_case(town, case_id, "In hospital")
    assert ann.inbox[-1].startswith("Мы знаем, что вы в больнице")


def test_a_miss_without_power_is_excused_once_a_duty_officer_notes_the_outage(town: Town, phone: Page) -> None:
    ann = town.handset(ANN)
    desks.opens_a_case(town)
    phone.goto(link_in(ann.inbox[-1]))
    phone.get_by_role("button", name="Open").click()
    town.goes_on_until(lambda: [one.state for one in town.rows(PresenceCheck)][:1] == ["missed"])
    town.passes(minutes=5)
    assert "Tell us why by" in ann.inbox[-1]

    with town.at_desk("Dora", "/duty/outages") as page:
        page.get_by_label("What is out").select_option(label="power in the region")
        page.get_by_label("From when").fill(f"{town.clock.now.astimezone(KAZAN) - timedelta(hours=2):%d.%m.%Y %H:%M}")
        page.get_by_label("What is known of it").fill("Substation 3")
        page.get_by_role("button", name="Note it").click()
        expect(page.get_by_role("status")).to_contain_text("Misses in this time are excused")
    town.passes(minutes=5)

    assert [one.state for one in town.rows(PresenceCheck)][:1] == ["excused"]
    assert [(one.decision, one.decided_by) for one in town.rows(Alert)] == [("excused", "service")]
    assert ann.inbox[-1].startswith("The check at 12:50 does not count")
    phone.goto(f"{town.site.url}/at-home")
    expect(phone.locator("main")).to_contain_text("Does not count: there was an outage")
    with town.at_desk("Dora", "/duty") as page:
        expect(page.get_by_text("Nothing waits here.")).to_be_visible()
