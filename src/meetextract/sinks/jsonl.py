"""Records as JSON Lines: one object a line, UTF-8 as it is."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from meetextract.errors import InputError
from meetextract.records import Record


@cache
def _adapter() -> TypeAdapter[Record]:
    return TypeAdapter(Record)


def record_to_json(record: Record) -> str:
    """Return a record as one line of JSON, without the line end."""
    return _adapter().dump_json(record).decode()


def record_from_json(line: str | bytes) -> Record:
    """Return the record that a line of JSON holds.

    Args:
        line: What `record_to_json` gave.

    Returns:
        An equal record.

    Raises:
        pydantic.ValidationError: The line is no record; it is a `ValueError`.
    """
    return _adapter().validate_json(line)


def read_records(path: Path | str) -> Iterator[Record]:
    """Read a file of records again, one at a time.

    Args:
        path: A file that `meetextract extract` wrote.

    Yields:
        The records in the order of the file; blank lines are passed over.

    Raises:
        InputError: The file cannot be opened, or a line is no record.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _record_at(path, number, line)
    except OSError as error:
        raise InputError(path, None, f"cannot be read ({error.strerror or error})", "Check the path") from error


def _record_at(path: Path, number: int, line: bytes) -> Record:
    try:
        return record_from_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        problem = f"no record of this version: {place + ': ' if place else ''}{first['msg']}"
        raise InputError(path, number, problem, "Extract its article again") from error
