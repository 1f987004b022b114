"""What can be done on every screen."""

from __future__ import annotations

from inspect import isawaitable
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Size
from textual.reactive import Reactive
from textual.screen import ModalScreen, Screen

from agent_tui.tui.action import SCOPES, Scope
from agent_tui.tui.actions import is_letter

if TYPE_CHECKING:
    from agent_tui.tui.app import DeskApp
    from agent_tui.tui.messages import ActionPressed


class Everywhere(Screen[None]):
    """A place of the app: help, palette, theme, and the way out."""

    WHOLE: ClassVar[str] = SCOPES["desk"]
    """What the help calls all that works on the screen, whichever part has the focus."""
    REACHED: ClassVar[frozenset[Scope]] = frozenset(
        {"everywhere", "desk", "list", "brief", "timeline", "conversation", "caller"}
    )
    """Where actions work that can be reached without leaving for another place."""

    app: DeskApp

    BLANK: ClassVar[bool] = True
    """Of itself nothing is seen but its ground; `widgets.boxes`."""
    virtual_size = Reactive(Size(0, 0), repaint=False)
    """It never scrolls: when it changes, nothing is to be laid out once more; `widgets.boxes`."""

    def fit(self, size: Size) -> None:
        """Be styled for this size from the first. Textual by itself finds out the classes of a size
        behind the first layout, and then styles, lays out and paints all once more."""
        for breakpoints, cells in (
            (self.HORIZONTAL_BREAKPOINTS, size.width),
            (self.VERTICAL_BREAKPOINTS, size.height),
        ):
            for name in self._get_breakpoint_classes(cells, breakpoints or []):
                self.add_class(name, update=False)

    def on_idle(self) -> None:
        """Textual paints the topmost screen alone: what changes below a window is painted where the
        window leaves room, once there is nothing else to do here."""
        app = self.app
        if app._batch_count or not self._is_below_window:
            return
        if self._layout_required or self._scroll_required:
            self._layout_required = self._scroll_required = False
            self._refresh_layout()
            self._dirty_widgets.clear()
            app.screen.refresh()
        elif self._dirty_widgets:
            self._compositor.update_widgets(self._dirty_widgets)
            self._dirty_widgets.clear()
            regions, self._compositor._dirty_regions = self._compositor._dirty_regions, set()
            app.screen.refresh(*regions)

    @property
    def _is_below_window(self) -> bool:
        """Whether windows lie over this, and nothing else."""
        stack = self.app.screen_stack
        if self not in stack or stack[-1] is self:
            return False
        return all(isinstance(one, ModalScreen) for one in stack[stack.index(self) + 1 :])

    def action_help(self) -> None:
        """Every key that works, those of the panel with the focus first."""
        from agent_tui.tui.screens.help import HelpScreen, acting_now

        self.app.push_screen(HelpScreen(acting_now(self), self.app.keys.problems))

    def acts_here(self, key: str) -> bool:
        """Whether a key acts where the focus is; in a text, a letter is typed."""
        return not is_letter(key) or not getattr(self.focused, "TAKES_LETTERS", False)

    async def on_action_pressed(self, event: ActionPressed) -> None:
        """Do what was pressed with the mouse, if it works right now."""
        act = getattr(self, f"action_{event.action}", None)
        if act is not None and self.check_action(event.action, ()):
            done = act()
            if isawaitable(done):
                await done

    def action_place_recent(self) -> None:
        """What happened lately, with everybody."""
        self.app.places.go("recent")

    def action_place_relationship(self) -> None:
        """What the records say of how people are served."""
        self.app.places.go("relationship")

    def action_reviews(self) -> None:
        """What was said of conversations, to this agent and by them."""
        from agent_tui.tui.screens.reviewing import Reviewing

        Reviewing(self.app).offer()

    def action_quit(self) -> None:
        """Leave the desk."""
        self.app.leave()

    def action_theme(self) -> None:
        """Change between dark and light."""
        self.app.action_theme()

    def action_palette(self) -> None:
        """Choose any action by its name."""
        self.app.action_palette()
