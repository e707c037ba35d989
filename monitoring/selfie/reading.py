"""The process that reads photos: `python -m monitoring.selfie FOLDER COUNT`, started by `monitoring.photos.reader`.

So many photos come in, each with its length before it; what they show goes out, as `monitoring.told` says.
"""

import os
import sys
from pathlib import Path
from typing import BinaryIO

from apart.limits import give_up_everything
from apart.starting import READY
from monitoring.selfie.looking import look
from monitoring.selfie.networks import networks
from monitoring.told import photos_in, write_looks
from monitoring.weights import WrongWeights

MEMORY = 704 * 1024 * 1024
"""Bytes of addresses, of which the libraries take 220 MB that are no memory: what is really used stays under 500."""
SECONDS = 5
"""Of processor time, for each photo."""
_YIELDING = 10
"""Texts come first."""


def read_all(folder: Path, count: int, given: BinaryIO, out: BinaryIO) -> None:
    """Reads `given` to its end and answers; from the first photo on it can do nothing else. Raises WrongWeights."""
    networks(folder)
    give_up_everything(MEMORY, SECONDS * max(1, count))
    out.write(READY)
    out.flush()
    out.write(write_looks([look(photo, folder) for photo in photos_in(given)]))
    out.flush()


def main() -> None:
    """`python -m monitoring.selfie FOLDER COUNT`."""
    os.nice(_YIELDING)
    try:
        read_all(Path(sys.argv[1]), int(sys.argv[2]), sys.stdin.buffer, sys.stdout.buffer)
    except WrongWeights as error:
        print(error, file=sys.stderr)
        os._exit(2)
    os._exit(0)  # nothing is left to tidy up, and tidying needs what was given up
