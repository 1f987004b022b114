"""Markdown (CommonMark, read by markdown-it) as a flat list of headings and blocks.

What people write in lists and quotations stays; pictures of it (bold, links) stay as they are
typed. Comments and rulers are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from agent_tui.errors import BadInput

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MOST_LEVELS = 20
"""How deep blocks may be nested; a list in a list are four levels."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (`level` 1 to 6, and no depth), or a paragraph, list item or block of lines.

    `line` counts from 1. `lines` are those of a paragraph, to be joined; those of a block that
    `keeps_lines` are not. `marker` and `depth` are those of `values.scripts.Say`.
    """

    line: int
    lines: tuple[str, ...]
    level: int = 0
    keeps_lines: bool = False
    marker: str = ""
    depth: int = 0


def blocks_of(text: str, first_line: int = 1) -> Iterator[Block]:
    """The blocks of a text, whose first line has the number `first_line`.

    Raises `BadInput` with the line where lists are nested more than ten deep.
    """
    inside: list[str] = []
    kept: list[bool] = []
    """Of each list item and quotation that is open: its marker, and whether that still counts."""
    heading = 0
    line = first_line
    for token in _reader().parse(text):
        if token.map:
            line = token.map[0] + first_line
        if token.level >= MOST_LEVELS:
            raise BadInput(f"line {line}: nested too deep: at most ten lists in each other")
        if token.type in ("list_item_open", "blockquote_open"):
            inside.append(_marker(token))
            kept.append(True)
        elif token.type in ("list_item_close", "blockquote_close"):
            inside.pop()
            kept.pop()
        elif token.type == "heading_open":
            heading = 0 if inside else int(token.tag[1])
        elif lines := _lines(token):
            depth = sum(marker != ">" for marker in inside)
            marker = inside[-1] if inside and (kept[-1] or inside[-1] == ">") else ""
            if marker and marker != ">":
                depth -= 1
                kept[-1] = False
            keeps_lines = token.type != "inline"
            yield Block(line, lines, heading, keeps_lines, marker, depth)
        if token.type == "heading_close":
            heading = 0


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # Without the inline rules, so that text stays as it is typed; references would vanish.
    reader = MarkdownIt("commonmark", {"maxNesting": MOST_LEVELS * 2})
    return reader.disable(["inline", "reference"])


def _marker(token: Token) -> str:
    if token.type == "blockquote_open":
        return ">"
    return f"{token.info}." if token.info else "-"


def _lines(token: Token) -> tuple[str, ...]:
    """The lines of a token that has text of its own; a comment has none."""
    content = token.content
    if token.type == "inline":
        return tuple(content.split("\n")) or ("",)
    if token.type == "html_block" and content.lstrip().startswith("<!--") and "-->" in content:
        _, _, content = content.partition("-->")
    lines = "\n".join(line.rstrip() for line in content.split("\n")).strip("\n")
    return tuple(lines.split("\n")) if lines else ()
