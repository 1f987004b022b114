"""From window to window: views of Recent are chosen, saved, changed, shared, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.values.lines import Asked
from agent_tui.tui.screens.asks import TypeWords
from agent_tui.tui.screens.deeds import Act
from agent_tui.tui.screens.view_windows import ChooseView, ViewDeed

if TYPE_CHECKING:
    from agent_tui.domain.values.recent import SavedView
    from agent_tui.errors import AgentTuiError
    from agent_tui.tui.screens.recent_lead import LeadOfRecent

_SAVE = Asked("", "view")
LISTENED = "listened:me"
"""The filter that finds what stands in one's own listening log."""


class Viewing:
    """Offers the views over Recent, whose filter they are about."""

    def __init__(self, screen: LeadOfRecent) -> None:
        self._screen = screen

    def offer(self) -> None:
        """All views that this agent sees."""
        screen = self._screen
        if screen.asking is None:
            return
        screen.app.typed_ahead.expect()
        screen.asking.look_up("views", lambda desk: desk.viewing.all(), self._choose, self._failed)

    def _choose(self, views: tuple[SavedView, ...]) -> None:
        screen = self._screen
        if screen.app.screen is screen:
            screen.app.push_screen(ChooseView(views, has_log=screen.is_lead), self._chosen)
        else:
            screen.app.typed_ahead.go_on()

    def _chosen(self, deed: ViewDeed | None) -> None:
        if deed is None:
            return
        view = deed.view
        if deed.key == "s":
            self._ask_name()
        elif deed.key == "l":
            self._screen.show_filtered(LISTENED)
        elif view is None:
            return
        elif deed.key == "enter":
            self._screen.show_filtered(view.text)
        elif deed.key == "n":
            self._ask_name(view)
        else:
            self._screen.below.do(self._act(deed.key, view))

    def _act(self, key: str, view: SavedView) -> Act:
        name, text = view.name, self._screen.filter_panel.text.strip()
        if key == "f":
            return Act(
                f"“{name}” is now: {text or 'everything'}",
                lambda desk: desk.viewing.change(view.id, text, version=view.version),
                lambda desk: desk.viewing.change(view.id, view.text),
            )
        if key == "h":
            share = not view.is_shared
            return Act(
                f"“{name}” is {'shared with your team' if share else 'yours alone'}",
                lambda desk: desk.viewing.share(view.id, is_shared=share, version=view.version),
                lambda desk: desk.viewing.share(view.id, is_shared=not share),
            )
        if key == "d":
            now, before = (None, view.id) if view.is_my_default else (view.id, None)
            said = f"Recent begins with “{name}”" if now else "Recent begins with everything"
            return Act(
                said,
                lambda desk: desk.viewing.open_with(now),
                lambda desk: desk.viewing.open_with(before),
            )
        return Act(
            f"removed the view “{name}”",
            lambda desk: desk.viewing.remove(view.id),
            lambda desk: desk.viewing.save(name, view.text, is_shared=view.is_shared),
        )

    def _ask_name(self, view: SavedView | None = None, words: str = "", refused: str = "") -> None:
        text = self._screen.filter_panel.text.strip()

        def typed(name: str | None) -> None:
            if name is None:
                return
            saved: list[SavedView] = []
            if view is None:
                act = Act(
                    f"saved the view “{name.strip()}”",
                    lambda desk: saved.append(desk.viewing.save(name, text)),
                    lambda desk: desk.viewing.remove(saved[0].id),
                    typed=name,
                    again=lambda why: self._ask_name(None, name, why),
                    asked=_SAVE,
                )
            else:
                act = Act(
                    f"“{view.name}” is called “{name.strip()}”",
                    lambda desk: desk.viewing.rename(view.id, name, version=view.version),
                    lambda desk: desk.viewing.rename(view.id, view.name),
                    typed=name,
                    again=lambda why: self._ask_name(view, name, why),
                )
            self._screen.below.do(act)

        question = "Save this filter as" if view is None else f"Another name for “{view.name}”"
        self._screen.app.push_screen(
            TypeWords(
                question,
                value=words or ("" if view is None else view.name),
                hint=(text or "everything") if view is None else view.text,
                refused=refused,
                asked=_SAVE if view is None else None,
            ),
            typed,
        )

    def _failed(self, error: AgentTuiError) -> None:
        self._screen.below.warn("Views", error)
