"""`database`, `verdict`, `status` and `merge`: the schema of the tracking database, and what people decide."""

from __future__ import annotations

from typing import Annotated

import typer

from meetextract.cli.database_options import Url, database_trouble, opened
from meetextract.settings import DATABASE
from meetextract.sinks.database.sayings import Decision, Entity, Status, Verdict

database_app = typer.Typer(no_args_is_help=True, help="The schema of the tracking database.")


@database_app.command()
def upgrade(database: Url = DATABASE) -> None:
    """Bring a database to the schema of this program, with all that is in it; make one that is not there."""
    from meetextract.sinks.database.opening import connect_to, name_of
    from meetextract.sinks.database.versions import newest
    from meetextract.sinks.database.versions import upgrade as bring

    with database_trouble():
        engine = connect_to(database, may_make=True)
        bring(engine)
        engine.dispose()
        typer.echo(f"{name_of(engine)}: version {newest()}")


@database_app.command()
def current(database: Url = DATABASE) -> None:
    """Tell which version a database has, and which this program needs."""
    from meetextract.sinks.database.opening import connect_to, name_of, reported
    from meetextract.sinks.database.versions import newest, version_of

    with database_trouble():
        engine = connect_to(database, may_make=False)
        with reported(engine), engine.connect() as connection:
            version = version_of(connection)
        engine.dispose()
        typer.echo(f"{name_of(engine)}: version {version or 'none'}, needed {newest()}")
    raise typer.Exit(0 if version == newest() else 1)


@database_app.command("check")
def check_schema(database: Url = DATABASE) -> None:
    """Tell what a database has otherwise than its version should have."""
    from meetextract.sinks.database.opening import reported
    from meetextract.sinks.database.versions import differences

    with database_trouble(), opened(database) as engine, reported(engine):
        found = differences(engine)
    for each in found:
        typer.echo(each)
    if found:
        typer.echo("Restore what is missing, or load the records into a new database.", err=True)
        raise typer.Exit(1)
    typer.echo("as it should be")


By = Annotated[str, typer.Option(metavar="NAME", help="Who decides.", envvar="MEETEXTRACT_USER")]


def verdict(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Id of the article.")],
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="Id of the entry: of an assignment, a target ...")],
    said: Annotated[Verdict, typer.Argument(metavar="accept|reject|correct|withdrawn")],
    by: By,
    why: Annotated[str | None, typer.Option(help="The reason.")] = None,
    slots: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="SLOT=VALUE",
            help="What a slot ought to say, for `correct`; once for each value of a list; without a value: nothing.",
        ),
    ] = None,
    database: Url = DATABASE,
) -> None:
    """Say of an entry that it is right, wrong, or right but for some slots; or take back what was said."""
    from meetextract.sinks.database.decisions import Decisions

    correction = _slots(slots or [])
    with database_trouble(), opened(database) as engine:
        Decisions(engine).verdict(article, entry, said, by=by, why=why, correction=correction)


def _slots(given: list[str]) -> dict[str, str | list[str] | None]:
    from meetextract.sinks.database.corrections import LISTS

    slots: dict[str, str | list[str] | None] = {}
    for each in given:
        slot, sign, value = each.partition("=")
        before = slots.get(slot, [])
        if not sign:
            raise typer.BadParameter(
                f"{each}: no slot with a value. Write it like deadline=2024-03-31.", param_hint="--set"
            )
        if slot in LISTS and isinstance(before, list):
            slots[slot] = [*before, value] if value else before
        elif slot in slots:
            raise typer.BadParameter(f"{slot}: it holds one value. Give it once.", param_hint="--set")
        else:
            slots[slot] = value or None
    return slots


def status(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Id of the article.")],
    assignment: Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="Id of the assignment.")],
    state: Annotated[Status, typer.Argument(metavar="open|in_progress|done|dropped")],
    by: By,
    task: Annotated[str | None, typer.Option(metavar="ID", help="Only this task (task_id of the queries).")] = None,
    note: Annotated[str | None, typer.Option(help="Whatever there is to say.")] = None,
    database: Url = DATABASE,
) -> None:
    """Say how far an assignment is, or one of its tasks."""
    from meetextract.sinks.database.decisions import Decisions

    with database_trouble(), opened(database) as engine:
        Decisions(engine).status(article, assignment, state, by=by, note=note, task=task)


def merge(
    kind: Annotated[Entity, typer.Argument(metavar="person|unit")],
    one: Annotated[str, typer.Argument(metavar="ONE", help="Id of one of the two, as `query merge_proposals` has it.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Id of the other.")],
    decision: Annotated[Decision, typer.Argument(metavar="same|different|undone")],
    by: By,
    why: Annotated[str | None, typer.Option(help="The reason.")] = None,
    database: Url = DATABASE,
) -> None:
    """Say of two people or units whether they are one, or take back what was said."""
    from meetextract.sinks.database.decisions import Decisions

    with database_trouble(), opened(database) as engine:
        Decisions(engine).merge(kind, one, other, decision, by=by, why=why)
