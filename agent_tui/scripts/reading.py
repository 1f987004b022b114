"""Reads a script. Whatever is odd but can be read is kept, and noticed as a problem.

A file without front matter is a plain policy: its text is text, whatever it looks like, its
headings are steps that may be taken in any order.
"""

from __future__ import annotations

import re
from itertools import pairwise

from agent_tui.domain.rules.marks import FACT_KINDS
from agent_tui.domain.rules.templates import as_template
from agent_tui.domain.values.scripts import (
    END,
    OTHER_SCRIPT,
    Ask,
    Branch,
    Capture,
    Confirm,
    Part,
    Problem,
    Say,
    Script,
    Step,
)
from agent_tui.errors import BadInput
from agent_tui.scripts.blocks import Block, blocks_of
from agent_tui.scripts.front_matter import begins_head, read_front_matter
from agent_tui.scripts.inert import inert, narrow
from agent_tui.text import hygiene
from agent_tui.text.slugs import free_slug, slug

MOST_STEPS = 200
MOST_PARTS = 2_000
LONGEST_TITLE = 200

_SPECIAL = re.compile(r"(ask|confirm|capture|reveals):(.*)", re.IGNORECASE)
_LINE_OF_ITS_OWN = re.compile("(capture|reveals):", re.IGNORECASE)
"""A question may go on in the next line, these may not."""
_ARROW = re.compile(r"(.*)(?:->|→)(.*)")
_CLOSING = re.compile(r"(?:(?:^|\s+)#+)+$")


def decode(data: bytes) -> str:
    """The text of a file. Raises `BadInput` with the line that is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput(f"line {line}: not UTF-8: save the file in that encoding") from None


def is_policy(text: str) -> bool:
    """Whether `parse` reads it as a plain policy, having no head. Raises as that does."""
    return not begins_head(inert(text).partition("\n")[0])


def parse(text: str, name: str) -> Script:
    """Read a script from a file called `name` (without its ending).

    Raises `BadInput` with the line for what cannot be read at all: characters that act instead
    of showing, front matter without an end, more than 200,000 characters, 10,000 lines
    or 200 steps.
    """
    text = inert(text)
    lines = text.split("\n")
    head = read_front_matter(lines)
    is_plain = head.length == 0
    reading = _Reading(is_plain, head.problems)
    for block in blocks_of("\n".join(lines[head.length :]), head.length + 1):
        reading.take(block)
    named = head.title or _named(name)
    return Script(
        slug=head.slug or slug(name) or "script",
        title=head.title or reading.first_title or named,
        kind=head.kind,
        topics=head.topics,
        fits=head.fits,
        order=head.order,
        steps=reading.steps(named),
        source=text,
        noticed=tuple(sorted(reading.problems, key=lambda problem: problem.line)),
    )


class _Draft:
    """A step that is being read."""

    def __init__(self, title: str, level: int, line: int, *, is_heading: bool = True) -> None:
        self.title = title
        self.is_heading = is_heading
        self.level = level
        self.line = line
        self.parts: list[Part] = []
        self.branches: list[Branch] = []
        self.reveals = False
        self.open_depth = 0
        """How deep in lists the next text may stand."""
        self.answer_depth: int | None = None
        """How deep the answer stands whose item is open."""


class _Reading:
    """Makes steps of blocks, which come in the order of the text."""

    def __init__(self, is_plain: bool, problems: list[Problem]) -> None:
        self.problems = problems
        self.first_title = ""
        self._is_plain = is_plain
        self._drafts: list[_Draft] = []
        self._count = 0

    def take(self, block: Block) -> None:
        """Take the next block."""
        if block.level:
            self._begin(block)
            return
        if not self._drafts:
            self._drafts.append(_Draft("", 2, block.line, is_heading=False))
        draft = self._drafts[-1]
        if block.keeps_lines:
            self._say(draft, block, "\n".join(block.lines), block.line)
            return
        at_marker = True
        for first, lines in _pieces(block.lines, self._is_plain):
            self._piece(draft, block if at_marker else _without_marker(block), first, lines)
            at_marker = False

    def steps(self, named: str) -> tuple[Step, ...]:
        """The steps; text before the first heading is one that is called as the file is."""
        drafts = self._drafts
        while len(drafts) > 1 and drafts[0].level == 1 and _is_empty(drafts[0]):
            drafts = drafts[1:]
        ids: dict[str, _Draft] = {}
        for number, draft in enumerate(drafts, 1):
            if not draft.title and draft.is_heading:
                self._notice(draft.line, "a heading without words")
            draft.title = draft.title or (f"Step {number}" if draft.is_heading else named)
            ids[free_slug(slug(draft.title) or "step", {END, *ids})] = draft
        names = {slug(draft.title): id for id, draft in reversed(ids.items())}
        following = [*ids, None][1:]
        return tuple(
            Step(
                id=id,
                title=draft.title,
                level=draft.level,
                parts=tuple(draft.parts),
                branches=tuple(
                    Branch(one.key, one.label, _resolved(one.target, names, ids), one.line)
                    for one in draft.branches
                ),
                next=None if draft.branches else behind,
                reveals=draft.reveals,
                line=draft.line,
            )
            for (id, draft), behind in zip(ids.items(), following, strict=True)
        )

    def _begin(self, block: Block) -> None:
        title = _title(" ".join(block.lines))
        if len(title) > LONGEST_TITLE:
            self._notice(block.line, f"a heading has at most {LONGEST_TITLE} characters")
            title = _title(title[:LONGEST_TITLE])
        if len(self._drafts) == MOST_STEPS:
            raise BadInput(f"line {block.line}: more than {MOST_STEPS} steps: part the script")
        self.first_title = self.first_title or title
        self._drafts.append(_Draft(title, block.level, block.line))

    def _piece(self, draft: _Draft, block: Block, first: int, lines: tuple[str, ...]) -> None:
        """A paragraph, or the part of one that begins with a special line."""
        line = block.line + first
        if self._is_plain:
            self._say(draft, block, _joined(lines), line)
            return
        if draft.answer_depth is not None and block.depth <= draft.answer_depth:
            draft.answer_depth = None
        said = " ".join(" ".join(lines).split())
        if special := _SPECIAL.fullmatch(said):
            self._special(draft, special[1].lower(), special[2].strip(), line)
            if draft.answer_depth is not None:
                self._notice(
                    line,
                    "this line stands inside an answer, and would count for all of them",
                    "put it into the step that the answer leads to",
                )
        elif block.marker[:-1].isdigit() and (arrow := _ARROW.fullmatch(said)):
            self._count_one(line)
            key = block.marker[:-1]
            draft.branches.append(Branch(key, arrow[1].strip(), arrow[2].strip(), line))
            draft.answer_depth = block.depth
        else:
            self._say(draft, block, _joined(lines), line)

    def _say(self, draft: _Draft, block: Block, text: str, line: int) -> None:
        text = as_template(text) if self._is_plain else text
        depth = min(block.depth, draft.open_depth)
        self._add(draft, Say(text, block.marker, depth, line))
        draft.open_depth = depth + (block.marker not in ("", ">"))

    def _special(self, draft: _Draft, word: str, text: str, line: int) -> None:
        if word == "reveals":
            if text.lower() not in ("yes", "no"):
                self._notice(line, "`reveals:` is followed by yes or no")
            draft.reveals = text.lower() == "yes"
            return
        about, _, question = text.partition(" ")
        if not (question if word == "confirm" else text):
            self._notice(line, f"`{word}:` says nothing", _MEANT[word])
        elif word == "ask":
            self._add(draft, Ask(text, line))
        elif word == "capture":
            self._add(draft, Capture(text, line))
        else:
            about = about.rstrip(":")
            named = f"fact.{about}" if about in FACT_KINDS else about
            self._add(draft, Confirm(named, question.strip(), line))

    def _add(self, draft: _Draft, part: Part) -> None:
        self._count_one(part.line)
        draft.parts.append(part)
        draft.open_depth = 0

    def _count_one(self, line: int) -> None:
        self._count += 1
        if self._count > MOST_PARTS:
            raise BadInput(f"line {line}: more than {MOST_PARTS:,} pieces: part the script")

    def _notice(self, line: int, message: str, suggestion: str | None = None) -> None:
        self.problems.append(Problem(line, "error", message, suggestion))


_MEANT = {
    "ask": "ask: What do you want?",
    "confirm": "confirm: prefers Is it still mornings?",
    "capture": "capture: =prefers {{ answer }}",
}


def _named(name: str) -> str:
    """The title that the name of a file makes."""
    words = " ".join(re.split(r"[-_\s]+", name[:LONGEST_TITLE])).strip()
    said = hygiene.clean_line(words[:1].upper() + words[1:], LONGEST_TITLE * 10)
    return _title(narrow(said)[: LONGEST_TITLE // 2]) or "Script"


def _title(text: str) -> str:
    """A heading in one line, without the signs that close it."""
    return _CLOSING.sub("", " ".join(text[: LONGEST_TITLE * 5].split()))


def _pieces(lines: tuple[str, ...], is_plain: bool) -> list[tuple[int, tuple[str, ...]]]:
    """The lines of a paragraph, parted where a special line begins or a line of its own ends.

    Each piece has the number of its first line.
    """
    starts = [0]
    for at, (before, line) in enumerate(pairwise(lines), 1):
        ends = _LINE_OF_ITS_OWN.match(before.strip())
        if not is_plain and (ends or _SPECIAL.match(line.strip())):
            starts.append(at)
    return [(one, lines[one:other]) for one, other in pairwise([*starts, len(lines)])]


def _joined(lines: tuple[str, ...]) -> str:
    """Lines as Markdown joins them: only a hard break, or a table, keeps its lines."""
    if len(lines) > 1 and all(line.lstrip().startswith("|") for line in lines):
        return "\n".join(line.strip() for line in lines)
    text = ""
    for at, line in enumerate(lines, 1):
        is_hard = at < len(lines) and (line.endswith(("  ", "\\")))
        text += line.removesuffix("\\").strip() if is_hard else line.strip()
        text += "" if at == len(lines) else "\n" if is_hard else " "
    return text


def _without_marker(block: Block) -> Block:
    """The rest of a list item, behind its first paragraph."""
    is_item = block.marker not in ("", ">")
    return Block(block.line, block.lines, depth=block.depth + is_item)


def _is_empty(draft: _Draft) -> bool:
    return not (draft.parts or draft.branches or draft.reveals)


def _resolved(words: str, names: dict[str, str], ids: dict[str, _Draft]) -> str:
    """The target that the words behind an arrow name; unknown ones stay, as a slug."""
    if words.casefold().startswith(OTHER_SCRIPT):
        return OTHER_SCRIPT + slug(words[len(OTHER_SCRIPT) :])
    name = slug(words)
    if name == END or name in ids:
        return name
    return names.get(name, name)
