"""A script as Markdown: reading it again gives an equal script."""

from __future__ import annotations

import re

from agent_tui.domain.values.scripts import (
    OTHER_SCRIPT,
    Ask,
    Branch,
    Capture,
    Confirm,
    Part,
    Say,
    Script,
    Step,
)
from agent_tui.scripts.front_matter import FENCE
from agent_tui.scripts.reading import parse
from agent_tui.text.slugs import slug

_MISREAD = re.compile(f"->|→|^{OTHER_SCRIPT}", re.IGNORECASE)
_PROBE = f"{FENCE}\ntitle: x\n{FENCE}\n## x\n\n"


def write(script: Script) -> str:
    """The Markdown of a script, as `docs/scripts.md` has it."""
    titles = {step.id: step.title for step in script.steps}
    pieces = [_front_matter(script)]
    for step in script.steps:
        pieces.extend(_step(step, titles))
    return "\n\n".join(pieces) + "\n"


def _front_matter(script: Script) -> str:
    values = {
        "title": script.title,
        "kind": script.kind,
        "topics": ", ".join(script.topics),
        "fits": ", ".join(script.fits),
        "order": script.order,
        "slug": script.slug,
    }
    lines = [f"{key}: {value}" for key, value in values.items() if value]
    return "\n".join([FENCE, *lines, FENCE])


def _step(step: Step, titles: dict[str, str]) -> list[str]:
    """The pieces of a step, to stand with an empty line between them."""
    pieces = [f"{'#' * step.level} {step.title}"]
    if step.reveals:
        pieces.append("reveals: yes")
    offsets: list[int] = []
    """Where, in each list that is open, the text of its item begins."""
    before: Part | None = None
    for part in step.parts:
        if isinstance(part, Say):
            del offsets[part.depth :]
            indent = offsets[-1] if offsets else 0
            text = _indented(_say(part), indent)
            if part.marker not in ("", ">"):
                offsets.append(indent + len(part.marker) + 1)
        else:
            offsets.clear()
            text = _special(part)
        if before is not None and _are_close(before, part):
            pieces[-1] += f"\n{text}"
        else:
            pieces.append(text)
        before = part
    if step.branches:
        pieces.append("\n".join(_branch(branch, titles) for branch in step.branches))
    return pieces


def _are_close(part: Part, behind: Part) -> bool:
    """Whether two parts may stand on lines next to each other: bullets, special lines."""
    if isinstance(part, Say) and isinstance(behind, Say):
        return part.marker == behind.marker == "-"
    return not isinstance(part, Say) and not isinstance(behind, Say)


def _special(part: Part) -> str:
    match part:
        case Ask():
            return f"ask: {part.text}"
        case Confirm():
            return f"confirm: {part.about} {part.text}"
        case Capture():
            return f"capture: {part.text}"
        case Say():
            return part.text


def _say(part: Say) -> str:
    """Its text, between fences where Markdown would make something else of it."""
    lead = f"{part.marker} " if part.marker else ""
    if "\n" not in part.text:
        plain = lead + part.text
        # Whatever stands behind it must stay what it is, too.
        read = parse(f"{_PROBE}{plain}\n\nask: x", "x").steps
        alone = Say(part.text, part.marker)
        if len(read) == 1 and read[0].parts == (alone, Ask("x")) and not read[0].branches:
            return plain
    fence = "```"
    while fence in part.text:
        fence += "`"
    block = f"{fence}\n{part.text}\n{fence}"
    if part.marker == ">":
        return "\n".join(lead + line for line in block.split("\n"))
    first, *rest = block.split("\n")
    return "\n".join([lead + first, *(" " * len(lead) + line for line in rest)])


def _indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line if line else "" for line in text.split("\n"))


def _branch(branch: Branch, titles: dict[str, str]) -> str:
    target = branch.target
    title = titles.get(target, target)
    words = title if slug(title) == target and not _MISREAD.search(title) else target
    if target.startswith(OTHER_SCRIPT):
        words = f"{OTHER_SCRIPT} {target.removeprefix(OTHER_SCRIPT)}"
    return f"{branch.key}. {branch.label} -> {words}"
