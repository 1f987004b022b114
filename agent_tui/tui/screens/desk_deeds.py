"""What can be done with the current row: offered in a menu, written, and taken back again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agent_tui.tui.screens.connected import ConnectedDesk
from agent_tui.tui.screens.deeds import UNDO_KEY, Act, Deed, Registry
from agent_tui.tui.widgets.lines import ListLines
from agent_tui.tui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.tui import messages

DONE_SECONDS = 8
_OFFER_IS_OVER = (
    "hand_over.accepted",
    "hand_over.lapsed",
    "hand_over.taken_back",
    "promise.accepted",
    "promise.broken",
    "promise.kept",
    "promise.renegotiated",
    "promise.taken_back",
    "promise.withdrawn",
)
"""What ends an offer for good; one that was declined can still be put away."""
_WORDS = ("text", "title", "name", "peer", "what", "value", "kind")
"""Where a record has words of its own, the fullest first."""


class DeedsOfDesk(ConnectedDesk):
    """Carries between the current row and what can be done with it.

    Parts of the desk add to `deeds`, by kind of row: those of `widgets.rows`, and `message` and
    `note` for the chosen entry of a conversation.
    """

    def __init__(self) -> None:
        super().__init__()
        self.deeds = Registry()
        self.last_act: Act | None = None
        """What was done last and can be undone."""
        self._undo_said = ""
        """How that was said, with the key that undoes it."""

    @property
    def current(self) -> tuple[str, Any] | None:
        """The kind and the record of the row that keys are about; None where they are about none.

        While a text is typed it is the chosen entry of the conversation; while the find box rests,
        the chosen row of Today.
        """
        focused = self.focused
        if isinstance(focused, ListLines) and focused.id != "results":
            return _of_row(focused.key)
        if self.someone:
            entry = self.conversation.pane.current
            return None if entry is None else (entry.kind, entry)
        return None if self.finder.is_answered else _of_row(self.today_pane.key)

    def is_offered(self, action_id: str) -> bool:
        """Whether an action stands in the footer."""
        if action_id == "act":
            current = self.current
            return self.last_act is not None or (current is not None and current[0] in self.deeds)
        return super().is_offered(action_id)

    def action_act(self) -> None:
        """Offer what can be done with the current row."""
        current = self.current
        offered: list[Deed] = [] if current is None else list(self.deeds.of(*current))
        offered += self.undo_deeds()
        if not offered:
            self.app.notify("There is nothing to be done with this line.", markup=False)
            return
        if current is None:
            self.offer("Undo", offered)
        else:
            from agent_tui.tui.widgets.abouts import about

            self.offer(_title(current[1]), offered, about(current[1], self.here))

    def show_calls(self) -> None:
        """What was done with a call can be over with it: then there is nothing to take back."""
        done = self.last_act
        if done is not None and done.stands is not None and not done.stands():
            self._forget_done()
        super().show_calls()

    def on_changes_heard(self, event: messages.ChangesHeard) -> None:
        """What was offered may be answered, or be over: then there is nothing to take back."""
        done = self.last_act
        if done is None or done.offered is None:
            return
        offered = done.offered()
        if any(one.subject == offered and one.kind in _OFFER_IS_OVER for one in event.changes):
            self._forget_done()
            self.show_edges()

    def _forget_done(self) -> None:
        self.last_act = None
        self.app.unsay(self._undo_said)

    def undo_deeds(self) -> Sequence[Deed]:
        """To take back what was done last, where that can be."""
        undone = self.last_act
        if undone is None:
            return ()
        return (Deed(UNDO_KEY, f"undo: {undone.said}", self.undo_last),)

    def offer(self, title: str, deeds: Sequence[Deed], known: Sequence[str] = ()) -> None:
        """Let the agent choose one of a few deeds, with what is `known` above them."""
        from agent_tui.tui.screens.act_menu import ActMenu

        by_key = {deed.key: deed for deed in deeds}

        def chosen(key: str | None) -> None:
            if key is not None:
                by_key[key].begin()

        self.app.push_screen(ActMenu(title, deeds, known), chosen)

    def do(self, act: Act) -> None:
        """Write it; the answer says that it is done, or why not."""
        if self.writing is not None:
            if act.asks:
                self.app.typed_ahead.expect()
            self.writing.act(act, self.lines.begin(act.asked))

    def undo_last(self) -> None:
        """Take back what was done last."""
        undone, self.last_act = self.last_act, None
        self.app.unsay(self._undo_said)
        if undone is None or undone.undo is None:
            return

        def go_on() -> None:
            self.ask_today()
            if undone.undone is not None:
                undone.undone()

        self.do(Act(f"undone: {undone.said}", undone.undo, then=go_on))

    def on_act_done(self, event: messages.ActDone) -> None:
        """Say what was done, and how to undo it."""
        act, said = event.act, event.act.said
        self.lines.done(act.asked)
        if act.undo is not None:
            self.last_act = act
            self.app.unsay(self._undo_said)
            self._undo_said = said = f"{said} · undo: {self.key_for('act')} {UNDO_KEY}"
        self.app.notify(said, timeout=DONE_SECONDS, markup=False)
        if act.then is not None:
            act.then()
        self.show_edges()

    def on_act_refused(self, event: messages.ActRefused) -> None:
        """Say why not; what was typed is asked for again, as it was typed."""
        self.lines.not_done(event.act.asked)
        if event.act.again is None:
            self.warn("Not done", event.error)
        else:
            event.act.again(event.error.message)


def _of_row(key: object) -> tuple[str, Any] | None:
    return (key.kind, key.record) if isinstance(key, Row) and key.record is not None else None


def _title(record: Any) -> str:
    """What a menu is about: whom or which complaint, or else the words of the record itself."""
    whom = [getattr(record, name, None) for name in ("called", "customer")]
    named = " · ".join(str(name) for name in whom if name)
    words = (getattr(record, name, None) for name in _WORDS)
    return named or next((str(one) for one in words if one), "What can be done")
