"""The sets of words that assembly asks about, taken from gazetteers: how a verb directs, what a unit tells."""

from __future__ import annotations

from dataclasses import dataclass

from meetextract.match.library import PatternLibrary


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by what they decide, folded; those of `directive_verbs`, then those of `measured_things`.

    Attributes:
        orders: verbs that open a directive of their own wherever they lead; others, behind a directive, are its tasks.
        need_addressee: verbs that direct nobody unless somebody is named.
        need_subject: verbs that open a directive only where it is said who tells.
        need_office: verbs that anybody may use: they direct somebody only where the speaker holds an office.
        turns: verbs that, behind a directive, may turn to somebody else.
        turns_to_unit: those of them that turn to units alone.
        may_name_a_thing: verbs behind which a noun is enough of a task.
        shares: units of shares and of differences between them.
        percents: units of shares alone.
        spans_of_time: units of durations and ages, and what tells how often.
        sizes: units that describe a thing.
        agenda: what is counted of an agenda or of awards.
        places: places and bodies.
        population: the people and places that an area has.
    """

    orders: frozenset[str]
    need_addressee: frozenset[str]
    need_subject: frozenset[str]
    need_office: frozenset[str]
    turns: frozenset[str]
    turns_to_unit: frozenset[str]
    may_name_a_thing: frozenset[str]
    shares: frozenset[str]
    percents: frozenset[str]
    spans_of_time: frozenset[str]
    sizes: frozenset[str]
    agenda: frozenset[str]
    places: frozenset[str]
    population: frozenset[str]

    @classmethod
    def of(cls, library: PatternLibrary) -> Vocabulary:
        """Reads the words of a library whose gazetteers `Reader` has checked."""
        verbs, things = library.gazetteers["directive_verbs"], library.gazetteers["measured_things"]
        percents, to_unit = frozenset(things.forms("share", "percent")), frozenset(verbs.forms("turns", "unit"))
        return cls(
            orders=frozenset(verbs.forms("order", "x")),
            need_addressee=frozenset(verbs.forms("addressee", "x")),
            need_subject=frozenset(verbs.forms("subject", "x")),
            need_office=frozenset(verbs.forms("office", "x")),
            turns=to_unit.union(verbs.forms("turns", "any")),
            turns_to_unit=to_unit,
            may_name_a_thing=frozenset(verbs.forms("thing", "x")),
            shares=percents.union(things.forms("share", "points")),
            percents=percents,
            spans_of_time=frozenset(things.forms("time", "x")),
            sizes=frozenset(things.forms("size", "x")),
            agenda=frozenset(things.forms("agenda", "x")),
            places=frozenset(things.forms("place", "x")),
            population=frozenset(things.forms("population", "x")),
        )
