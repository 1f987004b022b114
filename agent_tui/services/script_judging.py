"""Read scripts from files, and say what is wrong with them before they are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from agent_tui.domain.values.scripts import Problem, Script
from agent_tui.errors import BadInput
from agent_tui.scripts.checking import check
from agent_tui.scripts.inert import MOST_CHARACTERS
from agent_tui.scripts.reading import decode, parse
from agent_tui.services.entrance import take_note, without_cards
from agent_tui.storage.queries import scripts

if TYPE_CHECKING:
    from agent_tui.storage.reader import Reader

File = tuple[str, str | bytes]
"""A file's name, without its ending, and what is in it."""

_AT_LINE = re.compile(r"line ([\d,]+): (.*)", re.DOTALL)
_MASKED = "what reads like a card number in it was masked"
_TWICE = "another file here has the slug `{}`, too"


class Judged(NamedTuple):
    """A script from a file, None where it cannot be read, and all that is wrong with it."""

    name: str
    script: Script | None
    problems: tuple[Problem, ...] = ()

    @property
    def is_wrong(self) -> bool:
        """Whether it cannot be kept: warnings alone do not matter."""
        return self.script is None or any(one.severity == "error" for one in self.problems)


def judge(reader: Reader, files: Iterable[File]) -> list[Judged]:
    """Scripts as they would be kept, each with all that is wrong with it.

    They may lead to one another, and to scripts that are kept, but not to those that are wrong.
    """
    kept = {one.slug for one in scripts.standing(reader)}
    read = [_read(reader, name, data) for name, data in files]
    read = [_said_once(one, read[:place]) for place, one in enumerate(read)]
    right = _right(read)
    while True:
        judged = [_checked(one, kept | right) for one in read]
        if _right(judged) == right:
            return [_masked(reader, one) for one in judged]
        right = _right(judged)


def _read(reader: Reader, name: str, data: str | bytes) -> Judged:
    """A script without card numbers, as everything that comes in."""
    try:
        script = parse(decode(data) if isinstance(data, bytes) else data, name)
        taken = take_note(reader, script.source, MOST_CHARACTERS)
        if taken.count:
            script = parse(taken.text, name)
    except BadInput as error:
        return Judged(name, None, (_unreadable(error),))
    return Judged(name, script, (Problem(0, "warning", _MASKED),) if taken.count else ())


def _unreadable(error: BadInput) -> Problem:
    at_line = _AT_LINE.fullmatch(error.message)
    if at_line is None:
        return Problem(0, "error", error.message)
    return Problem(int(at_line[1].replace(",", "")), "error", at_line[2])


def _masked(reader: Reader, one: Judged) -> Judged:
    """What is wrong, without the card numbers that Markdown put together from pieces."""
    return one._replace(
        problems=tuple(
            replace(
                problem,
                message=without_cards(reader, problem.message),
                suggestion=problem.suggestion and without_cards(reader, problem.suggestion),
            )
            for problem in one.problems
        )
    )


def _said_once(one: Judged, before: list[Judged]) -> Judged:
    if one.script is None:
        return one
    slug = one.script.slug
    if not any(other.script is not None and other.script.slug == slug for other in before):
        return one
    return one._replace(problems=(Problem(0, "error", _TWICE.format(slug)), *one.problems))


def _right(judged: Iterable[Judged]) -> set[str]:
    return {one.script.slug for one in judged if one.script and not one.is_wrong}


def _checked(one: Judged, others: Set[str]) -> Judged:
    if one.script is None:
        return one
    found = (*one.problems, *check(one.script, others | {one.script.slug}))
    return one._replace(problems=tuple(sorted(found, key=lambda problem: problem.line)))
