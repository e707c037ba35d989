"""Jobs that the doorbell rings for: a function of worker.py by name, and the id of the row it is to look after."""

from typing import NamedTuple

DELIVER = "worker.deliver"
"""Hand an outbox message over to the carrier."""
HOLD_RECORDING = "worker.hold_recording"
"""Tell the carrier to pause or resume the recording of a call."""
JOBS = (DELIVER,)


class Ring(NamedTuple):
    """One job that is due."""

    job: str
    id: str
