"""Where the package finds what it was shipped with."""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def pattern_dir() -> Path:
    """Return the directory of the shipped patterns.

    Returns:
        ``meetextract/patterns`` in an installed wheel, the checkout's ``patterns`` when running from source.

    Raises:
        FileNotFoundError: Neither is there; the installation is broken.
    """
    for directory in (_PACKAGE / "patterns", _PACKAGE.parents[1] / "patterns"):
        if directory.is_dir():
            return directory
    raise FileNotFoundError(f"no patterns beside {_PACKAGE}. Install the package again.")


MAX_ARTICLE_CHARS = 300_000
"""A longer article is read up to here, and its record says so; real ones stay below a tenth of it."""

TaggerName = Literal["fast", "underthesea"]

TAGGER: TaggerName = "fast"
"""Who finds words and parts of speech: both give the same, `underthesea` takes some twelve times as long."""

MAX_ARTICLE_BYTES = 64 * 1024 * 1024
"""Longest text file, line of a feed or row of a table that is read into memory."""

DATABASE = "sqlite:///meetextract.db"
"""The tracking database of those who name none: a file in the folder at hand."""
