"""Why a script opens before the brief was read: one key, and words where the system is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from agent_tui.domain.values.lines import Asked
    from agent_tui.domain.values.receipts import Override

    Chosen = Callable[[Override, str | None], None]

_KEYS: dict[str, Override] = {
    "e": "emergency",
    "h": "in_a_hurry",
    "k": "know_person",
    "s": "system_wrong",
}
_IN_WORDS: Override = "system_wrong"


def ask_why(app: App[int], asked: Asked, chosen: Chosen) -> None:
    """Ask for the reason; Esc gives none, and then nothing is opened. `asked` are its words."""
    from agent_tui.domain.values.receipts import OVERRIDES
    from agent_tui.tui.screens.act_menu import ActMenu
    from agent_tui.tui.screens.deeds import Deed

    def begun_by(code: Override) -> Callable[[], None]:
        if code == _IN_WORDS:
            return lambda: _ask_words(app, asked, chosen)
        return lambda: chosen(code, None)

    deeds = {key: Deed(key, OVERRIDES[code], begun_by(code)) for key, code in _KEYS.items()}

    def pressed(key: str | None) -> None:
        if key is not None:
            deeds[key].begin()

    question = "Open it before the brief was read, because…"
    app.push_screen(ActMenu(question, tuple(deeds.values())), pressed)


def _ask_words(app: App[int], asked: Asked, chosen: Chosen, refused: str = "") -> None:
    from agent_tui.tui.screens.asks import TypeWords

    def typed(words: str | None) -> None:
        if words is not None and words.strip():
            chosen(_IN_WORDS, words)
        elif words is not None:
            _ask_words(app, asked, chosen, "Say in a few words what the system has wrong.")

    hint = "A few words, for whoever mends it."
    question = "What does the system have wrong?"
    app.push_screen(TypeWords(question, hint=hint, refused=refused, asked=asked), typed)
