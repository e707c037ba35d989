"""Two who write one draft, texts that are too much or mean harm, and drafts that have ended."""

from io import BytesIO

import pytest

from codes.orders.drafting import MOST, save_draft, start_draft
from codes.regimes import preset
from store import Store
from tests.stories.desk import AgentAtDesk, Filled
from tests.web.admin.orders import begin, form_of, saves
from tests.web.admin.test_orders_forms import text_of
from tests.web.auditing import entries

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class TestTwoEditors:
    def test_the_second_sees_what_changed_and_saves_onto_it(
        self, olga: AgentAtDesk, rinat: AgentAtDesk, store: Store
    ) -> None:
        draft = begin(olga)
        page = f"{draft}/parts/limits"
        url, fields = form_of(olga.opens(page).html, page)
        saves(rinat, page, quota__day="5", retention_days="60")

        olga.submits(Filled(url, {**fields, "quota.day": "4", "grace_hours": "6"}))

        assert olga.status == 422 and "Rinat saved this draft since you opened the form." in olga.reads
        assert "Passes a day, for all purposes together: 2 → becomes 5" in olga.reads
        assert "What you typed: Passes a day, for all purposes together 4" in olga.reads
        assert "day = 5" in text_of(store, draft)
        olga.submits(Filled(*form_of(olga.html, page)))
        text = text_of(store, draft)
        assert "day = 4" in text and "retention_days = 60" in text and "grace_hours = 6" in text

    def test_what_stands_elsewhere_by_now_is_not_written_over(
        self, olga: AgentAtDesk, rinat: AgentAtDesk, store: Store
    ) -> None:
        draft = begin(olga)
        page = f"{draft}/lists/purposes/0"
        url, fields = form_of(olga.opens(page).html, page)
        rinat.opens(f"{draft}/lists/purposes").sends("/purposes/0/remove")
        after = text_of(store, draft)

        olga.submits(Filled(url, {**fields, "number": "77"}))

        assert olga.status == 422 and "stands elsewhere now, or is gone" in olga.reads
        assert f'action="{page}"' not in olga.html and text_of(store, draft) == after

    def test_texts_are_compared_line_by_line(self, olga: AgentAtDesk, rinat: AgentAtDesk, store: Store) -> None:
        draft = begin(olga)
        page = f"{draft}/toml"
        url, fields = form_of(olga.opens(page).html, page)
        saves(rinat, f"{draft}/parts/limits", quota__day="5")
        mine = f"{fields['toml']}\n# mine"

        olga.submits(Filled(url, {**fields, "toml": mine}))

        assert olga.status == 422 and "Taken out: quota = { day = 2 }" in olga.reads and "# mine" in olga.html
        olga.submits(Filled(*form_of(olga.html, page)))
        assert text_of(store, draft).endswith("# mine\n") and "day = 2" in text_of(store, draft)

    def test_of_two_texts_written_onto_one_the_second_is_not_kept(self, olga: AgentAtDesk, store: Store) -> None:
        draft_id = begin(olga).rsplit("/", 1)[-1]
        with store.work() as work:
            assert save_draft(work, draft_id, 1, "a = 1\n", olga.person.id)
        with store.work() as work:
            assert not save_draft(work, draft_id, 1, "a = 2\n", olga.person.id)

        assert text_of(store, draft_id) == "a = 1\n"

    def test_earlier_texts_are_there_to_be_compared(self, olga: AgentAtDesk, rinat: AgentAtDesk) -> None:
        draft = begin(olga)
        saves(rinat, f"{draft}/parts/limits", quota__day="5")
        address = f"/admin/regimes/compare?one=text:{draft.rsplit('/', 1)[-1]}:1&other=draft:{draft.rsplit('/', 1)[-1]}"

        assert "Earlier texts of this draft Saved by Olga" in olga.opens(draft).reads
        assert address.replace("&", "&amp;") in olga.html.replace("%3A", ":")
        assert "Passes a day, for all purposes together: 2 → becomes 5" in olga.opens(address).reads
        assert olga.opens(address.replace(":1&", ":9&")).status == 404

    def test_a_form_sent_twice_saves_once(self, olga: AgentAtDesk, store: Store) -> None:
        draft = begin(olga)
        page = f"{draft}/parts/limits"
        url, fields = form_of(olga.opens(page).html, page)
        filled = Filled(url, {**fields, "quota.day": "4"})

        olga.submits(filled).submits(filled)

        assert "Saved." in olga.reads and len(entries(store, "regime.draft_saved")) == 1


HOSTILE = {
    "far too long": "# " + "long\n# " * 20_000,
    "one line without an end": f'name = "{"x" * 5000}"',
    "signs that no text holds": 'name = "a\x00b"',
    "a list in a list in a list": f"name = {'[' * 900}{']' * 900}",
    "a key of many parts": f"a{'.a' * 1800} = 1",
    "a key of many parts where a text should be": f"name{'.a' * 900} = 1",
    "many keys": "\n".join(f"key{number} = 1" for number in range(4000)),
    "no TOML": "<script>alert(1)</script>",
    "a number without an end": f"grace_hours = {'9' * 3900}",
    "odd groups": 'quota = "x"\ntitle = 5\npurposes = [1, "two", {}]\nzones = "none"\nexamples = [[]]\nwording = []',
    "odd groups within": '[[purposes]]\nname = 5\nhours = [1]\nvalidity = "long"\nzones = 3\nkeywords = [[["x"]]]',
    "a path out": f"{preset('example-en').replace('zones/north.geojson', '../../../../etc/passwd')}",
    "a pattern that doubles": preset("example-en").replace("[A-Z]{2}\\d{6}", "([A-Z0-9]+)+-"),
    "a pattern too big to compile": preset("example-en").replace("[A-Z]{2}\\d{6}", "a{99999999999}"),
}


@one_database
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_breaks_a_page_and_each_says_what_is_wrong(olga: AgentAtDesk, store: Store, text: str) -> None:
    draft = begin(olga)
    page = f"{draft}/toml"
    url, fields = form_of(olga.opens(page).html, page)

    olga.submits(Filled(url, {**fields, "toml": text}))

    refused = 400 if "\0" in text else 0  # what no browser sends is refused before any page
    assert olga.status in (200, 413, 422, refused), olga.reads
    for part in ("", "/toml", "/parts/limits", "/parts/order", "/lists/purposes", "/lists/purposes/0", "/lists/zones",
                 "/wording", "/check", "/propose"):  # fmt: skip
        assert olga.opens(f"{draft}{part}").status in (200, 404), part
    olga.opens(f"/admin/regimes/compare?one=version:1&other=draft:{draft.rsplit('/', 1)[-1]}")
    assert olga.status == 200
    if text_of(store, draft) != preset("tatarstan-2020"):
        assert "Propose</button>" not in olga.opens(f"{draft}/propose").html


@one_database
def test_a_pattern_that_keeps_texts_waiting_is_told_within_seconds(olga: AgentAtDesk) -> None:
    draft = begin(olga)

    saves(olga, f"{draft}/parts/number", document_pattern="(\\d+)+[A-Z]")
    olga.opens(f"{draft}/propose")
    while "It is being proof-read." in olga.reads:
        olga.opens(f"{draft}/propose")

    assert "avoid a repetition within a repetition" in olga.reads and "can't be proposed" in olga.reads


@one_database
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This is no order"),
        (b"\xff\xfe\x00", "not in UTF-8"),
        (b"x" * 70_000, "This is no order"),
        (b'name = "mine"\r\n', "Draft mine"),
        ("\ufeffname = 'mine'".encode(), "Draft mine"),
    ],
)
def test_a_file_begins_a_draft_or_is_refused_in_words(olga: AgentAtDesk, content: bytes, said: str) -> None:
    url, fields = form_of(olga.opens("/admin/regimes/start").html, "/start")

    sent = {**fields, "origin": "file", "file": (BytesIO(content), "order.toml")}
    olga.page = olga.client.post(url, data=sent, follow_redirects=True)

    assert said in olga.reads and olga.status == (200 if "Draft" in said else 422)


@one_database
def test_a_draft_thrown_away_is_read_and_not_written(olga: AgentAtDesk, store: Store) -> None:
    draft = begin(olga)
    page = f"{draft}/parts/limits"
    url, fields = form_of(olga.opens(page).html, page)

    olga.opens(draft).sends("/discard")
    assert "The draft is thrown away." in olga.reads

    olga.submits(Filled(url, {**fields, "quota.day": "9"}))
    assert "This draft has ended." in olga.reads and text_of(store, draft) == preset("tatarstan-2020")
    assert len(entries(store, "regime.draft_discarded")) == 1


@one_database
def test_so_many_drafts_and_no_more(olga: AgentAtDesk, store: Store) -> None:
    for _ in range(MOST):
        with store.work() as work:
            start_draft(work, "a = 1\n", "file", olga.person.id)

    olga.opens("/admin/regimes/start").sends("/start", origin="version:1")

    assert olga.status == 422 and "one must be thrown away first" in olga.reads


@one_database
@pytest.mark.parametrize("origin", ["version:99", "preset:none", "draft:x", "version:1e3", "file", "x", "version:"])
def test_an_address_of_no_order_is_no_page(olga: AgentAtDesk, origin: str) -> None:
    assert olga.opens(f"/admin/regimes/compare?one=version:1&other={origin}").status == 404


@one_database
def test_a_file_is_taken_along_and_never_shown_as_a_page(olga: AgentAtDesk) -> None:
    draft = begin(olga)

    for address, name in (
        (f"{draft}/order.toml", "tatarstan-2020"),
        ("/admin/regimes/versions/1/order.toml", "tatarstan-2020-1"),
    ):
        answer = olga.client.get(address)
        assert answer.text == preset("tatarstan-2020") and answer.mimetype == "text/plain"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}.toml"'
