"""The team: who is there, the line, the day so far; and sending away who forgot to leave."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from codes.desk.agents import send_away
from codes.desk.team import MembersDay, TeamNow, team_day, team_now
from codes.regimes import in_force
from language.moments import when
from store import Store, Work
from web.desk.wording import OUTCOMES, lasted, lasted_about
from web.fragments import fragment, tag_of
from web.once import Answer, send_once, told
from web.supervision.picture import picture
from web.supervision.wording import PRESENCES, clock
from web.visitor import visitor
from web.wording import language_name
from web.words import _

NOW_S, DAY_S = 2, 30
"""So often an open page asks."""
_LEAVES = ("available", "ringing", "wrapping_up")


def add_team_pages(blueprint: Blueprint, store: Store) -> None:
    """GET /desk/team with its live parts, and POST /desk/team/ID/away."""

    @blueprint.get("/desk/team")
    def team() -> ResponseReturnValue:
        with store.reading() as work:
            now, day, answer = _now(work), _day(work), told(work, visitor().id)
        parts = {"now": now, "now_tag": tag_of(now), "now_every": NOW_S}
        return render_template(
            "supervision/team.html", answer=answer, day=day, day_tag=tag_of(day), day_every=DAY_S, **parts
        )

    @blueprint.get("/desk/team/now")
    def team_now_part() -> ResponseReturnValue:
        with store.reading() as work:
            now = _now(work)
        return fragment("supervision/team_now.html", tag_of(now), now=now, every=NOW_S)

    @blueprint.get("/desk/team/day")
    def team_day_part() -> ResponseReturnValue:
        with store.reading() as work:
            day = _day(work)
        return fragment("supervision/team_day.html", tag_of(day), day=day, every=DAY_S)

    @blueprint.post("/desk/team/<staff_id>/away")
    def send_agent_away(staff_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            gone = send_away(work, staff_id, visitor().actor)
            return Answer(url_for("pages.supervision.team"), "sent_away" if gone else "stays")

        return send_once(store, visitor().id, act)


def _now(work: Work) -> dict[str, Any]:
    team = team_now(work)
    return {
        "members": _members(work, team),
        "waiting": team.waiting,
        "longest": lasted_about(work.now - team.first_at) if team.first_at else "",
        "languages": [(language_name(code), count) for code, count in team.by_language.items()],
        "owed": team.owed,
        "failed": team.failed,
    }


def _members(work: Work, team: TeamNow) -> list[dict[str, Any]]:
    """Who works before who is away."""
    regime = in_force(work).regime
    return [
        {
            "id": one.id,
            "name": one.name,
            "presence": one.presence,
            "state": _(PRESENCES[one.presence]),
            "since": when(one.since, regime, work.now),
            "talks": lasted_about(work.now - one.connected_at) if one.connected_at else "",
            "leaves": one.presence in _LEAVES,
        }
        for one in sorted(team.members, key=lambda one: (one.presence == "away", one.name))
    ]


def _day(work: Work) -> dict[str, Any]:
    day, zone = team_day(work), in_force(work).regime.zone
    quarters = [
        (clock(one.begins_at.astimezone(zone)), one.reached, one.lost, one.waiting, lasted(one.longest))
        for one in day.quarters
        if one.reached or one.lost or one.waiting
    ]
    drawn = picture(day.quarters, zone)
    hours = [clock(one) for one in drawn.hours] if drawn else []
    longest = lasted(drawn.longest) if drawn else ""
    members = [_members_day(one) for one in day.members]
    return {"members": members, "quarters": quarters, "picture": drawn, "hours": hours, "longest": longest}


def _members_day(one: MembersDay) -> dict[str, Any]:
    return {
        "name": one.name,
        "calls": one.calls,
        "talk": lasted(one.talk) if one.talk is not None else "",
        "outcomes": [(_(words), one.outcomes[key]) for key, words in OUTCOMES.items() if one.outcomes.get(key)],
        "unnoted": one.unnoted,
    }
