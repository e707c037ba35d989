"""Ids that sort by time."""

import os
from datetime import datetime


def new_id(now: datetime) -> str:
    """24 hex digits: 48 bits of milliseconds, 48 random bits."""
    return f"{int(now.timestamp() * 1000):012x}{os.urandom(6).hex()}"


def first_id(since: datetime) -> str:
    """No id given at `since` or later is less than this."""
    return f"{max(int(since.timestamp() * 1000), 0):012x}"
