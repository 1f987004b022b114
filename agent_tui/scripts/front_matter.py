"""The head of a script: lines `key: value` between two lines `---`.

It looks like YAML and is much less: no lists, no quotation marks, no nesting. What is not
understood is a problem with its line, never left out in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import get_args

from agent_tui.domain.values.scripts import Problem, ScriptKind, StepOrder
from agent_tui.errors import BadInput
from agent_tui.text.nearest import nearest
from agent_tui.text.slugs import slug
from agent_tui.text.topics import topic_of

FENCE = "---"
LONGEST_VALUE = 200
KEYS = {
    "title": "what it is called",
    "kind": "`help`, `offer` or `leaving`; `help` where it is missing",
    "topics": "the topics it is for, with commas between them",
    "fits": "words of an agenda that it is for, with commas between them",
    "order": "`fixed` (the usual), or `advice`: steps may be taken in any order",
    "slug": "its name in `-> script: ...` and on the command line; that of the file if missing",
}
"""The keys, and what each says."""
_KINDS: tuple[ScriptKind, ...] = get_args(ScriptKind)
_ORDERS: tuple[StepOrder, ...] = get_args(StepOrder)


@dataclass(slots=True)
class FrontMatter:
    """What the head says. `length` is how many lines it takes, 0 where there is none."""

    length: int = 0
    title: str = ""
    kind: ScriptKind = "help"
    topics: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()
    order: StepOrder = "fixed"
    slug: str = ""
    problems: list[Problem] = field(default_factory=list)


def begins_head(line: str) -> bool:
    """Whether the head of a file begins with this line, its first one."""
    return line.rstrip() == FENCE


def read_front_matter(lines: Sequence[str]) -> FrontMatter:
    """The front matter with which the lines of a file begin.

    Raises `BadInput` where it begins and does not end.
    """
    if not lines or not begins_head(lines[0]):
        return FrontMatter(order="advice")
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        raise BadInput(f"line 1: the front matter begins here and never ends: add a line `{FENCE}`")
    head = FrontMatter(length=end + 1)
    seen: set[str] = set()
    for number, line in enumerate(lines[1:end], 2):
        if line.strip():
            _take(head, seen, number, line)
    return head


def _take(head: FrontMatter, seen: set[str], number: int, line: str) -> None:
    key, colon, value = (part.strip() for part in line.partition(":"))

    def wrong(message: str, suggestion: str | None = None) -> None:
        head.problems.append(Problem(number, "error", message, suggestion))

    if not colon:
        wrong("this line of the front matter is not `key: value`")
    elif key not in KEYS:
        wrong(f"the front matter has no key `{key[:40]}`", nearest(key, KEYS))
    elif key in seen:
        wrong(f"`{key}` stands twice")
    elif not value:
        wrong(f"`{key}` says nothing")
    elif len(value) > LONGEST_VALUE:
        wrong(f"`{key}` is too long: at most {LONGEST_VALUE} characters")
    elif key == "kind":
        head.kind = next((kind for kind in _KINDS if kind == value), head.kind)
        if head.kind != value:
            wrong(
                f"there is no kind `{value}`: write help, offer or leaving", nearest(value, _KINDS)
            )
    elif key == "order":
        head.order = next((order for order in _ORDERS if order == value), head.order)
        if head.order != value:
            wrong(f"there is no order `{value}`: write fixed or advice", nearest(value, _ORDERS))
    elif key == "slug":
        head.slug = slug(value)
        if head.slug != value:
            wrong(f"`{value}` cannot be a slug: small letters, digits and `-`", head.slug or None)
    elif key == "topics":
        words = [word.removeprefix("#") for word in _listed(value)]
        head.topics = _once(topic for word in words if (topic := topic_of(word)[0]))
        for word in words:
            if topic_of(word)[1] != len(word):
                wrong(
                    f"`{word}` is no topic: letters, digits, `-` and `_`", topic_of(word)[0] or None
                )
    elif key == "fits":
        head.fits = _once(word.casefold() for word in _listed(value))
    else:
        head.title = value
    seen.add(key)


def _listed(value: str) -> list[str]:
    return [word for part in value.split(",") if (word := " ".join(part.split()))]


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
