"""Real databases for the tests, and records to put into them."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, make_url, select, text

from meetextract.records import (
    Assignment,
    CountEntry,
    DateEntry,
    DocumentEntry,
    Due,
    Identifiers,
    Meeting,
    Notice,
    Person,
    QuantityEntry,
    Record,
    Span,
    Target,
    Title,
    Unit,
)
from meetextract.sinks.database.feeding import Fed, Feeder
from meetextract.sinks.database.tables import METADATA
from meetextract.sinks.database.versions import open_database
from meetextract.sinks.jsonl import record_to_json

PATTERN = "date.yaml#day"
Rows = list[tuple[object, ...]]

# --- databases -------------------------------------------------------------------------------------------------------


class Postgres:
    """A server, with as many databases as one wants."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url).set(drivername="postgresql+psycopg")
        self._admin = create_engine(self.url, isolation_level="AUTOCOMMIT", pool_size=1)

    def make(self, template: str | None = None) -> str:
        """Make a database, or a copy of one, and return its URL."""
        name = f"meetextract_test_{uuid4().hex}"
        self.run(f"create database {name} template {make_url(template).database if template else 'template0'}")
        return self.url.set(database=name, drivername="postgresql").render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        self.run(f"drop database if exists {make_url(url).database} with (force)")

    def run(self, sql: str, **values: object) -> Sequence[Any]:
        """Run a statement as the one who may do everything."""
        with self._admin.connect() as connection:
            result = connection.execute(text(sql), values)
            return result.all() if result.returns_rows else []

    def close(self) -> None:
        self._admin.dispose()


class OwnServer:
    """A server of one test alone, which it may stop, start and set up as it likes."""

    def __init__(self, folder: Path) -> None:
        with (folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("postgres_server.py")), str(folder), str(os.getpid())],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True,
            )  # fmt: skip
        self.url = _url_in(folder)
        self.data = Path(str(make_url(self.url).query["host"]))

    def stop(self) -> None:
        self._tell("stop")

    def start(self) -> None:
        self._tell("start")

    def _tell(self, word: str) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == "done\n"

    def end(self) -> None:
        self._tell("end")
        self._process.wait(timeout=60)
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()


def _url_in(folder: Path) -> str:
    """The URL that the process of a server writes."""
    until = time.monotonic() + 60
    while not (folder / "url").exists():
        if (folder / "failure").exists():
            pytest.fail(f"no PostgreSQL: {(folder / 'failure').read_text(encoding='utf-8')}")
        if time.monotonic() > until:
            pytest.fail("no PostgreSQL within a minute")
        time.sleep(0.02)
    return (folder / "url").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Postgres]:
    """The one server of the run: that of MEETEXTRACT_TEST_DATABASE, or one that the first worker starts."""
    given = os.environ.get("MEETEXTRACT_TEST_DATABASE")
    if not given:
        base = tmp_path_factory.getbasetemp()
        is_worker = worker_id != "master"
        folder = (base.parent if is_worker else base) / "postgres"
        try:
            folder.mkdir()
        except FileExistsError:
            pass  # another worker starts it
        else:
            with (folder / "log").open("wb") as log:
                subprocess.Popen(
                    [sys.executable, str(Path(__file__).with_name("postgres_server.py")), str(folder),
                     str(os.getppid() if is_worker else os.getpid())],
                    stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                ).returncode = 0  # fmt: skip # it is nobody's to wait for: it ends after this process
        given = _url_in(folder)
    postgres = Postgres(given)
    yield postgres
    postgres.close()


@pytest.fixture
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    server = OwnServer(tmp_path_factory.mktemp("server"))
    yield server
    server.end()


@pytest.fixture(scope="session")
def other_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    """A server for tests that set it up otherwise, but leave it running."""
    server = OwnServer(tmp_path_factory.mktemp("server"))
    yield server
    server.end()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the tables of this version, to be copied."""
    path = tmp_path_factory.mktemp("template") / "tracking.db"
    open_database(f"sqlite:///{path}", may_make=True).dispose()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> Iterator[str]:
    """The same on the server."""
    url = postgres.make()
    open_database(url, may_make=True).dispose()
    yield url
    postgres.drop(url)


@pytest.fixture
def sqlite_url(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    path = tmp_path / "tracking.db"
    if "engine" in request.fixturenames:
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres: Postgres, request: pytest.FixtureRequest) -> Iterator[str]:
    url = postgres.make(request.getfixturevalue("postgres_template") if "engine" in request.fixturenames else None)
    yield url
    postgres.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """A database of one kind and of the other: an empty one, where no `engine` is asked for."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture
def second_url(url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Another empty database of the same kind."""
    if url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'second.db'}"
        return
    postgres = request.getfixturevalue("postgres")
    made = postgres.make()
    yield made
    postgres.drop(made)


@pytest.fixture
def opened() -> Iterator[Callable[[str], Engine]]:
    """Opens databases, makes their tables where there are none, and closes them in the end."""
    engines: list[Engine] = []

    def open_it(url: str) -> Engine:
        engines.append(open_database(url, may_make=True))
        return engines[-1]

    yield open_it
    for engine in engines:
        engine.dispose()


@pytest.fixture
def engine(url: str, opened: Callable[[str], Engine]) -> Engine:
    """A database with the tables of this version."""
    return opened(url)


TIMES = frozenset({"first_loaded", "last_loaded", "last_changed", "superseded"})


def dump(engine: Engine, *, times: bool = True) -> dict[str, Rows]:
    """All rows of all tables, sorted; without the times of loading where they are not asked for."""
    found = {}
    with engine.connect() as connection:
        for table in METADATA.sorted_tables:
            columns = [column for column in table.c if times or column.name not in TIMES]
            found[table.name] = sorted((tuple(row) for row in connection.execute(select(*columns))), key=repr)
    return found


@pytest.fixture(name="dump")
def _dump() -> Callable[..., dict[str, Rows]]:
    return dump


class Feeding:
    """What a feeding came to, with the records that were not taken: place and reason."""

    def __init__(self, fed: Fed, faults: list[tuple[str, str]]) -> None:
        self.fed = fed
        self.faults = faults


def feed(engine: Engine, *records: Record | str | bytes, portal: str | None = None, may_fail: bool = False) -> Feeding:
    """Feed records, or lines that say to be such, from places 1, 2, ..."""
    faults: list[tuple[str, str]] = []
    with Feeder(engine, lambda place, reason: faults.append((place, reason)), portal) as feeder:
        for number, record in enumerate(records, 1):
            line = record_to_json(record) if isinstance(record, Record) else record
            feeder.add(line.encode() if isinstance(line, str) else line, str(number))
    assert may_fail or not faults, faults
    return Feeding(feeder.fed, faults)


@pytest.fixture(name="feed")
def _feed() -> Callable[..., Feeding]:
    return feed


# --- records ---------------------------------------------------------------------------------------------------------

Offices = Mapping[str, Sequence[tuple[str, str | None]]]


class Page:
    """Makes the record of one article; its text is made of what its entries say."""

    def __init__(self, article: str) -> None:
        self._ids = Identifiers(article)
        self.words = ""

    def id(self, kind: str, *facts: object) -> str:
        return self._ids.of(kind, facts)

    def put(self, words: str) -> Span:
        start = len(self.words)
        self.words += f"{words}. "
        return start, start + len(words)

    def person(self, name: str, offices: Sequence[tuple[str, str | None]]) -> Person:
        titles = tuple(Title(role, unit, self.put(f"{role} {unit or ''}".strip()), PATTERN) for role, unit in offices)
        return Person(self.id("person", name), name, titles, (self.put(name),), PATTERN)

    def unit(self, name: str) -> Unit:
        """A unit with the area that its name ends with; a name of its own ("Bệnh viện An Tâm") is not of its kind."""
        for level in ("tỉnh", "thành phố", "quận", "huyện", "phường", "xã"):
            kind, found, area = name.rpartition(f" {level} ")
            if found:
                return Unit(self.id("unit", name), name, kind, level, area, (self.put(name),), PATTERN)
        words = name.split()
        own = next(at for at in range(len(words), 0, -1) if not words[at - 1][0].isupper() or at == 1)
        kind = " ".join(words[:own] if own < len(words) else words[:1])
        return Unit(self.id("unit", name), name, kind, None, None, (self.put(name),), PATTERN)

    def document(self, symbol: str, issuer: str | None = None) -> DocumentEntry:
        words = f"Kế hoạch {symbol}"
        return DocumentEntry(
            self.id("document", symbol), words, self.put(words), "Kế hoạch", symbol, None, issuer, PATTERN
        )

    def level(self, status: Any, indicator: str, value: float | None, **fields: Any) -> Target:
        quote = f"{indicator} đạt {value}%" if value is not None else indicator
        start, end = self.put(quote)
        made = Target(
            id=self.id("target", status, indicator, value), quote=quote, span=(start, end), status=status,
            indicator=indicator, indicator_spans=((start, start + len(indicator)),),
            comparator=None if value is None else "ge", value=value, max=None, of=None,
            unit=None if value is None else "%", change=None,
            value_span=None if value is None else (start + len(indicator) + 5, end), base=None, base_span=None,
            start=None, end="2031-12-31", period_span=None, holder=None, holder_span=None, document=None,
            document_span=None, checks=(), pattern=PATTERN,
            why_empty={"base": "not_stated", "holder": "not_stated", "document": "not_stated"},
        )  # fmt: skip
        return replace(made, **fields)

    def assignment(self, *tasks: str, to: Sequence[str] = (), by: str | None = None, **fields: Any) -> Assignment:
        start, end = self.put(f"giao {', '.join(to)} {'; '.join(tasks)}")
        quote = self.words[start:end]
        spans = []
        for task in tasks:
            spans.append((start + quote.index(task), start + quote.index(task) + len(task)))
        told = tuple((start + quote.index(name), start + quote.index(name) + len(name)) for name in to)
        made = Assignment(
            id=self.id("assignment", *tasks), quote=quote, span=(start, end), verb="giao", verb_span=(start, start + 4),
            assigner=by, assigner_span=self.put(by) if by else None, assignees=tuple(to), assignee_spans=told,
            assignee_units=tuple(to), lead=None, with_=(), with_spans=(), tasks=tasks, task_spans=tuple(spans),
            deadline="2031-09-30", due=Due("trước ngày 30/9", self.put("trước ngày 30/9"), None, "2031-09-30", None,
                                           "published", PATTERN),
            documents=(), document_spans=(), targets=(), again=(), pattern=PATTERN,
            why_empty={"lead": "not_stated", "with": "not_stated", "documents": "not_stated"},
        )  # fmt: skip
        return replace(made, **fields)

    def meeting(self, topic: str, host: str | None = None, chairs: Sequence[str] = ()) -> Meeting:
        span = self.put(f"hội nghị {topic}")
        return Meeting(
            id=self.id("meeting", topic), kind="hội nghị", date="2031-07-08", session="morning", host=host,
            host_span=self.put(host) if host else None, chairs=tuple(chairs),
            chair_spans=tuple(self.put(name) for name in chairs), attendees=("lãnh đạo các phòng",),
            attendee_spans=(self.put("lãnh đạo các phòng"),), place=None, place_span=None, topic=topic,
            topic_span=(span[0] + 9, span[1]), others=(), span=span, pattern=PATTERN,
            why_empty={"place": "not_stated"},
        )  # fmt: skip

    def day(self, written: str, iso: str) -> DateEntry:
        return DateEntry(self.id("date", iso), written, self.put(written), iso, iso, "day", None, None, PATTERN)

    def quantity(self, value: float, unit: str) -> QuantityEntry:
        words = f"trên {value} {unit}"
        return QuantityEntry(self.id("quantity", value, unit), words, self.put(words), "gt", value, None, None, unit,
                             None, PATTERN)  # fmt: skip

    def count(self, value: int, item: str) -> CountEntry:
        words = f"{value} {item}"
        return CountEntry(self.id("count", value, item), words, self.put(words), "eq", value, None, item, PATTERN)

    def record(self, article: str, **fields: Any) -> Record:
        made = Record(
            schema="1", id=article, source=f"tin/{article}.txt", url=f"https://haiyen.example.gov.vn/{article}",
            title=f"Hội nghị ở {article}", published="2031-07-08", published_from="given", published_span=None,
            meeting=None, people=(), units=(), dates=(), unplaced_dates=(), documents=(), quantities=(), counts=(),
            targets=(), assignments=(), notices=(), pattern_set="a" * 16, version="1.0", text_hash="0" * 32,
            text=self.words,
        )  # fmt: skip
        return replace(made, **fields)


class Maker:
    """Makes records: of few words for what a test is about, or whole ones by the number."""

    def page(self, article: str = "bai-1") -> Page:
        return Page(article)

    def record(
        self,
        article: str = "bai-1",
        *,
        people: Offices | None = None,
        units: Sequence[str] = (),
        documents: Sequence[str] = (),
        targets: Sequence[tuple[str, float | None]] = (),
        results: Sequence[tuple[str, float | None]] = (),
        tasks: Sequence[str] = (),
        topic: str | None = None,
        **fields: Any,
    ) -> Record:
        """A record that says this; each task is one of an assignment of its own."""
        page = Page(article)
        named = [unit for offices in (people or {}).values() for _, unit in offices if unit]
        said: dict[str, Any] = {
            "people": tuple(page.person(name, offices) for name, offices in (people or {}).items()),
            "units": tuple(page.unit(name) for name in dict.fromkeys([*units, *named])),
            "documents": tuple(page.document(symbol) for symbol in documents),
            "targets": (
                *(page.level("target", words, value) for words, value in targets),
                *(page.level("result", words, value) for words, value in results),
            ),
            "assignments": tuple(page.assignment(task) for task in tasks),
            "meeting": page.meeting(topic) if topic else None,
        }
        return page.record(article, **(said | fields))

    def full(self, number: int, **fields: Any) -> Record:
        """A record with some of everything, each number another, with names that others have as well."""
        dice = Random(number)
        article = f"bai-{number:05}"
        page = Page(article)
        area = dice.choice(AREAS)
        committee, police = f"UBND xã {area}", f"Công an xã {area}"
        chair, other = dice.sample(NAMES, 2)
        task, second = dice.sample(TASKS, 2)
        indicator, level = dice.choice(INDICATORS), dice.randint(50, 99)
        people = (
            page.person(chair, [("Chủ tịch", committee), *([("Bí thư", f"Đảng ủy xã {area}")] * dice.randint(0, 1))]),
            page.person(other, [("Trưởng Công an", police)]),
        )
        units = tuple(page.unit(name) for name in (committee, police, f"Đảng ủy xã {area}", "Bộ Nội vụ"))
        target = page.level("target", indicator, level, holder=f"xã {area}", document=f"{number}/KH-UBND")
        said: dict[str, Any] = {
            "meeting": page.meeting(f"triển khai nhiệm vụ {task}", committee, [chair]),
            "people": people,
            "units": units,
            "dates": (page.day("8/7/2031", "2031-07-08"),),
            "documents": (page.document(f"{number}/KH-UBND", committee),),
            "quantities": (page.quantity(level, "%"),),
            "counts": (page.count(dice.randint(2, 9), "nhiệm vụ"),),
            "targets": (target, page.level("result", indicator, level - 10, holder=f"xã {area}", end="2031-06-30")),
            "assignments": (
                page.assignment(task, second, to=[police], by=chair, documents=(f"{number}/KH-UBND",),
                                document_spans=((0, 1),), targets=(target.id,)),
            ),
            "notices": (Notice("truncated", "the article is cut", None),),
            "text_hash": f"{number:032x}",
        }  # fmt: skip
        return page.record(article, **(said | fields))


AREAS = ("Hải Yến", "An Thịnh", "Phú Lộc Đông", "Bình Sơn Thượng", "Thanh Khê Hạ", "Vĩnh Hòa Tây")
NAMES = ("Nguyễn Văn An", "Trần Thị Bích", "Lê Minh Cường", "Phạm Thu Dung", "Hoàng Gia Định", "Vũ Ngọc Giang")
TASKS = (
    "rà soát hồ sơ tồn đọng", "tuyên truyền về định danh điện tử", "số hóa sổ hộ tịch", "lắp camera ở các ngã tư",
    "cấp căn cước cho học sinh", "báo cáo kết quả hằng tuần", "sửa đường liên thôn",
)  # fmt: skip
INDICATORS = (
    "tỷ lệ hồ sơ trực tuyến", "tỷ lệ hộ dân có nước sạch", "tỷ lệ thu ngân sách", "tỷ lệ trẻ em được tiêm chủng",
)  # fmt: skip


@pytest.fixture(scope="session")
def make() -> Maker:
    return Maker()
