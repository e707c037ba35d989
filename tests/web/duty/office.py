"""What a duty officer does at the pages."""

from collections.abc import Callable

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.people import Person
from tests.web.reading import csrf, words

DECIDE = {"decide-decision": "violation", "decide-reason": "Соседи видели её на улице", "decide-words": "Вас видели"}


class Officer:
    """Somebody signed in; sessions end while tests let days go by, so that each look may be of a new one."""

    def __init__(self, sign_in: Callable[[], FlaskClient], person: Person) -> None:
        self._sign_in, self.person = sign_in, person
        self.client = sign_in()

    @property
    def actor(self) -> str:
        return f"staff:{self.person.id}"

    def comes_back(self) -> None:
        self.client = self._sign_in()

    def sees(self, url: str) -> str:
        return words(self.client.get(url, follow_redirects=True))

    def sends(self, url: str, **fields: str) -> TestResponse:
        token = csrf(self.client, "/duty")
        sent_once = {"once": f"once-{abs(hash((url, *sorted(fields.items())))):020}"[:40]}
        return self.client.post(url, data={**sent_once, **fields, "csrf_token": token})

    def does(self, url: str, **fields: str) -> str:
        """What the page says that a form leads to."""
        return words(self.client.get(self.sends(url, **fields).headers["Location"]))

    def takes(self, alert_id: str) -> str:
        return self.does(f"/duty/alerts/{alert_id}/take")

    def previews(self, alert_id: str, **changed: str) -> TestResponse:
        """The decision as it would go out; `sure` sends it, as that page does."""
        url = f"/duty/alerts/{alert_id}/decide"
        if "sure" in changed and "seen" not in changed:
            looked = {name: value for name, value in changed.items() if name != "sure"}
            changed["seen"] = self.seen(self.previews(alert_id, **looked))
        return self.sends(url, **{**DECIDE, **changed})

    def seen(self, page: TestResponse) -> str:
        """What a decision was looked at with."""
        return page.text.partition('name="seen" value="')[2].partition('"')[0]

    def decides(self, alert_id: str, **changed: str) -> str:
        return words(self.client.get(self.previews(alert_id, **changed, sure="1").headers["Location"]))
