"""Articles that repeat another one that is loaded (`duplicate_of`): what they tell is counted once."""

from __future__ import annotations

from sqlalchemy import exists, or_

from meetextract.sinks.database.tables import ARTICLES

_first = ARTICLES.alias("first")

IS_FIRST = ~exists().where(
    _first.c.id == ARTICLES.c.duplicate_of,
    # Of two that two runs took for repeats of each other, one counts.
    or_(_first.c.duplicate_of.is_(None), _first.c.duplicate_of != ARTICLES.c.id, _first.c.id < ARTICLES.c.id),
)
"""Whether a row of `articles` tells what no other one tells that is loaded."""
