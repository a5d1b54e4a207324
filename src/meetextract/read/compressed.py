"""Files as they are or compressed (.gz, .zst), read as a stream; a zip bomb is refused before it does harm."""

import gzip
import io
import sys
import zlib
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

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
_MAGIC = b"\x1f\x8b\x08"  # a member of a gzip file begins so
_GZIP = zlib.MAX_WBITS | 16


class UnpackError(Exception):
    """Compressed data that cannot be unpacked.

    Attributes:
        problem: What is wrong, without a full stop.
        mend: What to do about it, without a full stop.
        goes_on: Whether more can be read behind it.
        spoils: Whether what came out before is not as it was packed.
    """

    def __init__(self, problem: str, mend: str, *, goes_on: bool = False, spoils: bool = False) -> None:
        super().__init__(problem, mend)
        self.problem = problem
        self.mend = mend
        self.goes_on = goes_on
        self.spoils = spoils


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
    unpacker: Any
    if suffix == ".zst":
        unpacker = zstd.ZstdFile(raw)
    else:
        unpacker = _Members(raw) if unpacked_suffix(path)[0] == ".warc" else gzip.GzipFile(fileobj=raw)
    return io.BufferedReader(_Unpacked(raw, unpacker), _CHUNK)


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


class _Members:
    """Unpacks a WARC file in which each record is packed for itself: a damaged one does not cost those behind it."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._ahead = b""  # read, but not unpacked yet
        self._begin = 0  # of the member at hand
        self._member: Any = None
        self._out = 0  # bytes that came out of it

    def read1(self, size: int) -> bytes:
        """Unpack some bytes.

        Raises:
            UnpackError: A member is damaged; the next one is read behind it.
            EOFError: The last one breaks off.
        """
        while True:
            self._ahead = self._ahead or self._packed.read(_CHUNK)
            if self._member is None:
                ahead = self._ahead
                while ahead and not (ahead := ahead.lstrip(b"\0")):  # gzip allows to fill up with these
                    ahead = self._packed.read(_CHUNK)
                if not ahead:
                    return b""
                self._ahead = ahead
                self._begin = self._packed.tell() - len(ahead)
                self._member, self._out = zlib.decompressobj(_GZIP), 0
            is_end = not self._ahead
            try:
                data = bytes(self._member.decompress(self._ahead, size))
            except zlib.error as error:
                self._leave_out(str(error))
            self._out += len(data)
            self._ahead = self._member.unconsumed_tail
            if self._member.eof:
                self._ahead, self._member = self._member.unused_data, None
            elif is_end and not data:
                self._leave_out(None)
            if data:
                return data

    def _leave_out(self, reason: str | None) -> NoReturn:
        """Go to the next member that holds a record."""
        self._member, self._ahead = None, b""
        spoils = self._out > 0 and reason is not None and reason.endswith((" data check", " length check"))
        at = self._begin + 1
        self._packed.seek(at)
        window = b""
        while data := self._packed.read(_CHUNK):
            window += data
            place = -1
            while (place := window.find(_MAGIC, place + 1)) >= 0:
                if self._is_record(at + place):
                    self._packed.seek(at + place)
                    problem = f"the compressed data are damaged ({reason or 'a part breaks off'})"
                    left_out = f"bytes {self._begin} to {at + place} of the file are left out"
                    raise UnpackError(f"{problem}; {left_out}", "Fetch the file again", goes_on=True, spoils=spoils)
            kept = min(len(window), len(_MAGIC) - 1)
            at += len(window) - kept
            window = window[len(window) - kept :]
            self._packed.seek(at + kept)
        if reason is None:
            raise EOFError
        problem = f"the compressed data are damaged ({reason}); nothing behind byte {self._begin} of the file is read"
        raise UnpackError(problem, "Fetch the file again", spoils=spoils)

    def _is_record(self, at: int) -> bool:
        self._packed.seek(at)
        try:
            return bool(zlib.decompressobj(_GZIP).decompress(self._packed.read(_CHUNK), 5) == b"WARC/")
        except zlib.error:
            return False

    def close(self) -> None:
        """Nothing to be closed."""
