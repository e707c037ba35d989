"""A draft as an administrator edits it, without scripts."""

import re
from html import unescape
from typing import Any

from tests.stories.desk import AgentAtDesk, Filled

_DRAFT = re.compile(r"/admin/regimes/drafts/([^/\"?]+)")
_PROPOSAL = re.compile(r"/admin/regimes/proposals/([^/\"?]+)")
_FORM = re.compile(r'<form method="post" action="([^"]+)".*?</form>', re.DOTALL)
_FIELD = re.compile(
    r'<textarea[^>]*name="(?P<area>[^"]+)"[^>]*>(?P<text>.*?)</textarea>'
    r"|<select[^>]*name=\"(?P<select>[^\"]+)\"(?P<options>.*?)</select>|<input(?P<input>[^>]*)>",
    re.DOTALL,
)
_CHOSEN = re.compile(r'<option value="([^"]*)" selected')
_FIRST = re.compile(r'<option value="([^"]*)"')


def begin(desk: AgentAtDesk, origin: str = "version:1") -> str:
    """Begins a draft; its address."""
    desk.opens("/admin/regimes/start").sends("/start", origin=origin)
    found = _DRAFT.search(desk.html)
    assert found, desk.reads
    return f"/admin/regimes/drafts/{found[1]}"


def proposal_in(desk: AgentAtDesk) -> str:
    """The address of the proposal that the page names."""
    found = _PROPOSAL.search(desk.html)
    assert found, desk.reads
    return f"/admin/regimes/proposals/{found[1]}"


def form_of(html: str, action: str) -> tuple[str, dict[str, Any]]:
    """The form that goes to an address ending so, with all that a browser would send of it untouched."""
    form = next(found for found in _FORM.finditer(html) if found[1].endswith(action))
    fields: dict[str, Any] = {}
    for field in _FIELD.finditer(form[0]):
        if field["area"]:
            fields[field["area"]] = unescape(field["text"]).removeprefix("\n").replace("\n", "\r\n")
        elif field["select"]:
            chosen = _CHOSEN.search(field["options"]) or _FIRST.search(field["options"])
            fields[field["select"]] = unescape(chosen[1]) if chosen else ""
        else:
            _read_input(field["input"], fields)
    return unescape(form[1]), fields


def _read_input(written: str, fields: dict[str, Any]) -> None:
    given = {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', written)}
    name, value = given.get("name", ""), given.get("value", "")
    if given.get("type") in ("checkbox", "radio"):
        if re.search(r"\schecked(\s|$|>)", written) and name:
            earlier = fields.get(name, [])
            fields[name] = [*(earlier if isinstance(earlier, list) else [earlier]), value]
    elif name and given.get("type") != "file":
        fields[name] = value


def saves(desk: AgentAtDesk, address: str, **typed: str | list[str]) -> AgentAtDesk:
    """Opens a form of a draft and saves it with these values typed; ``quota__day`` is the field quota.day."""
    url, fields = form_of(desk.opens(address).html, address)
    fields |= {name.replace("__", "."): value for name, value in typed.items()}
    return desk.submits(Filled(url, fields))
