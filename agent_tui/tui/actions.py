"""Everything that a user can do, once. Keys, footer, palette, help and the key page come from here.

Default keys keep clear of what terminals, tmux, screen and flow control take for themselves:
ctrl+a/b/c/h/i/j/m/q/s/z/[, alt with letters, shift or ctrl with Enter and Tab. A plain letter
acts only where no text has the focus; every action has a key that works everywhere, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scope = Literal["desk", "list", "brief", "conversation", "caller"]

SCOPES: dict[Scope, str] = {
    "desk": "Anywhere at the desk",
    "list": "In a list",
    "brief": "In the brief",
    "conversation": "In the conversation",
    "caller": "While somebody calls",
}
"""Where an action works, in the words of the help screen."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a user can do.

    `keys` are Textual's names of keys, the first one is shown. `footer` is the word under which it
    stands in the footer, None where it does not.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    scope: Scope = "desk"
    footer: str | None = None


ACTIONS: tuple[Action, ...] = (
    Action(
        "find",
        ("slash", "ctrl+f"),
        "Find somebody",
        "Go to the find box. Type any part of a name, company, number or address.",
        footer="find",
    ),
    Action(
        "note",
        ("f4", "ctrl+n"),
        "Write a note",
        "Go to the note line. Enter saves, ctrl+j begins a line, Tab completes, Esc goes back and "
        "keeps the text.",
        footer="note",
    ),
    Action(
        "undo_note",
        ("ctrl+x", "U"),
        "Take the last note back",
        "The note comes back into the line, and what it made goes. Within a text: undo the typing.",
    ),
    Action(
        "note_menu",
        ("ctrl+k", "K"),
        "More with the note",
        "Copy the text, say that a number in it is no card, stop correcting, redo the typing.",
    ),
    Action(
        "wrap_up",
        ("f6", "ctrl+t"),
        "Wrap up",
        "Close the conversation that has ended: did they get what they came for?",
        footer="wrap up",
    ),
    Action(
        "act",
        ("space", "m", "ctrl+space", "ctrl+@"),
        "What can be done",
        "With the chosen line: keep, move, withdraw, hand over, answer, the next step; and undo.",
        footer="act",
    ),
    Action(
        "hand_over",
        ("f7", "H"),
        "Hand a promise over",
        "Ask a colleague to take the chosen promise over; it stays yours until they accept.",
    ),
    Action(
        "reply",
        ("f10", "r"),
        "Reply or mark",
        "Go to the line at the foot of the conversation: what is typed there is sent, or on a call "
        "marked as said. Enter sends, ctrl+j begins a line, Esc goes back and keeps the text.",
        footer="reply",
    ),
    Action(
        "call_menu",
        ("ctrl+e", "full_stop"),
        "This conversation",
        "Verified and how, why it is on hold, wrong person, mark a line, copy the number, search.",
    ),
    Action(
        "search_here",
        ("f11", "s"),
        "Search here",
        "Find words in all that was said with whoever is open; Enter goes there.",
    ),
    Action(
        "my_state",
        ("ctrl+u", "S"),
        "My state",
        "Ready, after a call, or away. While you are not ready, nothing opens by itself.",
    ),
    Action(
        "take",
        ("f9", "ctrl+r"),
        "Open the caller",
        "Open the call in the strip; choose where several people share the number.",
        scope="caller",
        footer="open caller",
    ),
    Action(
        "attach",
        ("f8", "ctrl+l"),
        "Attach the call",
        "The call on hand is with the person shown: it and its number become theirs.",
        scope="caller",
        footer="attach",
    ),
    Action(
        "new_person",
        ("f12", "ctrl+right_square_bracket"),
        "New person",
        "Make a new person of the caller, with what is known.",
        scope="caller",
        footer="new person",
    ),
    Action(
        "today",
        ("f1", "ctrl+y"),
        "Close the customer",
        "Back to Today: who waits, what I promised, what I left open.",
        footer="today",
    ),
    Action(
        "help",
        ("question_mark", "ctrl+underscore"),
        "Help",
        "Every key that works here.",
        footer="help",
    ),
    Action(
        "back",
        ("escape", "ctrl+g"),
        "Back",
        "From the note to where you were; in the find box clear the text, then leave it.",
    ),
    Action(
        "brief",
        ("b", "ctrl+o"),
        "Read the brief",
        "Go to the lines that matter now; Enter opens where a line comes from.",
    ),
    Action("palette", ("colon", "ctrl+p"), "All actions", "Choose any action by its name."),
    Action(
        "theme",
        ("ctrl+circumflex_accent", "T"),
        "Light or dark",
        "Change between the dark and the light theme.",
    ),
    Action("quit", ("ctrl+d", "ctrl+backslash"), "Quit", "Leave the desk. What was typed is kept."),
    Action("down", ("j", "down"), "Next line", "One line down.", scope="list"),
    Action("up", ("k", "up"), "Line before", "One line up.", scope="list"),
    Action("open", ("enter", "o"), "Open", "Open it.", scope="list"),
    Action(
        "next_section",
        ("l", "right"),
        "Next section",
        "Promises, cases, what they know, the ledger, people, ways to reach them.",
        scope="brief",
    ),
    Action("section_before", ("h", "left"), "Section before", "The one before.", scope="brief"),
    Action(
        "earlier",
        ("p", "pageup"),
        "Earlier",
        "Page up; past the first line of today into the conversation before.",
        scope="conversation",
    ),
    Action("later", ("n", "pagedown"), "Later", "Page down.", scope="conversation"),
    Action("first", ("g", "home"), "Beginning", "To the first line of all.", scope="conversation"),
    Action("newest", ("G", "end"), "Newest", "To the newest line.", scope="conversation"),
    Action(
        "copy_entry",
        ("y", "c", "ctrl+insert"),
        "Copy",
        "Copy what was said or noted there, card numbers masked.",
        scope="conversation",
    ),
)

BY_ID = {action.id: action for action in ACTIONS}

_NAMES = {
    "space": "Space",
    "full_stop": ".",
    "insert": "Ins",
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "escape": "Esc",
    "enter": "Enter",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "tab": "Tab",
    "underscore": "_",
    "right_square_bracket": "]",
    "backslash": "\\",
    "circumflex_accent": "^",
}


_TYPED_BY_NAME = ("slash", "question_mark", "colon", "space", "full_stop")
"""Keys that type a character and are called by a name."""


def key_name(key: str) -> str:
    """A key as people call it: `f4` is F4, `slash` is /, `ctrl+n` is ctrl+n."""
    head, plus, last = key.rpartition("+")
    if last.startswith("f") and last[1:].isdigit():
        last = last.upper()
    return f"{head}{plus}{_NAMES.get(last, last)}"


def is_letter(key: str) -> bool:
    """Whether a key types a character, and so acts only where no text has the focus."""
    return len(key) == 1 or key in _TYPED_BY_NAME
