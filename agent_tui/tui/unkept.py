"""Texts that were to be written and are not known to be on disk."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from agent_tui.domain.values.kinds import DraftKind


class Typed(NamedTuple):
    """A text as it was when it was to be written.

    `about` is the shown id of the customer or interaction that it is written on, `corrects_id`
    the note that it is to replace.
    """

    about: str
    text: str
    kind: DraftKind = "note"
    corrects_id: int | None = None


class Unkept:
    """By the id that each will be saved under, the newest text that was asked to be written.

    The screen says what it asks for, the writing thread what is done, so that whatever happens to
    their messages it is known at the very end what no database has.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._texts: dict[int, Typed] = {}
        self._since: dict[int, float] = {}

    def ask(self, text_id: int, typed: Typed) -> None:
        """This is to be written now, and nothing older under this id."""
        with self._lock:
            self._texts[text_id] = typed
            self._since.setdefault(text_id, time.monotonic())

    def newest(self, text_id: int) -> Typed | None:
        """What is to be written under this id; None where the newest is on disk."""
        with self._lock:
            return self._texts.get(text_id)

    def done(self, text_id: int, typed: Typed) -> None:
        """This is on disk."""
        with self._lock:
            if self._texts.get(text_id) == typed:
                del self._texts[text_id], self._since[text_id]
            elif text_id in self._texts:
                self._since[text_id] = time.monotonic()

    def waits(self, text_id: int) -> float:
        """For how many seconds nothing was heard of what was asked under this id; 0 where all
        is on disk."""
        with self._lock:
            since = self._since.get(text_id)
        return 0.0 if since is None else time.monotonic() - since

    @property
    def texts(self) -> tuple[str, ...]:
        """What would be lost if the program ended now, oldest first."""
        with self._lock:
            return tuple(one.text for one in self._texts.values() if one.text.strip())
