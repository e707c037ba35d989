"""Two people talk: what one says the other hears, until one of them goes."""

from telephony.simulator.voice.bridge import Bridge
from telephony.simulator.voice.flow import Afterwards, Alarm, Flow, Key, Spoken, Wait
from telephony.simulator.voice.leg import Leg
from telephony.simulator.voice.taping import burst


def talk(leg: Leg, bridge: Bridge, limit: int | None = None, star_ends: bool = False) -> Flow[None]:
    """This end of the conversation."""
    partner = bridge.partner(leg.sid)
    leg.amend(bridged=True)
    with Afterwards(lambda: _leave(leg, bridge)):
        wait = Wait(limit)
        while not bridge.over:
            event = yield from leg.attend(wait)
            if isinstance(event, Spoken):
                leg.network.add_line(partner, "other", "talk", event.text)
                burst(leg.network, partner, event.text, side=1)
            elif isinstance(event, Key):
                if star_ends and event.digit == "*":
                    return
                leg.network.add_line(partner, "other", "keys", event.digit)
            elif isinstance(event, Alarm):
                return


def _leave(leg: Leg, bridge: Bridge) -> None:
    part(leg, bridge)
    leg.amend(bridged=False)


def part(leg: Leg, bridge: Bridge) -> None:
    """This end has gone; the other one is told."""
    if not bridge.over:
        bridge.end()
        partner = bridge.partner(leg.sid)
        if partner:
            leg.directory.nudge(partner)
