"""The rules of `grammar.yaml` that assembly reads sentences with, as typed fields."""

from __future__ import annotations

from dataclasses import dataclass, fields
from difflib import get_close_matches

import regex

from meetextract.errors import PatternError
from meetextract.match.library import PatternLibrary
from meetextract.match.rules import GRAMMAR_FILE

Rule = regex.Pattern[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules by name, in the order of the file; what each decides is said there with its examples.

    Attributes:
        to_speech: what may stand between one who speaks and the verb of saying.
        according_to: what stands right before one whose words are reported.
        on_behalf: before one for whom another speaks.
        signs: says that one signs a document: what the unit conveys are then their words.
        sentence_opening: what may stand before the subject of a sentence.
        speech_opening: opens a sentence that reports a speech, whose verb may come late.
        hearsay: says that a sentence reports what others say.
        address: tells a man, group `mr`, from a woman, group `mrs`.
        bare_area: a kind of area without a name.
        before_actor: titles and honorifics before an addressee.
        row_separator: parts two addressees.
        no_property: where the name of an addressee has ended.
        determiner: begins an addressee that no pattern knows.
        open_named: begins the names of units that may go on in words no pattern knows.
        name_goes_on: words behind a unit that still belong to its name.
        bare_name: begins a name of a row under one "các" that does not repeat what it is.
        no_addressee: what no addressee contains.
        to_addressee: what may stand between a directing verb and the addressee.
        joint_work: what is said to be done with others, and no way of doing something else.
        joint_in: behind those to work with: the work with them is the task.
        leads: behind one who leads: those who work with it follow.
        helps: behind those who work with one who leads.
        at_once: a time right before a task.
        modal: "cần", "phải" and the like, before a task.
        soon: a longer adverbial before a task.
        adverb_separator: parts two adverbs before a verb.
        recurring: how often, as group `every`.
        after_event: right after the meeting.
        unplaced_deadline: what stands behind the cue of a deadline, of which no day is known.
        finishing: says that something has to be done by a date.
        finished_by: before a time at the end of what has to be finished.
        of_plan: says that a date belongs to the name of a plan.
        further: before one more directing verb of the same subject.
        to_verb: what may stand between one who tells and the directing verb.
        by_document: a document by which a unit tells others.
        directive_lead: what may stand before a directing verb without a subject.
        linked: before a directing verb that goes on with the clause before it.
        modal_gap: what may stand between those told and the modal verb.
        no_subject_before: before an actor that is no subject.
        object_before: before an actor of which something is asked, and which does nothing itself.
        no_authority: those who tell nobody what to do.
        never_told: those who are spoken of behind a directive, and not told.
        no_teller: words before a directing verb that name nobody who tells.
        leaders_of: the leaders of an area, as group `area`.
        unit_pronoun: a unit meant again; group `kind` is how its name begins.
        told_already: behind an actor that does something, and is not told to.
        towards: turns to an addressee.
        closes_directive: opens a sentence that no longer belongs to a directive.
        also_must: says that something has to be done, anywhere in a clause.
        task_cut: parts two tasks.
        question: ends a question.
        counterfactual: says that something should have been done, and was not.
        task_tail: what is told behind a task, no part of it.
        next_opening: an adverbial before a subject that opens the next sentence without a full stop.
        new_addressee: behind it, among tasks, somebody else may be told.
        task_head: what does not belong to a task at its head.
        list_head: opens a list of tasks and tells none.
        list_topic: what a line of a list is about, before those told.
        lead_column: heads the column of those who are told, in a table of tasks.
        joint_column: heads the column of those to work with.
        task_column: heads the column of what is to be done.
        due_column: heads the column of deadlines.
        passive_agent: before one who tells, in the passive; group `by` is the auxiliary.
        to_passive: what may stand between those told and the auxiliary of the passive.
        passive: the auxiliary of the passive.
        adverbial_head: an adverbial that opens a sentence of tasks.
        purpose: says what tasks are for, and none of them.
        clause_opens: opens a clause: a subject follows.
        adverbial_before: an adverbial of time right before an addressee.
        presides: says that the addressee leads.
        cooperates: says that the addressee works with others.
        number_link: words between an indicator and its number; they are no part of it.
        copula: says that a number is the level of what stands before it.
        chained: what may stand before a number that continues an earlier level.
        comparison: behind a number: what it is compared with, or another part of the sentence.
        indicator_tail: the end of the words behind a number, no part of the indicator.
        indicator_head: the head of the words before a number, no part of the indicator.
        said_before: who says it, before an indicator.
        done_before: who has done it, before what is counted.
        inner_head: where the indicator begins inside the words before a number.
        lead_in: an adverbial at the head of the words before a number, no part of the indicator.
        dangling: connectives that hang at the end of an indicator.
        hollow: words that name nothing that could be measured.
        adverbial: an adverbial that stands alone before a number: says where or after what, and names no indicator.
        light_verb: a verb that says no more than that there is something, with its `subject`.
        predicate: begins the predicate that a row of numbers may share, with its `passive`.
        passive_row: several passive verbs behind one "được", parted by commas.
        tier: a tier of government, whose noun looks like a verb.
        adjective: an adjective at the end of an indicator, no part of it.
        before_date_gap: what may stand before a date at the head of an indicator.
        owner: says that the unit before it is part of the indicator.
        to_date: joins a date to an indicator, no part of it.
        row_topic: what the head of a sentence says that it is about, as group `topic`.
        list_opens: what stands before the first number of a list that a colon opens.
        list_sign: the sign that a line of a list begins with.
        total: says that a share is one of all.
        level_separator: parts a number from the next.
        time_measured: says that a time is what is measured.
        part_of: says that what follows is part of what was counted before.
        class_of: a class of what was counted before.
        bare_extent: an extent by itself, of what was told right before.
        indicator_begins: how an indicator begins: with what is measured.
        level_begins: how the words of a further number begin: with an indicator, or with a verb that goes on.
        anew: begins words that are no longer said of the number before.
        counted_number: the number before a thing counted.
        compared_date: before a date that only compares.
        same_time: a date that only compares.
        until: before the last day of a period.
        on_day: before the day at which a level was measured.
        now: says that a level is of now, and of no period.
        frames: before a date that holds for the sentences behind it, too.
        of_document: before a date that belongs to a document.
        of_programme: before a span of years that belongs to the name of a programme.
        report_of: before the period that a report or a meeting is about.
        term_of_office: begins a term of office.
        in_term: says that something was done or is wanted within the term of office behind it.
        point_in_time: speaks of a point in time.
        at_point: before a day that is a point in time.
        since: the first day of a period, said before its last.
        reaching: says that a period reaches somewhere.
        awarded: says that awards or items of an agenda are counted.
        asked: polls, prices and shares of companies.
        credit: behind a sentence, who took the picture that it describes.
        to_come: before a number that is not reached yet.
        of_person: tells of people and not of what is measured.
        of_paper: what a document says begins with it.
        doer: who does what is counted, before its verb.
        denied: says right before a number that it is not so.
        norm: before a number that a law or a tariff sets.
        sets_level: right before the level to which something is to be brought.
        described: before a number that describes a thing.
        dimension: in an indicator: how big a thing is built.
        for_each: before a number that one of many has.
        of_thing: before a number that is not measured here.
        extent: before the extent of what was counted.
        reported: reports what was done.
        work: speaks of work done or to be done.
        measured: right before a number that was reached.
        word_before: the word right before a number, as group `word`, unless it says how big or where.
        reached_level: right before a number that is said to be reached.
        received: right before a number that somebody got.
        came_about: right behind a number of things: they are in a state that is reported.
        having: right before a number that a unit has.
        given_to: right before those who receive something.
        goal_stop: where a goal ends.
        trigger: opens goals.
        strive: opens a row of goals that commas part.
        none_left: opens a goal that something be no more.
        goal_rest: what may stand between words that open goals and the first indicator.
        goal_noun: a noun that opens a goal, no part of the quote.
        no_goal_behind: behind a trigger that opens no goal.
        goal_head: what does not belong to a goal at its head.
        base: what a level is compared with, as group `base`.
        visit: a meeting that one side pays to the other: the visitor holds it.
        no_event_before: before a meeting that is not told as an event.
        not_held: says that a meeting is only wanted, planned, or told by one who is quoted.
        no_day_of: before a day that is not that of a meeting.
        day_of_saying: between a day and a meeting: somebody spoke of the meeting on that day.
        day_gap_stop: between a meeting and a day: the day is that of something else.
        at_event: before a meeting that is.
        works_with: before the unit that somebody works with.
        to_hold: what may stand between a holder and the verb of holding.
        holds_with: what may stand between two who hold a meeting together.
        delegation: before a unit: a delegation of it.
        held_behind: says behind a meeting that it is held.
        of_host: what may stand between a meeting and its holder.
        of_host_late: what may stand between the day of a meeting and its holder.
        held_by: before the holder behind a meeting.
        joined: what may stand between two who preside.
        has: what may stand between the word of presiding and those who do.
        attended: opens the list of those who attend.
        place: where a meeting is held, as group `place`.
        to_place: what may stand between a meeting, or its day, and its place.
        topic: opens the topic of a meeting, as group `topic`.
        topic_end: where the topic of a meeting ends.
        topic_tail: the end of the words of a topic, no part of it.
        before_day: what may stand before the day that a report opens with.
        to_subject: what may stand between that day and the holder.
        only_tells: behind a unit that says or issues something, and holds no meeting.
        leads_in: says that those who preside also attend.
        others_attend: goes on with those who only attend.
        to_preside: what may stand between one who presides and the verb.
        presided_by_him: says that the person named last presides.
        joins_in: before a unit or group that presides together with a person.
        honorific_before: an honorific before a name.
        chair_of: says that those who preside follow.
        event_attended: says that somebody spoke at a meeting.
        title_event: says that the unit at the head of a title holds the meeting.
        document_again: refers to a document named before, by its `type`; with `several` to more than one.
        photo_credit: says who took a photo; no task goes on behind it.
    """

    to_speech: Rule
    according_to: Rule
    on_behalf: Rule
    signs: Rule
    sentence_opening: Rule
    speech_opening: Rule
    hearsay: Rule
    address: Rule
    bare_area: Rule
    before_actor: Rule
    row_separator: Rule
    no_property: Rule
    determiner: Rule
    open_named: Rule
    name_goes_on: Rule
    bare_name: Rule
    no_addressee: Rule
    to_addressee: Rule
    joint_work: Rule
    joint_in: Rule
    leads: Rule
    helps: Rule
    at_once: Rule
    modal: Rule
    soon: Rule
    adverb_separator: Rule
    recurring: Rule
    after_event: Rule
    unplaced_deadline: Rule
    finishing: Rule
    finished_by: Rule
    of_plan: Rule
    further: Rule
    to_verb: Rule
    by_document: Rule
    directive_lead: Rule
    linked: Rule
    modal_gap: Rule
    no_subject_before: Rule
    object_before: Rule
    no_authority: Rule
    never_told: Rule
    no_teller: Rule
    leaders_of: Rule
    unit_pronoun: Rule
    told_already: Rule
    towards: Rule
    closes_directive: Rule
    also_must: Rule
    task_cut: Rule
    question: Rule
    counterfactual: Rule
    task_tail: Rule
    next_opening: Rule
    new_addressee: Rule
    task_head: Rule
    list_head: Rule
    list_topic: Rule
    lead_column: Rule
    joint_column: Rule
    task_column: Rule
    due_column: Rule
    passive_agent: Rule
    to_passive: Rule
    passive: Rule
    adverbial_head: Rule
    purpose: Rule
    clause_opens: Rule
    adverbial_before: Rule
    presides: Rule
    cooperates: Rule
    number_link: Rule
    copula: Rule
    chained: Rule
    comparison: Rule
    indicator_tail: Rule
    indicator_head: Rule
    said_before: Rule
    done_before: Rule
    inner_head: Rule
    lead_in: Rule
    dangling: Rule
    hollow: Rule
    adverbial: Rule
    light_verb: Rule
    predicate: Rule
    passive_row: Rule
    tier: Rule
    adjective: Rule
    before_date_gap: Rule
    owner: Rule
    to_date: Rule
    row_topic: Rule
    list_opens: Rule
    list_sign: Rule
    total: Rule
    level_separator: Rule
    time_measured: Rule
    part_of: Rule
    class_of: Rule
    bare_extent: Rule
    indicator_begins: Rule
    level_begins: Rule
    anew: Rule
    counted_number: Rule
    compared_date: Rule
    same_time: Rule
    until: Rule
    on_day: Rule
    now: Rule
    frames: Rule
    of_document: Rule
    of_programme: Rule
    report_of: Rule
    term_of_office: Rule
    in_term: Rule
    point_in_time: Rule
    at_point: Rule
    since: Rule
    reaching: Rule
    awarded: Rule
    asked: Rule
    credit: Rule
    to_come: Rule
    of_person: Rule
    of_paper: Rule
    doer: Rule
    denied: Rule
    norm: Rule
    sets_level: Rule
    described: Rule
    dimension: Rule
    for_each: Rule
    of_thing: Rule
    extent: Rule
    reported: Rule
    work: Rule
    measured: Rule
    word_before: Rule
    reached_level: Rule
    received: Rule
    came_about: Rule
    having: Rule
    given_to: Rule
    goal_stop: Rule
    trigger: Rule
    strive: Rule
    none_left: Rule
    goal_rest: Rule
    goal_noun: Rule
    no_goal_behind: Rule
    goal_head: Rule
    base: Rule
    visit: Rule
    no_event_before: Rule
    not_held: Rule
    no_day_of: Rule
    day_of_saying: Rule
    day_gap_stop: Rule
    at_event: Rule
    works_with: Rule
    to_hold: Rule
    holds_with: Rule
    delegation: Rule
    held_behind: Rule
    of_host: Rule
    of_host_late: Rule
    held_by: Rule
    joined: Rule
    has: Rule
    attended: Rule
    place: Rule
    to_place: Rule
    topic: Rule
    topic_end: Rule
    topic_tail: Rule
    before_day: Rule
    to_subject: Rule
    only_tells: Rule
    leads_in: Rule
    others_attend: Rule
    to_preside: Rule
    presided_by_him: Rule
    joins_in: Rule
    honorific_before: Rule
    chair_of: Rule
    event_attended: Rule
    title_event: Rule
    document_again: Rule
    photo_credit: Rule

    @classmethod
    def of(cls, library: PatternLibrary) -> Grammar:
        """Takes the rules from a library.

        Raises:
            PatternError: the library lacks a rule, or has one that nothing asks for.
        """
        path = library.directory / GRAMMAR_FILE
        names = [field.name for field in fields(cls)]
        for rule in library.rules.values():
            if rule.name not in names:
                missing = [name for name in names if name not in library.rules]
                guess = "".join(f"Có phải “{close}”? " for close in get_close_matches(rule.name, missing, n=1))
                problem = f"không có gì dùng đến quy tắc “{rule.name}”"
                raise PatternError(path, rule.line("name"), problem, f"{guess}Sửa tên, hoặc xóa quy tắc")
        for name in names:
            if name not in library.rules:
                problem = f"thiếu quy tắc “{name}”"
                raise PatternError(path, None, problem, "Chép quy tắc ấy từ bộ mẫu đi kèm chương trình")
        return cls(**{name: library.rules[name].compiled for name in names})
