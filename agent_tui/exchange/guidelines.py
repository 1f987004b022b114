"""Agent guidelines as JSON: flows, their subflows, the actions of each in order.

    {"Returns": {"description": "...", "subflows": {"Refund status": {
        "instructions": ["..."],
        "actions": [{"type": "interaction", "button": "Find the order",
                     "text": "...", "subtext": ["...", "If late: > say sorry > ask why"]}]}}}}

Each subflow becomes one script. What is decided in them stands in sentences, so that no branch is
made of it: the order of the steps is advice, and every sentence stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from agent_tui.domain.rules.templates import as_template
from agent_tui.domain.values.scripts import END, Say, Script, Step
from agent_tui.errors import BadInput
from agent_tui.text.hygiene import clean_line
from agent_tui.text.slugs import free_slug, slug
from agent_tui.text.topics import topic_of

INSTRUCTIONS = "Instructions"
"""The step with which each script begins, where there are any."""
LONGEST_TEXT = 5_000
LONGEST_NAME = 100

_NO_BUTTON = frozenset(["", "n/a", "none", "-"])
_FURTHER = re.compile(r"\s+>\s+")
_BYTE = re.compile(r"byte (\d+)")


class _Action(msgspec.Struct):
    """What the agent does in one step."""

    text: str
    type: str = ""
    button: str = ""
    subtext: list[str] = []


class _Subflow(msgspec.Struct):
    """One matter that customers come with."""

    actions: list[_Action]
    instructions: list[str] = []


class _Flow(msgspec.Struct):
    """Matters of one kind."""

    subflows: dict[str, _Subflow]
    description: str = ""


def read_guidelines(data: bytes) -> tuple[Script, ...]:
    """The scripts in a file of guidelines, in its order, each slug once.

    Raises `BadInput` saying where the file is no JSON or has another shape.
    """
    try:
        flows = msgspec.json.decode(data, type=dict[str, _Flow])
    except msgspec.ValidationError as error:
        raise BadInput(f"these are no guidelines: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(f"{_place(data, str(error))}the file is not JSON: {error}") from None
    taken: set[str] = set()
    scripts = []
    for flow_name, flow in flows.items():
        for name, subflow in flow.subflows.items():
            free = free_slug(slug(f"{flow_name} {name}") or "script", taken)
            taken.add(free)
            scripts.append(_script(free, flow_name, name, subflow))
    return tuple(scripts)


def _place(data: bytes, message: str) -> str:
    found = _BYTE.search(message)
    line = data.count(b"\n", 0, int(found[1])) + 1 if found else 0
    return f"line {line}: " if line else ""


def _script(free: str, flow_name: str, name: str, subflow: _Subflow) -> Script:
    title = _name(name) or _name(flow_name) or "Script"
    topic = topic_of(slug(flow_name))[0]
    return Script(
        slug=free,
        title=title,
        topics=(topic,) if topic else (),
        order="advice",
        steps=tuple(_steps(subflow)),
    )


def _steps(subflow: _Subflow) -> Iterator[Step]:
    """The instructions, then a step for each action."""
    drafts = [(_title(action), _says(action)) for action in subflow.actions]
    told = tuple(Say(text) for line in subflow.instructions if (text := _text(line)))
    if told:
        drafts.insert(0, (INSTRUCTIONS, told))
    titles: list[str] = []
    ids: list[str] = []
    for title, _ in drafts:
        times = sum(one.casefold() == title.casefold() for one, _ in drafts[: len(titles)])
        titles.append(f"{title} ({times + 1})" if times else title)
        ids.append(free_slug(slug(titles[-1]) or "step", {END, *ids}))
    following = [*ids[1:], None]
    for id, title, (_, parts), behind in zip(ids, titles, drafts, following, strict=False):
        yield Step(id, title, 2, parts or (Say(as_template(title)),), next=behind)


def _title(action: _Action) -> str:
    """The name of the button, or where there is none the kind of action."""
    button = _name(action.button)
    if button.casefold() in _NO_BUTTON:
        button = _name(action.type)
        button = button[:1].upper() + button[1:]
    return button or "Step"


def _says(action: _Action) -> tuple[Say, ...]:
    """Its text, and below it what it says in detail: `>` parts what stands in it."""
    said = [Say(text)] if (text := _text(action.text)) else []
    for line in action.subtext:
        first, *further = (_text(piece) for piece in _FURTHER.split(f" {line} "))
        if first:
            said.append(Say(first, "-"))
        said += [Say(text, "-", 1 if first else 0) for text in further if text]
    return tuple(said)


def _text(text: str) -> str:
    return as_template(_line(text, LONGEST_TEXT))


def _name(text: str) -> str:
    """A name that can be a heading."""
    return re.sub(r"[#\s]+$", "", _line(text, LONGEST_TEXT)[:LONGEST_NAME].strip())


def _line(text: str, limit: int) -> str:
    return " ".join(clean_line(text, limit).split())
