"""Gives every mention its value: the bridge from patterns and gazetteers to the pure functions of `normalise`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from meetextract.assemble.valued import Candidate, ChangeWord, Collective, Cue, DirectiveVerb, MeetingNoun, Value
from meetextract.errors import PatternError
from meetextract.match.library import PatternLibrary
from meetextract.match.mention import Mention
from meetextract.normalise.areas import AreaNames, read_area
from meetextract.normalise.dates import Context, read_period
from meetextract.normalise.documents import read_document
from meetextract.normalise.offices import UnitName
from meetextract.normalise.people import read_name, read_role
from meetextract.normalise.quantities import read_amount, read_count
from meetextract.normalise.units import Lexicon, read_unit
from meetextract.records import Change
from meetextract.text import FoldedText, fold

_GAZETTEERS = {
    "abbreviations": ["canonical"],
    "areas": ["kinds", "province"],
    "bodies": ["canonical"],
    "central_units": ["canonical"],
    "counted": ["canonical"],
    "directive_verbs": ["order", "addressee", "subject", "office", "turns", "thing"],
    "document_codes": ["canonical"],
    "document_types": ["canonical"],
    "fields": ["canonical", "ministry", "board"],
    "measured_things": ["share", "time", "size", "agenda", "place", "population"],
    "roles": ["role", "branch", "unit"],
    "surnames": ["form"],
    "task_verbs": ["kind"],
}
"""What values are read with: a pattern directory must have these gazetteers, with these columns."""
_FIELD_COLUMNS = {"bộ": "ministry", "ban": "board"}
"""Not every field has a ministry or a board: which, the gazetteer says."""
_CHANGES: dict[str, Change] = {
    "tăng": "increase",
    "giảm": "decrease",
    "rút ngắn": "decrease",
    "vượt": "exceed",
}


class Reader:
    """Reads mentions with the gazetteers of a pattern library.

    Raises:
        PatternError: the library lacks a gazetteer or a column that values are read with.
    """

    def __init__(self, library: PatternLibrary) -> None:
        for name, columns in _GAZETTEERS.items():
            gazetteer = library.gazetteers.get(name)
            path = library.directory / "gazetteers" / f"{name}.tsv"
            if gazetteer is None:
                raise PatternError(path, None, "thiếu danh mục này", "Chép tệp ấy từ bộ mẫu đi kèm chương trình")
            missing = [column for column in columns if column not in gazetteer.columns]
            if missing:
                problem = f"danh mục thiếu cột {', '.join(missing)}"
                raise PatternError(path, None, problem, "Thêm cột ấy vào dòng đầu, như trong bộ mẫu đi kèm")
        self.library = library
        self._priority = {pattern.id: pattern.priority for pattern in library.patterns}

    def read(self, mentions: Iterable[Mention]) -> list[Candidate]:
        """Mentions that have a value; the others are no mentions of their kind."""
        candidates = []
        for mention in mentions:
            found = self._read(mention)
            if found is not None:
                value, left, right = found
                start, end = _without(mention, left, right)
                end -= len(mention.text[: end - mention.start]) - len(mention.text[: end - mention.start].rstrip())
                candidates.append(Candidate(mention, value, self._priority.get(mention.pattern, 0), start, end))
        return candidates

    def _read(self, mention: Mention) -> tuple[Value, int, int] | None:
        """The value, and how many characters at either end of the mention do not belong to it."""
        label = mention.label
        if self.library[mention.pattern].entry.extend and "noun" not in mention.parts:
            return None  # a number before no noun counts nothing
        if label == "BLOCK":
            return None, 0, 0
        if label == "CUE":
            return Cue(mention.pattern.split(".")[1]), 0, 0
        raw = {name: part.text for name, part in mention.parts.items()}
        small = parts_of_mention(mention)
        if label == "DATE":
            value: Value = read_period(small, Context())
        elif label == "QUANTITY":
            counted = self._column("counted", "canonical")(small["unit"]) if "unit" in small else None
            value = read_amount({**small, "unit": counted} if counted else small)
        elif label == "COUNT":
            value = read_count(small)
        elif label == "DOCUMENT":
            value = read_document(
                raw, self._column("document_types", "canonical"), self._column("document_codes", "canonical")
            )
        elif label == "CHANGE":
            value = next(
                (ChangeWord(change) for word, change in _CHANGES.items() if word in fold(mention.text).lower()), None
            )
        elif label == "ROLE":
            value = read_role(raw, self.library.gazetteers["roles"].find)
        elif label == "AREA":
            return self._area(mention, raw)
        elif label == "PERSON":
            return read_name(raw, self._areas.kinds_of, self._areas.is_surname)
        elif label == "UNIT":
            return self._unit(mention, raw)
        elif label == "MEETING":
            value = MeetingNoun(small["kind"])
        elif label == "DIRECTIVE":
            value = DirectiveVerb(small["verb"])
        elif label == "ADDRESSEE":
            value = Collective(" ".join(fold(mention.text).split()))
        else:
            return None
        return None if value is None else (value, 0, 0)

    def _unit(self, mention: Mention, raw: dict[str, str]) -> tuple[UnitName, int, int] | None:
        column = _FIELD_COLUMNS.get(raw.get("kind", "").lower())
        if column is not None and "field" in raw:
            row = self.library.gazetteers["fields"].find(raw["field"])
            if row is None or not row[column]:
                return None
        found = read_unit(raw, self._lexicon)
        if found is None:
            return None
        is_ahead = any(part.end > mention.end for part in mention.parts.values())
        return found[0], 0, 0 if is_ahead else found[1]  # of "HĐND và UBND huyện A": the area is no part of "HĐND"

    def _area(self, mention: Mention, raw: dict[str, str]) -> tuple[Value, int, int] | None:
        if "province" in raw:
            name = " ".join(raw["province"].split())
            kinds = self._areas.kinds_of(name)
            kind = "tỉnh" if "tỉnh" in kinds else "thành phố"
            area, cut = read_area({"area_kind": kind, "area_name": name}, self._areas)
        else:
            area, cut = read_area(raw, self._areas)
        if area is None or (area.name is None and cut == len(fold(mention.text))):
            return None
        return area, 0, cut

    def _column(self, gazetteer: str, column: str) -> Callable[[str], str | None]:
        rows = self.library.gazetteers[gazetteer]

        def look_up(form: str) -> str | None:
            row = rows.find(form)
            return row[column] if row else None

        return look_up

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon(
            self._areas,
            self._column("fields", "canonical"),
            self._column("bodies", "canonical"),
            self._column("central_units", "canonical"),
            self._column("abbreviations", "canonical"),
        )

    @cached_property
    def _areas(self) -> AreaNames:
        areas, surnames = self.library.gazetteers["areas"], self.library.gazetteers["surnames"]
        return AreaNames(
            lambda name: tuple(row["kinds"].split(",")) if (row := areas.find(name)) else (),
            lambda syllable: surnames.find(syllable) is not None,
        )


def _without(mention: Mention, left: int, right: int) -> tuple[int, int]:
    """A mention's stored span without so many folded characters at either end."""
    if not left and not right:
        return mention.start, mention.end
    folded = FoldedText(mention.text)
    start, end = folded.to_stored(left, len(folded.folded) - right)
    return mention.start + start, mention.start + end


def parts_of_mention(mention: Mention) -> dict[str, str]:
    """The named parts, white space folded, in lower case."""
    return {name: " ".join(part.text.lower().split()) for name, part in mention.parts.items()}
