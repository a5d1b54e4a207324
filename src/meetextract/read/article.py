"""An article as it comes in."""

from dataclasses import dataclass
from datetime import date, datetime

import regex

_LONE_SURROGATE = regex.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Article:
    """One article; its text is kept exactly as stored.

    Attributes:
        id: What its record is called.
        text: The text; all offsets elsewhere are code points of this, ``[start, end)``.
        published: The publication date where it is known from outside; a ``date`` or an ISO string.
        title: The title where it is known from outside.
        url: Where the article stands on the web.
        source: The path, and for a line of a file ``path:line``, that it was read from.
        repairs: What was done to the text before it was stored: ``charset:NAME``, ``bytes_replaced``, ``mojibake``,
            ``tcvn3``, ``vni``.
        main_text: What took the text out of a page: ``readability``, ``trafilatura`` or ``blocks``; None where the text
            was given as text.
        captions: Where the markup says that a photo caption stands.

    Raises:
        ValueError: A value that cannot be used; the message tells the mend.
    """

    id: str
    text: str
    published: date | None = None
    title: str | None = None
    url: str | None = None
    source: str | None = None
    repairs: tuple[str, ...] = ()
    main_text: str | None = None
    captions: tuple[tuple[int, int], ...] = ()

    @property
    def is_as_in_source(self) -> bool:
        """Whether the text stands in its source as it is stored here, neither taken out of a page nor repaired."""
        return self.main_text is None and not self.repairs

    def __post_init__(self) -> None:
        """Check what came in, once, so that no later stage has to."""
        needed = {"id": self.id, "text": self.text}
        optional = {"title": self.title, "url": self.url, "source": self.source}
        for name, value in {**needed, **optional}.items():
            if value is None and name in optional:
                continue
            if not isinstance(value, str):
                mend = "Give it as a string" + (" or leave it out." if name in optional else ".")
                raise ValueError(f"{name} is {type(value).__name__}, not text. {mend}")
            if not value.isascii() and _LONE_SURROGATE.search(value):
                raise ValueError(f"{name} holds half a character (a lone surrogate). Decode the source as UTF-8 again.")
        object.__setattr__(self, "published", as_date(self.published))


def as_date(value: object) -> date | None:
    """Return a publication date as given: a date, a date with its time, or either of them as ISO text.

    Raises:
        ValueError: It is none of these; the message tells the mend.
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value.strip()).date()
        except ValueError:
            pass
    raise ValueError(f"published {value!r} is no date. Write it as YYYY-MM-DD, or leave it out.")
