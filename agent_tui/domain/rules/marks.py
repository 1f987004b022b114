"""Reads a note: its marks become what the desk makes records of.

A mark stands at the start of a word, directly followed by its text, and runs to the next mark or
the end of its line; anything else is text. Reading never fails. `docs/notes.md` is the grammar.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import datetime, time, tzinfo
from typing import get_args
from unicodedata import category

from agent_tui.domain.rules.callbacks import find_callback
from agent_tui.domain.rules.due_times import DAY_ENDS, read_due
from agent_tui.domain.rules.mark_signs import LINE, Sign, is_left_open, quoted_until, signs_in
from agent_tui.domain.rules.mark_table import MARKS
from agent_tui.domain.rules.money import no_sum, read_money
from agent_tui.domain.values.kinds import FactKind, Side
from agent_tui.domain.values.marks import DueTime, Mark, MarkKind, ReadNote

FACT_KINDS: tuple[FactKind, ...] = tuple(kind for kind in get_args(FactKind) if kind != "knows")
"""The kinds of facts that the first word names; all others are *knows*."""

KINDS: dict[str, MarkKind] = {
    one.sign.rstrip(":"): one.kind for one in MARKS if one.kind != "handover"
}
"""What each sign makes. `@` makes a hand-over or a follow-up: that depends on what is before."""

_EDGES = " ,;:"
_OPENING = "([{«„“"
_BEFORE_MONEY = frozenset(["of", "for", "worth", "über", "von", "de"])
_BEHIND_MONEY = frozenset(["for", "because", "as", "für", "wegen", "pour", "por"])
_FIRST_WORD = re.compile(r"\s*([^\W\d_]+):?(?!\S)")


@dataclass(frozen=True, slots=True)
class Writer:
    """What the writer's clock, language and country make of due times and sums.

    `now` is aware. `agents` are the handles of those who work here, None where nobody knows.
    """

    now: datetime
    zone: tzinfo
    language: str = "en"
    region: str | None = None
    day_ends: time = DAY_ENDS
    agents: Container[str] | None = None


def read_note(text: str, writer: Writer) -> ReadNote:
    """Read a note. Any text will do; the time that it takes is linear in its length."""
    reading = _Reading(text, writer)
    for sign in signs_in(text):
        reading.take(sign)
    return ReadNote(text, tuple(reading.marks), reading.plain(), tuple(reading.unfinished))


def kind_at(text: str, position: int) -> MarkKind | None:
    """Of which kind the mark is to whose text a word at `position` would belong, or None."""
    last = None
    for sign in signs_in(text[:position]):
        last = last if sign.kind == "\\" else sign
    if last is None or last.end < position or last.kind == "#":
        return None
    return KINDS.get(last.kind, "follow_up")


class _Reading:
    """Makes marks of signs, which come in the order of the text."""

    def __init__(self, text: str, writer: Writer) -> None:
        self.marks: list[Mark] = []
        self.unfinished: list[str] = []
        self._text = text
        self._writer = writer
        self._slashes: list[int] = []
        self._promise: int | None = None
        self._promise_line = -1

    def take(self, sign: Sign) -> None:
        """Make the mark of a sign; without words of its own it is unfinished, and text."""
        if sign.kind == "\\":
            self._slashes.append(sign.start)
        elif sign.kind == "#":
            self.marks.append(Mark("topic", sign.start, sign.text, sign.name))
        else:
            source = self._text[sign.start : sign.end].rstrip()
            mark = self._marked(sign._replace(end=sign.start + len(source)))
            if not _says_something(mark.body):
                self.unfinished.append(source)
            elif sign.kind not in "!=" or _has_words(mark.body):
                if mark.kind == "promise":
                    self._promise, self._promise_line = len(self.marks), sign.line
                self.marks.append(mark)

    def _marked(self, sign: Sign) -> Mark:
        if sign.kind == "@":
            return self._for_agent(sign)
        if KINDS[sign.kind] == "promise":
            return self._promised(sign)
        words = self._words(sign.text, sign.end)
        kind, body = KINDS[sign.kind], _body(words)
        if kind == "fact":
            fact_kind, body = _fact(words, body)
            return Mark(kind, sign.start, sign.end, body, fact_kind=fact_kind)
        if kind == "concession":
            return _concession(sign, words, self._writer.region)
        return Mark(kind, sign.start, sign.end, _unquoted(body))

    def _promised(self, sign: Sign) -> Mark:
        """A promise: what, by when, and on which number to call back."""
        words = self._text[sign.text : sign.end]
        due = self._due(words)
        kept = words if due is None else words[: due.start]
        callback = find_callback(kept)
        if callback is not None and not kept[callback.end :].strip(f"{_EDGES}."):
            kept = kept[: callback.start]
            if due is None:
                due = self._due(kept)
                kept = kept if due is None else kept[: due.start]
        body = _body(self._words(sign.text, sign.text + len(kept)))
        return Mark(
            "promise",
            sign.start,
            sign.end,
            body or _body(self._words(sign.text, sign.end)),
            side="theirs" if sign.kind == "theirs" else "ours",
            due=_moved(due, sign.text),
            callback=callback.number if callback else None,
        )

    def _for_agent(self, sign: Sign) -> Mark:
        """The promise before it goes to that agent; where there is none it is a follow-up."""
        known = self._writer.agents is None or sign.name in self._writer.agents
        words = self._text[sign.text : sign.end]
        is_same_line = self._promise_line == sign.line
        if self._promise is not None and (is_same_line or not _says_something(words)):
            promise, self._promise = self._promise, None
            self.marks[promise] = replace(self.marks[promise], agent=sign.name, is_known=known)
            return Mark(
                "handover", sign.start, sign.text, sign.name, agent=sign.name, is_known=known
            )
        due = self._due(words)
        end = sign.text + due.start if due else sign.end
        body = _body(self._words(sign.text, end)) or _body(self._words(sign.text, sign.end))
        due = _moved(due, sign.text)
        return Mark(
            "follow_up", sign.start, sign.end, body, due=due, agent=sign.name, is_known=known
        )

    def _due(self, words: str) -> DueTime | None:
        writer = self._writer
        return read_due(
            words,
            writer.now,
            writer.zone,
            language=writer.language,
            region=writer.region,
            day_ends=writer.day_ends,
        )

    def _words(self, start: int, end: int) -> str:
        """A stretch of the text without the backslashes that make signs text."""
        first, last = bisect_left(self._slashes, start), bisect_left(self._slashes, end)
        if first == last:
            return self._text[start:end]
        cuts = [start, *(slash + 1 for slash in self._slashes[first:last])]
        ends = [*self._slashes[first:last], end]
        return "".join(self._text[one:other] for one, other in zip(cuts, ends, strict=True))

    def plain(self) -> str:
        """The text outside all marks. A topic within a sentence stays, as the word that it is."""
        pieces = []
        position = 0
        topic = ""
        for start, end in [
            *((mark.start, mark.end) for mark in self.marks),
            (len(self._text),) * 2,
        ]:
            words = self._words(position, start)
            pieces.append(topic if _says_something(_first_line(words)) else "")
            pieces.append(words)
            topic = self._text[start + 1 : end] if self._text[start:end].startswith("#") else ""
            position = end
        lines = (" ".join(line.split()) for line in LINE.findall("".join(pieces)))
        return "\n".join(line for line in lines if line)


def _first_line(words: str) -> str:
    found = LINE.match(words)
    return found[0] if found else ""


def _says_something(words: str) -> bool:
    """Whether there is a letter, a digit or a symbol in it."""
    return any(letter.isalnum() or category(letter) in ("So", "Sc") for letter in words)


def _has_words(body: str) -> bool:
    """Whether there is more in it than numbers: `=3` is no fact."""
    return any(letter.isalpha() or category(letter) == "So" for letter in body)


def _body(words: str) -> str:
    """Words as a record shows them: in one line, without punctuation that only parted them."""
    body = " ".join(words.split()).strip(_EDGES).rstrip(_EDGES + _OPENING)
    return body[:-1].rstrip() if body.endswith(".") and not body.endswith("..") else body


def _unquoted(body: str) -> str:
    """Words without the quotation marks around them, of which the second may not be typed yet."""
    if len(body) > 2 and quoted_until(body, 0, len(body)) == len(body):
        return body[1:-1].strip()
    return _body(body[1:]) if is_left_open(body) else body


def _fact(words: str, body: str) -> tuple[FactKind, str]:
    """The kind of a fact, and its words without the one that names it."""
    found = _FIRST_WORD.match(words)
    named = found[1].casefold() if found else ""
    for kind in FACT_KINDS:
        if found and kind == named:
            return kind, _body(words[found.end() :])
    return "knows", body


def _concession(sign: Sign, words: str, region: str | None) -> Mark:
    """What was given comes before the sum, why behind it; a sum alone is what was given."""
    side: Side = "ours" if sign.kind == "gave" else "theirs"
    money = read_money(words, region)
    if money is None:
        unread = no_sum(words)
        return Mark("concession", sign.start, sign.end, _body(words), side, unread=unread)
    before, behind = words[: money.start].split(), words[money.end :].split()
    while before and before[-1] in _BEFORE_MONEY:
        before.pop()
    if before and behind and behind[0] in _BEHIND_MONEY:
        behind = behind[1:]
    first, second = _body(" ".join(before)), _body(" ".join(behind).lstrip(")"))
    return Mark(
        "concession",
        sign.start,
        sign.end,
        first or second or _body(words),
        side,
        amount=money.amount,
        currency=money.currency,
        reason=(second or None) if first else None,
    )


def _moved(due: DueTime | None, by: int) -> DueTime | None:
    """The same due time, in a text that begins so many characters earlier."""
    if due is None:
        return None
    return DueTime(due.at, due.start + by, due.end + by, due.words, due.problem, due.meant)
