"""Which calls are listened to again: of those in which an agent issued a pass, one in fifty, by chance alone."""

from datetime import timedelta

from sqlalchemy import select, text, update
from sqlmodel import col

from codes.applications import BY_AGENT
from store import Work
from store.calls import UNNOTED, Call, CallReview
from store.passes import Pass

ONE_IN = 50
"""Two in a hundred, as the order wants it: enough to meet each agent within days, few enough to be heard to the end."""
LEFT_OVER = timedelta(hours=1)
"""So long after a call's end it is drawn although its agent has noted nothing: nobody escapes by leaving it open."""
_MOST = 500
_ISSUED = select(col(Pass.id)).where(col(Pass.call_sid) == col(Call.sid), col(Pass.channel) == BY_AGENT)


def draw(work: Work, call_sid: str) -> bool:
    """Whether the call was picked just now. It is drawn once, and only if an agent issued a pass in it.

    The chance is the same for each call, whatever was in it; the agent neither sees it nor learns what came of it.
    """
    mine = update(Call).where(col(Call.sid) == call_sid, col(Call.drawn_at).is_(None), _ISSUED.exists())
    if not work.run(mine, drawn_at=work.now) or work.random.randrange(ONE_IN):
        return False
    work.insert(CallReview, call_sid=call_sid, picked_at=work.now)
    work.audit("machine", "call.picked", call_sid)
    return True


def draw_left_over(work: Work) -> None:
    """Draws the calls that were over long ago and that nobody noted."""
    over = col(Call.ended_at) < work.now - LEFT_OVER
    left = select(col(Call.sid)).where(text(UNNOTED), over, col(Call.drawn_at).is_(None), _ISSUED.exists())
    for row in work.rows(left.order_by(col(Call.ended_at)).limit(_MOST)):
        draw(work, row.sid)
