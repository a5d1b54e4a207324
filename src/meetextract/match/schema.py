"""The closed schema of a pattern file, and its mistakes in an analyst's words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeAlias, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from meetextract.errors import PatternError
from meetextract.match.yaml_lines import LinedYaml, Place

Label: TypeAlias = Literal[
    "DATE", "QUANTITY", "COUNT", "DOCUMENT", "PERSON", "ROLE", "UNIT", "AREA", "HONORIFIC", "CHANGE", "BLOCK",
    "MEETING", "DIRECTIVE", "ADDRESSEE", "CUE",
]  # fmt: skip
LABELS: tuple[str, ...] = get_args(Label)
BLOCKED = frozenset({"DATE", "QUANTITY", "COUNT", "PERSON"})
"""The labels whose mentions a BLOCK takes the words from."""
# The named parts that a label's mentions may have. A name that nobody reads would lose its part without a word, so any
# other is a mistake. This table mirrors the readers in `normalise` and `assemble`, which come after this stage and are
# not imported here; tests/patterns/test_part_names.py compares the two. `dated`, `also` and `qualifier` are read by
# nobody: they name what belongs to the mention and not to its value.
_AREA_PARTS = frozenset({"area_any", "area_kind", "area_listed", "area_name", "area_whole"})
PART_NAMES: Mapping[str, frozenset[str]] = {
    "DATE": frozenset(
        {"count", "d", "d2", "deictic", "deictic_year", "edge", "half", "m", "m2", "n", "q", "q2", "rel", "same"}
        | {"school", "session", "since", "unit", "until", "week", "weekday", "weekday_rel", "y", "y2"}
    ),
    "QUANTITY": frozenset({"cents", "cmp", "num", "num2", "of", "per", "post", "unit"}),
    "COUNT": frozenset({"cmp", "item", "num", "of", "qualifier"}),
    "DOCUMENT": frozenset({"code", "dated", "dd", "dm", "dy", "symbol", "type"}),
    "PERSON": frozenset({"name"}),
    "ROLE": frozenset({"former", "role"}),
    "UNIT": _AREA_PARTS | {"also", "body", "central", "field", "head", "kind", "owner", "short", "tail"},
    "AREA": _AREA_PARTS | {"province"},
    "HONORIFIC": frozenset(),
    "CHANGE": frozenset(),
    "BLOCK": frozenset(),
    "MEETING": frozenset({"kind"}),
    "DIRECTIVE": frozenset({"verb"}),
    "ADDRESSEE": frozenset(),
    "CUE": frozenset(),
}
MENTION = "mention"
"""The group that every pattern may have: the mention itself, where the match has context around it."""

_CHOICES = {
    "label": LABELS,
    "case": ("sensitive", "insensitive"),
    "extend": ("noun", "modifier"),
    "prefer": ("past", "future"),
}

M = TypeVar("M", bound=BaseModel)

_ID = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+")
_PRIORITY = re.compile(r"-?\d{1,6}")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with a mention in it.

    Attributes:
        text: The text without its brackets.
        start: First code point of the mention.
        end: One past its last code point.
    """

    text: str
    start: int
    end: int


def read_brackets(text: str) -> Marked:
    """Take the ``[brackets]`` out of an example; ``[[`` and ``]]`` stand for brackets of the text itself.

    Args:
        text: The example as written.

    Returns:
        The text and the span of its one mention.

    Raises:
        ValueError: Not exactly one pair of brackets, or nothing between them.
    """
    out: list[str] = []
    opened: list[int] = []
    closed: list[int] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char in "[]" and text[at + 1 : at + 2] != char:
            (opened if char == "[" else closed).append(len(out))
        else:
            out.append(char)
            at += char in "[]"
        at += 1
    if len(opened) != 1 or len(closed) != 1 or opened[0] >= closed[0]:
        raise ValueError("not one pair of brackets")
    return Marked("".join(out), opened[0], closed[0])


def mistake(problem: str, mend: str) -> PydanticCustomError:
    """Make a mistake that pydantic carries to its place."""
    return PydanticCustomError("mistake", "{problem}", {"problem": problem, "mend": mend})


def _is_text(value: object) -> str:
    if not isinstance(value, str):
        raise mistake("phải là chữ", "Viết trên một dòng, trong nháy nếu có dấu hai chấm")
    if not value.strip():
        raise mistake("đang để trống", "Điền vào, hoặc xóa khóa")
    return value


def _is_id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise mistake(f"“{value}” không đúng dạng", "Viết như documents.numbered: chữ thường không dấu, có dấu chấm")
    return value


def _is_bracketed(value: str) -> str:
    try:
        read_brackets(value)
    except ValueError:
        mend = "Đặt cụm phải tìm trong […]; ngoặc vuông của văn bản viết [[ và ]]"
        raise mistake("cần đúng một cụm trong [ngoặc vuông]", mend) from None
    return value


def _is_date(value: object) -> object:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise mistake(f"“{value}” không phải một ngày", "Viết như 2024-03-01") from None


def _is_integer(value: object) -> object:
    if not _PRIORITY.fullmatch(str(value)):
        raise mistake(f"“{value}” không phải số nguyên", "Viết như 10 hoặc -5")
    return int(str(value))


def _is_value(value: object) -> object:
    if isinstance(value, dict) and value:
        return value
    raise mistake("cần ít nhất một khóa với giá trị", "Viết như {type: Kế hoạch, symbol: 251/KH-UBND}")


def is_list(value: object) -> object:
    """Refuse what is no list, and an empty one."""
    if isinstance(value, list) and value:
        return value
    raise mistake("cần ít nhất một mục", "Viết mỗi mục sau dấu gạch ngang “- ”, hoặc xóa khóa")


Text = Annotated[str, BeforeValidator(_is_text)]
MarkedText = Annotated[Text, AfterValidator(_is_bracketed)]
IsoDate = Annotated[date, BeforeValidator(_is_date)]
MentionValue = Annotated[dict[str, Any], BeforeValidator(_is_value)]


class Closed(BaseModel):
    """A mapping of a pattern file: any other key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Example(Closed):
    """A text with a mention in [brackets] and that mention's value."""

    text: MarkedText
    value: MentionValue = Field(default_factory=dict)
    published: IsoDate | None = None
    prefer: Literal["past", "future"] | None = None

    @property
    def marked(self) -> Marked:
        """The text without its brackets, and the mention's span."""
        return read_brackets(self.text)


class KnownGap(Example):
    """An example that does not pass yet."""

    because: Text


class Never(Closed):
    """A text in which the pattern must find nothing."""

    text: Text
    because: Text
    published: IsoDate | None = None


class PatternEntry(Closed):
    """One pattern as written in a file."""

    id: Annotated[Text, AfterValidator(_is_id)]
    label: Label
    name: Text
    regex: Text
    case: Literal["sensitive", "insensitive"] = "insensitive"
    extend: Literal["noun", "modifier"] | None = None
    priority: Annotated[int, BeforeValidator(_is_integer)] = 0
    note: Text | None = None
    examples: Annotated[list[Example], BeforeValidator(is_list)]
    never: Annotated[list[Never], BeforeValidator(is_list)] = Field(default_factory=list)
    known_gaps: Annotated[list[KnownGap], BeforeValidator(is_list)] = Field(default_factory=list)

    @model_validator(mode="after")
    def _examples_have_values(self) -> "PatternEntry":
        """Every example has a value, but those of BLOCK: what it finds is no mention."""
        if self.label != "BLOCK":
            for kind, examples in (("examples", self.examples), ("known_gaps", self.known_gaps)):
                for index, example in enumerate(examples):
                    if not example.value:
                        raise PydanticCustomError("no_value", "no value", {"kind": kind, "index": index})
        return self


@dataclass(frozen=True)
class FileSchema(Generic[M]):
    """What a file that is a list of things may hold, and how its mistakes speak of them.

    Attributes:
        model: One thing.
        inside: The models of what its lists hold, by key.
        noun: What an analyst calls one.
        named_by: The key of its name.
        no_example: What to do where there is no example.
        no_list: Problem and mend where the file is no list.
    """

    model: type[M]
    inside: Mapping[str, type[BaseModel]]
    noun: str
    named_by: str
    no_example: str
    no_list: tuple[str, str]


_PATTERNS = FileSchema(
    model=PatternEntry,
    inside={"examples": Example, "never": Never, "known_gaps": KnownGap},
    noun="mẫu",
    named_by="id",
    no_example="Thêm khóa examples với ít nhất một ví dụ có text và value",
    no_list=(
        "tệp không phải danh sách các mẫu",
        "Bắt đầu mỗi mẫu bằng “- id: …”; phần dùng chung đặt trong parts.yaml",
    ),
)


def read_entries(lined: LinedYaml) -> tuple[list[tuple[PatternEntry, int]], list[PatternError]]:
    """Validate a pattern file.

    Args:
        lined: The file.

    Returns:
        The entries without mistakes, each with its place in the file's list, and the mistakes in the order of lines.
    """
    return read_list(lined, _PATTERNS)


def read_list(lined: LinedYaml, schema: FileSchema[M]) -> tuple[list[tuple[M, int]], list[PatternError]]:
    """Validate a file that is a list of things.

    Args:
        lined: The file.
        schema: What it may hold.

    Returns:
        The things without mistakes, each with its place in the file's list, and the mistakes in the order of lines.
    """
    entries: list[tuple[M, int]] = []
    errors: list[PatternError] = []
    if not isinstance(lined.data, list):
        return [], [PatternError(lined.path, 1, *schema.no_list)]
    for index, item in enumerate(lined.data):
        if not isinstance(item, Mapping):
            problem, mend = f"mục này không phải một {schema.noun}", f"Viết “- {schema.named_by}: …”"
            errors.append(PatternError(lined.path, lined.line((index,)), problem, mend))
            continue
        try:
            entries.append((schema.model.model_validate(item), index))
        except ValidationError as error:
            errors.extend(_explain(error, lined, schema, index, str(item.get(schema.named_by, f"thứ {index + 1}"))))
    return entries, sorted(errors, key=lambda error: error.line or 0)


def _explain(
    error: ValidationError, lined: LinedYaml, schema: FileSchema[M], index: int, name: str
) -> Iterator[PatternError]:
    """Turn pydantic's report into errors with lines."""
    details = error.errors(include_url=False)
    # A key with a typing error is reported once, as unknown, and not as missing too.
    mistyped = {
        (*detail["loc"][:-1], *_close_keys((index, *detail["loc"]), schema))
        for detail in details
        if detail["type"] == "extra_forbidden"
    }
    for detail in details:
        if detail["type"] == "missing" and detail["loc"] in mistyped:
            continue
        place: Place = (index, *detail["loc"])
        context: dict[str, Any] = detail.get("ctx", {})
        if detail["type"] == "no_value":
            place = (index, context["kind"], context["index"])
        problem, mend = _words(detail["type"], place, context, detail.get("input"), schema)
        yield PatternError(lined.path, lined.line(place), f"{schema.noun} “{name}”: {problem}", mend)


def _words(
    kind: str, place: Place, context: Mapping[str, Any], given: object, schema: FileSchema[M]
) -> tuple[str, str]:
    key = next((str(step) for step in reversed(place) if isinstance(step, str)), "")
    if kind == "missing":
        if key == "examples":
            return "không có ví dụ", schema.no_example
        return f"thiếu khóa “{key}”", f"Thêm dòng “{key}: …”"
    if kind == "no_value":
        return "ví dụ không có giá trị", "Thêm khóa value, như value: {start: 2024-03-01}"
    if kind == "extra_forbidden":
        guess = "".join(f"Có phải “{close}”? " for close in _close_keys(place, schema))
        return f"khóa lạ “{key}”", f"{guess}Các khóa dùng được: {', '.join(_keys_at(place, schema))}"
    if kind == "literal_error":
        return f"{key} là “{given}”", f"Chọn một trong: {', '.join(_CHOICES[key])}"
    if kind == "mistake":
        return f"{key}: {context['problem']}", str(context["mend"])
    return f"{key} không đúng dạng", f"So với một {schema.noun} đang chạy được"


def _close_keys(place: Place, schema: FileSchema[M]) -> list[str]:
    return get_close_matches(str(place[-1]), _keys_at(place, schema), n=1)


def _keys_at(place: Place, schema: FileSchema[M]) -> list[str]:
    inside = str(place[1]) if len(place) > 2 else ""
    return list(schema.inside.get(inside, schema.model).model_fields)


def unknown_part(name: str, label: str | None = None) -> tuple[str, str] | None:
    """Look for a group's name among the named parts of a label.

    Args:
        name: The name of the group.
        label: The pattern's label; without it, the parts of all labels are known.

    Returns:
        What is wrong with it and what to do, or None if it is known.
    """
    known = sorted({MENTION}.union(*([PART_NAMES[label]] if label else PART_NAMES.values())))
    if name in known:
        return None
    guess = "".join(f"Có phải “{close}”? " for close in get_close_matches(name.lower(), known, n=1))
    return f"nhóm lạ “{name}”", f"{guess}Các nhóm của {f'nhãn {label}' if label else 'mọi nhãn'}: {', '.join(known)}"


def read_parts(lined: LinedYaml) -> tuple[dict[str, tuple[str, int]], list[PatternError]]:
    """Validate ``parts.yaml``: a mapping from names to expressions.

    Args:
        lined: The file.

    Returns:
        Expression and line by name, and the mistakes.
    """
    if not isinstance(lined.data, dict):
        if lined.data == []:
            return {}, []
        mend = "Viết mỗi phần một dòng “ten: '…'”"
        return {}, [PatternError(lined.path, 1, "parts.yaml không phải bảng “tên: regex”", mend)]
    parts: dict[str, tuple[str, int]] = {}
    errors: list[PatternError] = []
    for name, source in lined.data.items():
        line = lined.line((name,))
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            mend = "Đặt tên bằng chữ thường không dấu, số và dấu gạch dưới, như so_hieu"
            errors.append(PatternError(lined.path, line, f"tên phần “{name}” không dùng được", mend))
        elif not isinstance(source, str) or not source.strip():
            mend = "Viết regex trong nháy đơn sau dấu hai chấm"
            errors.append(PatternError(lined.path, line, f"phần “{name}” không có regex", mend))
        else:
            parts[name] = (source, line)
    return parts, errors


def pattern_file_names(directory: Path) -> list[Path]:
    """Return the pattern files and gazetteers of a directory, sorted by their names."""
    return sorted(
        [*directory.glob("*.yaml"), *directory.glob("*.tsv"), *directory.glob("gazetteers/*.tsv")],
        key=lambda path: path.as_posix(),
    )
