"""Goes on with a list until somebody kills it: ``python -m tests.employers.dying DATABASE KEYS LIST``."""

import sys
from pathlib import Path

from sqlalchemy import update
from sqlmodel import col

from employers.keeping import UploadKeeper
from store import Store
from store.keyring import read_keyring
from store.messages import OutboxMessage


def main(database_url: str, keys: str, upload_id: str) -> None:
    store = Store.open(database_url, read_keyring(Path(keys), production=False))
    keeper = UploadKeeper(store)
    while True:
        with store.work() as work:
            work.run(update(OutboxMessage).where(col(OutboxMessage.state) == "created"), state="sent", due_at=None)
        keeper.keep(upload_id)


if __name__ == "__main__":
    main(*sys.argv[1:])
