"""Addresses of applications that tests make by the thousand."""

from collections.abc import Hashable
from typing import Any

from werkzeug.routing import Rule

_kept: dict[Hashable, dict[str, Any]] = {}
_MATCHING = ("_parts", "_trace", "_converters", "arguments")
_BUILDING = ("_build", "_build_unknown")


class SharedRule(Rule):
    """A rule as ever; what reads and builds its address is compiled once a process: half an application's making."""

    def compile(self) -> None:
        """As another rule of the same words was compiled, if there was one."""
        defaults = tuple(sorted((self.defaults or {}).items()))
        whole = (self.rule, self.subdomain, self.host, self.merge_slashes, defaults)
        if whole not in _kept:
            super().compile()
            _kept[whole] = {name: getattr(self, name) for name in _MATCHING}
            _kept[whole] |= {name: getattr(self, name).__func__ for name in _BUILDING}
        for name in _MATCHING:
            setattr(self, name, _kept[whole][name])
        for name in _BUILDING:
            setattr(self, name, _kept[whole][name].__get__(self, None))
