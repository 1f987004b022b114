"""Take whole files of people: each row once, in batches that keep nobody waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from agent_tui.domain.values.kinds import ChannelName
from agent_tui.domain.values.records import RejectedRow, SourceRow
from agent_tui.errors import UsageError
from agent_tui.text.hygiene import clean_line

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk

BATCH_PEOPLE = 10_000
"""Rows of one unit of work at most: memory holds two such batches."""

BATCH_PARTS = 10_000
"""Messages, notes and other parts of one unit of work, unless one customer alone has more."""

_SOURCE_LIMIT = 200


@dataclass(frozen=True)
class ImportCounts:
    """How many rows came in and what became of them; `rows` is the sum of the four after it."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    unresolved_ties: int = 0


class Importing:
    """Takes files."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def take(
        self,
        rows: Iterable[SourceRow | RejectedRow],
        *,
        source: str,
        dry_run: bool = False,
        rejected: Callable[[RejectedRow], None] = lambda _row: None,
        progress: Callable[[ImportCounts], None] = lambda _counts: None,
        indexed: Callable[[int, int], None] = lambda _done, _people: None,
        live: bool = False,
    ) -> ImportCounts:
        """Take every row that can be taken, hand the others to `rejected`, count both.

        `source` names the file or system whose ids the rows carry. Taking the same rows twice
        changes nothing; a run that was broken off is completed by taking them again, since each
        batch is stored as a whole. A dry run counts and stores nothing. `progress` is called
        after each batch is stored. The people of large batches are found when all are stored:
        `indexed` is told meanwhile how many of how many can be. With `live`, interactions of the
        last day may still be going on.
        Raises UsageError for a source that cannot be called so, StorageError where the desk
        cannot be written.
        """
        from agent_tui.services.import_pace import Pace
        from agent_tui.services.import_run import Run

        pace = Pace(self._is_alone, people=BATCH_PEOPLE, parts=BATCH_PARTS)
        with Run(
            self._desk,
            source=source_named(source),
            dry_run=dry_run,
            live=live,
            rejected=rejected,
            progress=progress,
            indexed=indexed,
            pace=pace,
        ) as run:
            for batch in pace.batches(rows):
                run.take(batch)
            run.finish()
        return run.counts

    def _is_alone(self) -> bool:
        """Whether nobody at another desk has anybody open."""
        return not self._desk.attending.others()


def source_named(name: str) -> str:
    """The name of a source, clean.

    Raises UsageError for none, and for a channel's: the rows would be taken for live calls.
    """
    named = clean_line(name, _SOURCE_LIMIT)
    if not named:
        raise UsageError("the source of an import needs a name")
    if named in get_args(ChannelName):
        raise UsageError(
            f"“{named}” is a channel, and what came from a file is no call on it: name the system "
            "that the ids belong to with --source"
        )
    return named
