"""Directing verbs: which of them open a directive, and who is their subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from meetextract.assemble.actors import Actor
from meetextract.assemble.addressees import next_task, read_addressed, read_row, starts_task
from meetextract.assemble.directive import AROUND_TASKS
from meetextract.assemble.discourse import Discourse, Mark
from meetextract.assemble.speakers import Speaker, Speakers, is_area
from meetextract.assemble.trace import Reason, Trace
from meetextract.assemble.valued import DirectiveVerb
from meetextract.assemble.view import Sentence
from meetextract.records import Span

_CLAUSE_SIGN = regex.compile(r"[,;:\"]")
_LONGEST_SUBJECT = 70


def is_passive(told: Discourse, begin: int, verb: Mark) -> bool:
    """Whether the subject of a directing verb, at `begin`, is the one who is told."""
    return begin < verb.start and told.grammar.passive.search(told.text[begin : verb.end]) is not None


class DirectingVerbs:
    """Finds the directing verbs of an article that open a directive.

    Args:
        told: the article.
        speakers: who speaks where it is read.
        trace: notes the verbs that open none.
    """

    def __init__(self, told: Discourse, speakers: Speakers, trace: Trace) -> None:
        self._told = told
        self._speakers = speakers
        self._trace = trace

    def of_segment(
        self, sentence: Sentence, start: int, end: int, *, is_open: bool, opened_here: bool
    ) -> Iterator[tuple[Mark, Speaker | None, int]]:
        """The verbs of a segment that open a directive, each with who tells and where the words about it begin.

        Args:
            sentence: the sentence of the segment.
            start: where the segment begins.
            end: where it ends.
            is_open: whether a directive is open before it.
            opened_here: whether the last directive was opened in this sentence.
        """
        opened = is_open
        told: Sequence[Span] = ()
        for verb in self._told.within("DIRECTIVE", start, end):
            if verb.pattern == "directives.modal":
                continue
            inside = self._told.actor_at(verb.start)
            if inside is not None and inside.start < verb.start:
                continue
            found = self._subject(sentence, verb, start, end, opened, is_open, opened_here, told)
            if isinstance(found, str):
                self._trace.reject("assignment", self._told.span(verb.start, verb.end), verb.pattern, found)
                continue
            subject, begin = found
            assert isinstance(verb.value, DirectiveVerb)
            addressed = read_addressed(self._told, verb.end, end)
            reason = self._lacks(verb.value.verb, addressed.items, verb.end, addressed.task, end)
            if reason and not is_passive(self._told, begin, verb):
                self._trace.reject("assignment", self._told.span(verb.start, verb.end), verb.pattern, reason)
                continue
            opened = True
            told = addressed.items
            yield verb, subject, begin

    def _subject(
        self,
        sentence: Sentence,
        verb: Mark,
        start: int,
        end: int,
        opened: bool,
        is_open: bool,
        opened_here: bool,
        told: Sequence[Span],
    ) -> tuple[Speaker | None, int] | Reason:
        """Who tells, and where the words about it begin; or why the verb opens nothing.

        `told` are those whom the directing verb before it addresses.
        """
        text = self._told.text
        assert isinstance(verb.value, DirectiveVerb)
        order = verb.value.verb in self._told.vocabulary.orders
        actor = self._actor_before(verb.start, start)
        if actor is not None and any(actor.start < close and item < actor.end for item, close in told):
            between = text[actor.end : verb.start]
            if not _CLAUSE_SIGN.search(between):
                return "inside_task"  # "đề nghị UBND tỉnh yêu cầu các xã …": the task of those told
        if verb.pattern == "directives.passive":
            return self._passive(verb, start, verb.start, None)
        if actor is not None and self._is_subject(actor, verb):
            if actor.kind == "group" and self._told.grammar.no_authority.search(actor.name or ""):
                return "no_authority"
            if actor.kind == "area" and self._is_address(actor, start):
                return "no_authority"
            by = self._told.grammar.passive_agent.search(text[start : actor.start])
            if by is not None:
                return self._passive(verb, start, start + by.start("by"), actor)
            if self._told.grammar.object_before.search(text[start : actor.start]):
                sender = self._sender(actor, verb, start)
                return sender or ("inside_task" if opened else "no_subject")
            if actor.kind != "person" and self._told.grammar.no_subject_before.search(text[start : actor.start]):
                return "inside_task" if opened else "no_subject"
            if opened and actor.kind in ("unit", "area", "group"):
                may_tell = actor.kind == "unit" or is_area(self._told, actor)
                # "Sở Y tế cũng chỉ đạo …" tells; "UBND huyện chỉ đạo các xã …" may be what UBND huyện is told to do
                said = bool(text[actor.end : verb.start].strip()) or self._spoke_last(actor)
                tells_too = said and not text[sentence.start : actor.start].strip(' -"')
                if not (order or tells_too) or not may_tell or (is_open and opened_here):
                    return "inside_task"
            if actor.kind == "group" and not is_area(self._told, actor):
                leader = self._leader(actor, start)
                if leader is None:
                    begin = self._unknown_subject(verb, start, end) if order else None
                    return (
                        (self._speakers.unit_meant(begin, verb.start), begin) if begin is not None else "no_authority"
                    )
                actor = leader
            speaker = self._speakers.of(actor)
            return speaker or Speaker(None, False, actor.names, actor.start, actor.end), actor.start
        before = text[start : verb.start]
        lead = self._told.grammar.directive_lead.match(text, start, verb.start)
        if lead is not None and not text[lead.end() : verb.start].strip():
            if not order and (opened or verb.value.verb in self._told.vocabulary.need_subject):
                if not opened:
                    return "no_subject"
                if not self._addresses_others(verb, end):
                    return "inside_task"
            return self._speakers.at(verb.start), verb.start
        if self._told.grammar.linked.search(before) and (self._speakers.speaks_here or opened_here):
            if opened and not order and (opened_here or not self._speakers.speaks_here):
                return "inside_task"
            return self._speakers.at(verb.start), verb.start
        opens = next(
            (a for a in self._told.actors.overlapping(sentence.start, verb.start) if a.start >= sentence.start), None
        )
        if (
            order
            and opens is not None
            and (opens.kind == "unit" or opens.names)
            and self._told.grammar.further.search(before)
        ):
            ahead = text[sentence.start : opens.start]
            if not ahead.strip(' -"') or ahead.rstrip().endswith(","):
                return self._speakers.of(opens), verb.start
        if order and not opened and (begin := self._unknown_subject(verb, start, end)) is not None:
            return self._speakers.unit_meant(begin, verb.start), begin
        return "no_subject"

    def _spoke_last(self, actor: Actor) -> bool:
        """Whether a unit is the one whose words the sentences before report."""
        last = self._speakers.last
        return last is not None and last.name is not None and last.name == actor.name

    def _sender(self, addressed: Actor, verb: Mark, start: int) -> tuple[Speaker | None, int] | None:
        """Who tells by a document that is sent to others ("Sở Y tế có công văn gửi các xã yêu cầu …")."""
        for actor in self._told.actors.before_offset(addressed.start):
            if actor.end <= start:
                return None
            if actor.kind in ("person", "unit") and self._is_subject(actor, verb):
                return self._speakers.of(actor), actor.start
        return None

    def _leader(self, group: Actor, start: int) -> Actor | None:
        """Who speaks where a collective does: the area that it leads, or who stands before it in its clause."""
        area = self._told.grammar.leaders_of.fullmatch(group.name or "")
        if area is not None:
            return replace(group, kind="area", name=area["area"])
        before = self._told.actors.overlapping(start, group.start)
        return next((a for a in before if a.kind in ("unit", "person")), None)

    def _unknown_subject(self, verb: Mark, start: int, end: int) -> int | None:
        """Where a subject begins that no pattern knows ("Đoàn kiểm toán cũng đề nghị các xã …"), or None.

        What follows must then leave no doubt: somebody known who is told, and a task.
        """
        text, grammar = self._told.text, self._told.grammar
        signs = list(_CLAUSE_SIGN.finditer(text, start, verb.start))
        begin = signs[-1].end() if signs else start
        begin += len(text[begin : verb.start]) - len(text[begin : verb.start].lstrip(' -"'))
        words = text[begin : verb.start]
        if not words.strip() or len(words) > _LONGEST_SUBJECT:
            return None
        if grammar.no_authority.search(text, start, verb.start):  # "các phóng viên báo, đài đã đề nghị …"
            return None
        if grammar.no_teller.search(words) or starts_task(self._told, begin):
            return None
        addressed = read_addressed(self._told, verb.end, end)
        if not addressed.items or not starts_task(self._told, addressed.task):
            return None
        known = self._told.actor_at(addressed.items[0][0])
        return begin if known is not None else None

    def _addresses_others(self, verb: Mark, end: int) -> bool:
        """Whether a verb behind a directive turns to somebody else ("giao …; lưu ý các xã …"), and is not its task."""
        assert isinstance(verb.value, DirectiveVerb)
        row, _ = read_row(self._told, min(verb.end + 1, end), end)
        if not row or verb.value.verb not in self._told.vocabulary.turns:
            return False
        actor = self._told.actor_at(row[0][1] - 1)
        return actor is not None and (
            actor.kind == "unit" or verb.value.verb not in self._told.vocabulary.turns_to_unit
        )

    def _passive(self, verb: Mark, start: int, offset: int, agent: Actor | None) -> tuple[Speaker | None, int] | Reason:
        """The subject is told: "Sở Xây dựng được giao …", "Sở Xây dựng đã được UBND thành phố chỉ đạo …".

        Args:
            verb: the directing verb.
            start: where its segment begins.
            offset: where the words behind the subject end.
            agent: who tells, where the clause says so.
        """
        told = self._actor_before(offset, start)
        if told is None or told.kind not in ("unit", "group"):
            return "no_subject"
        if self._told.grammar.to_passive.fullmatch(self._told.text[told.end : offset]) is None:
            return "no_subject"
        if not starts_task(self._told, verb.end + 1) or self._told.grammar.no_subject_before.search(
            self._told.text[start : told.start]
        ):
            return "no_task"
        return (self._speakers.of(agent) if agent else self._speakers.at(verb.start)), told.start

    def _actor_before(self, offset: int, start: int) -> Actor | None:
        for actor in self._told.actors.before_offset(offset):
            if actor.end <= start:
                return None
            return actor if actor.end <= offset else None
        return None

    def _is_address(self, area: Actor, start: int) -> bool:
        """Whether an area says where the person lives who opens the clause ("Bà Lý Thị Mùi, xã Tân Hòa, đề nghị …")."""
        text = self._told.text
        opens = next(iter(self._told.actors.overlapping(start, area.start)), None)
        if opens is None or opens.kind != "person":
            return False
        honorific = self._told.grammar.honorific_before.search(text, start, opens.start)
        if text[start : honorific.start() if honorific else opens.start].strip(' -"'):
            return False
        return text[opens.end : area.start].strip().startswith(",")

    def _is_subject(self, actor: Actor, verb: Mark) -> bool:
        between = self._told.text[actor.end : verb.start]
        if self._told.grammar.to_verb.fullmatch(between):
            return True
        return (
            actor.kind in ("person", "unit") and self._told.grammar.by_document.fullmatch(between.rstrip()) is not None
        )

    def _heads_list(self, start: int, rest: str, end: int) -> bool:
        """Whether the lines below a colon tell who has to do what; `rest` is what stands before it."""
        if not self._told.text[start:end].rstrip().endswith(":"):
            return False
        return self._told.grammar.list_head.fullmatch(rest) is not None

    def _lacks(self, verb: str, items: Sequence[Span], start: int, task: int, end: int) -> Reason | None:
        """What a directive lacks, or None; `start` is where its verb ends."""
        rest = self._told.text[task:end].strip(AROUND_TASKS)
        if self._heads_list(start, rest, end):
            return None
        if verb in self._told.vocabulary.need_addressee and not items:
            return "no_addressee"
        if self._told.grammar.purpose.match(rest):
            return "no_task"  # "giao nhiệm vụ cho các phòng để thực hiện" reports that there are tasks
        if not rest:
            return None if items else "no_task"
        if items or verb in self._told.vocabulary.may_name_a_thing or starts_task(self._told, task):
            return None
        if next_task(self._told, task, min(end, task + 60)) is not None:
            return None
        return "no_task"
