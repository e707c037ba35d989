"""What an alert rests on, as its page shows it in words: facts, answers with their photos and reading."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from language.moments import when
from monitoring.alerts import DOUBTS
from monitoring.duty.opening import Answered, OpenedAlert
from monitoring.duty.weighing import Weighed
from web.duty.wording import OUTCOMES, POSES, POSITIONS, STATES, VERDICTS, VOIDS, WORDS
from web.wording import sentence
from web.words import _, counted


def shown_fact(opened: OpenedAlert, one: Weighed, now: datetime | None) -> dict[str, Any]:
    """One fact: what it is, how it came about, and why it does not count where it doesn't.

    Without `now`, of a decided alert, every moment has its date.
    """
    row, lines = one.row, []
    if row is None:
        title = _("A fact of which nothing is known any more")
    elif one.fact.what == "departure":
        title = _("Left home at about {moment}", moment=when(row.left_at, opened.regime, now))
        lines = _departed(opened, row, now)
    else:
        asked = when(row.asked_at or row.planned_at, opened.regime, now)
        title = _("Check of {moment}: {state}", moment=asked, state=_(STATES[row.state]))
        lines = [sentence(outcome_words(row.outcome))]
    if opened.alert.kind in DOUBTS:
        lines = [*lines, _time_to_answer(opened, one, now)]
    return {"title": title, "lines": [one for one in lines if one], "void": _(VOIDS[one.void]) if one.void else ""}


def _time_to_answer(opened: OpenedAlert, one: Weighed, now: datetime | None) -> str:
    """Each fact has its own: what the patient has time to answer to still does not count yet."""
    fact, regime = one.fact, opened.regime
    if fact.told_at is None or fact.answer_by is None:
        return _("The patient was not told of it yet.")
    told, until = when(fact.told_at, regime, now), when(fact.answer_by, regime, now)
    at = opened.at or now
    if at is not None and fact.is_over(at):
        return _("Told at {moment}; the time to answer was over at {until}.", moment=told, until=until)
    return _("Told at {moment}; the patient may answer until {until}.", moment=told, until=until)


def _departed(opened: OpenedAlert, row: Row[Any], now: datetime | None) -> list[str]:
    """The plain rule, in numbers."""
    regime, model = opened.regime, opened.models.get(row.device_id, "")
    distance, radius = row.distance_band.replace("-", "–"), row.radius_band.replace("-", "–")
    minutes = max(row.span_s // 60, 1)
    return [
        _("{band} m from the house; by the telephone accurate to {radius} m.", band=distance, radius=radius),
        _("Positions outside, one after the other: {count}, over {minutes} min.", count=row.fixes, minutes=minutes),
        _(
            "The plain rule says so too: 3 positions in 7 minutes, each accurate to 150 m or better, and "
            "further away than 125 m and half of that accuracy."
        )
        if row.plain
        else _("The plain rule does not say so, only the finer reckoning does: doubt it more."),
        _("Noticed at {moment}.", moment=when(row.detected_at, regime, now)),
        _("Back at {moment}.", moment=when(row.back_at, regime, now)) if row.back_at else _("Not known to be back."),
        _("Telephone: {model}.", model=model) if model else "",
    ]


def outcome_words(outcome: str | None) -> str:
    """Why a check ended so, in words."""
    known = OUTCOMES.get(outcome or "") or WORDS.get(outcome or "")
    return _(known) if known else ""


def shown_answer(opened: OpenedAlert, one: Answered, now: datetime) -> dict[str, Any]:
    """An answer by photos, with its reading."""
    check, read, regime = one.check, one.read, opened.regime
    poses = _poses([shot.pose for shot in read.shots] if read else [])
    asked = when(check.asked_at, regime, now) if check.asked_at else ""
    return {
        "id": check.id,
        "title": _("Answer to the check of {moment}", moment=asked),
        "answered": when(check.answered_at, regime, now) if check.answered_at else "",
        "lines": _read(one),
        "photos": [
            {"id": photo.id, "pose": poses[photo.step] if photo.step < len(poses) else ""} for photo in one.photos
        ],
        "gone": bool(check.answered_at and not one.photos),
    }


def _poses(poses: Sequence[str]) -> list[str]:
    """In words; those of which there are several are numbered."""
    words, several = [], Counter(poses)
    for place, pose in enumerate(poses):
        number = poses[: place + 1].count(pose)
        numbered = _("{what}, {number} of {count}", what=_(POSES[pose]), number=number, count=several[pose])
        words.append(numbered if several[pose] > 1 else _(POSES[pose]))
    return words


def _read(one: Answered) -> list[str]:
    """The reading, in words."""
    read, check = one.read, one.check
    lines = []
    if read is not None:
        likeness = f" ({read.likeness:.2f})" if read.likeness is not None else ""
        lines.append(f"{_('Face: {verdict}', verdict=_(VERDICTS[read.verdict]))}{likeness}.")
        lines += [sentence(outcome_words(word)) for _state, word in read.doubts if outcome_words(word)]
    if check.tries:
        lines.append(
            counted(
                "Photos were asked for again {count} time: those before were too poor to tell.",
                "Photos were asked for again {count} times: those before were too poor to tell.",
                check.tries,
            )
        )
    if check.position_kind in POSITIONS:
        lines.append(_("Position: {words}.", words=_(POSITIONS[check.position_kind])))
    return lines
