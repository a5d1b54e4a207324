"""Parquet: a table with an article a row, read row by row. It needs the extra ``parquet``."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from meetextract import settings
from meetextract.errors import InputError
from meetextract.read.article import Article
from meetextract.read.feeds import too_long
from meetextract.read.pages import UnreadPage
from meetextract.read.rows import LACKING_MEND, Columns, article_of


def from_parquet(
    path: Path, stem: str, columns: Columns, published: date | None
) -> Iterator[Article | UnreadPage | InputError]:
    """Read the rows of a Parquet file; only the columns that are asked for are unpacked."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        yield InputError(path, None, "Parquet is read with pyarrow, which is not installed",
                         "Install it: pip install 'meetextract[parquet]'")  # fmt: skip
        return
    number = 0
    try:
        with pyarrow.parquet.ParquetFile(path) as table:
            schema = table.schema_arrow
            if problem := columns.lacking(schema.names):
                yield InputError(path, None, problem, LACKING_MEND)
                return
            for name in (columns.text, columns.html):
                if name in schema.names and (wrong := _other_type(schema.field(name).type)):
                    yield InputError(path, None, f'the column "{name}" is {wrong}, not text', LACKING_MEND)
                    return
            wanted = [name for name in columns.names() if name in schema.names]
            # A long text that repeats takes no room in the file: no more than one row is unpacked at a time.
            for batch in table.iter_batches(batch_size=1, columns=wanted):
                number += 1
                if sum(map(_size, batch.columns)) > settings.MAX_ARTICLE_BYTES:
                    yield too_long(path, number)
                else:
                    yield article_of(batch.to_pylist()[0], columns, path, number, stem, published)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk, not what is on it
        line = str(error).partition("\n")[0].rstrip(".")
        yield InputError(path, number + 1 if number else None, f"no readable Parquet ({line})", "Write the file again")
        return
    if not number:
        yield InputError(path, None, "the table has no rows", "Write a row an article, or remove the file")


def _size(column: Any) -> int:
    """The bytes of a column's values, each as often as it occurs."""
    import pyarrow.types as types

    return int((column.dictionary_decode() if types.is_dictionary(column.type) else column).nbytes)


def _other_type(kind: Any) -> str | None:
    """Name a type that holds no text."""
    import pyarrow.types as types

    if types.is_dictionary(kind):
        kind = kind.value_type
    is_text = types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind) or types.is_null(kind)
    return None if is_text else str(kind)
