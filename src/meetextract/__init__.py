"""meetextract: from scraped Vietnamese meeting news to records that a task tracker can load."""

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from meetextract.errors import DatabaseError, InputError, PatternError
    from meetextract.match.library import PatternLibrary
    from meetextract.pipeline import Extractor, extract, extract_all, mentions
    from meetextract.read.article import Article
    from meetextract.read.files import read_articles
    from meetextract.read.rows import Columns
    from meetextract.records import Record
    from meetextract.sinks.database.tracker import Tracker
    from meetextract.sinks.frames import frames
    from meetextract.sinks.jsonl import read_records, record_to_json

__all__ = [
    "Article",
    "Columns",
    "DatabaseError",
    "Extractor",
    "InputError",
    "PatternError",
    "PatternLibrary",
    "Record",
    "Tracker",
    "__version__",
    "extract",
    "extract_all",
    "frames",
    "mentions",
    "read_articles",
    "read_records",
    "record_to_json",
]

# Imported at first use: spaCy, pandas and underthesea take seconds.
_HOMES = {
    "Article": "read.article",
    "Columns": "read.rows",
    "DatabaseError": "errors",
    "Extractor": "pipeline",
    "InputError": "errors",
    "PatternError": "errors",
    "PatternLibrary": "match.library",
    "Record": "records",
    "Tracker": "sinks.database.tracker",
    "extract": "pipeline",
    "extract_all": "pipeline",
    "frames": "sinks.frames",
    "mentions": "pipeline",
    "read_articles": "read.files",
    "read_records": "sinks.jsonl",
    "record_to_json": "sinks.jsonl",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
