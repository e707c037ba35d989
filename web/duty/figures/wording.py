"""How figures about people at home are called."""

from collections.abc import Mapping
from types import MappingProxyType

from store.audit import SERVICE
from web.duty.wording import DECISIONS
from web.words import later

STATES: Mapping[str, str] = MappingProxyType(
    {
        "passed": later("Accepted"),
        "failed": later("Not passed"),
        "missed": later("Missed"),
        "excused": later("Excused"),
        "unclear": later("Unclear"),
        "asked": later("Asked, not answered yet"),
        "answered": later("Answered, being read"),
        "planned": later("Planned"),
    }
)
DECIDED: Mapping[str, str] = MappingProxyType({**DECISIONS, SERVICE: later("Excused by the service itself")})
GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "help": later("Calls for help"),
        "doubt": later("Doubts"),
        "pause": later("Says why not now"),
        "other": later("Something else"),
    }
)
