"""The rows at the upper and lower edge of the screen, and the strip of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.tui.action import Action
from agent_tui.tui.actions import NEEDED
from agent_tui.tui.messages import ActionPressed
from agent_tui.tui.places import PLACES
from agent_tui.tui.widgets.ink import Ink, Line, Span, spans_width
from agent_tui.tui.widgets.lines import PlainBar
from agent_tui.tui.widgets.wording import caller, first_name, hands_you, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from textual.events import Click

    from agent_tui.domain.values.agents import Agent
    from agent_tui.domain.values.hand_overs import HandOver
    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.today import Counts, RecentCustomer
    from agent_tui.tui.widgets.here import Here

_PlaceShown = tuple[tuple[Span, ...], str | None]
"""A place as it stands in the header, and the action that leads there, if that is another one."""

_SIDES = 2
_GAP = "   "
_NAMED_AT_MOST = 10
"""So many calls stand in the strip by name, however wide it is."""
STATE_WORDS = {"ready": "ready", "after_call": "after call", "away": "away"}


class PressedBar(PlainBar):
    """A row that names actions: pressed with the mouse, they are done."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._pressed: list[tuple[range, str]] = []

    def name_actions(self, *named: tuple[tuple[Span, ...], str | None]) -> None:
        """These spans stand one after the other from the left; each part is of an action, or of
        none."""
        self._pressed, at = [], _SIDES // 2
        for spans, action in named:
            cells = range(at, at + spans_width(spans))
            at = cells.stop
            if action is not None:
                self._pressed.append((cells, action))

    def on_click(self, event: Click) -> None:
        """Do what stands under the mouse."""
        for cells, action in self._pressed:
            if event.x in cells:
                self.post_message(ActionPressed(action))


class HeaderBar(PressedBar):
    """Where we are, what waits, who I am, the time."""

    DEFAULT_CSS = "HeaderBar { background: $bar; padding: 0 1; }"

    def show_state(
        self,
        *,
        agent: Agent | None,
        counts: Counts | None,
        here: Here | None,
        cells: int,
        place: str = "desk",
    ) -> None:
        """Show as much of the header as there is room for, whole words only; `place` is where we
        are."""
        room = cells - _SIDES - 1
        shown, places = Line(), list[_PlaceShown]()
        for header in _headers(agent, counts, here, place):
            shown, places = header
            if spans_width((*shown.left, *shown.right)) <= room:
                break
        self.show(shown)
        self.name_actions(*places)


_SHORTENED = (
    *("words", "titles", "surname", "name", "others", "key"),
    *("clock", "due", "wrap_ups", "waiting", "place"),
)
"""What the header does without, one after the other, where there is less room: how I am and what
is late stay to the end. The keys of other places outlast their titles."""


def _headers(
    agent: Agent | None, counts: Counts | None, here: Here | None, place: str
) -> Iterator[tuple[Line, list[_PlaceShown]]]:
    """The header, ever shorter, each with its places."""
    for taken in range(len(_SHORTENED) + 1):
        without = frozenset(_SHORTENED[:taken])
        places = _places(place, without)
        left = [span for spans, _action in places for span in spans]
        right = [] if counts is None else _counted(counts, without)
        if agent is not None:
            right += _state(agent, without)
        if here is not None and "clock" not in without:
            right.append(Span(f"  {ages.clock_time(here.now, here.zone)}", "dim"))
        yield Line(tuple(left), tuple(right)), places


def _places(here: str, without: frozenset[str]) -> list[_PlaceShown]:
    """Where we are, and where else one can go, each with what leads there."""
    shown: list[_PlaceShown] = []
    for place in PLACES:
        is_here = place.name == here
        if ("place" if is_here else "others") in without:
            continue
        gap = "  " if shown else ""
        key = () if "key" in without else (Span(f" {place.key}", "dim"),)
        if is_here:
            shown.append(((Span(f"{gap}{place.title}", "mark"), *key), None))
        elif "titles" in without:
            shown.append(((Span(f"{gap}{place.key}", "dim"),), f"place_{place.name}"))
        else:
            shown.append(((Span(f"{gap}{place.title}"), *key), f"place_{place.name}"))
    return shown


def _state(agent: Agent, without: frozenset[str]) -> list[Span]:
    ink: Ink = "dim" if agent.state == "ready" else "strong"
    state = Span(STATE_WORDS[agent.state], ink)
    if "name" in without:
        return [state]
    name = first_name(agent.name) if "surname" in without else agent.name
    return [Span(f" {name} · ", "dim"), state]


def _counted(counts: Counts, without: frozenset[str]) -> list[Span]:
    short = "words" in without
    late = "late" if short else f"promise{_s(counts.late)} late"
    due = "due" if short else f"promise{_s(counts.due_today)} due today"
    open_ = "to wrap up" if short else "not wrapped up"
    shown: list[tuple[str, int, str, Ink]] = [
        ("waiting", counts.waiting, "waiting", "text"),
        ("late", counts.late, late, "act"),
        ("due", counts.due_today, due, "act"),
        ("wrap_ups", counts.wrap_ups, open_, "text"),
    ]
    return [
        Span(f"{count} {word}  ", ink)
        for name, count, word, ink in shown
        if count and name not in without
    ]


def _s(count: int) -> str:
    return "" if count == 1 else "s"


class FooterBar(PressedBar):
    """The keys of the actions that work right now."""

    DEFAULT_CSS = "FooterBar { background: $bar; padding: 0 1; }"

    def show_actions(self, offers: Sequence[tuple[Action, str]], cells: int) -> None:
        """Show these actions, each with the name of a key; where there is less room, the least
        needed are left out."""
        shown = {action.id: _offer(action, key) for action, key in offers}
        room = cells - _SIDES + len(_GAP)
        for action_id in reversed(NEEDED):
            if sum(map(spans_width, shown.values())) > room:
                shown.pop(action_id, None)
        self.show(Line(tuple(span for spans in shown.values() for span in spans)[:-1]))
        self.name_actions(*((spans, action_id) for action_id, spans in shown.items()))


def _offer(action: Action, key: str) -> tuple[Span, ...]:
    return Span(key, "mark"), Span(f" {action.footer}", "dim"), Span(_GAP)


class CallStrip(PressedBar):
    """Calls that are not the one on the screen: as many as there is room for, and how to open the
    first of them."""

    DEFAULT_CSS = "CallStrip { display: none; padding: 0 1; }"

    def show_calls(
        self,
        calls: Sequence[Interaction],
        callers: Mapping[int, tuple[RecentCustomer, ...]],
        *,
        with_colleagues: int,
        in_today: int = 0,
        handed: int = 0,
        here: Here,
        keys: tuple[str, str],
        leads_on: bool = False,
        cells: int,
    ) -> None:
        """Show the calls in the order in which the first of `keys` opens them, the first one with
        what is known of it; how many more there are, and how many wait that only Today lists; how
        many are `handed` to this agent, whose turn comes behind the first; and how many go on with
        colleagues, to whom the second of `keys` leads. `leads_on` is whether another caller is open
        already."""
        self.display = bool(calls or with_colleagues)
        if not self.display:
            return
        theirs = f"{with_colleagues} with colleagues" if with_colleagues else ""
        offered = f"{handed} handed to you" if handed else ""
        word = " next" if leads_on else " opens"
        opens: tuple[Span, ...] = (Span(keys[0], "mark"), Span(word, "dim"))
        self.name_actions(((Span(" " * cells),), "take" if calls else None))
        if not calls:
            self.show(
                Line((Span(theirs, "dim"),), (Span(keys[1], "mark"), Span(" opens one", "dim")))
            )
            return
        left = [*_named(calls[0], here), Span(_known_of(calls[0], callers), "dim")]
        others = [(Span(_GAP), *_named(call, here)) for call in calls[1:_NAMED_AT_MOST]]
        right = opens
        for shown in range(len(others), -1, -1):
            left_out = len(calls) - 1 - shown
            beside = [one for one in (_left_out(left_out, in_today), offered, theirs) if one]
            right = (*(Span(f"{words}{_GAP}", "dim") for words in beside), *opens)
            named = [span for spans in others[:shown] for span in spans]
            if spans_width((*left, *named, *right)) + _SIDES + len(_GAP) <= cells:
                left += named
                break
        self.show(Line(tuple(left), right))

    def show_hand_over(self, handed: HandOver, calls: int, key: str) -> None:
        """Show a conversation that a colleague hands over, how many calls there are beside it, and
        the key that leads to what there is to read of it."""
        self.display = True
        more = f"and {calls} more{_GAP}" if calls else ""
        right = (Span(more, "dim"), Span(key, "mark"), Span(" reads it", "dim"))
        self.show(Line((Span(hands_you(handed), "act"),), right))
        self.name_actions(((Span(" " * self.size.width),), "take"))


def _left_out(calls: int, in_today: int) -> str:
    """How many more calls there are, and how many wait elsewhere."""
    if not in_today:
        return f"and {calls} more" if calls else ""
    return f"and {calls} more, {in_today} in Today" if calls else f"{in_today} more in Today"


def _named(call: Interaction, here: Here) -> list[Span]:
    """What goes on, for how long where somebody is on hold, and who it is."""
    state = state_of(call)
    ink: Ink = "act" if call.state in ("ringing", "on_hold") else "dim"
    if call.state == "on_hold" and call.held_at is not None:
        state += f" {ages.offset(int((here.now - call.held_at).total_seconds()))}"
    return [Span(f"{state}  ", ink), Span(caller(call), "strong")]


def _known_of(call: Interaction, callers: Mapping[int, tuple[RecentCustomer, ...]]) -> str:
    """Why somebody is on hold, where that was said; the number, and who may be behind it."""
    if call.state == "on_hold" and call.hold_reason:
        return f"  {call.hold_reason}"
    number = f"  {call.peer}" if call.peer and call.peer != caller(call) else ""
    return f"{number}  {_whose(call, callers)}"


def _whose(call: Interaction, callers: Mapping[int, tuple[RecentCustomer, ...]]) -> str:
    if call.customer_id is not None:
        return call.channel
    known = callers.get(call.id, ())
    if known:
        return f"{len(known)} people share this number"
    return f"{call.channel}, nobody known"
