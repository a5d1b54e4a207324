"""What people can say of entries, tasks and entities: the words of the tables, of Python and of the command line."""

from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["meeting", "person", "unit", "document", "target", "assignment"]
"""Of entries; levels that were reached are targets, too."""

Verdict: TypeAlias = Literal["accept", "reject", "correct", "withdrawn"]
Status: TypeAlias = Literal["open", "in_progress", "done", "dropped"]
Entity: TypeAlias = Literal["person", "unit"]
Decision: TypeAlias = Literal["same", "different", "undone"]
