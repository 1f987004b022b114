"""The action table is whole, its keys arrive, and everything that acts derives from it."""

from __future__ import annotations

from itertools import combinations

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from agent_tui.tui.action import SCOPES, Action
from agent_tui.tui.actions import ACTIONS, BY_ID, is_letter, key_name
from agent_tui.tui.bindings import UNBOUND
from agent_tui.tui.keymap import SWALLOWED, resolve
from agent_tui.tui.screens.away import AwayFromDesk
from agent_tui.tui.screens.desk import DeskScreen
from agent_tui.tui.screens.recent import RecentScreen
from agent_tui.tui.screens.relationship import RelationshipScreen
from agent_tui.tui.widgets.brief_pane import BriefPane
from agent_tui.tui.widgets.conversation import ConversationPane
from agent_tui.tui.widgets.lines import ListLines
from agent_tui.tui.widgets.measure_panel import PartsList
from agent_tui.tui.widgets.reading_pane import ReadingPane
from agent_tui.tui.widgets.timeline import TimelinePane

FOOTER_CELLS = 12
ELSEWHERE = ("desk", "recent", "reading", "brief", "timeline", "conversation")
APART = (
    {"desk", "away"},
    {"desk", "recent"},
    {"desk", "reading"},
    {"brief", "recent"},
    {"brief", "reading"},
    {"brief", "away"},
    {"timeline", "reading"},
    {"conversation", "reading"},
    *({one, other} for one in ("relationship", "measure") for other in ELSEWHERE),
    {"list", "conversation"},
    {"brief", "conversation"},
    {"timeline", "conversation"},
    {"brief", "timeline"},
)
"""Scopes that are never in force together."""

PARTS: dict[type[DOMNode], tuple[str, ...]] = {
    DeskScreen: ("everywhere", "desk", "caller"),
    AwayFromDesk: ("everywhere", "away"),
    RecentScreen: ("recent",),
    ReadingPane: ("reading",),
    RelationshipScreen: ("relationship",),
    PartsList: ("measure",),
    ListLines: ("list",),
    BriefPane: ("brief",),
    TimelinePane: ("timeline",),
    ConversationPane: ("conversation",),
}
"""The parts of the screen that bind keys to actions, and the scopes that are theirs."""
PLACES = (DeskScreen, AwayFromDesk, RecentScreen, RelationshipScreen)


def of(*scopes: str) -> list[Action]:
    """The actions of some scopes."""
    return [action for action in ACTIONS if action.scope in scopes]


def bindings(part: type[DOMNode]) -> list[Binding]:
    """What a class itself binds, by the ids under which the keys can be remapped."""
    found = vars(part).get("BINDINGS", [])
    assert all(isinstance(binding, Binding) for binding in found)
    return list(found)


def keys_bound(part: type[DOMNode]) -> dict[str | None, set[str]]:
    """The keys of each action that a part binds; None for those that cannot be remapped.

    Keys that type a letter have an id of their own, since the others may go before the focus.
    """
    found: dict[str | None, set[str]] = {}
    for binding in bindings(part):
        action_id = None if binding.id is None else binding.id.removesuffix(".letter")
        keys = {key.strip() for key in binding.key.split(",")} - {UNBOUND}
        found.setdefault(action_id, set()).update(keys)
    return found


each_action = pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)


@each_action
def test_every_action_has_a_title_help_a_default_key_and_an_alternative(action: Action) -> None:
    assert action.id.isidentifier()
    assert action.title[0].isupper()
    assert not action.title.endswith(".")
    assert action.help.endswith((".", "?"))
    assert len(set(action.keys)) == len(action.keys) >= 2
    assert action.scope in SCOPES


def test_ids_and_titles_are_unique() -> None:
    assert len(BY_ID) == len(ACTIONS)
    assert len({action.title for action in ACTIONS}) == len(ACTIONS)


@each_action
def test_every_default_key_arrives_in_every_terminal(action: Action) -> None:
    for key in action.keys:
        assert key not in SWALLOWED
        assert not key.startswith("alt+")
        assert not ("+" in key and key.endswith(("enter", "tab")))
        assert key_name(key)


@each_action
def test_every_action_has_a_key_that_is_no_letter(action: Action) -> None:
    assert any(not is_letter(key) for key in action.keys)


@each_action
def test_a_footer_is_a_word_or_two(action: Action) -> None:
    if action.footer is not None:
        assert 0 < len(action.footer) <= FOOTER_CELLS
        assert action.footer == action.footer.lower()


def test_actions_that_can_meet_share_no_key() -> None:
    shared = [
        (first.id, second.id)
        for first, second in combinations(ACTIONS, 2)
        if {first.scope, second.scope} not in APART and set(first.keys) & set(second.keys)
    ]
    assert shared == []


@pytest.mark.parametrize("part", PARTS)
def test_a_part_binds_all_actions_of_its_scopes_and_nothing_that_is_not_in_the_table(
    part: type[DOMNode],
) -> None:
    bound = keys_bound(part)
    assert {action.id for action in of(*PARTS[part])} <= set(bound) <= set(BY_ID)
    assert bound == {one: set(BY_ID[one].keys) for one in BY_ID if one in bound}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_can_do_what_it_binds(part: type[DOMNode]) -> None:
    names = {binding.action.partition("(")[0] for binding in bindings(part)}
    names |= {action.id for action in of(*PARTS[part])}
    assert {name for name in names if not callable(getattr(part, f"action_{name}", None))} == set()


def test_every_scope_is_that_of_some_part() -> None:
    assert {action.scope for action in ACTIONS} <= {one for own in PARTS.values() for one in own}


@pytest.mark.parametrize("part", PARTS)
def test_only_a_place_goes_before_the_box_that_has_the_focus(part: type[DOMNode]) -> None:
    before = {binding.key for binding in bindings(part) if binding.priority}
    letters = {key for keys in before for key in keys.split(",") if is_letter(key)}
    assert not letters
    assert bool(before) == (part in PLACES)


@pytest.mark.parametrize(
    ("own", "problem"),
    [
        ({"notes": "f7"}, "there is no action `notes`: did you mean `note`?"),
        ({"xyzzy": "f7"}, "there is no action `xyzzy`"),
        ({"note": "f6"}, "`note`: f6 is the key of `wrap_up` already"),
        ({"down": "f4"}, "`down`: f4 is the key of `note` already"),
        ({"note": "ctrl+s"}, "`note`: ctrl+s stops the terminal's output"),
        ({"note": "alt+n"}, "`note`: alt+n types a letter on some keyboards"),
        ({"note": ""}, "`note` would have no key"),
        ({"note": " , "}, "`note` would have no key"),
    ],
)
def test_a_remap_that_cannot_be_honoured_is_named_and_left_out(
    own: dict[str, str], problem: str
) -> None:
    keymap = resolve(own)
    assert keymap.problems == (problem,)
    assert keymap.keys == resolve().keys


def test_a_remap_that_can_be_honoured_takes_the_place_of_the_default_keys() -> None:
    keymap = resolve({"note": "ctrl+e, z", "down": "y"})
    assert keymap.problems == ()
    assert keymap.keys["note"] == ("ctrl+e", "z")
    assert keymap.keys["down"] == ("y",), "a list and the conversation never meet"
    changed = {one for one, keys in keymap.keys.items() if keys != resolve().keys[one]}
    assert changed == {"note", "down"}


def test_without_own_keys_the_table_holds() -> None:
    assert resolve().keys == {action.id: action.keys for action in ACTIONS}


def test_one_bad_line_does_not_cost_the_others() -> None:
    keymap = resolve({"note": "f6", "help": "z", "nothing": "y"})
    assert keymap.keys["help"] == ("z",)
    assert keymap.keys["note"] == BY_ID["note"].keys
    assert len(keymap.problems) == 2
