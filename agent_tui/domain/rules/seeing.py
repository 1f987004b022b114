"""When a line of the brief was seen: in view, before a focused terminal, long enough to read.

A screen says what is in view from a moment on (`Reading.look`), and again whenever that changes or
time has passed. The eyes are in one place: time goes to the lines in view one after another, from
the top, each as much as it takes to read (`reading_ms`), so that five lines that appear together
are not all seen at once; lines that the agent knows already come last. A line that leaves the view,
or a terminal that loses the focus, ends the line's stay, and a stay shorter than `FLOOR_MS` counts
for nothing: what runs through the view while a page key is held down adds up to nothing, however
often it comes by. A terminal that does not tell whether it has the focus counts as focused, and the
reading says so. What was opened, used or corrected was seen, whatever the time.

The speed is that of silent reading, 238 words a minute, and half as fast again for a few words in a
known place: beyond the 175 to 300 words at which most adults read, so that nobody who read a line
is held up (M. Brysbaert, How many words do we read per minute? A review and meta-analysis of
reading rate, Journal of Memory and Language 109, 2019; English non-fiction). A character as wide as
two cells counts as a word, since scripts of such characters put no spaces between words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal
from unicodedata import east_asian_width

from agent_tui.domain.values.receipts import Focus, LineSeen, SeenHow

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import BriefLine

WORDS_A_MINUTE = 238
GLANCING = 1.5
"""How many times as fast as that a line of the brief is read."""
FLOOR_MS = 500
"""The shortest stay in view that counts, in milliseconds, however short the line."""

Deed = Literal["opened", "used", "corrected"]
_STRENGTH: Mapping[Deed | None, int] = {None: 0, "opened": 1, "used": 2, "corrected": 3}


def reading_ms(line: BriefLine) -> int:
    """How long a line takes to be read at least, in milliseconds."""
    words = _words(f"{line.label} {line.text}")
    return max(FLOOR_MS, round(words * 60_000 / (WORDS_A_MINUTE * GLANCING)))


def _words(text: str) -> int:
    wide = [letter for letter in text if east_asian_width(letter) in "WF"]
    for letter in set(wide):
        text = text.replace(letter, " ")
    return len(text.split()) + len(wide)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it was looked at, in milliseconds: `needs` to be read, `read` and `stood` in stays
    that counted and are over, `reads` and `stands` in the stay that goes on."""

    needs: int
    read: int = 0
    stood: int = 0
    reads: int = 0
    stands: int = 0
    deed: Deed | None = None

    @property
    def lacks(self) -> int:
        """How much reading it still wants."""
        return 0 if self.deed else max(0, self.needs - self.read - self.reads)

    def stay_over(self) -> _Line:
        """The line out of view: what was too short to count is forgotten."""
        if self.stands < FLOOR_MS:
            return replace(self, reads=0, stands=0)
        return replace(
            self, read=self.read + self.reads, stood=self.stood + self.stands, reads=0, stands=0
        )

    @property
    def is_seen(self) -> bool:
        """Whether it was seen by now."""
        now = self.stay_over()
        return now.deed is not None or now.read >= now.needs

    def seen(self, key: str) -> LineSeen:
        """How it was seen by now, and for how long it stood in view."""
        now = self.stay_over()
        how: SeenHow | None = now.deed or ("viewed" if now.read >= now.needs else None)
        return LineSeen(key, how, now.stood)


@dataclass(frozen=True, slots=True)
class Reading:
    """One agent's reading of one brief so far.

    Moments are milliseconds of a clock that only runs forward; one set back stands still until it
    is where it was. A line whose key changes is another line.
    """

    at_ms: int | None = None
    in_view: tuple[str, ...] = ()
    is_unknown: bool = False
    lines: Mapping[str, _Line] = field(default_factory=dict)

    def look(self, at_ms: int, lines: Sequence[BriefLine], focused: bool | None) -> Reading:
        """These lines, from top to bottom, are in view from now on.

        `focused` is whether the terminal has the focus, None where it does not tell.
        """
        known = self._until(at_ms)
        unread_first = sorted(lines, key=lambda line: line.seen)
        view = () if focused is False else tuple(dict.fromkeys(line.key for line in unread_first))
        for key in set(self.in_view).difference(view):
            known[key] = known[key].stay_over()
        for line in lines:
            known.setdefault(line.key, _Line(reading_ms(line)))
        return Reading(
            at_ms=max(at_ms, self.at_ms or at_ms),
            in_view=view,
            is_unknown=self.is_unknown or focused is None,
            lines=known,
        )

    def act(self, line: BriefLine, deed: Deed) -> Reading:
        """A line was opened, used or corrected. The strongest of these is kept."""
        known = self.lines.get(line.key, _Line(reading_ms(line)))
        if _STRENGTH[deed] > _STRENGTH[known.deed]:
            known = replace(known, deed=deed)
        return replace(self, lines={**self.lines, line.key: known})

    def seen(self) -> tuple[LineSeen, ...]:
        """Every line that was looked at, and how it was seen as of the last look."""
        return tuple(line.seen(key) for key, line in self.lines.items())

    @property
    def next_ms(self) -> int | None:
        """How long after the last look the next line in view will have been seen, should nothing
        change until then; None where nothing in view is left to be seen."""
        for key in self.in_view:
            line = self.lines[key]
            if not line.is_seen:
                return max(1, line.lacks, FLOOR_MS - line.stands)
        return None

    @property
    def focus(self) -> Focus:
        """Whether the terminal told that it had the focus, as the receipt says it."""
        return "unknown" if self.is_unknown else "focused"

    def _until(self, at_ms: int) -> dict[str, _Line]:
        """The lines with the time since the last look given to those that were in view."""
        known = dict(self.lines)
        passed = max(0, at_ms - self.at_ms) if self.at_ms is not None else 0
        left = passed
        for key in self.in_view:
            line = known[key]
            given = min(left, line.lacks)
            left -= given
            known[key] = replace(line, reads=line.reads + given, stands=line.stands + passed)
        return known
