"""Open dialogues: a sealed state kept under a key until it runs out."""

from sqlalchemy import LargeBinary, String, bindparam, delete, text
from sqlmodel import col
from sqlmodel.sql.sqltypes import UTCDateTime

from store.messages import OpenDialogue
from store.prepared import Prepared

KEEP = Prepared(
    text(
        "INSERT INTO dialogue (key, state_sealed, expires_at) VALUES (:key, :state_sealed, :expires_at) "
        "ON CONFLICT (key) DO UPDATE SET state_sealed = excluded.state_sealed, expires_at = excluded.expires_at"
    ).bindparams(
        bindparam("key", type_=String()),
        bindparam("state_sealed", type_=LargeBinary()),
        bindparam("expires_at", type_=UTCDateTime()),
    )
)
"""Writes the state under a key, in place of what was there."""
FORGET = Prepared(delete(OpenDialogue).where(col(OpenDialogue.key) == bindparam("key")))
