"""Addresses of applications that tests make by the thousand."""

from collections.abc import Callable, Hashable

from werkzeug.routing import Rule

_kept: dict[Hashable, Callable[..., tuple[str, str]]] = {}


class SharedRule(Rule):
    """A rule as ever; only what builds its address is compiled once a process: a seventh of a second an application."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        defaults = tuple(sorted((self.defaults or {}).items()))
        whole = (self.rule, tuple(self._trace), defaults, append_unknown)
        if whole not in _kept:
            _kept[whole] = super()._compile_builder(append_unknown)
        return _kept[whole]
