"""Documents: type in full, symbol without blanks, date of issue.

Symbols follow Decree 30/2020/NĐ-CP (state), Guideline 36-HD/VPTW (Party) and the Law on Promulgation of Legal
Documents.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import regex

_LEAD = regex.compile(r"\d+[a-zA-Z]?")
_CODE = regex.compile(r"[/-](\p{Lu}\p{L}*)\d{0,2}(?=[-/&.]|$)")


@dataclass(frozen=True, slots=True)
class Document:
    """A numbered document."""

    type: str
    symbol: str
    date: date | None = None


def clean_symbol(text: str) -> str:
    """A symbol as it should be typed: "470- QĐNS/TW" -> "470-QĐNS/TW"."""
    return "".join(text.split()).strip("-/.")


def read_document(
    parts: Mapping[str, str], type_of_form: Callable[[str], str | None], type_of_code: Callable[[str], str | None]
) -> Document | None:
    """The value of a document mention.

    Args:
        parts: `symbol`, and where they occur `type`, `code`, `dd`, `dm`, `dy`; folded, capitals kept.
        type_of_form: from a type as written to its full form.
        type_of_code: from the type's code in a symbol ("QĐ") to its full form.

    Returns:
        The document, or None where no type is known.
    """
    symbol = clean_symbol(parts["symbol"])
    written = " ".join(parts.get("type", "").split())
    kind = type_of_form(written) if written else None
    if kind is None:
        code = _CODE.search(symbol)
        kind = type_of_code(parts.get("code") or (code[1] if code else ""))
    if kind is None or not _LEAD.match(symbol):
        return None
    return Document(kind, symbol, _date(parts))


def _date(parts: Mapping[str, str]) -> date | None:
    if not all(name in parts for name in ("dd", "dm", "dy")):
        return None
    try:
        return date(int(parts["dy"]), int(parts["dm"]), int(parts["dd"]))
    except ValueError:
        return None
