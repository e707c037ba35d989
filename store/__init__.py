"""The case store: tables, one unit of work, keys, outbox, audit, migrations."""

from store.keyring import DataKey, Keyring
from store.work import Clock, Doorbell, Store, Work

__all__ = ["Clock", "DataKey", "Doorbell", "Keyring", "Store", "Work"]
