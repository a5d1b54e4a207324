"""Directives: who tells whom to do what, read sentence by sentence.

A directing verb opens a directive if somebody with authority is its subject. What follows belongs to it: the addressees,
the tasks up to the end of the sentence, and the sentences behind that go on without a subject of their own ("Đồng thời,
rà soát …"), or with a new addressee ("UBND huyện kiểm đếm …": a new entry, the verb carried over).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from meetextract.assemble.actors import Actor
from meetextract.assemble.addressees import all_joint, next_task, read_addressed, read_row, starts_task
from meetextract.assemble.discourse import Discourse, Mark
from meetextract.assemble.speakers import Speaker, Speakers, is_area
from meetextract.assemble.trace import Reason, Trace
from meetextract.assemble.valued import DirectiveVerb
from meetextract.assemble.view import Sentence
from meetextract.records import Span

_QUOTED = regex.compile(r"[.!?]?\"\s*[,-]\s")
_INSIDE_CLAUSE = regex.compile(r"[^\s,:;\".-]\s*$")
_CLAUSE_SIGN = regex.compile(r"[.:;\"]")
_TRIMMED = " \n\t,;:–-+*•…./\"'“”"
_LONGEST_NAME = 80
_LONGEST_LIST = 80
"""So many tasks a directive may have; what goes on longer is no list."""


@dataclass(slots=True)
class Directive:
    """A directive while it is read; offsets are folded.

    Attributes:
        verb: the directing verb as written.
        pattern: the pattern that found the verb.
        assigner: who tells.
        items: those told.
        joint: those to work with.
        tasks: what is to be done.
        lead: where the words about it begin, adverbials before the addressee included.
        start: where the quote begins.
        end: one past its last word.
        skipped: stretches inside that are no part of it (captions).
        again: headlines and captions that repeat it.
        is_caption: whether it stands in a caption.
    """

    verb: str
    pattern: str
    assigner: Speaker | None
    items: list[Span]
    joint: list[Span]
    tasks: list[Span]
    lead: int
    start: int
    end: int
    skipped: list[Span] = field(default_factory=list)
    again: list[Span] = field(default_factory=list)
    is_caption: bool = False


def read_directives(told: Discourse, trace: Trace) -> list[Directive]:
    """All directives of an article in the order of the text."""
    reader = _Reader(told, trace)
    for sentence in told.content():
        if sentence.block == "caption":
            reader.read_caption(sentence)
        else:
            reader.read(sentence)
    return reader.found


class _Reader:
    """Goes through an article with the directive that is open, if any."""

    def __init__(self, told: Discourse, trace: Trace) -> None:
        self._told = told
        self._trace = trace
        self._speakers = Speakers(told)
        self.found: list[Directive] = []
        self._open: Directive | None = None
        self._opened_in: int = -1
        self._caption: Span | None = None

    def read_caption(self, sentence: Sentence) -> None:
        """A caption may tell a directive again, and is no part of the text around it."""
        outer, self._open = self._open, None
        known = len(self.found)
        said = self._speakers.last
        self.read(sentence)
        self._speakers.last = said or self._speakers.last
        for directive in self.found[known:]:
            directive.is_caption = True
        self._open = outer
        self._caption = (sentence.start, sentence.end)

    def read(self, sentence: Sentence) -> None:
        """Reads one sentence."""
        self._speakers.enter(sentence)
        for number, (start, end) in enumerate(self._told.segments(sentence)):
            self._segment(sentence, start, end, number)

    def _segment(self, sentence: Sentence, start: int, end: int, number: int) -> None:
        """Reads a stretch between semicolons."""
        verbs = list(self._valid_verbs(sentence, start, end))
        first = verbs[0][0].start if verbs else end
        if self._open is not None or not verbs:
            self._go_on(sentence, start, first, number, opens=bool(verbs))
        for at, (verb, subject, begin) in enumerate(verbs):
            close = verbs[at + 1][2] if at + 1 < len(verbs) else end
            self._open_directive(sentence, verb, subject, begin, close)

    # --- directing verbs --------------------------------------------------------------------------------------------

    def _valid_verbs(self, sentence: Sentence, start: int, end: int) -> Iterator[tuple[Mark, Speaker | None, int]]:
        """The verbs of a segment that open a directive, each with who tells and where the words about it begin."""
        opened = self._open is not None
        for verb in self._told.within("DIRECTIVE", start, end):
            if verb.pattern == "directives.modal":
                continue
            inside = self._told.actor_at(verb.start)
            if inside is not None and inside.start < verb.start:
                continue
            found = self._subject(sentence, verb, start, end, opened)
            if isinstance(found, str):
                self._trace.reject("assignment", self._told.span(verb.start, verb.end), verb.pattern, found)
                continue
            subject, begin = found
            assert isinstance(verb.value, DirectiveVerb)
            addressed = read_addressed(self._told, verb.end, end)
            reason = self._lacks(verb.value.verb, addressed.items, addressed.task, end)
            if reason:
                self._trace.reject("assignment", self._told.span(verb.start, verb.end), verb.pattern, reason)
                continue
            opened = True
            yield verb, subject, begin

    def _subject(
        self, sentence: Sentence, verb: Mark, start: int, end: int, opened: bool
    ) -> tuple[Speaker | None, int] | Reason:
        """Who tells, and where the words about it begin; or why the verb opens nothing."""
        text = self._told.text
        assert isinstance(verb.value, DirectiveVerb)
        order = verb.value.verb in self._told.vocabulary.orders
        if verb.pattern == "directives.passive":
            return self._passive(verb, start, verb.start, None)
        actor = self._actor_before(verb.start, start)
        if actor is not None and self._is_subject(actor, verb):
            if actor.kind == "group" and self._told.grammar.no_authority.search(actor.name or ""):
                return "no_authority"
            by = self._told.grammar.passive_agent.search(text[start : actor.start])
            if by is not None:
                return self._passive(verb, start, start + by.start("by"), actor)
            if actor.kind in ("unit", "area", "group") and opened:
                same = self._open is not None and self._opened_in == sentence.start
                if same or not order or not (actor.kind == "unit" or is_area(self._told, actor)):
                    return "inside_task"
            if actor.kind == "group" and not is_area(self._told, actor):
                leader = next(
                    (a for a in self._told.actors.overlapping(start, actor.start) if a.kind in ("unit", "person")), None
                )
                if leader is None:
                    return "no_authority"
                actor = leader
            speaker = self._speakers.of(actor)
            return (speaker, actor.start) if speaker else "nobody_known"
        before = text[start : verb.start]
        lead = self._told.grammar.directive_lead.match(text, start, verb.start)
        if lead is not None and not text[lead.end() : verb.start].strip():
            if not order and (opened or verb.value.verb in self._told.vocabulary.need_subject):
                if not opened:
                    return "no_subject"
                if not self._addresses_others(verb, end):
                    return "inside_task"
            return self._speakers.at(verb.start), verb.start
        if self._told.grammar.linked.search(before) and (
            self._speakers.speaks_here or self._opened_in == sentence.start
        ):
            if opened and not order:
                return "inside_task"
            return self._speakers.at(verb.start), verb.start
        opens = next(
            (a for a in self._told.actors.overlapping(sentence.start, verb.start) if a.start >= sentence.start), None
        )
        if (
            order
            and opens is not None
            and opens.kind == "person"
            and opens.names
            and self._told.grammar.further.search(before)
        ):
            if not text[sentence.start : opens.start].strip(' -"') or text[
                sentence.start : opens.start
            ].rstrip().endswith(","):
                return self._speakers.of(opens), verb.start
        return "no_subject"

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

    def _is_subject(self, actor: Actor, verb: Mark) -> bool:
        between = self._told.text[actor.end : verb.start]
        if self._told.grammar.to_verb.fullmatch(between):
            return True
        return (
            actor.kind in ("person", "unit") and self._told.grammar.by_document.fullmatch(between.rstrip()) is not None
        )

    def _lacks(self, verb: str, items: Sequence[Span], task: int, end: int) -> Reason | None:
        """What a directive lacks, or None."""
        rest = self._told.text[task:end].strip(_TRIMMED)
        if verb in self._told.vocabulary.need_addressee and not items:
            return "no_addressee"
        if self._told.grammar.purpose.match(rest):
            return "no_task"  # "giao nhiệm vụ cho các phòng để thực hiện" reports that there are tasks
        if not rest:
            return None if self._told.text[task:end].rstrip().endswith(":") or items else "no_task"
        if items or verb in self._told.vocabulary.may_name_a_thing or starts_task(self._told, task):
            return None
        if next_task(self._told, task, min(end, task + 60)) is not None:
            return None
        return "no_task"

    def _open_directive(self, sentence: Sentence, verb: Mark, subject: Speaker | None, begin: int, end: int) -> None:
        assert isinstance(verb.value, DirectiveVerb)
        if subject is not None:
            self._speakers.note(subject)
        passive = (
            begin < verb.start and self._told.grammar.passive.search(self._told.text[begin : verb.end]) is not None
        )
        if passive:
            actor = self._told.actor_at(begin)
            items: list[Span] = [(actor.start, actor.end)] if actor else []
            joint: Sequence[Span] = ()
            task = verb.end
        else:
            addressed = read_addressed(self._told, verb.end, end)
            items, joint, task = list(addressed.items), addressed.joint, addressed.task
        if not items and (late := self._late_addressee(task, end)) is not None:
            items, task = late
        if not items and (before := self._addressed_before(sentence, begin)) is not None:
            items = before
        words = self._told.words(verb.start, verb.start + len(verb.value.verb))
        lead = begin if begin < verb.start else _adverbial_start(self._told, sentence.start, verb.start)
        start = min([verb.start, *(s for s, _ in items)])
        self._begin(sentence, Directive(words, verb.pattern, subject, items, list(joint), [], lead, start, task))
        self._add_tasks(task, end)

    def _addressed_before(self, sentence: Sentence, end: int) -> list[Span] | None:
        """The addressees before the one who tells ("Đối với UBND các xã, đồng chí đề nghị …")."""
        lead = self._told.grammar.directive_lead.match(self._told.text, sentence.start, end)
        hit = self._told.grammar.towards.match(self._told.text, lead.end() if lead else sentence.start, end)
        if hit is None:
            return None
        row, close = read_row(self._told, hit.end(), end, before_verb=True)
        return row if row and end - close < 40 else None

    def _late_addressee(self, start: int, end: int) -> tuple[list[Span], int] | None:
        """The addressee before "cần" behind a verb without one ("đề nghị phát huy thành tích, công an huyện cần …")."""
        for modal, row in self._modal_rows(start, end):
            return row, modal.end + 1
        return None

    def _begin(self, sentence: Sentence, directive: Directive) -> None:
        self._open = directive
        self._opened_in = sentence.start
        self._caption = None
        self.found.append(directive)

    # --- what belongs to an open directive --------------------------------------------------------------------------

    def _go_on(self, sentence: Sentence, start: int, end: int, number: int, *, opens: bool) -> None:
        """Reads a segment, or what stands before its first directing verb, that opens no directive by itself."""
        if opens and number == 0:
            self._open = None  # what stands before the verb is its subject
            return
        rows = list(self._modal_rows(start, end))
        for at, (modal, row) in enumerate(rows):
            close = rows[at + 1][1][0][0] if at + 1 < len(rows) else end
            self._open_modal(sentence, modal, row, close)
        if rows:
            if self._open is not None and number and start < rows[0][1][0][0]:
                pass
            return
        if self._open is None:
            return
        lead = self._told.grammar.directive_lead.match(self._told.text, start, end)
        at = lead.end() if lead else start
        carried = self._carried(sentence, at, end)
        if carried is not None:
            self._begin(sentence, carried)
            self._add_tasks(carried.end, end)
        elif number or self._runs_on(sentence, at, end):
            self._add_tasks(start, end)
        else:
            self._open = None

    def _runs_on(self, sentence: Sentence, at: int, end: int) -> bool:
        """Whether a new sentence goes on with the tasks."""
        if self._speakers.speaks_here:
            return False
        text = self._told.text
        if next(self._told.of("speech").overlapping(at, at + 1), None) is not None:
            return False
        if self._told.grammar.closes_directive.match(text, at, end):
            return False
        if starts_task(self._told, at):
            return self._told.grammar.told_already.match(text, at, end) is None
        hit = self._told.grammar.adverbial_head.match(text, at, end)
        if hit is not None and starts_task(self._told, hit.end()):
            return True
        actor = self._told.actor_at(at)
        if actor is not None and actor.kind == "person":
            return False
        return self._told.grammar.also_must.match(text, at, end) is not None

    def _carried(self, sentence: Sentence, at: int, end: int) -> Directive | None:
        """A directive whose verb is carried over: a new addressee with its own tasks."""
        assert self._open is not None
        towards = self._told.grammar.towards.match(self._told.text, at, end)
        at = towards.end() if towards else at
        row, close = read_row(self._told, at, end)
        actor = self._told.actor_at(at) if row else None
        if (
            not row
            or actor is None
            or actor.kind in ("person", "pronoun")
            or self._told.grammar.no_authority.search(self._told.text[row[0][0] : row[-1][1]])
        ):
            return None
        if actor.kind == "area" and actor.end == close and not starts_task(self._told, close + 1):
            return None
        if self._told.grammar.told_already.match(self._told.text, close, end):
            return None
        behind = read_addressed(self._told, at, end)
        if not starts_task(self._told, behind.task) or behind.task - close > 90 and not behind.joint:
            return None
        before = self._open
        return Directive(
            before.verb,
            before.pattern,
            before.assigner,
            list(behind.items),
            list(behind.joint),
            [],
            at,
            at,
            behind.task,
        )

    # --- cần, phải, có trách nhiệm ----------------------------------------------------------------------------------

    def _modal_rows(self, start: int, end: int) -> Iterator[tuple[Mark, list[Span]]]:
        """Modal verbs of a stretch with the row of addressees before them."""
        for modal in self._told.within("DIRECTIVE", start, end):
            if modal.pattern != "directives.modal":
                continue
            row = self._row_before(modal, start)
            if isinstance(row, str):
                self._trace.reject("assignment", self._told.span(modal.start, modal.end), modal.pattern, row)
            else:
                yield modal, row

    def _row_before(self, modal: Mark, start: int) -> list[Span] | Reason:
        text = self._told.text
        for actor in reversed([a for a in self._told.actors.overlapping(start, modal.start) if a.start >= start]):
            row, close = read_row(self._told, actor.start, modal.start, before_verb=True)
            if (
                row
                and self._told.grammar.modal_gap.fullmatch(text, close, modal.start) is None
                and self._goes_on(close, modal.start)
            ):
                row[-1] = (row[-1][0], close := modal.start - 1)
            if not row or self._told.grammar.modal_gap.fullmatch(text, close, modal.start) is None:
                return "no_addressee"
            break
        else:
            return "no_addressee"
        why = self._not_subject(actor, start)
        for earlier in reversed([a for a in self._told.actors.overlapping(start, actor.start) if a.start >= start]):
            longer, close = read_row(self._told, earlier.start, modal.start, before_verb=True)
            if not longer or self._told.grammar.modal_gap.fullmatch(text, close, modal.start) is None:
                break
            if self._not_subject(earlier, start) is None:
                row, why = longer, None
        if why is not None:
            return why
        if self._speakers.at(modal.start) is None and self._open is None:
            return "no_speaker"
        return row

    def _not_subject(self, actor: Actor, start: int) -> Reason | None:
        """Why an actor is no subject of what follows it in its clause, or None."""
        if actor.kind == "pronoun" or (actor.kind == "person" and actor.names):
            return "told_of_a_person"
        before = self._told.text[start : actor.start]
        if self._told.grammar.no_subject_before.search(before):
            return "no_subject"
        if _INSIDE_CLAUSE.search(before) and not self._told.grammar.clause_opens.search(before):
            return "no_subject"
        return None

    def _goes_on(self, start: int, end: int) -> bool:
        """Whether words between an actor and its modal verb may still name those told."""
        if end - start > _LONGEST_NAME or _CLAUSE_SIGN.search(self._told.text, start, end):
            return False
        return not any(
            self._told.within(kind, start, end) for kind in ("task", "speech", "DIRECTIVE", "QUANTITY", "goal")
        )

    def _open_modal(self, sentence: Sentence, modal: Mark, row: list[Span], end: int) -> None:
        text = self._told.text
        speaker = self._speakers.at(modal.start)
        if speaker is None and self._open is not None:
            speaker = self._open.assigner
        lead = _adverbial_start(self._told, sentence.start, row[0][0])
        words = self._told.words(modal.start, modal.end)
        directive = Directive(words, modal.pattern, speaker, row, [], [], lead, row[0][0], modal.end)
        self._begin(sentence, directive)
        self._add_tasks(modal.end, end)

    # --- tasks ------------------------------------------------------------------------------------------------------

    def _add_tasks(self, start: int, end: int) -> None:
        """Adds a stretch to the tasks of the open directive, cut at "đồng thời" before a new verb."""
        directive = self._open
        assert directive is not None
        if self._caption is not None and directive.end <= self._caption[0] and self._caption[1] <= start:
            directive.skipped.append(self._caption)
        begin = start
        end = self._end_of_quotation(start, end)
        for cut in self._told.grammar.task_cut.finditer(self._told.text, start, end):
            if starts_task(self._told, cut.end()):
                self._add_task(begin, cut.start())
                begin = cut.end()
        self._add_task(begin, end)

    def _end_of_quotation(self, start: int, end: int) -> int:
        """Where quoted words end that somebody is then said to have spoken ("… làm ngay", ông Chung nói)."""
        hit = _QUOTED.search(self._told.text, start, end)
        if hit is None:
            return end
        speaker = next((a for a in self._told.actors.overlapping(hit.end(), end) if a.kind != "group"), None)
        return hit.start() if speaker is not None and speaker.start - hit.end() < _LONGEST_NAME else end

    def _add_task(self, start: int, end: int) -> None:
        directive = self._open
        assert directive is not None
        at, close = _trimmed(self._told, start, end)
        if at >= close or len(directive.tasks) >= _LONGEST_LIST:
            return
        directive.tasks.append((at, close))
        directive.end = max(directive.end, close)
        known = set(directive.joint)
        directive.joint.extend(item for item in all_joint(self._told, at, close) if item not in known)


def _trimmed(told: Discourse, start: int, end: int) -> Span:
    """A task without connectives before it and punctuation around it."""
    text = told.text
    at = told.match_end(told.grammar.task_head, start, end)
    close = at + len(text[at:end].rstrip())
    while close > at and text[close - 1] in _TRIMMED:
        if text[close - 1] in '”"' and text.count("“", at, close) >= text.count("”", at, close) > 0:
            break
        close -= 1
    return at, close


def _adverbial_start(told: Discourse, start: int, end: int) -> int:
    """Where an adverbial before an addressee begins ("Trong năm 2017, Ban Quản lý …"); `end` where there is none."""
    hit = told.grammar.adverbial_before.search(told.text[start:end])
    return start + hit.start() if hit else end
