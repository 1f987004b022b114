"""What a database must hold after the program was killed while somebody typed and saved notes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

ALLOWED_LOSS_MS = 250.0


@dataclass
class Session:
    """What was typed until the kill. Moments are those of the monotonic clock, in seconds.

    `entered` are the texts that Enter was pressed for, `acknowledged` those of them of which the
    screen said that they are saved; `keys` are those of the text after the last acknowledged one,
    each with its moment, Enter left out.
    """

    entered: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    keys: list[tuple[float, str]] = field(default_factory=list)
    killed_at: float = 0.0

    def key(self, at: float, letter: str) -> None:
        """A letter of the present text was typed."""
        self.keys.append((at, letter))

    def enter(self) -> None:
        """Enter was typed."""
        self.entered.append(self.text)

    def acknowledge(self) -> None:
        """The screen said that the text is saved."""
        self.acknowledged.append(self.text)
        self.keys.clear()

    @property
    def text(self) -> str:
        """The present text."""
        return "".join(letter for _at, letter in self.keys)


@dataclass(frozen=True)
class Verdict:
    """What was found: how old the oldest lost key was when the program ended, in milliseconds,
    and every breach of what was promised."""

    lost_ms: float
    problems: tuple[str, ...]


def note_of(name: str) -> str:
    """A note that makes two records, and that nobody else writes."""
    return f"{name} !call {name} fri 10am =likes {name}"


def judge(path: Path, session: Session) -> Verdict:
    """Hold the database against the session."""
    with closing(sqlite3.connect(path)) as connection:
        problems = []
        [(integrity,)] = connection.execute("PRAGMA integrity_check").fetchall()
        if integrity != "ok":
            problems.append(f"integrity: {integrity}")
        for text in session.acknowledged:
            problems += _missing(connection, text)
        drafts = [row[0] for row in connection.execute("SELECT text FROM drafts")]
        lost_ms = _lost(connection, session, drafts, problems)
    return Verdict(lost_ms, tuple(problems))


def _missing(connection: sqlite3.Connection, text: str) -> list[str]:
    """What is wrong with a note that must be there once, with its two records."""
    found = connection.execute("SELECT id FROM notes WHERE text = ?", (text,)).fetchall()
    if len(found) != 1:
        return [f"{len(found)} notes, not one: {text}"]
    counts = [
        connection.execute(f"SELECT count(*) FROM {table} WHERE note_id = ?", found[0]).fetchone()
        for table in ("promises", "facts")
    ]
    return [] if counts == [(1,), (1,)] else [f"records {counts}: {text}"]


def _lost(
    connection: sqlite3.Connection, session: Session, drafts: list[str], problems: list[str]
) -> float:
    """How long before the kill the first key was typed that is nowhere; 0 where none is lost."""
    text = session.text
    saved = connection.execute("SELECT count(*) FROM notes WHERE text = ?", (text,)).fetchone()[0]
    if text and saved:
        problems += _missing(connection, text)
        problems += [f"saved and a draft as well: {draft}" for draft in drafts]
        return 0.0
    if len(drafts) > 1:
        problems.append(f"{len(drafts)} drafts of one text")
    kept = drafts[0] if drafts else ""
    # White space at the very end is not kept.
    if not text.startswith(kept):
        problems.append(f"the draft is another text: {kept!r} of {text!r}")
        return 0.0
    lost = [at for at, letter in session.keys[len(kept) :] if letter.strip()]
    lost_ms = 1000 * (session.killed_at - lost[0]) if lost else 0.0
    if lost_ms > ALLOWED_LOSS_MS:
        problems.append(f"{lost_ms:.0f} ms of typing lost: {kept!r} of {text!r}")
    return lost_ms
