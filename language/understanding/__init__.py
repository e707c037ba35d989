"""What people write, understood: one text becomes one intent. Pure: no clock, no store, no network."""

from language.understanding.notation import describe, describe_fields

__all__ = ["describe", "describe_fields"]
