"""A pass bound to another car or transport card: its holder changed their mind, a few times at most."""

import json
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import select, update
from sqlmodel import col

from codes.fields import Field
from codes.own_passes import OwnPass
from codes.passes import CARD, PLATE, seal_face
from store import Work
from store.passes import Pass

BINDABLE = (Field.PLATE, Field.CARD)
TIMES = 3
"""For one pass: a pass that drives many cars is sold."""
_KINDS: Mapping[Field, str] = MappingProxyType({Field.PLATE: PLATE, Field.CARD: CARD})


class NotBound(StrEnum):
    """Why a pass stays as it was."""

    OVER = "over"
    TOO_OFTEN = "too_often"
    NOT_ASKED = "not_asked"  # the order asks for neither for this purpose


def bindable(one: OwnPass) -> tuple[Field, ...]:
    """What a pass can be bound to, as the order it was issued under says."""
    purpose = one.regime.by_number[one.live.purpose]
    return tuple(name for name in BINDABLE if name in (*purpose.fields, *purpose.optional_fields))


def bind_anew(work: Work, one: OwnPass, fields: Mapping[Field, str], actor: str) -> NotBound | None:
    """Puts `fields` (what is left out is bound no more) in the place of plate and card; None, or why not."""
    names = bindable(one)
    if not one.is_live(work.now):
        return NotBound.OVER
    if not names:
        return NotBound.NOT_ASKED
    row = work.row(select(col(Pass.bound_anew), col(Pass.fields_sealed)).where(col(Pass.id) == one.live.id))
    if row.bound_anew >= TIMES:
        return NotBound.TOO_OFTEN
    told = {str(name): fields.get(name, "") for name in names}
    face = replace(one.live.face, **told)
    key, place = one.holder.key, f"pass.fields.{one.live.id}"
    said = json.loads(key.open(place, row.fields_sealed)) if row.fields_sealed else {}
    kept = {name: value for name, value in {**said, **told}.items() if value}
    work.run(
        update(Pass).where(col(Pass.id) == one.live.id),
        bound_anew=row.bound_anew + 1,
        face_sealed=seal_face(key, one.live.id, face),
        fields_sealed=key.seal(place, json.dumps(kept, ensure_ascii=False)) if kept else None,
        **{f"{name}_index": work.keys.blind(_KINDS[name], told[name]) if told[name] else None for name in names},
    )
    work.audit(actor, "pass.bound_anew", one.live.id, {"fields": [str(name) for name in names if told[name]]})
    return None
