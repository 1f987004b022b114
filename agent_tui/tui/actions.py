"""Everything that a user can do, once. Keys, footer, palette, help and the key page come from here.

Default keys keep clear of what terminals, tmux, screen and flow control take for themselves:
ctrl+a/b/c/h/i/j/m/q/s/z/[, alt with letters, shift or ctrl with Enter and Tab. A plain letter
acts only where no text has the focus; every action has a key that works everywhere, too.
"""

from __future__ import annotations

from collections.abc import Sequence

from agent_tui.tui.action import Action
from agent_tui.tui.actions_said import SAID

ACTIONS: tuple[Action, ...] = (
    Action(
        "find",
        ("slash", "ctrl+f"),
        "Find somebody",
        "Go to the find box. Type how a name, company or city begins, or part of a number or an "
        "e-mail.",
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
        goes_on="next caller",
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
        scope="everywhere",
    ),
    Action(
        "back",
        ("escape", "ctrl+g"),
        "Back",
        "From the note to where you were; in the find box clear the text, then leave it.",
        scope="everywhere",
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
        scope="everywhere",
    ),
    Action(
        "frictions",
        ("ctrl+home", "R"),
        "What is in our way",
        "For leads: what stood in the way of the team, by rule, with the newest words.",
    ),
    Action(
        "palette",
        ("colon", "ctrl+p"),
        "All actions",
        "Choose any action by its name.",
        scope="everywhere",
    ),
    Action(
        "theme",
        ("ctrl+circumflex_accent", "T"),
        "Theme: light or dark",
        "Change between the dark and the light theme.",
        scope="everywhere",
    ),
    Action(
        "quit",
        ("ctrl+d", "ctrl+backslash"),
        "Quit",
        "Leave the desk. What was typed is kept.",
        scope="everywhere",
    ),
    Action(
        "place_recent",
        ("f2", "L"),
        "Recent",
        "What happened lately, with everybody: a list to read, and a filter; the desk stays as it "
        "is, and F1 leads back.",
        scope="everywhere",
    ),
    Action(
        "place_relationship",
        ("f3", "M"),
        "Relationship",
        "What the records say of how people are served: counts over time, each opening into what "
        "is behind it. ? explains the line under the cursor.",
        scope="everywhere",
    ),
    Action(
        "place_desk",
        ("f1", "ctrl+y"),
        "The desk",
        "Back to the desk, as it was left.",
        scope="away",
        footer="desk",
    ),
    Action(
        "filter",
        ("slash", "ctrl+f"),
        "Filter",
        "Type what is looked for: `agent:mira met:no after:mon`, or words that were said. Tab "
        "takes what is offered, the arrows bring back earlier filters, Esc goes to the list, again "
        "shows everything.",
        scope="recent",
        footer="filter",
    ),
    Action(
        "add_term",
        ("plus", "a", "insert"),
        "Add a term",
        "Choose what to filter by, and then its value, from lists.",
        scope="recent",
        footer="add a term",
    ),
    Action(
        "terms",
        ("ctrl+t", "x"),
        "The terms",
        "Go to the terms of the filter: arrows choose one, Space takes it away.",
        scope="recent",
    ),
    Action(
        "open_at_desk",
        ("d", "ctrl+o"),
        "Open at the desk",
        "Open the customer of this conversation at the desk.",
        scope="recent",
        footer="customer",
    ),
    *SAID,
    Action(
        "next_interaction",
        ("n", "right"),
        "Next conversation",
        "The one after this in the list: the next older one.",
        scope="reading",
    ),
    Action(
        "interaction_before",
        ("p", "left"),
        "Conversation before",
        "The one before this in the list: the next newer one.",
        scope="reading",
    ),
    Action(
        "search_reading",
        ("f11", "s", "ctrl+up"),
        "Search in it",
        "Find words in what was said and noted in this conversation; Enter goes there.",
        scope="reading",
    ),
    Action("page_up", ("pageup", "K"), "Page up", "A page up.", scope="reading"),
    Action("page_down", ("pagedown", "J"), "Page down", "A page down.", scope="reading"),
    Action(
        "whose",
        ("p", "f4"),
        "Whose figures",
        "Choose whose figures are shown: mine, a team's, an agent's, everybody's, a customer's.",
        scope="relationship",
        footer="whose",
    ),
    Action(
        "period",
        ("s", "f5"),
        "How far back",
        "Choose how far back is looked, and whether by weeks or by months.",
        scope="relationship",
        footer="how far",
    ),
    Action(
        "read_again",
        ("r", "f6"),
        "Read again",
        "Count everything anew, as of now.",
        scope="relationship",
        footer="read again",
    ),
    Action(
        "person_at_desk",
        ("d", "ctrl+o"),
        "Customer at the desk",
        "Open the customer of the line under the cursor at the desk.",
        scope="relationship",
        footer="at the desk",
    ),
    Action(
        "next_point",
        ("l", "right"),
        "Point after",
        "The next newer week or month.",
        scope="measure",
    ),
    Action(
        "point_before",
        ("h", "left"),
        "Point before",
        "The next older week or month.",
        scope="measure",
    ),
    Action("newest_point", ("G", "end"), "Newest point", "To the newest one.", scope="measure"),
    Action("first_point", ("g", "home"), "Oldest point", "To the oldest one.", scope="measure"),
    Action(
        "whole_stretch",
        ("a", "f7"),
        "Behind all points",
        "What is behind the chosen part in all points together.",
        scope="measure",
    ),
    Action(
        "as_table",
        ("t", "ctrl+t"),
        "As a table",
        "Show the points as a table instead of a line, and back.",
        scope="measure",
    ),
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
    "filter",
    "place_desk",
    "open_at_desk",
    "write_review",
    "sample",
    "add_term",
    "views",
    "whose",
    "period",
    "person_at_desk",
    "read_again",
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
