"""The short question about a number in a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from agent_tui.tui.screens.asks import TypeWords

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_tui.domain.values.lines import Asked


def why_no_card(app: App[int], number: str, asked: Asked, said: Callable[[str], None]) -> None:
    """Why is this number no payment card? Without a reason nothing is said."""

    def answered(reason: str | None) -> None:
        if reason is not None:
            said(reason)

    hint = "Enter: from now on this number stays readable; a reason is needed"
    app.push_screen(TypeWords(f"Not a card: {number}. Why?", hint=hint, asked=asked), answered)
