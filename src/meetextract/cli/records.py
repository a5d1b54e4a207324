"""`link` and `schema`: records that were made before, and what records are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from meetextract.cli.endings import refuse, trouble
from meetextract.cli.request import refuse_to_overwrite


def link(
    records: Annotated[list[Path], typer.Argument(metavar="RECORDS...", help="Files that `extract` wrote.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.jsonl", help="Where the records go.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an output that exists.")] = False,
) -> None:
    """Link near-duplicates: sets `duplicate_of` of each record to the id of the first article that tells the same.

    The first is the one that was published first; no record is dropped. The outcome does not depend on how the records
    are divided into files, nor on their order. The exit code is 2 if something cannot be read or written.
    """
    from dataclasses import replace

    from meetextract.read.near_duplicates import Printed
    from meetextract.read.near_duplicates import link as link_printed
    from meetextract.sinks.jsonl import RecordWriter, read_records, record_to_json

    if any(path.resolve() == output.resolve() for path in records):
        raise typer.BadParameter(f"{output} is also an input. Write to another file.", param_hint="--output")
    refuse_to_overwrite(str(output), overwrite)
    with trouble():
        printed = [
            Printed(each.id, each.published, each.fingerprint) for path in records for each in read_records(path)
        ]
        firsts = link_printed(printed)
        try:
            with RecordWriter(output) as writer:
                every = (each for path in records for each in read_records(path))
                for record, first in zip(every, firsts, strict=True):
                    writer.write_line(record_to_json(replace(record, duplicate_of=first)))
        except OSError as error:
            refuse(f"{output}: cannot be written ({error.strerror or error}). Check the folder and the disk.")
    typer.echo(f"read {len(firsts)}, linked {len(firsts) - firsts.count(None)}", err=True)


def schema() -> None:
    """Print the JSON Schema of a record."""
    import json

    from meetextract.records import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
