"""Jobs that the doorbell rings for: a function of worker.py or at_home.py by name, and the id of the row it is for."""

from typing import NamedTuple

DELIVER = "worker.deliver"
"""Hand an outbox message over to the carrier."""
KEEP_RECORDING = "worker.keep_recording"
"""Go on with a recording: fetch it, delete it at the carrier, destroy it."""
HOLD_RECORDING = "worker.hold_recording"
"""Tell the carrier to pause or resume the recording of a call."""
READ_PAPER = "worker.read_paper"
"""Go on with a paper: read it, delete what is left of it."""
POST_MAIL = "worker.post_mail"
"""Send one e-mail."""
GO_ON_WITH_UPLOAD = "worker.go_on_with_upload"
"""Go on with an employer's list: explain its rows, issue some of them."""
JUDGE_CASE_AGAIN = "at_home.judge_case_again"
"""The fence of a case changed."""
READ_ANSWER = "at_home.read_answer"
"""Read what a patient answered to a presence check."""
JOBS = (
    DELIVER,
    KEEP_RECORDING,
    HOLD_RECORDING,
    READ_PAPER,
    POST_MAIL,
    GO_ON_WITH_UPLOAD,
    JUDGE_CASE_AGAIN,
    READ_ANSWER,
)


class Ring(NamedTuple):
    """One job that is due."""

    job: str
    id: str
