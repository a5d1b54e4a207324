"""Floors are held, rise by command, and never fall by accident."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetextract.errors import InputError
from meetextract.scoring.floors import Floors, Held
from meetextract.scoring.measure import SCORED, Row

FLAT = """\
# Why they are what they are.
people = 0.90 # of many
"titles.unit" = 0.5
'titles'=0

mean = 1e-1
"""
TABLES = """\
[seeds]
people = 0.90
units = 1.00

  [ "dev" ] # harder
people = 0.50
units = 0.98
"""


def row(f1: float, gold: int = 3) -> Row:
    return {"p": f1, "r": f1, "f1": f1, "hit": 1, "gold": gold, "pred": 3}


def floors(folder: Path, content: str, gold: str = "gold") -> Floors:
    file = folder / "floors.toml"
    file.write_bytes(content.encode())
    return Floors(file, folder / gold)


def test_kinds_below_their_floor(tmp_path: Path) -> None:
    rows = {
        "people": row(0.8999),
        "titles": row(0.0),
        "titles.unit": row(0.5),
        "units": row(0.0),
        "mean": {"f1": 0.4667},
    }
    held = floors(tmp_path, FLAT).held(rows)
    assert [(each.kind, each.is_below) for each in held] == [
        ("people", True), ("titles.unit", False), ("titles", False), ("mean", False),
    ]  # fmt: skip
    assert str(held[0]) == "people: F1 0.8999, floor 0.90"


@pytest.mark.parametrize("rows", [{}, {"people": row(1.0, gold=0)}])
def test_a_kind_that_the_gold_has_not_holds_nothing(tmp_path: Path, rows: dict[str, Row]) -> None:
    pinned = floors(tmp_path, "people = 0.00\n")
    (held,) = pinned.held(rows)
    assert held.is_below
    assert str(held) == "people: no such fact in the gold, so that its floor 0.00 holds nothing"
    assert pinned.raise_to(rows) == []


def test_floors_rise_and_all_else_stays(tmp_path: Path) -> None:
    rows = {
        "people": row(0.9199),
        "titles": row(0.2999),
        "titles.unit": row(0.49),
        "units": row(1.0),
        "mean": {"f1": 0.29},
    }
    assert floors(tmp_path, FLAT).raise_to(rows) == [
        "people: floor raised from 0.90 to 0.91",
        "titles: floor raised from 0.00 to 0.29",
        "mean: floor raised from 0.10 to 0.29",
    ]
    assert (tmp_path / "floors.toml").read_text(encoding="utf-8") == (
        "# Why they are what they are.\npeople = 0.91 # of many\n\"titles.unit\" = 0.5\n'titles'=0.29\n\nmean = 0.29\n"
    )
    assert floors(tmp_path, FLAT.replace("\n", "\r\n")).raise_to(rows)
    assert (
        (tmp_path / "floors.toml")
        .read_bytes()
        .startswith(b"# Why they are what they are.\r\npeople = 0.91 # of many\r\n")
    )


def test_a_file_that_has_nothing_to_rise_is_not_written(tmp_path: Path) -> None:
    pinned = floors(tmp_path, FLAT)
    pinned.file.unlink()
    assert pinned.raise_to({"people": row(0.9099)}) == []
    assert not pinned.file.exists()


def test_tables_are_for_the_folder_of_their_name(tmp_path: Path) -> None:
    rows = {"people": row(0.75), "units": row(1.0)}
    assert floors(tmp_path, TABLES, "dev").raise_to(rows) == [
        "people: floor raised from 0.50 to 0.75",
        "units: floor raised from 0.98 to 1.00",
    ]
    raised = (tmp_path / "floors.toml").read_text(encoding="utf-8")
    assert raised == TABLES.replace("0.50", "0.75").replace("0.98", "1.00")
    assert [each.is_below for each in Floors(tmp_path / "floors.toml", tmp_path / "seeds").held(rows)] == [True, False]
    with pytest.raises(
        InputError, match=r"there is no table \[test\]\. Add one, or name the folder as one of seeds, dev"
    ):
        Floors(tmp_path / "floors.toml", tmp_path / "test")


F1S = st.integers(0, 10_000).map(lambda number: number / 10_000)


@given(st.dictionaries(st.sampled_from(SCORED), st.tuples(F1S, F1S), min_size=1), st.randoms())
def test_no_floor_ever_falls(tmp_path_factory: pytest.TempPathFactory, kinds, random) -> None:
    folder = tmp_path_factory.mktemp("floors")
    source = "".join(
        f'"{kind}" = {floor:{random.choice(["", ".2f", ".4f", "e"])}}\n' for kind, (floor, _) in kinds.items()
    )
    rows = {kind: {"f1": reached} if kind == "mean" else row(reached) for kind, (_, reached) in kinds.items()}
    before = tomllib.loads(source)
    pinned = floors(folder, source)
    pinned.raise_to(rows)
    after = tomllib.loads(pinned.file.read_text(encoding="utf-8"))
    assert list(after) == list(before)
    for kind, floor in after.items():
        reached = rows[kind]["f1"]
        assert floor >= before[kind]
        assert floor == before[kind] or floor <= reached < floor + 0.01 + 1e-9
    assert Floors(pinned.file, folder).raise_to(rows) == []


def test_f1_is_rounded_down_as_it_is_written() -> None:
    # 0.29 and 0.57 are a little less than that in binary.
    assert [str(Held("mean", 0.0, reached).raised) for reached in (0.29, 0.57, 0.9999, 1.0)] == [
        "0.29", "0.57", "0.99", "1.00",
    ]  # fmt: skip
    assert Held("mean", 0.985, 0.9889).raised is None


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            "people = 0.9\n\nperson = 0.9\n",
            "floors.toml:3: 'person' has no score. Write one of meeting, people, titles, ",
        ),
        ("people = 1.1\n", "floors.toml:1: people: 1.1 is no F1. Write a number from 0 to 1."),
        ("people = true\n", "floors.toml: people: True is no F1. "),
        ('people = "0.9"\n', "floors.toml: people: '0.9' is no F1. "),
        ("people = nan\n", "floors.toml: people: nan is no F1. "),
        ("people = 0.9\n[titles]\nunit = 0.9\n", "floors.toml: titles: {'unit': 0.9} is no F1. "),
        ("people 0.9\n", "floors.toml: no TOML: "),
        ("[gold]\npeople = 0.5\nperson = 0.5\n", "floors.toml:3: 'person' has no score. "),
    ],
)
def test_what_is_no_floor(tmp_path: Path, content: str, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        floors(tmp_path, content)
    assert str(caught.value).startswith(f"{tmp_path}/{problem}")


def test_files_that_cannot_be_read_or_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be read \(No such file.* begins with a line such as people = 0\.00"):
        Floors(tmp_path / "none.toml", tmp_path)
    (tmp_path / "bad.toml").write_bytes(b"\xff")
    with pytest.raises(InputError, match="not UTF-8"):
        Floors(tmp_path / "bad.toml", tmp_path)
    pinned = floors(tmp_path, "people = 0.5\n")
    pinned.file.unlink()
    pinned.file.mkdir()
    with pytest.raises(InputError, match="cannot be written"):
        pinned.raise_to({"people": row(0.9)})


def test_a_floor_that_cannot_be_found_again_is_not_written(tmp_path: Path) -> None:
    pinned = floors(tmp_path, "gold = {people = 0.5}\n")
    with pytest.raises(InputError, match="a floor is not on a line of its own"):
        pinned.raise_to({"people": row(0.9)})
    assert pinned.file.read_text(encoding="utf-8") == "gold = {people = 0.5}\n"
