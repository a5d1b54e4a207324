"""Writes the schema of the tracking database into docs/database.md: a diagram (Mermaid) and what each column holds.

Both are made of `tables.py` and stand between two marks; run it when the tables change:

    python tools/draw_schema.py docs/database.md

A test sees to it that this is done.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sqlalchemy import Column, Table
from sqlalchemy.dialects import sqlite

from meetextract.sinks.database.tables import METADATA, PEOPLES

BEGIN = "<!-- made by tools/draw_schema.py from here -->"
END = "<!-- to here -->"
ON_ALL = ("text_hash", "run", "superseded", "superseded_by", "successor", "origin", "pattern", "span_start", "span_end")
"""Columns that every entry has: the diagram would not be read for them."""


def diagram() -> str:
    """All tables with their keys, and what points to what, as Mermaid's entity relationship diagram."""
    lines = ["```mermaid", "erDiagram"]
    for table in METADATA.sorted_tables:
        lines.append(f"    {table.name} {{")
        lines += [f"        {kind(column)} {column.name}{keys(column)}" for column in drawn(table)]
        lines.append("    }")
    for table in METADATA.sorted_tables:
        for column in table.c:
            for foreign in column.foreign_keys:
                target = foreign.column.table
                if (
                    column.name in ON_ALL
                    or column.name == "entity"
                    or (len(table.primary_key) > 1 and is_part(table, target))
                ):
                    continue
                lines.append(f"    {target.name} ||--o{{ {table.name} : {column.name}")
    for table in METADATA.sorted_tables:
        whole = {foreign.column.table.name for foreign in table.foreign_keys if is_part(table, foreign.column.table)}
        lines += [f"    {name} ||--o{{ {table.name} : has" for name in sorted(whole)]
    return "\n".join([*lines, "```"])


def is_part(table: Table, of: Table) -> bool:
    """Whether the rows of a table are parts of those of another, whose key of two columns they have."""
    return any(len(each.elements) > 1 and each.referred_table is of for each in table.foreign_key_constraints)


def drawn(table: Table) -> list[Column[object]]:
    """The columns of a table that the diagram shows."""
    return [column for column in table.c if column.name not in ON_ALL or column.primary_key]


def kind(column: Column[object]) -> str:
    """The type of a column in a word."""
    return str(column.type.compile(dialect=sqlite.dialect())).split("(")[0].split()[0].lower()


def keys(column: Column[object]) -> str:
    """How the diagram marks a key."""
    marks = ["PK"] * column.primary_key + ["FK"] * bool(column.foreign_keys)
    return f" {','.join(marks)}" if marks else ""


def listing() -> str:
    """What each table and column holds."""
    lines = []
    for table in METADATA.sorted_tables:
        by = "people" if table in PEOPLES else "machines"
        lines += [f"**{table.name}** (written by {by}): {table.comment}.", "", "| column | holds |", "|---|---|"]
        for column in table.c:
            to = ", ".join(f"→ {foreign.target_fullname}" for foreign in sorted(column.foreign_keys, key=str))
            told = "; ".join(filter(None, [column.comment, to, "key" if column.primary_key else None]))
            lines.append(f"| `{column.name}` | {kind(column)}{f'; {told}' if told else ''} |")
        lines.append("")
    return "\n".join(lines).rstrip()


def written_into(page: str) -> str:
    """A page with the schema between its marks."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{diagram()}\n\n### Every column\n\n{listing()}\n\n{END}{after}"


def main() -> None:
    path = Path(sys.argv[1])
    path.write_text(written_into(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
