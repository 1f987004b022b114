"""Reads a filter of Recent as people write it: `agent:mira met:no after:mon "stayed home"`.

Terms stand between spaces and all of them hold. `field:value` asks one of `filter_fields.TABLE`,
`field:a,b` means either, `-` before a term means not. Bare words and quoted ones are looked for in
what was said and written; `ord*` is the beginning of a word. `#boiler` is a topic, `@mira` an
agent. A word before a colon is a field where it is one or nearly one, and where a value stands
behind it; else it is text, as in `http://x` and `12:30`. `docs/recent.md` tells it to people.

Whatever the text, it is read: what is not understood is left out and told, with its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from functools import lru_cache

from agent_tui.domain.rules import filter_fields as fields
from agent_tui.domain.rules.filter_dates import read_period, read_range
from agent_tui.domain.rules.filter_days import Unclear
from agent_tui.domain.rules.filter_fields import Field
from agent_tui.domain.rules.filter_lengths import read_length, read_repeat
from agent_tui.domain.rules.filter_tokens import (
    LEAST_OF_A_FIELD,
    OR,
    Part,
    Token,
    or_between,
    quoted,
    tokens,
    written_words,
)
from agent_tui.domain.values.filters import (
    Choice,
    Filter,
    Known,
    Length,
    Mistake,
    Repeat,
    Span,
    Term,
    Understood,
    Words,
)
from agent_tui.errors import BadInput
from agent_tui.text.hygiene import clean_line
from agent_tui.text.nearest import nearest
from agent_tui.text.topics import topic_of

LONGEST = 4_000
"""Characters of a filter; what is longer is not read."""
MOST_TERMS = 40
MOST_VALUES = 50
LONGEST_VALUE = 200
"""Characters of one value."""

_SHOWN = 40
_SINGLE = ("moment", "length", "repeat")
"""What a field takes that has one value."""


def read(text: str, *, now: datetime, zone: tzinfo, language: str, known: Known) -> Understood:
    """What a text asks for. Never raises; `now` is aware, days begin by the clocks of `zone`.

    `language` is a tag such as `de-AT`, for the words of dates; `known` are the names of the desk.
    """
    if len(text) > LONGEST:
        mistake = Mistake(LONGEST, len(text), f"a filter has at most {LONGEST:,} characters")
        return Understood(Filter(), mistakes=(mistake,))
    reader = _Reader(text, now, zone, language, known)
    parted = tokens(text, is_field)
    for place, token in enumerate(parted):
        if place == MOST_TERMS:
            reader.refuse(token.start, len(text), f"a filter has at most {MOST_TERMS} terms")
            break
        if or_between(parted, place):
            reader.refuse_or(*parted[place - 1 : place + 2])
        else:
            reader.take(token)
    return Understood(
        Filter(tuple(reader.terms)),
        tuple(reader.places),
        tuple(reader.mistakes),
        tuple(reader.hints),
    )


def is_field(head: str) -> bool:
    """Whether a word before a colon is a field, or so near to one that it is meant as one."""
    return fields.folded(head) in fields.names() or near_field(head) is not None


@lru_cache(maxsize=1024)
def near_field(head: str) -> str | None:
    """The name of a field that `head` begins, or is a slip of."""
    spelt = fields.folded(head[:_SHOWN])
    if len(spelt) < LEAST_OF_A_FIELD:
        return None
    near = _near(spelt, [*fields.BY_NAME, *fields.names()])
    return near and fields.names()[near].name


class _Reader:
    """Makes a term of each token, or a mistake."""

    def __init__(self, text: str, now: datetime, zone: tzinfo, language: str, known: Known) -> None:
        self._text = text
        self._now, self._zone, self._language = now, zone, language
        self._known = known
        self.terms: list[Term] = []
        self.places: list[tuple[int, int]] = []
        self.mistakes: list[Mistake] = []
        self.hints: list[Mistake] = []

    def refuse(self, start: int, end: int, message: str, instead: str | None = None) -> None:
        """Keep a mistake."""
        self.mistakes.append(Mistake(start, end, message, instead))

    def refuse_or(self, before: Token, token: Token, behind: Token) -> None:
        """Say how alternatives are written; where both sides ask the same field, write them so."""
        field, other = (
            fields.names().get(fields.folded(one.head)) if one.kind == "field" else None
            for one in (before, behind)
        )
        message = (
            f"there is no “{OR}” between terms: all of them hold. Either of two values is "
            "channel:phone,chat; in quotes it is a word"
        )
        is_one = field is not None and field is other and not (before.is_not or behind.is_not)
        if field is None or not is_one or field.takes in _SINGLE:
            self.refuse(token.start, token.end, message)
            return
        first = self._text[before.start : before.end]
        values = self._text[behind.parts[0].start : behind.end]
        self.refuse(before.start, behind.end, message, f"{first},{values}")

    def take(self, token: Token) -> None:
        """Read one token."""
        if token.is_open:
            part = token.parts[-1]
            closed = f'{self._text[part.start : part.end]}"' if part.text.strip() else None
            self.refuse(part.start, part.end, "the quote is not closed", closed)
            return
        term = self._term(token)
        if term is not None:
            self.terms.append(term)
            self.places.append((token.start, token.end))

    def _term(self, token: Token) -> Term | None:
        if token.kind == "field":
            field = fields.names().get(fields.folded(token.head))
            if field is not None:
                return self._asked(token, field)
            self._refuse_field(token)
            return None
        if token.kind == "sign":
            return self._signed(token)
        return self._said(token)

    def _said(self, token: Token) -> Words | None:
        words = written_words(token.parts[0].text)
        if words:
            return Words(words, token.is_beginning, token.is_not)
        shown = _shown(self._text[token.start : token.end])
        self.refuse(token.start, token.end, f"{shown} has no letter or digit to look for", "")
        return None

    def _refuse_field(self, token: Token) -> None:
        near = near_field(token.head)
        end = token.head_start + len(token.head)
        shown = _shown(token.head)
        if near:
            message = f"there is no field {shown}, {near}: is near to it; in quotes it is text"
        else:
            names = ", ".join(fields.BY_NAME)
            message = f"there is no field {shown}; in quotes it is text. There are {names}"
        self.refuse(token.head_start, end, message, near)

    def _signed(self, token: Token) -> Term | None:
        [part] = token.parts
        if not part.text:
            what = "a handle" if token.head == "@" else "a topic"
            self.refuse(token.start, token.end, f"{what} is missing behind the {token.head}")
            return None
        if token.head == "@":
            agent = self._agent(part)
            return None if agent is None else Choice("agent", (agent,), token.is_not)
        topic, length = topic_of(part.text)
        if topic and length == len(part.text):
            self._look_for_topic(part, topic)
            return Choice("topic", (topic,), token.is_not)
        return self._said(token)

    def _asked(self, token: Token, field: Field) -> Term | None:
        if len(token.parts) > MOST_VALUES:
            self.refuse(token.start, token.end, f"at most {MOST_VALUES} values behind one field")
            return None
        for part in token.parts:
            if not part.text.strip():
                self._missing(token, field, part)
                return None
        if field.takes in _SINGLE:
            return self._single(token, field)
        values = [self._value(field, part) for part in token.parts]
        if None in values:
            return None
        return Choice(field.name, tuple(dict.fromkeys(filter(None, values))), token.is_not)

    def _missing(self, token: Token, field: Field, part: Part) -> None:
        if len(token.parts) == 1:
            self.refuse(
                token.start, token.end, f"{field.name}: needs a value, such as {field.example}"
            )
        else:
            is_first = part is token.parts[0]
            at = part.start if is_first else part.start - 1
            end = part.end + is_first
            self.refuse(at, end, "a value is missing beside the comma; no space belongs there")

    def _single(self, token: Token, field: Field) -> Term | None:
        part = token.parts[0]
        if len(token.parts) > 1:
            end = token.parts[-1].end
            self.refuse(part.end, end, f"{field.name}: takes one value, not several", "")
            return None
        read = Unclear("that is too long") if len(part.text) > LONGEST_VALUE else self._time(
            field, part.text.strip()
        )  # fmt: skip
        if isinstance(read, Unclear):
            self._refuse_value(part, read.message, read.instead)
            return None
        return _not(read) if token.is_not else read

    def _time(self, field: Field, words: str) -> Span | Length | Repeat | Unclear:
        if field.takes == "length":
            return read_length(words)
        if field.takes == "repeat":
            return read_repeat(words)
        if field.name == "on":
            within = read_range(words, now=self._now, zone=self._zone, language=self._language)
            return within if isinstance(within, Unclear) else Span(*within)
        found = read_period(words, now=self._now, zone=self._zone, language=self._language)
        if isinstance(found, Unclear):
            return found
        return Span(since=found.begin) if field.name == "after" else Span(until=found.begin)

    def _value(self, field: Field, part: Part) -> str | None:
        """The value of a choice, or None where it is a mistake."""
        if field.takes == "agent":
            return self._agent(part)
        if field.takes == "topic":
            return self._topic(part)
        code = fields.code_of(field, part.text[:LONGEST_VALUE])
        if code is not None:
            return code
        if field.takes == "script":
            names = (*self._known.scripts, *(code.name for code in field.codes))
            return self._named(part, part.text.strip(), names, "script")
        if field.takes == "team":
            return self._named(part, part.text.strip(), self._known.teams, "team")
        if field.takes in ("words", "customer"):
            return self._free(part)
        names = tuple(code.name for code in field.codes)
        near = _near(fields.folded(part.text), names)
        message = f"{field.name}: is one of {', '.join(names)}; not {_shown(part.text)}"
        self._refuse_value(part, message, near)
        return None

    def _agent(self, part: Part) -> str | None:
        handle = part.text.strip().removeprefix("@")
        code = fields.code_of(fields.BY_NAME["agent"], handle[:LONGEST_VALUE])
        named = handle.casefold() in map(str.casefold, self._known.agents)
        if code is None or (named and handle.casefold() not in (fields.ME, fields.NOBODY)):
            return self._named(part, handle, self._known.agents, "agent")
        return self._known.me if code == fields.ME else code

    def _named(self, part: Part, said: str, names: Iterable[str], what: str) -> str | None:
        """A name of this desk, in its own spelling."""
        spelt = {name.casefold(): name for name in names}
        found = spelt.get(said.casefold())
        if found is None:
            near = _near(said.casefold(), spelt)
            self._refuse_value(part, f"there is no {what} {_shown(said)}", near and spelt[near])
        return found

    def _topic(self, part: Part) -> str | None:
        said = part.text.strip().removeprefix("#")
        topic, length = topic_of(said)
        if not topic or length < len(said):
            self._refuse_value(
                part, "a topic is one word of letters, digits, - and _", topic or None
            )
            return None
        self._look_for_topic(part, topic)
        return topic

    def _look_for_topic(self, part: Part, topic: str) -> None:
        if topic not in self._known.topics:
            message = f"{_shown(topic)} is none of the usual topics of this desk"
            near = _near(topic, self._known.topics)
            self.hints.append(Mistake(part.start, part.end, message, near))

    def _free(self, part: Part) -> str | None:
        try:
            said = " ".join(clean_line(part.text, LONGEST_VALUE).split())
        except BadInput:
            self._refuse_value(part, f"a value has at most {LONGEST_VALUE} characters", None)
            return None
        if not written_words(said):
            self._refuse_value(part, f"{_shown(said)} has no letter or digit to look for", None)
            return None
        return said

    def _refuse_value(self, part: Part, message: str, instead: str | None) -> None:
        if instead is not None and (part.is_quoted or not _is_plain(instead)):
            instead = quoted(instead)
        self.refuse(part.start, part.end, message, instead)


def _not(term: Span | Length | Repeat) -> Term:
    match term:
        case Span(since, until):
            return Span(since, until, is_not=True)
        case Length(least, less):
            return Length(least, less, is_not=True)
        case Repeat(days):
            return Repeat(days, is_not=True)


def _near(said: str, names: Iterable[str]) -> str | None:
    """The first name that begins so, else the one that looks most like it."""
    known = list(names)
    begun = (name for name in known if said and name.startswith(said))
    return next(begun, None) or nearest(said, known)


def _is_plain(value: str) -> bool:
    return not any(one.isspace() or one == "," for one in value)


def _shown(words: str) -> str:
    """Words of the writer in a sentence, cut where they are long."""
    return f"“{words}”" if len(words) <= _SHOWN else f"“{words[: _SHOWN - 1]}…”"
