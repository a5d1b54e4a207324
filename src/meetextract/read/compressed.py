"""Files as they are or compressed (.gz, .zst), read as a stream; a zip bomb is refused before it does harm."""

import gzip
import io
import sys
import zlib
from pathlib import Path
from typing import Any, BinaryIO

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SUFFIXES = (".gz", ".zst")
"""The endings of compressed files."""

MAX_UNPACKED_UNSEEN = 64 * 1024 * 1024
"""So many bytes come out of a compressed file before its ratio is looked at."""

MAX_RATIO = 200
"""News compresses to a third or a tenth, a page of nothing but its template to a fiftieth."""

_CHUNK = 128 * 1024


class UnpackError(Exception):
    """Compressed data that cannot be unpacked.

    Attributes:
        problem: What is wrong, without a full stop.
        mend: What to do about it, without a full stop.
    """

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(problem, mend)
        self.problem = problem
        self.mend = mend


def unpacked_suffix(path: Path) -> tuple[str, str]:
    """Give the ending of what is in a file, and the name without endings: ``.html`` and ``tin`` of ``tin.html.gz``."""
    name = Path(path.stem) if path.suffix.lower() in SUFFIXES else path
    return name.suffix.lower(), name.stem


def open_unpacked(path: Path) -> io.BufferedReader:
    """Open a file for reading, unpacked if its name says that it is compressed.

    Args:
        path: The file.

    Returns:
        A stream of bytes; reading it may raise `UnpackError`.

    Raises:
        OSError: The file cannot be opened.
    """
    raw = path.open("rb")
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        return raw
    return io.BufferedReader(_Unpacked(raw, gzip.GzipFile(fileobj=raw) if suffix == ".gz" else zstd.ZstdFile(raw)),
                             _CHUNK)  # fmt: skip


class _Unpacked(io.RawIOBase):
    """Unpacks a file and watches how much comes out of it."""

    def __init__(self, packed: BinaryIO, unpacker: Any) -> None:
        super().__init__()
        self._packed = packed
        self._unpacker = unpacker
        self._out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._unpacker.read1(min(len(buffer), _CHUNK))  # not more, or an error would cost it
        except EOFError:
            mend = "Fetch the file again; what came before is read"
            raise UnpackError("the compressed data break off", mend) from None
        except (gzip.BadGzipFile, zlib.error, zstd.ZstdError) as error:
            raise UnpackError(f"the compressed data are damaged ({error})", "Fetch the file again") from None
        self._out += len(data)
        if self._out > MAX_UNPACKED_UNSEEN and self._out > MAX_RATIO * self._packed.tell():
            problem = f"it unpacks to more than {MAX_RATIO} times its size: no news does"
            raise UnpackError(problem, "Unpack it yourself if you trust it")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._unpacker.close()
            self._packed.close()
        super().close()
