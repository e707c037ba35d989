"""A turnstile at the station that checks codes over the JSON API."""

from dataclasses import dataclass

from development.demo.api import post
from development.demo.stage import Story
from development.demo.streets import Streets

_LOOKS, _EVERY = 30, 30.0


@dataclass(frozen=True, slots=True)
class Turnstile:
    """A machine with a key, at the pages' `address`."""

    address: str
    key: str

    def checks(self, code: str) -> str:
        """Its verdict on a code; empty where nobody answers."""
        return post(f"{self.address}/api/v1/inspections", self.key, {"inspections": [{"code": code}]})


def turnstiles_day(streets: Streets, turnstile: Turnstile) -> Story:
    """Somebody passes every half an hour."""
    for _ in range(_LOOKS):
        yield streets.does(_EVERY, lambda: turnstile.checks(next(reversed(streets.passes), "")))
