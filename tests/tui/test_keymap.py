"""Keys reach the desk wherever it is run, and those of one's own are read as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.tui.action import Action
from agent_tui.tui.actions import ACTIONS, BY_ID, is_letter, key_name
from agent_tui.tui.key_names import UnknownKeyError, key_of
from agent_tui.tui.keymap import SWALLOWED, resolve
from agent_tui.tui.terminals import TAKERS, Taker, taken_here

NEEDED_WHILE_TYPING = (
    "note",
    "undo_note",
    "wrap_up",
    "take",
    "attach",
    "new_person",
    "today",
    "reply",
    "back",
    "quit",
)
"""What cannot wait until somebody has left the text: a letter would be typed."""

each_taker = pytest.mark.parametrize(
    "taker", TAKERS, ids=lambda taker: taker.name.partition(":")[0]
)
each_action = pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)


@each_taker
def test_every_action_has_a_key_that_arrives(taker: Taker) -> None:
    arriving = {one.id: set(one.keys) - taker.keys for one in ACTIONS}
    assert [action_id for action_id, keys in arriving.items() if not keys] == []
    for action_id in NEEDED_WHILE_TYPING:
        assert not all(map(is_letter, arriving[action_id])), action_id


@each_taker
def test_what_is_taken_are_keys_by_their_names(taker: Taker) -> None:
    assert [key for key in taker.keys if key_of(key) != key] == []


def test_what_every_terminal_takes_is_no_default_whatever_takes_it() -> None:
    defaults = {key for action in ACTIONS for key in action.keys}
    multiplexers = [one for one in TAKERS if one.name in ("tmux", "screen") or "flow" in one.name]
    assert len(multiplexers) == 3
    for taker in multiplexers:
        assert taker.keys <= set(SWALLOWED)
    assert not defaults & set(SWALLOWED)


@pytest.mark.parametrize(
    ("environment", "taken", "arrives"),
    [
        ({}, set(), {"f1", "f10", "f11"}),
        ({"VTE_VERSION": "7600"}, {"f1", "f10", "f11"}, {"f4", "f9"}),
        ({"TERM_PROGRAM": "Apple_Terminal"}, {"f11", "home", "ctrl+down"}, {"f1", "f10"}),
        ({"TERM_PROGRAM": "other", "VTE_VERSION": ""}, set(), {"f1", "home"}),
        ({"TERM": "linux", "TMUX": "/tmp/s,1,0"}, {"ctrl+b", "shift+up"}, {"f1", "f11"}),
    ],
)
def test_the_terminal_tells_what_it_takes(
    environment: dict[str, str], taken: set[str], arrives: set[str]
) -> None:
    found = taken_here(environment)
    assert taken <= found
    assert not arrives & found


def test_a_key_that_arrives_is_the_one_that_is_shown() -> None:
    vte = taken_here({"VTE_VERSION": "7600"})
    keys = resolve(taken=vte).keys
    assert keys["reply"][0] == "r"
    assert keys["today"][0] == "ctrl+y"
    assert keys["note"] == BY_ID["note"].keys
    assert {one: set(own) for one, own in keys.items()} == {
        one.id: set(one.keys) for one in ACTIONS
    }


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("f4", "f4"),
        ("F4", "f4"),
        ("ctrl+N", "ctrl+n"),
        ("Control+n", "ctrl+n"),
        ("PgUp", "pageup"),
        ("?", "question_mark"),
        ("+", "plus"),
        ("ctrl+]", "ctrl+right_square_bracket"),
        ("shift+s", "S"),
        ("S", "S"),
        ("Esc", "escape"),
        ("ä", "ä"),
        ("ctrl+@", "ctrl+@"),
    ],
)
def test_a_key_is_read_as_people_write_it(written: str, key: str) -> None:
    assert key_of(written) == key


@each_action
def test_a_key_that_is_shown_can_be_written(action: Action) -> None:
    for key in action.keys:
        assert key_of(key) == key
        assert key_of(key_name(key)) in (key, "ctrl+space" if key == "ctrl+@" else key)


@given(st.text(max_size=12))
def test_whatever_is_written_is_a_key_or_none(written: str) -> None:
    nearest: str | None = None
    try:
        key = key_of(written)
    except UnknownKeyError as unknown:
        key, nearest = "", unknown.nearest
    assert key or nearest is None or key_of(nearest) == nearest


@pytest.mark.parametrize(
    ("own", "problem"),
    [
        ({"note": "f99"}, "`note`: there is no key f99: did you mean f9?"),
        ({"note": "ctlr+n"}, "`note`: there is no key ctlr+n: did you mean ctrl+n?"),
        ({"note": "xyzzy"}, "`note`: there is no key xyzzy"),
        ({"note": "ctrl+alt+n"}, "`note`: alt+ctrl+n types a letter on some keyboards"),
    ],
)
def test_a_key_that_there_is_not_is_named(own: dict[str, str], problem: str) -> None:
    assert resolve(own).problems == (problem,)
    assert resolve(own).keys == resolve().keys


def test_two_actions_can_change_their_keys() -> None:
    keymap = resolve({"note": "F6", "wrap_up": "F4"})
    assert keymap.problems == ()
    assert (keymap.keys["note"], keymap.keys["wrap_up"]) == (("f6",), ("f4",))


def test_of_two_that_want_one_key_the_first_has_it() -> None:
    keymap = resolve({"note": "ctrl+e", "wrap_up": "ctrl+e"}, {"note": 3, "wrap_up": 4})
    assert keymap.problems == ("line 4: `wrap_up`: ctrl+e is the key of `note` already",)
    assert keymap.keys["note"] == ("ctrl+e",)


def test_every_mistake_is_named_at_its_line() -> None:
    own = {"note": "f99", "notes": "f2", "help": "z", "find": ""}
    lines = {"note": 2, "notes": 3, "help": 4, "find": 5}
    assert [problem.partition(":")[0] for problem in resolve(own, lines).problems] == [
        "line 2",
        "line 3",
        "line 5",
    ]
