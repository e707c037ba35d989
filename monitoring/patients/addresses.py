"""Where a patient's link leads: one prefix for all of them, so that people know which links are ours."""

from typing import Final

PREFIX: Final = "/i/"


def link_address(public_url: str, token: str) -> str:
    """The address that opens what `monitoring.patients.links.new_link` made, as it stands in a text."""
    return f"{public_url}{PREFIX}{token}"
