"""What a run makes again, and what it keeps; a function is in the place of worker processes."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from meetextract.batch.folder import Folder, LocalFolder
from meetextract.batch.job import Extractable, Finished, Job, Task, run_task
from meetextract.batch.ledger import Outcome, Row
from meetextract.batch.run import run
from meetextract.errors import InputError
from meetextract.read.article import Article
from meetextract.read.files import read_unread_articles
from meetextract.read.pages import UnreadPage

USUAL = 6


class Runs:
    """Runs one after another into one folder."""

    def __init__(self, folder: Folder, path: Path) -> None:
        self._job = Job(folder, "patterns", with_text=False)
        self._path = path
        self.left = 0

    def lines(self) -> list[str]:
        return [line for path in sorted(self._path.glob("part-*")) for line in path.read_text().splitlines()]

    def __call__(
        self,
        items: list[Article | InputError],
        chance: random.Random,
        most: int | None = None,
        *,
        is_anew: bool = False,
    ) -> list[str]:
        """Run, until so many articles were extracted; return their ids."""
        extracted: list[str] = []

        def extract(item: Extractable, digest: str) -> Outcome:
            assert isinstance(item, Article)
            extracted.append(item.id)
            return Outcome(Row(item.id, digest, "extracted", 0.0), f"{item.id} {item.text}")

        def engine(tasks: Iterator[Task]) -> Iterator[Finished]:
            held: list[Task] = []
            for task in tasks:
                held.append(task)
                if len(held) > 4:
                    yield run_task(held.pop(chance.randrange(len(held))), self._job, extract)
                    found = [line.split()[0] for line in self.lines()]
                    assert len(found) == len(set(found))
                if is_stopped():
                    return
            chance.shuffle(held)
            for task in held:
                yield run_task(task, self._job, extract)

        def is_stopped() -> bool:
            return most is not None and len(extracted) >= most

        self.left = run(items, self._job, engine, lambda finished: None, is_stopped, USUAL, is_anew=is_anew).left
        return extracted


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(LocalFolder(tmp_path), tmp_path)


@pytest.mark.parametrize("seed", range(20))
def test_only_what_changed_is_made_again(runs: Runs, seed: int) -> None:
    chance = random.Random(seed)
    items: list[Article | InputError] = [Article(f"a{at}", f"{chance.random()}") for at in range(150)]
    missing = InputError("feed.jsonl", 7, '"text" is empty', "Put the text there")  # named again and again
    items[20:20] = items[90:90] = [missing] * chance.choice((1, 30))
    assert len(runs(items, chance)) == 150
    for time_ in range(4):
        changed: set[str] = set()
        for _ in range(chance.randrange(4)):
            at = chance.randrange(len(items))
            what = chance.choice(("changed", "new", "removed", "moved"))
            if what == "removed":
                del items[at]
            elif what == "moved":
                items.append(items.pop(at))
            else:
                item = items[at]
                name = f"b{time_}-{at}" if what == "new" or isinstance(item, InputError) else item.id
                items[at : at + (what == "changed")] = [Article(name, f"{chance.random()}")]
        present = {line for item in items if isinstance(item, Article) for line in [f"{item.id} {item.text}"]}
        changed = {line.split()[0] for line in present - set(runs.lines())}
        assert set(runs(items, chance)) == changed
        assert runs.lines() == [f"{each.id} {each.text}" for each in items if isinstance(each, Article)]
        assert runs(items, chance) == []


@pytest.mark.parametrize("seed", range(20))
def test_a_run_that_is_stopped_while_shards_are_cut_anew_doubles_nothing(runs: Runs, seed: int) -> None:
    chance = random.Random(seed)
    items: list[Article | InputError] = [Article(f"a{at}", f"{chance.random()}") for at in range(150)]
    runs(items, chance)
    for _ in range(3):
        for at in chance.sample(range(150), 20):
            items[at] = Article(f"a{at}", f"{chance.random()}")
        runs(items, chance, most=chance.randrange(20))
    runs(items, chance)
    assert runs.lines() == [f"{each.id} {each.text}" for each in items if isinstance(each, Article)]


UNREADABLE = [
    InputError("gone", None, "there is no such file", "Check the path"),
    InputError("feed.csv", 1, 'no column "text" or "html"', "Name the column"),
]


@pytest.mark.parametrize("error", UNREADABLE)
def test_an_input_that_cannot_be_read_costs_no_record_of_it(runs: Runs, error: InputError) -> None:
    chance = random.Random(1)
    items: list[Article | InputError] = [Article(f"a{at}", f"{chance.random()}") for at in range(150)]
    runs(items, chance)
    before = runs.lines()
    runs([error], chance)
    assert (runs.lines(), runs.left > 0) == (before, True)
    runs([*items[:60], error], chance)
    assert {*runs.lines()} >= {*before[:60]}
    assert len(runs.lines()) > 120  # but for neighbours that were in one part with articles that are there
    runs(items, chance)
    assert (runs.lines(), runs.left) == (before, 0)
    runs(items[:60], chance)
    assert runs.lines() == before[:60]


@pytest.mark.parametrize("error", [*UNREADABLE, InputError("feed.jsonl", 7, "no JSON", "Write JSON")])
def test_all_anew_replaces_nothing_until_there_is_a_record(runs: Runs, error: InputError) -> None:
    chance = random.Random(1)
    items: list[Article | InputError] = [Article(f"a{at}", f"{chance.random()}") for at in range(150)]
    runs(items, chance)
    before = runs.lines()
    runs([error], chance, is_anew=True)
    assert (runs.lines(), runs.left > 0) == (before, True)
    assert len(runs(items[:3], chance, is_anew=True)) == 3
    assert (runs.lines(), runs.left) == (before[:3], 0)


@pytest.mark.parametrize("name", ["again", "empty"])
def test_an_article_that_cannot_be_read_hides_no_other(runs: Runs, tmp_path: Path, name: str) -> None:
    texts = tmp_path / "texts"
    for at in range(40):
        (texts / f"{at:02}").mkdir(parents=True)
        (texts / f"{at:02}" / f"a{at:02}.txt").write_text(f"Bài {at}.", encoding="utf-8")
    (texts / "again").mkdir()
    if name == "empty":
        (texts / "again" / "a00.txt").touch()
    else:
        (texts / "again" / "feed.jsonl").write_text('{"id": "00/a00", "text": "Bài khác."}', encoding="utf-8")
    for there in (40, 10):
        for at in range(there, 40):
            (texts / f"{at:02}" / f"a{at:02}.txt").unlink()
        items = [each for each in read_unread_articles([texts]) if not isinstance(each, UnreadPage)]
        assert isinstance(items[-1], InputError)
        runs(items, random.Random(1))
        assert (len(runs.lines()), runs.left) == (there, 0)
