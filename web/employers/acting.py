"""For which organisation somebody acts: the one door to everything with an organisation's id in its address."""

from flask import abort

from codes.employers.accounts import Organisation, organisation_for
from store import Work
from web.visitor import visitor


def acting_for(work: Work, organisation_id: str, states: tuple[str, ...] = ("confirmed",)) -> Organisation:
    """The organisation, where the visitor acts for it and it is in one of these states; else there is no such page."""
    found = organisation_for(work, visitor().id, organisation_id)
    return found if found is not None and found.state in states else abort(404)
