"""A form that is sent six times at once acts once, and each answer leads to the same page."""

import threading

from flask import Flask

from codes.listing import Wanted, passes
from store import Store
from tests.stories.desk import AgentAtDesk
from tests.web.people import signed_in


def test_one_form_at_once_from_everywhere(app: Flask, anna: AgentAtDesk, proved: str, store: Store) -> None:
    form, start = anna.fills("/issue"), threading.Barrier(6)
    tabs = [signed_in(app, store, anna.person) for _ in range(6)]
    tokens = [AgentAtDesk(anna.person, None, tab).opens(f"/desk/calls/{proved}").fills("/issue") for tab in tabs]
    led: list[str | None] = []

    def send(place: int) -> None:
        fields = {**form.fields, "csrf_token": tokens[place].fields["csrf_token"]}
        start.wait()
        led.append(tabs[place].post(form.url, data=fields).headers.get("Location"))

    threads = [threading.Thread(target=send, args=(place,)) for place in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (mine,) = passes(store, Wanted())
    assert led == [f"/desk/calls/{proved}/passes/{mine.id}"] * 6
