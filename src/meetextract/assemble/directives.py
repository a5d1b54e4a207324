"""Directives: who tells whom to do what, read sentence by sentence.

A directing verb opens a directive if somebody with authority is its subject. What follows belongs to it: the
addressees, the tasks up to the end of the sentence, and the sentences behind that go on without a subject of their own
("Đồng thời, rà soát …"), or with a new addressee ("UBND huyện kiểm đếm …": a new entry, the verb carried over).
"""

from __future__ import annotations

from collections.abc import Sequence

from meetextract.assemble.actors import Actor
from meetextract.assemble.addressees import read_addressed, read_row, starts_task
from meetextract.assemble.directing_verbs import DirectingVerbs, is_passive
from meetextract.assemble.directive import Directive, add_tasks
from meetextract.assemble.discourse import Discourse, Mark
from meetextract.assemble.obligations import Obligations
from meetextract.assemble.speakers import Speaker, Speakers
from meetextract.assemble.tables import TaskTable, find_task_tables
from meetextract.assemble.trace import Trace
from meetextract.assemble.valued import DirectiveVerb
from meetextract.assemble.view import Sentence
from meetextract.records import Span


def read_directives(told: Discourse, officials: frozenset[str], trace: Trace) -> list[Directive]:
    """All directives of an article in the order of the text.

    Args:
        told: the article.
        officials: the names of those of its people who hold an office.
        trace: notes the verbs that direct nobody.
    """
    reader = _Reader(told, trace)
    tables = iter(find_task_tables(told))
    table = next(tables, None)
    for sentence in told.content():
        while table is not None and table.end <= sentence.start:
            reader.read_table(table)
            table = next(tables, None)
        if table is not None and sentence.start < table.end and table.start < sentence.end:
            continue
        if sentence.block == "caption":
            reader.read_caption(sentence)
        else:
            reader.read(sentence)
    if table is not None:
        reader.read_table(table)
    return [directive for directive in reader.found if _has_authority(told, directive, officials, trace)]


def _has_authority(told: Discourse, directive: Directive, officials: frozenset[str], trace: Trace) -> bool:
    """Whether who asks or says what must be done may tell others: a citizen, an expert, a verse may not."""
    if told.is_headlines:
        trace.reject("assignment", told.span(*directive.verb), directive.pattern, "no_report")
        return False
    by, verb = directive.assigner, told.text[slice(*directive.verb)].lower()
    if by is None or not by.is_person or by.name is None or by.name in officials:
        return True
    if verb not in told.vocabulary.need_office:
        return True
    trace.reject("assignment", told.span(*directive.verb), directive.pattern, "no_authority")
    return False


def read_headlines(told: Discourse) -> list[Directive]:
    """The directives of an article's title."""
    reader = _Reader(told, Trace())
    for sentence in told.sentences:
        if sentence.block == "title":
            reader.read(sentence)
    return reader.found


class _Reader:
    """Goes through an article with the directive that is open, if any."""

    def __init__(self, told: Discourse, trace: Trace) -> None:
        self._told = told
        self._trace = trace
        self._speakers = Speakers(told)
        self._verbs = DirectingVerbs(told, self._speakers, trace)
        self._obligations = Obligations(told, self._speakers, trace)
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

    def read_table(self, table: TaskTable) -> None:
        """Reads a table as what the directive before it tells: the verb is carried over to each row."""
        head, self._open = self._open, None
        if head is None:
            return
        if all(self._told.grammar.list_head.fullmatch(self._told.text, *task) for task in head.tasks):
            self.found.remove(head)
        for row in table.rows:
            items = self._cell(row.lead)
            joint = self._cell(row.joint) if row.joint else []
            begin, end = row.tasks
            start = min(row.lead[0], begin)
            directive = Directive(
                head.verb, head.pattern, head.assigner, items, joint, [], start, start, begin, due=row.due
            )
            for cut in self._told.text[begin:end].split(";"):
                add_tasks(self._told, directive, begin, begin + len(cut))
                begin += len(cut) + 1
            self.found.append(directive)

    def _cell(self, cell: Span) -> list[Span]:
        """Those named in a cell, which holds nothing else; commas part them where a name is not known."""
        items, close = read_row(self._told, *cell)
        at = items.pop()[0] if items and not self._told.text[close : cell[1]].lstrip().startswith(",") else close
        for piece in self._told.text[at : cell[1]].split(","):
            words = piece.strip()
            begin = at + piece.find(words)
            if words:
                items.append((begin, begin + len(words)))
            at += len(piece) + 1
        return items

    def _segment(self, sentence: Sentence, start: int, end: int, number: int) -> None:
        """Reads a stretch between semicolons."""
        told = self._told
        if told.grammar.question.search(told.text, start, end) or told.grammar.counterfactual.search(
            told.text, start, end
        ):
            self._open = None
            for verb in told.within("DIRECTIVE", start, end):
                self._trace.reject("assignment", told.span(verb.start, verb.end), verb.pattern, "only_asked")
            return
        is_open, opened_here = self._open is not None, self._opened_in == sentence.start
        verbs = list(self._verbs.of_segment(sentence, start, end, is_open=is_open, opened_here=opened_here))
        first = verbs[0][0].start if verbs else end
        if self._open is not None or not verbs:
            self._go_on(sentence, start, first, number, opens=bool(verbs))
        for at, (verb, subject, begin) in enumerate(verbs):
            close = verbs[at + 1][2] if at + 1 < len(verbs) else end
            opening = told.grammar.next_opening.search(told.text, verb.end, close) if close < end else None
            self._open_directive(sentence, verb, subject, begin, opening.start() if opening else close)

    def _open_directive(self, sentence: Sentence, verb: Mark, subject: Speaker | None, begin: int, end: int) -> None:
        assert isinstance(verb.value, DirectiveVerb)
        if subject is not None:
            self._speakers.note(subject)
        if is_passive(self._told, begin, verb):
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
        words = (verb.start, verb.start + len(verb.value.verb))
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
        for modal, row in self._obligations.rows(start, end, is_open=self._open is not None):
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
        rows = list(self._obligations.rows(start, end, is_open=self._open is not None))
        for at, (modal, row) in enumerate(rows):
            close = rows[at + 1][1][0][0] if at + 1 < len(rows) else end
            self._open_modal(sentence, modal, row, close)
        if rows or self._open is None:
            return
        lead = self._told.grammar.directive_lead.match(self._told.text, start, end)
        at = lead.end() if lead else start
        topic = self._told.grammar.list_topic.match(self._told.text, at, end)
        carried = self._carried(at, end) or (self._carried(topic.end(), end) if topic else None)
        if carried is not None:
            self._begin(sentence, carried)
            self._add_tasks(carried.end, end)
        elif (number and not self._reports(at, end)) or self._runs_on(sentence, at, end):
            self._add_tasks(start, end)
        elif not number:
            self._open = None

    def _reports(self, at: int, end: int) -> bool:
        """Whether a clause tells what somebody has done, and is no task ("…; UBND huyện đã ban hành …")."""
        row, close = read_row(self._told, at, end)
        return bool(row) and self._told.grammar.told_already.match(self._told.text, close, end) is not None

    def _runs_on(self, sentence: Sentence, at: int, end: int) -> bool:
        """Whether a new sentence goes on with the tasks."""
        if self._speakers.speaks_here:
            return False
        text = self._told.text
        if self._is_listed_task(sentence, at):
            return True
        if next(self._told.of("speech").overlapping(at, at + 1), None) is not None:
            return False
        if self._told.grammar.closes_directive.match(text, at, end):
            return False
        if self._told.grammar.never_told.match(text, at, end):
            return False
        if starts_task(self._told, at):
            return self._told.grammar.told_already.match(text, at, end) is None
        hit = self._told.grammar.adverbial_head.match(text, at, end)
        if hit is not None and starts_task(self._told, hit.end()):
            return True
        actor = self._told.actor_at(hit.end() if hit is not None else at)
        if actor is not None and (actor.kind == "person" or self._tells(actor, end)):
            return False
        return self._told.grammar.also_must.match(text, at, end) is not None

    def _is_listed_task(self, sentence: Sentence, at: int) -> bool:
        """Whether a line of a list opens with a task: "- Báo cáo kết quả", which elsewhere may tell who reported."""
        if self._told.grammar.list_sign.match(self._told.text, sentence.start, at + 1) is None:
            return False
        said = next(self._told.of("speech").overlapping(at, at + 1), None)
        return any(
            task.start == at and (said is None or said.end <= task.end)
            for task in self._told.of("task").overlapping(at, at + 1)
        )

    def _tells(self, actor: Actor, end: int) -> bool:
        """Whether an actor is the subject of a directing verb, though it opens no directive."""
        verbs = (v for v in self._told.within("DIRECTIVE", actor.end, end) if v.pattern != "directives.modal")
        verb = next(verbs, None)
        if verb is None:
            return False
        return self._told.grammar.to_verb.fullmatch(self._told.text, actor.end, verb.start) is not None

    def _told_next(self, start: int, stop: int, at: int, end: int) -> Directive | None:
        """One more of those told, each with tasks of their own, within a clause of tasks."""
        told = self._told
        before, actor = told.actor_at(stop - 1), told.actor_at(at)
        if before is not None or actor is None or actor.start != at:
            return None  # a row goes on
        by_name = actor.kind == "unit"
        if not by_name and (actor.kind != "group" or not told.text[stop:at].strip(" ,")):
            return None
        if told.text.count("(", start, stop) > told.text.count(")", start, stop):
            return None
        carried = self._carried(at, end)
        return carried if carried is not None and len(carried.items) == 1 else None

    def _carried(self, at: int, end: int) -> Directive | None:
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
            or (self._open.assigner is not None and actor.name == self._open.assigner.name)
            or self._told.grammar.never_told.search(self._told.text[row[0][0] : row[-1][1]])
        ):
            return None
        if actor.kind == "area" and actor.end == close and not starts_task(self._told, close + 1):
            return None
        if self._told.grammar.told_already.match(self._told.text, close, end):
            return None
        behind = read_addressed(self._told, at, end)
        heads_list = self._told.text[close:end].strip() == ":"
        if not heads_list and (
            not starts_task(self._told, behind.task) or (behind.task - close > 90 and not behind.joint)
        ):
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

    def _open_modal(self, sentence: Sentence, modal: Mark, row: list[Span], end: int) -> None:
        speaker = self._speakers.at(modal.start)
        if speaker is None and self._open is not None:
            speaker = self._open.assigner
        lead = _adverbial_start(self._told, sentence.start, row[0][0])
        directive = Directive((modal.start, modal.end), modal.pattern, speaker, row, [], [], lead, row[0][0], modal.end)
        self._begin(sentence, directive)
        self._add_tasks(modal.end, end)

    def _add_tasks(self, start: int, end: int) -> None:
        """Adds a stretch to the tasks of the open directive; a caption before it is no part of the quote.

        Somebody else may be told in the middle of it ("… bổ sung biên chế, Sở Y tế sớm khắc phục …").
        """
        directive = self._open
        assert directive is not None
        for cut in self._told.grammar.new_addressee.finditer(self._told.text, start, end):
            carried = self._told_next(start, cut.start(), cut.end(), end)
            if carried is not None:
                add_tasks(self._told, directive, start, cut.start())
                self._begin(self._told.sentence_at(start), carried)
                self._add_tasks(carried.end, end)
                return
        if self._caption is not None and directive.end <= self._caption[0] and self._caption[1] <= start:
            directive.skipped.append(self._caption)
        add_tasks(self._told, directive, start, end)


def _adverbial_start(told: Discourse, start: int, end: int) -> int:
    """Where an adverbial before an addressee begins ("Trong năm 2017, Ban Quản lý …"); `end` where there is none."""
    hit = told.grammar.adverbial_before.search(told.text[start:end])
    return start + hit.start() if hit else end
