"""Who speaks: the person or unit whose words a sentence reports, carried on to the sentences behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import regex

from meetextract.assemble.actors import Actor
from meetextract.assemble.discourse import Discourse
from meetextract.assemble.view import Sentence

_SAYS = regex.compile(r"\s*:\s")
_NEAR, _UNIT_NEAR = 70, 40
_ADDRESS = 5


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words are reported.

    Attributes:
        name: a person's name, or else the unit's; None where only a title without a holder is said and no unit, and
            where any of several people may be meant.
        is_person: whether a person is meant, and no unit.
        names: several, where the title or the given name does not tell which.
        start: where the article says who speaks, folded.
        end: one past the last.
    """

    name: str | None
    is_person: bool
    names: tuple[str, ...]
    start: int
    end: int


def is_area(told: Discourse, actor: Actor) -> bool:
    """Whether an actor is an area, by name or by its kind alone."""
    return actor.kind == "area" or (
        actor.kind == "group" and told.grammar.bare_area.fullmatch(actor.name or "") is not None
    )


class Speakers:
    """Follows who speaks through an article, sentence by sentence."""

    def __init__(self, told: Discourse) -> None:
        self._told = told
        self.last: Speaker | None = None
        self._here: list[Speaker] = []
        self._conveyed: dict[str, Speaker] = {}

    def enter(self, sentence: Sentence) -> None:
        """Notes who speaks in a sentence; `last` is then whoever spoke last before it."""
        if self._here:
            self.last = self._here[-1]
        self._here = []
        for actor in self._told.actors.overlapping(sentence.start, sentence.end):
            if actor.start < sentence.start:
                continue
            if self._speaks(actor, sentence) and (speaker := self.of(actor)) is not None:
                self._here.append(speaker)
            signs = (
                actor.kind == "person"
                and actor.unit
                and self._told.grammar.signs.match(self._told.text, actor.end, sentence.end)
            )
            if signs and actor.unit and (signer := self.of(actor)) is not None:
                self._conveyed[actor.unit] = signer
        for cue in self._told.within("conveyed", sentence.start, sentence.end):
            behind = self._told.actor_at(min(cue.end + 1, sentence.end - 1))
            if behind is not None and behind.kind == "person" and behind.unit and (who := self.of(behind)):
                self._conveyed[behind.unit] = who

    def authority(self, actor: Actor) -> Speaker | None:
        """Who an area is when it tells others: the committee of that area that the article names, or its own words."""
        kind = (actor.name or "").split(" ")[0].lower()
        whole = (actor.name or "").lower()
        for unit in self._told.units.items:
            name = unit.name.lower()
            if name.startswith("ubnd ") and (
                name.endswith(whole)
                or (" " not in whole and name.startswith(f"ubnd {kind}"))
                or name.startswith(f"ubnd {whole}")
            ):
                return Speaker(unit.name, False, (), actor.start, actor.end)
        return Speaker(actor.name, False, (), actor.start, actor.end)

    def unit_meant(self, start: int, end: int) -> Speaker:
        """Who "đoàn kiểm tra", "đơn vị này" is: the unit named last that is called so; open where there is none."""
        head = self._told.grammar.unit_pronoun.match(self._told.text, start, end)
        name = None
        if head is not None:
            kind = (head["kind"] or "").lower()
            before = (unit.name for unit in self._told.units.before_offset(start))
            name = next((name for name in before if name.lower().startswith(kind)), None)
        return Speaker(name, False, (), start, end)

    def at(self, offset: int) -> Speaker | None:
        """Who speaks at an offset of the sentence entered last."""
        before = [speaker for speaker in self._here if speaker.start < offset]
        if before:
            return before[-1]
        if self._here and '"' in self._told.text[offset : self._here[0].start]:
            return self._here[0]  # the words come first: "Các xã phải làm ngay", ông Chung nói
        return self.last or (self._here[0] if self._here else None)

    def note(self, speaker: Speaker) -> None:
        """Notes one who tells others what to do: the words behind are theirs, too."""
        if (speaker.name is not None or len(speaker.names) > 1) and speaker not in self._here:
            self._here.append(speaker)
            self._here.sort(key=lambda one: one.start)

    @property
    def speaks_here(self) -> bool:
        """Whether the sentence entered last says who speaks."""
        return bool(self._here)

    def of(self, actor: Actor) -> Speaker | None:
        """Who is meant by an actor that speaks; a title that several hold means whoever of them spoke last."""
        if actor.kind == "pronoun":
            said = self._address(self._told.text[actor.start : actor.end])
            spoke = (s for s in [*self._here[::-1], self.last] if s is not None and s.is_person)
            before = next((s for s in spoke if self._may_be(said, s.name)), None)
            if before is None:
                named = (a for a in self._told.actors.before_offset(actor.start) if a.kind == "person" and a.name)
                person = next((a for a in named if self._may_be(said, a.name)), None)
                before = self.of(person) if person else None
            return replace(before, start=actor.start, end=actor.end) if before else None
        if actor.kind == "person":
            name = actor.name
            if name is None and self.last is not None and self.last.name in actor.names:
                name = self.last.name
            if name is not None:
                return Speaker(name, True, (name,), actor.start, actor.end)
            several = len(actor.names) > 1
            return Speaker(None if several else actor.unit, several, actor.names, actor.start, actor.end)
        if is_area(self._told, actor):
            return self.authority(actor)
        if actor.kind == "unit" and actor.name:
            conveyed = self._conveyed.get(actor.name)
            if conveyed is not None:
                return replace(conveyed, start=actor.start, end=actor.end)
            return Speaker(actor.name, False, (), actor.start, actor.end)
        return None

    def _address(self, words: str) -> str | None:
        """How one is addressed: "ông" or "bà", or None."""
        hit = self._told.grammar.address.search(words)
        if hit is None:
            return None
        return "mr" if hit["mr"] else "mrs"

    def _may_be(self, address: str | None, name: str | None) -> bool:
        """Whether one addressed so may bear a name: an "ông" is nobody whom the article calls "bà"."""
        if address is None or name is None:
            return True
        known = self._addresses.get(name)
        return known is None or known == address

    @cached_property
    def _addresses(self) -> dict[str, str]:
        """How the article addresses those it names; a name itself may tell, too ("Thị", "Văn")."""
        found: dict[str, str] = {}
        for actor in self._told.actors.items:
            if actor.kind == "person" and actor.name:
                said = self._address(self._told.text[max(0, actor.start - _ADDRESS) : actor.end])
                if said is not None:
                    found.setdefault(actor.name, said)
        return found

    def _speaks(self, actor: Actor, sentence: Sentence) -> bool:
        text = self._told.text
        if self._told.grammar.object_before.search(text[max(sentence.start, actor.start - 40) : actor.start]):
            return False
        if self._told.grammar.according_to.search(text[max(sentence.start, actor.start - 40) : actor.start]):
            return actor.kind in ("person", "unit")
        if actor.kind in ("group", "area") or self._told.grammar.on_behalf.search(
            text[max(sentence.start, actor.start - 40) : actor.start]
        ):
            return False
        if actor.kind == "person" and _SAYS.match(text, actor.end, sentence.end):
            return True
        if (
            actor.kind == "person"
            and actor.names
            and self._told.grammar.sentence_opening.fullmatch(text, sentence.start, actor.start)
            and actor.end < sentence.end - 8
        ):
            return True  # its subject: "Ông Lược thừa nhận phần lỗi của ngành"
        near = _NEAR if actor.kind != "unit" else _UNIT_NEAR
        for kind in ("speech", "chair"):
            cue = next(self._told.of(kind).from_offset(actor.end), None)
            if cue is None or cue.end > sentence.end or cue.start - actor.end > near:
                continue
            if self._told.grammar.to_speech.fullmatch(text[actor.end : cue.start]):
                return True
        # "Phát biểu tại hội nghị, đồng chí A … ghi nhận": what is said may come late
        opened = self._told.grammar.speech_opening.search(text[sentence.start : actor.start])
        return (
            actor.kind == "person"
            and opened is not None
            and not self._told.grammar.hearsay.search(text, sentence.start, actor.start)
        )
