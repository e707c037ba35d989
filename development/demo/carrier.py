"""The carrier simulator's control API: what people do with their telephones, and trouble on the line."""

import json
import urllib.error
import urllib.request
from collections import Counter
from typing import Any
from urllib.parse import quote

_PATIENCE_S = 30


class Carrier:
    """Telephones of the simulator at `address`."""

    def __init__(self, address: str) -> None:
        self.told: Counter[str] = Counter()
        """Texts that were sent, and those that found no answer; calls that were made, and those an agent had."""
        self._address = f"{address}/simulator"
        # No proxy is asked: it is on this machine.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def text(self, number: str, body: str) -> str:
        """Texts the service; its answer, empty where none came."""
        outcome = self._ask("POST", "texts", {"from": number, "body": body})
        answer = "\n".join(outcome.get("replies", ()))
        self.told.update(["texts"] if answer else ["texts", "unanswered"])
        return answer

    def newest(self, number: str) -> str:
        """What the service texted to a telephone last; empty where it did not."""
        texts = self._asked("GET", f"conversations/{quote(number)}") or []
        return next((str(one["body"]) for one in reversed(texts) if one["way"] == "out"), "")

    def call(self, number: str) -> str:
        """Rings the service; the call, empty where there is none."""
        sid = str(self._ask("POST", "calls", {"from": number}).get("sid", ""))
        self.told.update(["calls"] if sid else [])
        return sid

    def act(self, call: str, what: str, **said: str) -> None:
        """Does something in a call: answer, decline, hangup; keys with ``digits``, speech with ``text``."""
        self._ask("POST", f"calls/{call}/{what}", said)

    def heard(self, call: str) -> dict[str, Any]:
        """A call with all that was heard in it; empty where the carrier is away."""
        return self._ask("GET", f"calls/{call}")

    def call_at(self, number: str) -> dict[str, Any]:
        """The call a telephone is in, or was in last."""
        return self._ask("GET", f"handsets/{quote(number)}/call")

    def show(self, number: str, label: str, name: str) -> str:
        """Puts a handset on the page, or names the one that is there."""
        self._ask("POST", "handsets", {"number": number, "label": label, "name": name})
        self._ask("PATCH", f"handsets/{quote(number)}", {"label": label, "name": name})
        return ""

    def hide(self, number: str) -> str:
        """Takes a handset off the page."""
        self._ask("DELETE", f"handsets/{quote(number)}")
        return ""

    def trouble(self, fault: str, times: int | None = None) -> str:
        """Switches a fault on, for so many times or until it is switched off."""
        self._ask("PUT", "faults", {"fault": fault, "times": times})
        return ""

    def no_trouble(self, fault: str) -> str:
        """Switches a fault off."""
        self._ask("PUT", "faults", {"fault": fault, "on": False})
        return ""

    def troubles(self) -> list[str]:
        """What is switched on for everybody."""
        return list(self._ask("GET", "state").get("faults", {}).get("*", {}))

    def _ask(self, method: str, path: str, said: dict[str, Any] | None = None) -> dict[str, Any]:
        """The answer; an empty one where the carrier is away or will not."""
        return dict(self._asked(method, path, said) or {})

    def _asked(self, method: str, path: str, said: dict[str, Any] | None = None) -> Any:
        # The settings let http and https in, nothing else.
        request = urllib.request.Request(f"{self._address}/{path}", method=method)  # noqa: S310
        if said is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(said).encode()
        try:
            with self._opener.open(request, timeout=_PATIENCE_S) as answer:
                found = answer.read()
        except (urllib.error.URLError, OSError):
            return None
        return json.loads(found) if found else None
