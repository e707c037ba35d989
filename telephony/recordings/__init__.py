"""Recordings of calls with agents: announced or looked for, fetched, deleted at the carrier, destroyed; and paused."""
