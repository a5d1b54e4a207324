"""Reads YAML as plain text values, each of which knows its line.

PyYAML reads ``no`` as False and ``12:30`` as 750. Here every scalar stays the text that was written.
"""

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from meetextract.errors import PatternError

Data: TypeAlias = "str | list[Data] | dict[str, Data]"
Place: TypeAlias = tuple[str | int, ...]

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml is ten times faster, where it was built
_MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class LinedYaml:
    """A YAML file's data and where each value stands.

    Attributes:
        path: The file.
        data: Text, lists and mappings.
        lines: Line (from 1) of each value by its place, for instance ``(0, "examples", 1, "text")``.
    """

    path: Path
    data: Data
    lines: dict[Place, int]

    def line(self, place: Place) -> int:
        """Return the line of a value, or of the nearest thing around it that exists."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_text(path: Path) -> str:
    """Read a pattern file or gazetteer: UTF-8, composed (NFC).

    Args:
        path: The file.

    Returns:
        Its text, without a byte order mark, with plain line feeds.

    Raises:
        PatternError: The file cannot be read, is not UTF-8 or not composed.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        problem = f"không đọc được tệp ({error.strerror})"
        raise PatternError(path, None, problem, "Kiểm tra quyền đọc của tệp") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        mend = "Mở tệp trong trình soạn thảo và lưu lại với mã UTF-8"
        raise PatternError(path, line, "chữ không phải mã UTF-8", mend) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not unicodedata.is_normalized("NFC", text):
        for number, line_text in enumerate(text.split("\n"), start=1):
            composed = unicodedata.normalize("NFC", line_text)
            if composed != line_text:
                words = zip(line_text.split(), composed.split(), strict=False)
                word = next((good for bad, good in words if bad != good), composed)
                problem = f"chữ có dấu rời, không phải Unicode dựng sẵn (NFC): “{word}”"
                raise PatternError(path, number, problem, "Gõ lại chữ ấy với bảng mã Unicode dựng sẵn")
    return text


def read_yaml(path: Path) -> LinedYaml:
    """Read one YAML document.

    Args:
        path: The file.

    Returns:
        Its data with lines; an empty file gives an empty list.

    Raises:
        PatternError: Not readable, not YAML, a key twice in a mapping, or an anchor, which pattern files do not use.
    """
    text = read_text(path)
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = f"không đúng cú pháp YAML ({error.problem})"
        mend = "Kiểm tra thụt dòng, dấu hai chấm và dấu nháy; đặt biểu thức regex trong nháy đơn '…'"
        raise PatternError(path, mark.line + 1 if mark else None, problem, mend) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise PatternError(path, line, "có ký tự điều khiển", "Xóa ký tự ấy") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise PatternError(path, None, "không đúng cú pháp YAML", "So với một tệp mẫu đang chạy được") from error
    if root is None:
        return LinedYaml(path, [], {})
    lines: dict[Place, int] = {}
    return LinedYaml(path, _plain(path, root, (), lines, set()), lines)


def _plain(path: Path, node: yaml.Node, place: Place, lines: dict[Place, int], seen: set[int]) -> Data:
    """Turn a node into plain data and note the lines."""
    line = node.start_mark.line + 1
    lines.setdefault(place, line)
    if id(node) in seen:
        raise PatternError(path, None, f"dùng neo YAML (& và *) ở “{_last_name(place)}”", "Viết lại nội dung ấy đầy đủ")
    seen.add(id(node))
    if len(place) > _MAX_DEPTH:
        raise PatternError(path, line, "lồng quá nhiều lớp", "Viết phẳng hơn, như các tệp mẫu khác")
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(path, item, (*place, index), lines, seen) for index, item in enumerate(node.value)]
    mapping: dict[str, Data] = {}
    for key_node, value_node in node.value:
        key_line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise PatternError(path, key_line, "khóa không phải là chữ", "Viết khóa là một từ, rồi dấu hai chấm")
        key = str(key_node.value)
        if key in mapping:
            problem = f"khóa “{key}” có hai lần (lần đầu ở dòng {lines[(*place, key)]})"
            raise PatternError(path, key_line, problem, "Giữ lại một")
        # A key's line, not its value's: they differ only for blocks, whose key is what a reader looks for.
        lines[(*place, key)] = key_line
        mapping[key] = _plain(path, value_node, (*place, key), lines, seen)
    return mapping


def _last_name(place: Place) -> str:
    return str(next((step for step in reversed(place) if isinstance(step, str)), "tệp"))
