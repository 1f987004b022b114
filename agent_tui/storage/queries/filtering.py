"""A filter of Recent as SQL: conditions over an interaction `i`, with every value bound.

What each field means stands in `domain.rules.filter_truth.MEANINGS`; the two agree. Words in short
texts that no index holds (moods, what was given) are compared in Python, for the few
interactions that pass everything else: such a term is a `Check`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, assert_never

from agent_tui.domain.values.filters import (
    Asking,
    Choice,
    Filter,
    Length,
    Repeat,
    Span,
    Term,
    Words,
)
from agent_tui.storage.queries.filter_names import customers_named
from agent_tui.storage.queries.filter_records import Records, records_of
from agent_tui.storage.queries.filter_repeats import Again, came_again
from agent_tui.storage.queries.filter_values import EACH, Bound, one_among
from agent_tui.storage.reader import Reader, one_of
from agent_tui.storage.words import BEYOND, FIRST_PLACE, day_end, first_place
from agent_tui.text.words import stand_in, words_of

_TEXTS = {
    "mood": "SELECT x.interaction_id, x.text FROM moods x WHERE {}",
    "gave": "SELECT x.interaction_id, x.kind FROM concessions x WHERE {0} AND x.side = 'ours' "
    "AND x.state = 'current' UNION ALL SELECT x.interaction_id, x.reason FROM concessions x "
    "WHERE {0} AND x.side = 'ours' AND x.state = 'current'",
    "got": "SELECT x.interaction_id, x.kind FROM concessions x WHERE {0} AND x.side = 'theirs' "
    "AND x.state = 'current' UNION ALL SELECT x.interaction_id, x.reason FROM concessions x "
    "WHERE {0} AND x.side = 'theirs' AND x.state = 'current'",
    "refusal": "SELECT x.interaction_id, x.what FROM refusals x WHERE {} AND x.state <> 'wrong'",
}
"""The texts of interactions that no index of words holds."""
_HAS_TEXT = {"agenda": "agenda", "outcome": "outcome"}
_AT_ONCE = 500

LeadingColumn = Literal["agent_id", "channel", "met"]
"""Columns of interactions whose values each have their places in an index."""


@dataclass(frozen=True, slots=True)
class Check:
    """Whether one of the `phrases` stands in a text of an interaction; or it has any text or
    none."""

    sql: str
    phrases: tuple[tuple[str, ...], ...]
    with_any: bool
    with_none: bool
    is_not: bool

    def passing(self, reader: Reader, ids: Sequence[int]) -> set[int]:
        """Those of these interactions of which it holds."""
        passing: set[int] = set()
        for start in range(0, len(ids), _AT_ONCE):
            passing |= self._passing(reader, ids[start : start + _AT_ONCE])
        return passing

    def _passing(self, reader: Reader, ids: Sequence[int]) -> set[int]:
        condition, values = one_of("x.interaction_id", ids)
        texts: dict[int, list[str | None]] = {}
        for number, text in reader.rows(self.sql.format(condition), **values):
            texts.setdefault(number, []).append(text)
        return {number for number in ids if self._holds(texts.get(number, ())) is not self.is_not}

    def _holds(self, found: Sequence[str | None]) -> bool:
        if not found:
            return self.with_none
        if self.with_any:
            return True
        said = [words_of(text) for text in found if text]
        return any(
            stand_in(phrase, words, is_beginning=False) for phrase in self.phrases for words in said
        )


@dataclass(frozen=True, slots=True)
class Said:
    """Words to be found by the index: in any text, or in one of its columns."""

    words: tuple[str, ...]
    column: str | None
    is_beginning: bool
    is_not: bool


@dataclass(slots=True)
class Compiled:
    """A filter in parts: what the database decides by columns and records, by the index of words,
    and what Python decides; from which place on and below which; and what may lead the way."""

    conditions: list[str] = field(default_factory=list)
    bound: Bound = field(default_factory=Bound)
    said: list[Said] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    since: int = FIRST_PLACE
    until: int = BEYOND
    columns: list[tuple[LeadingColumn, list[int | str | None]]] = field(default_factory=list)
    topics: list[tuple[str, ...]] = field(default_factory=list)
    records: list[Records] = field(default_factory=list)
    again: Again | None = None

    @property
    def is_everything(self) -> bool:
        """Whether it asks for nothing in particular."""
        return not (self.conditions or self.said or self.checks)


def compile_filter(
    reader: Reader, wanted: Filter, asking: Asking, *, agents: Sequence[int] | None
) -> Compiled:
    """Make SQL of a filter. `agents` are those whose interactions one may see, besides nobody's;
    None for everybody's."""
    made = Compiled(bound=Bound(on_postgres=reader.is_postgres))
    if reader.is_postgres:
        # A plan that is kept for windows of any size reads whole tables: each gets its own, for as
        # long as the snapshot lasts.
        reader.row("SELECT set_config('plan_cache_mode', 'force_custom_plan', true)")
    if agents is not None:
        seen = one_among("i.agent_id", list(agents), made.bound)
        made.conditions.append(f"(i.agent_id IS NULL OR {seen})")
        made.columns.append(("agent_id", [*agents, None]))
    for term in wanted.terms:
        _add(made, reader, term, asking)
    return made


def _add(made: Compiled, reader: Reader, term: Term, asking: Asking) -> None:
    match term:
        case Choice():
            _add_choice(made, reader, term, asking)
        case Span(since, until):
            _add_span(made, since, until, is_not=term.is_not)
        case Length(least, less):
            _add_condition(made, _length(least, less, made.bound), is_not=term.is_not)
        case Repeat(days):
            again = came_again(days, made.bound)
            _add_condition(made, again.condition, is_not=term.is_not)
            if not term.is_not:
                made.again = again
        case Words(words, is_beginning, is_not):
            made.said.append(Said(words, None, is_beginning, is_not))
        case _:
            assert_never(term)


def _add_condition(made: Compiled, sql: str, *, is_not: bool) -> None:
    made.conditions.append(f"({sql}) IS {'NOT ' * is_not}TRUE")


def _add_span(
    made: Compiled, since: datetime | None, until: datetime | None, *, is_not: bool
) -> None:
    parts = []
    if since is not None:
        parts.append(f"i.opened_at >= {made.bound(since)}")
    if until is not None:
        parts.append(f"i.opened_at < {made.bound(until)}")
    _add_condition(made, " AND ".join(parts) or "1 = 1", is_not=is_not)
    if not is_not:
        # Where a second is full, places run on within that day and no further.
        made.since = max(made.since, FIRST_PLACE if since is None else first_place(since))
        made.until = min(made.until, BEYOND if until is None else day_end(until))


def _length(least: int | None, less: int | None, bound: Bound) -> str:
    lasted = "i.closed_at - coalesce(i.answered_at, i.opened_at)"
    parts = ["i.closed_at IS NOT NULL"]
    if least is not None and least > 0:
        parts.append(f"{lasted} >= {bound.seconds(least)}")
    if less is not None:
        parts.append(f"{lasted} < {bound.seconds(less)}" if less > 0 else "1 = 0")
    return " AND ".join(parts)


def _add_choice(made: Compiled, reader: Reader, term: Choice, asking: Asking) -> None:
    values, bound = list(dict.fromkeys(term.values)), made.bound
    match term.field:
        case "channel" | "direction" | "met":
            sql = one_among(f"i.{term.field}", values, bound)
            _add_condition(made, sql, is_not=term.is_not)
            if term.field != "direction" and not term.is_not:
                made.columns.append((term.field, [*values]))
        case "verified":
            parts = [f"i.verified_how IS {'NOT ' * (value == 'yes')}NULL" for value in values]
            _add_condition(made, " OR ".join(parts), is_not=term.is_not)
        case "agent" | "team":
            _add_agents(made, reader, term)
        case "topic":
            listed = one_among("t.topic", values, bound)
            has = f"FROM interaction_topics t WHERE t.interaction_id = i.id AND {listed}"
            _add_condition(made, f"EXISTS (SELECT 1 {has} {EACH})", is_not=term.is_not)
            if not term.is_not:
                made.topics.append(tuple(values))
        case "agenda" | "outcome":
            _add_indexed(made, term)
        case "mood" | "gave" | "got" | "refusal" if _has_words(term):
            _add_check(made, term, asking)
        case "customer":
            _add_records(made, customers_named(values, bound), is_not=term.is_not)
        case _:
            found = records_of(term.field, values, asking, bound)
            _add_records(made, found, is_not=term.is_not)


def _add_records(made: Compiled, found: Records, *, is_not: bool) -> None:
    _add_condition(made, found.condition, is_not=is_not)
    if found.leads and not is_not:
        made.records.append(found)


def _add_agents(made: Compiled, reader: Reader, term: Choice) -> None:
    column = "a.handle" if term.field == "agent" else "t.name"
    condition, values = one_of(column, list(term.values))
    rows = reader.rows(
        f"SELECT a.id FROM agents a JOIN teams t ON t.id = a.team_id WHERE {condition}", **values
    )
    ids = [int(row[0]) for row in rows]
    nobody = term.field == "agent" and "nobody" in term.values
    sql = one_among("i.agent_id", ids, made.bound)
    _add_condition(made, f"{sql} OR i.agent_id IS NULL" if nobody else sql, is_not=term.is_not)
    if not term.is_not:
        made.columns.append(("agent_id", [*ids, None] if nobody else [*ids]))


def _add_indexed(made: Compiled, term: Choice) -> None:
    """Words of a column that the index of words has; several values are asked one by one."""
    column = _HAS_TEXT[term.field]
    there = f"coalesce(i.{column}, '') <> ''"
    phrases = [value for value in term.values if value not in ("any", "none")]
    if len(phrases) == 1 == len(term.values):
        made.said.append(Said((phrases[0],), column, is_beginning=False, is_not=term.is_not))
    elif phrases:
        made.checks.append(
            _check(
                term,
                f"SELECT x.id, x.{column} FROM (SELECT id, {column}, id AS interaction_id "
                f"FROM interactions) x WHERE {{}} AND coalesce(x.{column}, '') <> ''",
                phrases,
            )
        )
    else:
        parts = [there if value == "any" else f"NOT {there}" for value in term.values]
        _add_condition(made, " OR ".join(parts), is_not=term.is_not)


def _has_words(term: Choice) -> bool:
    """Whether a value is more than a word of the closed list."""
    return any(value not in ("any", "none") for value in term.values)


def _add_check(made: Compiled, term: Choice, asking: Asking) -> None:
    phrases = [value for value in term.values if value not in ("any", "none")]
    made.checks.append(_check(term, _TEXTS[term.field], phrases))
    if not term.is_not and "none" not in term.values:
        # Only what has such a record at all can pass.
        there = records_of(term.field, ["any"], asking, made.bound)
        made.conditions.append(f"({there.condition})")
        made.records.append(there)


def _check(term: Choice, sql: str, phrases: Sequence[str]) -> Check:
    return Check(
        sql,
        tuple(words_of(phrase) for phrase in phrases),
        with_any="any" in term.values,
        with_none="none" in term.values,
        is_not=term.is_not,
    )
