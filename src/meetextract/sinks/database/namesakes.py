"""Two articles with one id: the second must not pass for a correction of the first.

Ids of files are their paths within a folder, so two folders have the same ones; and what is read of the second would
supersede all that people decided of the first.
"""

from __future__ import annotations

from collections.abc import Mapping

from meetextract.read.near_duplicates import THRESHOLD, likeness
from meetextract.sameness import plain


def is_another(old: Mapping[str, object], new: Mapping[str, object]) -> bool:
    """Whether a row of `articles` is of another article than the one that has its id.

    It is where both know two things at least, and none of them is the same: address, title, and words by their
    fingerprints. One alone tells nothing: portals change any of them.

    Args:
        old: The row that is there.
        new: The row of a record.
    """
    if old["text_hash"] == new["text_hash"]:
        return False
    urls, titles, prints = ((old[column], new[column]) for column in ("url", "title", "fingerprint"))
    alike = []
    if all(urls):
        alike.append(urls[0] == urls[1])
    if all(titles):
        alike.append(plain(str(titles[0])) == plain(str(titles[1])))
    if all(prints):
        alike.append(likeness(str(prints[0]), str(prints[1])) >= THRESHOLD)
    return len(alike) > 1 and not any(alike)


def refused(old: Mapping[str, object]) -> str:
    """Why such a record is not taken, and the mend."""
    where = old["url"] or old["source"] or "its source is not known"
    mend = "Extract from a folder above both, or give ids with --column id=COLUMN"
    return f"another article has its id ({where}). {mend}"
