"""The page of keys, made from the action table and from what is known of terminals.

    python tools/make_key_page.py          # writes docs/keys.md

A test compares the page with what this would write.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from agent_tui.tui.action import SCOPES, Action
from agent_tui.tui.actions import ACTIONS, key_name
from agent_tui.tui.keymap import SWALLOWED
from agent_tui.tui.terminals import TAKERS

PAGE = Path(__file__).parent.parent / "docs" / "keys.md"

HEAD = """# Keys

<!-- Made from the action table: change agent_tui/tui/actions.py, then `make keys`. -->

What `agent-tui keys` prints, by where it works. `?` shows the same at the desk, first of all what
works in the panel that has the focus; `ctrl+p` finds any action by its name.

- `/` goes to the find box and `Esc` goes back, wherever you are; nothing typed is lost.
- A plain letter acts only where no text has the focus. Every action that can be wanted in the
  middle of a sentence has a key that types nothing.
- In every list `j` and `k` move as the arrows do, and `Enter` opens.
- `ctrl+z` gives the shell back, and `fg` the desk; what was typed is on disk before that.
- In a text, `ctrl+j` or `alt+Enter` begins a line, and `Tab` completes.

"""

OWN = """## Keys of your own

In the settings file (`agent-tui doctor` says where it is), by the ids of the last column:

    [keys]
    note = "F6, ctrl+n"
    wrap_up = "F4, ctrl+t"
    theme = "D"
    down = "e"

A key is written as on this page (`F4`, `ctrl+n`, `PgUp`, `?`) or by its Textual name
(`question_mark`); several are set apart by commas, and take the place of all keys of that action.
A key is refused while another action that works at the same time has it: two actions may change
their keys with each other, as the first two here do with `F4` and `F6`, where both are written; a
third one that has such a key, too, needs another. What cannot be honoured is named with its line
when the desk opens and by `agent-tui keys`, and costs nothing else.

The mouse opens what it clicks and scrolls what it is over. `mouse = false` leaves it to the
terminal, whose own selection then works without a modifier.

`y` copies. Over ssh the text goes to the terminal in front of you (OSC 52), under tmux into its
buffer as well; the desk says which way it went.

"""

TAKEN = """## What takes keys

No default key is one of these, since they never arrive as themselves:

"""

OFTEN = """
Others take a key or two by default. No action depends on one of them, and where a terminal says
what it is, the desk shows another key of the action:

"""


def page() -> str:
    """The whole page, as Markdown."""
    return "".join((HEAD, *_scopes(), OWN, TAKEN, *_swallowed(), OFTEN, *_takers()))


def _scopes() -> Iterator[str]:
    for scope, title in SCOPES.items():
        yield f"## {title}\n\n| keys | what | | id |\n| --- | --- | --- | --- |\n"
        yield from (_row(action) for action in ACTIONS if action.scope == scope)
        yield "\n"


def _row(action: Action) -> str:
    keys = " ".join(_code(key) for key in action.keys)
    return (
        f"| {keys} | {action.title} | {action.help.replace('|', chr(92) + '|')} | `{action.id}` |\n"
    )


def _code(key: str) -> str:
    """A key by its name, as code."""
    return f"`{key_name(key)}`"


def _swallowed() -> Iterator[str]:
    for key, why in SWALLOWED.items():
        yield f"- {_code(key)}: {why}\n"


def _takers() -> Iterator[str]:
    yield "| what | takes |\n| --- | --- |\n"
    for taker in TAKERS:
        letters = [key for key in taker.keys if len(key) == 1]
        named = sorted(map(key_name, taker.keys - set(letters)), key=lambda name: (len(name), name))
        keys = [f"`{name}`" for name in named] + ["all letters"] * bool(letters)
        yield f"| {taker.name} | {' '.join(keys)} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
