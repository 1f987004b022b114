"""What comes from a terminal, in which a paste is text until its end.

A terminal puts marks around what is pasted ("bracketed paste", XTerm Control Sequences), and most
take the escapes out of it; some, and some that sit between, do not. Textual's parser takes an
escape sequence inside a paste for keys, and the paste's text ends there: the line end behind it
would save a note. Here all between the marks is one `Paste`, and nothing of it is a key.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable

from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.events import Paste
from textual.message import Message

SILENT_S = 0.5
"""After so long a silence what came of a paste is shown, though its end did not come yet."""
_NO_KEY = 3
"""So many characters of a mark are the beginning of nothing that a person types by hand."""
_ESCAPE = "\x1b"


class PasteParser(XTermParser):
    """Textual's parser, which gets to see all but the pastes.

    A paste whose end never comes would take every key there is. What came is shown after a silence,
    and a lone Esc, with a silence behind it, ends the paste.
    """

    def __init__(self, debug: bool = False) -> None:
        self._pasted: list[str] | None = None
        """What came of a paste; nothing outside of one."""
        self._tail = ""
        """The end of what came, where it may be the beginning of a mark: of the next to come."""
        self._is_tail_given_up = False
        """Whether that was taken for keys meanwhile, since nothing followed."""
        self._heard = 0.0
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        """The keys, pastes and reports in what came; what is not whole yet waits for more."""
        if not data:
            yield from super().feed(data)
        while data:
            if self._pasted is None:
                data = yield from self._outside(data)
            else:
                data = yield from self._inside(data)

    def tick(self) -> Iterable[Message]:
        """What is taken for whole since nothing followed."""
        if self._pasted is not None:
            if time.monotonic() - self._heard >= SILENT_S:
                yield from self._silent()
        elif len(self._tail) < _NO_KEY:
            for message in super().tick():
                self._is_tail_given_up = True
                yield message

    def _outside(self, data: str) -> Generator[Message, None, str]:
        """Hand on what is in front of a paste; returns what came of that and behind."""
        early, is_given_up = self._tail, self._is_tail_given_up
        if is_given_up and not data.startswith(BRACKETED_PASTE_START[len(early) :]):
            early = ""
        seen = early + data
        start = seen.find(BRACKETED_PASTE_START)
        self._is_tail_given_up = False
        if start < 0:
            self._tail = _beginning_of(BRACKETED_PASTE_START, seen)
            yield from super().feed(data)
            return ""
        begins = start + len(BRACKETED_PASTE_START) - len(early)
        if not is_given_up:
            # It may wait for the rest of the mark, and gets it with a paste of nothing.
            for message in super().feed(data[:begins] + BRACKETED_PASTE_END):
                if not isinstance(message, Paste):
                    yield message
        self._pasted, self._tail = [], ""
        self._heard = time.monotonic()
        return data[begins:]

    def _inside(self, data: str) -> Generator[Message, None, str]:
        """Take a paste up to its end; returns what is behind it.

        Text that holds the mark of the end means to go on as keys: of several in what came at once,
        the last one counts.
        """
        assert self._pasted is not None
        self._heard = time.monotonic()
        seen = self._tail + data
        end = seen.find(BRACKETED_PASTE_END)
        if end < 0:
            self._pasted.append(data)
            self._tail = _beginning_of(BRACKETED_PASTE_END, seen)
            return ""
        another = seen.find(BRACKETED_PASTE_START, end)
        end = seen.rfind(BRACKETED_PASTE_END, end, another if another >= 0 else len(seen))
        yield _paste(self._text() + seen[:end])
        self._pasted, self._tail = None, ""
        return seen[end + len(BRACKETED_PASTE_END) :]

    def _silent(self) -> Iterable[Message]:
        """Nothing more comes of a paste, it seems."""
        if text := self._text():
            yield _paste(text)
        self._pasted = None if self._tail == _ESCAPE else [self._tail]
        if self._pasted is None:
            self._tail = ""

    def _text(self) -> str:
        """What came of the paste, without what may be the beginning of its end."""
        return "".join(self._pasted or ()).removesuffix(self._tail)


def _paste(text: str) -> Paste:
    return Paste(text.replace("\0", ""))


def _beginning_of(mark: str, text: str) -> str:
    """How far a text has come into a mark that it ends in; empty where it does not."""
    for length in range(min(len(mark) - 1, len(text)), 0, -1):
        if text.endswith(mark[:length]):
            return mark[:length]
    return ""
