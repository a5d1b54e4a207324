"""A dictionary that does not grow in memory: of ten million articles, ids and places alone would take gigabytes."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from meetextract.errors import NoRoomError


class DiskDict:
    """Texts by texts, in a file without a name that is gone with the process; what is small stays in memory.

    All methods raise a `NoRoomError` where the disk is full.
    """

    __slots__ = ("_db",)

    def __init__(self) -> None:
        # An iterator that uses this may be handed on to another thread.
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = OFF")  # nobody is to read it after a crash
        self._db.execute("CREATE TABLE pairs (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID")
        self._db.execute("BEGIN")  # and no end: one transaction is quicker

    def set_first(self, key: str, value: str) -> str | None:
        """Set the value of a key that has none; return the value that it has already."""
        with _told():
            new = self._db.execute("INSERT OR IGNORE INTO pairs VALUES (?, ?)", (_bytes(key), _bytes(value)))
            return None if new.rowcount else self.get(key)

    def update(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Set values."""
        with _told():
            as_bytes = ((_bytes(key), _bytes(value)) for key, value in pairs)
            self._db.executemany("INSERT OR REPLACE INTO pairs VALUES (?, ?)", as_bytes)

    def get(self, key: str) -> str | None:
        """The value of a key."""
        with _told():
            found = self._db.execute("SELECT value FROM pairs WHERE key = ?", (_bytes(key),)).fetchone()
        return None if found is None else found[0].decode("utf-8", "surrogatepass")

    def pop(self, key: str) -> str | None:
        """Remove a key, and return its value."""
        found = self.get(key)
        if found is not None:
            with _told():
                self._db.execute("DELETE FROM pairs WHERE key = ?", (_bytes(key),))
        return found


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # names of files may be no UTF-8


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        mend = "Make room there, or name another folder as TMPDIR."
        raise NoRoomError(f"temporary files cannot be written ({error}). {mend}") from None
