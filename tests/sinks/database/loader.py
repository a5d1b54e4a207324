"""A process that loads records: `loader.py URL FILE ARTICLES [KILLS SEED]`, so many articles a batch.

With kills, it starts itself again and again, and kills what it started at some moment, until that many were killed or
one came to its end; it prints how many were killed.
"""

import os
import random
import sys
import time
from pathlib import Path

from meetextract.errors import DatabaseError
from meetextract.sinks.database import feeding
from meetextract.sinks.database.versions import open_database


def load(url: str, file: str) -> int:
    try:
        engine = open_database(url, may_make=True)
        with feeding.Feeder(engine, lambda place, reason: sys.exit(f"{place}: {reason}")) as feeder:
            for number, line in enumerate(Path(file).read_bytes().splitlines(), 1):
                feeder.add(line, str(number))
        engine.dispose()
    except DatabaseError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def killed(url: str, file: str, kills: int, seed: int) -> int:
    """Load, and be killed; in processes that are forked, as most of the time goes to starting."""
    dice = random.Random(seed)
    for number in range(kills):
        child = os.fork()
        if not child:
            os._exit(load(url, file))
        time.sleep(dice.uniform(0, 0.04))
        os.kill(child, 9)
        if os.waitpid(child, 0)[1] == 0:
            return number
    return kills


if __name__ == "__main__":
    feeding.ARTICLES = int(sys.argv[3])
    if len(sys.argv) > 4:
        sys.stdout.write(f"{killed(*sys.argv[1:3], *map(int, sys.argv[4:6]))}\n")
    sys.exit(load(*sys.argv[1:3]))
