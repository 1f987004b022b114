"""Everything that a user can do, once. Keys, footer, palette, help and the key page come from here.

Default keys keep clear of what terminals, tmux, screen and flow control take for themselves:
ctrl+a/b/c/h/i/j/m/q/s/z/[, alt with letters, shift or ctrl with Enter and Tab. A plain letter
acts only where no text has the focus; every action has a key that works everywhere, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Scope = Literal["desk", "list", "brief", "timeline", "conversation", "caller"]

SCOPES: dict[Scope, str] = {
    "desk": "Anywhere at the desk",
    "list": "In a list",
    "brief": "In the brief",
    "timeline": "In the timeline",
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
        "Go to the note line. Enter saves, ctrl+j or alt+Enter begins a line, Tab completes, Esc "
        "goes back and keeps the text.",
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
        "script",
        ("f5", "C"),
        "Open a script",
        "The scripts that fit this conversation; once one is open, go to it. It opens when the "
        "brief was read. In it: numbers answer, words are typed, Space shows all keys.",
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
        "Hand over",
        "Ask a colleague to take the chosen promise over, or else this conversation; yours until "
        "they accept.",
    ),
    Action(
        "reply",
        ("f10", "r", "ctrl+down"),
        "Reply or mark",
        "Go to the line at the foot of the conversation: what is typed there is sent, or on a call "
        "marked as said. Enter sends, ctrl+j or alt+Enter begins a line, Esc goes back and keeps "
        "the text.",
        footer="reply",
    ),
    Action(
        "call_menu",
        ("shift+f9", "f21", "full_stop"),
        "This conversation",
        "Verified and how, why it is on hold, wrong person, mark a line, copy the number, search.",
    ),
    Action(
        "search_here",
        ("f11", "s", "ctrl+up"),
        "Search here",
        "Find words in all that was said with whoever is open; Enter goes there.",
    ),
    Action(
        "my_state",
        ("shift+f2", "f14", "S"),
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
    Action(
        "timeline",
        ("t", "ctrl+end"),
        "Timeline",
        "Everything that happened with them, across channels and years; once more or Esc: back.",
    ),
    Action(
        "friction",
        ("shift+f3", "f15", "F"),
        "This is in my way",
        "Say in a few words which rule or tool stands in your way, from anywhere; leads see it "
        "by rule.",
    ),
    Action(
        "frictions",
        ("ctrl+home", "R"),
        "What is in our way",
        "For leads: what stood in the way of the team, by rule, with the newest words.",
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
        "wrong",
        ("x", "delete"),
        "This is wrong",
        "What the chosen line stands on is wrong; the same key again takes that back.",
        scope="brief",
    ),
    Action(
        "used",
        ("u", "shift+right"),
        "This was used",
        "What the chosen line stands on was of use in this conversation; again takes that back.",
        scope="brief",
    ),
    Action(
        "answered",
        ("a", "shift+up"),
        "They answered",
        "Type what they said to the one thing that is worth asking.",
        scope="brief",
    ),
    Action(
        "not_now",
        ("n", "shift+down"),
        "Not now",
        "It was not the moment to ask; again takes that back.",
        scope="brief",
    ),
    Action(
        "declined",
        ("d", "shift+left"),
        "They declined",
        "They would rather not say, and are not asked again; again takes that back.",
        scope="brief",
    ),
    Action(
        "add",
        ("plus", "insert"),
        "Add to the section",
        "One line: something they said, a refusal, what was given, somebody they belong to.",
        scope="brief",
    ),
    Action(
        "next_kind",
        ("l", "right"),
        "Next kind",
        "All, contacts, promises, complaints, knowledge, give and take, scripts.",
        scope="timeline",
    ),
    Action("kind_before", ("h", "left"), "Kind before", "The one before.", scope="timeline"),
    Action("older", ("n", "pagedown"), "Further back", "Page down, into the past.", "timeline"),
    Action("recent", ("p", "pageup"), "Less far back", "Page up, to the present.", "timeline"),
    Action("latest", ("g", "home"), "Latest", "To what happened last.", scope="timeline"),
    Action("oldest", ("G", "end"), "Oldest", "To what happened first of all.", scope="timeline"),
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

NEEDED = (
    "take",
    "attach",
    "wrap_up",
    "note",
    "help",
    "new_person",
    "reply",
    "act",
    "today",
    "find",
)
"""The actions of the footer, the most needed first: where there is less room, the last ones go."""

_NAMES = {
    "space": "Space",
    "full_stop": ".",
    "insert": "Ins",
    "delete": "Del",
    "plus": "+",
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


_TYPED_BY_NAME = ("slash", "question_mark", "colon", "space", "full_stop", "plus")
"""Keys that type a character and are called by a name."""


def key_name(key: str) -> str:
    """A key as people call it: `f4` is F4, `slash` is /, `ctrl+n` is ctrl+n."""
    head, plus, last = key.rpartition("+")
    if last.startswith("f") and last[1:].isdigit():
        last = last.upper()
    return f"{head}{plus}{_NAMES.get(last, last)}"


def key_while_typing(keys: Sequence[str]) -> str:
    """The first of the keys of an action that no text takes, by its name."""
    return key_name(next((key for key in keys if not is_letter(key)), keys[0]))


def is_letter(key: str) -> bool:
    """Whether a key types a character, and so acts only where no text has the focus."""
    return len(key) == 1 or key in _TYPED_BY_NAME
