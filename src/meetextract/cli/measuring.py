"""`score` and `diff`: what records are worth."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from meetextract.cli.endings import trouble


def score(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Folder of NAME.txt with NAME.gold.json.")],
    records: Annotated[
        str, typer.Argument(metavar="RECORDS", help="File of records; - is standard input. Or a second folder of gold.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    with_errors: Annotated[
        bool, typer.Option("--errors", help="List what was missed (-) and what is false (+), in context.")
    ] = False,
    floors: Annotated[
        Path | None, typer.Option(metavar="FILE.toml", help="F1 that each kind must reach.", show_default=False)
    ] = None,
    raise_floors: Annotated[
        bool, typer.Option("--raise", help="Write higher floors where they were passed; none is lowered.")
    ] = False,
) -> None:
    """Score records against gold: precision, recall and F1 of each kind.

    A second folder of gold in place of the records shows how far two annotations agree.

    With --floors the exit code is 1 where a kind is below its floor. It is 2 if something cannot be read.
    """
    import json

    from meetextract.scoring.floors import Floors
    from meetextract.scoring.measure import measure_files
    from meetextract.scoring.report import as_json as to_json
    from meetextract.scoring.report import mistake_lines, table

    if raise_floors and floors is None:
        raise typer.BadParameter("there are no floors to raise. Name their file with --floors.", param_hint="--raise")
    with trouble():
        pinned = Floors(floors, gold) if floors else None
        measurement = measure_files(gold, sys.stdin.buffer if records == "-" else Path(records))
        held = pinned.held(measurement.rows) if pinned else []
        for problem in measurement.unplaced:
            typer.echo(str(problem), err=True)
        if as_json:
            typer.echo(json.dumps(to_json(measurement, with_errors=with_errors), ensure_ascii=False))
        else:
            sys.stdout.writelines(f"{line}\n" for line in table(measurement, held))
            if with_errors:
                sys.stdout.writelines(f"{line}\n" for line in mistake_lines(measurement))
        if pinned and raise_floors:
            for change in pinned.raise_to(measurement.rows):
                typer.echo(change, err=True)
    below = [each for each in held if each.is_below]
    for each in below:
        typer.echo(f"below its floor: {each}", err=True)
    raise typer.Exit(1 if below else 0)


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="File of records.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="File of records of another run.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    gold: Annotated[
        Path | None, typer.Option(metavar="GOLD", help="Say which changes are right by this gold.", show_default=False)
    ] = None,
) -> None:
    """Compare two runs: the entries lost (-), gained (+) and changed (~) in each article, and how many there are.

    Entries are compared by what they say and where, not by their ids and patterns. The exit code is 0 if all are the
    same, 1 if some differ, 2 if something cannot be read.
    """
    from meetextract.scoring.diff import RecordFile, Totals, differences
    from meetextract.scoring.diff_report import json_lines, text_lines
    from meetextract.scoring.verdicts import Judge

    totals = Totals()
    with trouble():
        found = differences(RecordFile(old), RecordFile(new), Judge(gold) if gold else None)
        lines = json_lines(found, totals) if as_json else text_lines(found, totals)
        sys.stdout.writelines(f"{line}\n" for line in lines)
    raise typer.Exit(0 if totals.is_equal else 1)
