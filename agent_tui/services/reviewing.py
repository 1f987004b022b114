"""Say something of an interaction to the agent who had it; read it, answer it, withdraw it.

Who may do what is `domain.rules.reviews`. A review stays with the agent for whom it was written,
also where the call is put to another one later.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from agent_tui.domain import tables
from agent_tui.domain.rules.reviews import (
    COMMENT_LIMIT,
    NAME_LIMIT,
    TEXT_LIMIT,
    why_not_answer,
    why_not_criteria,
    why_not_withdraw,
    why_not_write,
)
from agent_tui.domain.values import ids
from agent_tui.domain.values.reviews import Criterion, Pinned, Review, ReviewKind
from agent_tui.errors import BadInput, NotFound, Refused, UsageError
from agent_tui.services.bookkeeping import check_version
from agent_tui.services.entrance import take_line, take_text
from agent_tui.storage.queries import agents, interactions, reviews

if TYPE_CHECKING:
    from agent_tui.domain.values.agents import Agent
    from agent_tui.domain.values.people import Interaction
    from agent_tui.services.desk import Desk
    from agent_tui.storage.reader import Reader
    from agent_tui.storage.unit import UnitOfWork

LISTED = 100
_LINES: dict[Literal["message", "note"], str] = {"message": ids.MESSAGE, "note": ids.NOTE}
"""What a review may be pinned to, with the prefix of its shown id."""


class Reviewing:
    """Keeps what is said of interactions to their agents."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def criteria(self) -> tuple[Criterion, ...]:
        """What is looked for on this desk, as its settings name it; nothing is judged yet."""
        return tuple(
            Criterion(name, kind, "not_applicable") for name, kind in self._desk.criteria.items()
        )

    def write(
        self,
        interaction_id: int,
        text: str,
        *,
        kind: ReviewKind = "review",
        message_id: int | None = None,
        note_id: int | None = None,
        criteria: Sequence[Criterion] = (),
    ) -> Review:
        """Say something of an interaction to its agent, pinned to one of its lines or to none.

        Raises BadInput without words and for criteria that cannot be taken, UsageError for another
        kind or two lines, NotFound, and Refused for who may not write it.
        """
        if kind not in ("review", "praise"):
            raise UsageError(f"“{kind}” is neither a review nor praise")
        if message_id is not None and note_id is not None:
            raise UsageError("a review is pinned to one line: a message or a note")
        with self._desk.writing() as unit:
            call = unit.get(tables.Interaction, interaction_id)
            theirs = call.agent_id and agents.by_id(unit.reader, agent_id=call.agent_id)
            _refuse(why_not_write(self._me(unit.reader), theirs or None, kind))
            words = _words(unit, text, "say in your own words what you want to tell them")
            taken = _taken(unit, kind, criteria)
            pinned = message_id is not None or note_id is not None
            if pinned and not reviews.line_of(
                unit.reader,
                interaction_id=interaction_id,
                message_id=message_id,
                note_id=note_id,
            ):
                raise NotFound("this line is not in that conversation")
            assert call.agent_id is not None, "who nobody had is refused above"
            row = tables.Review(
                interaction_id=call.id,
                agent_id=call.agent_id,
                author_id=self._desk.agent.id,
                kind=kind,
                message_id=message_id,
                note_id=note_id,
                text=words,
                at=unit.now,
            )
            unit.add(row)
            unit.add(
                *(
                    tables.ReviewCriterion(
                        review_id=row.id,
                        position=position,
                        name=one.name,
                        kind=one.kind,
                        verdict=one.verdict,
                        comment=one.comment,
                    )
                    for position, one in enumerate(taken, 1)
                )
            )
            _record(unit, "review.written", row, call.customer_id, detail=kind)
            return self._in(unit.reader, row.id)

    def open(self, review_id: int) -> Review:
        """Read a review. Its agent has then read it, and its author the answer to it.

        Raises NotFound, for one that is none of this agent's business too.
        """
        found = self.one(review_id)
        me, reader = self._desk.agent.id, self._desk.store.reader()
        for_me = found.agent_id == me and found.read_at is None
        answered_me = found.author_id == me and found.answer is not None
        if answered_me:
            answered_me = not reviews.is_answer_read(reader, subject=_shown(review_id))
        if not for_me and not answered_me:
            return found
        with self._desk.writing() as unit:
            row = unit.get(tables.Review, review_id)
            if for_me and row.read_at is None:
                row.read_at = unit.now
                unit.save(row)
                _record(unit, "review.read", row, found.customer_id)
            if answered_me:
                _record(unit, "review.answer_read", row, found.customer_id)
            return self._in(unit.reader, review_id)

    def answer(self, review_id: int, text: str, *, version: int | None = None) -> Review:
        """Answer a review of mine, or change the answer while its author has not read it.

        Raises BadInput without words, NotFound, Refused, and Conflict where the review is no
        longer of that `version`.
        """
        with self._desk.writing() as unit:
            row = unit.get(tables.Review, review_id)
            found = self._in(unit.reader, review_id)
            is_read = reviews.is_answer_read(unit.reader, subject=_shown(review_id))
            _refuse(why_not_answer(self._desk.agent.id, found, is_answer_read=is_read))
            check_version(row, version)
            words = _words(unit, text, "say in your own words what you answer")
            row.answer, row.answered_at = words, unit.now
            row.read_at = row.read_at or unit.now
            unit.save(row)
            kind = "review.answered" if found.answer is None else "review.answer_changed"
            _record(unit, kind, row, found.customer_id)
            return self._in(unit.reader, review_id)

    def withdraw(self, review_id: int, *, version: int | None = None) -> Review:
        """Withdraw a review that I wrote: it stays to be read, with the moment.

        Raises NotFound, Refused, and Conflict where it is no longer of that `version`.
        """
        with self._desk.writing() as unit:
            row = unit.get(tables.Review, review_id)
            found = self._in(unit.reader, review_id)
            _refuse(why_not_withdraw(self._desk.agent.id, found))
            check_version(row, version)
            row.withdrawn_at = unit.now
            unit.save(row)
            _record(unit, "review.withdrawn", row, found.customer_id)
            return self._in(unit.reader, review_id)

    def one(self, review_id: int) -> Review:
        """A review as it stands; that it was looked up is not that it was read.

        Raises NotFound, for one that is none of this agent's business too.
        """
        return self._in(self._desk.store.reader(), review_id)

    def of_interaction(self, interaction_id: int) -> tuple[Review, ...]:
        """What was said of an interaction, as far as I may read it; newest first."""
        reader = self._desk.store.reader()
        return reviews.of_interaction(reader, interaction_id=interaction_id, me=self._me(reader))

    def for_me(self, *, unread: bool = False, limit: int = LISTED) -> tuple[Review, ...]:
        """What was written for me, newest first; all of it, or what I have not opened yet."""
        return reviews.about(
            self._desk.store.reader(), agent_id=self._desk.agent.id, limit=limit, unread=unread
        )

    def by_me(self, *, limit: int = LISTED) -> tuple[Review, ...]:
        """What I wrote, newest first."""
        return reviews.by(self._desk.store.reader(), agent_id=self._desk.agent.id, limit=limit)

    def all(self, *, limit: int = LISTED) -> tuple[Review, ...]:
        """All that I may read, newest first: of my team for a lead, everything for an admin."""
        reader = self._desk.store.reader()
        return reviews.readable(reader, me=self._me(reader), limit=limit)

    def begun(self, subject: str) -> tuple[Interaction, Pinned | None]:
        """What a review is about that was begun and left, by the shown id of an interaction or of
        a line of one. Raises NotFound."""
        reader = self._desk.store.reader()
        interaction_id = ids.parse(ids.INTERACTION, subject)
        line: Pinned | None = None
        for kind, prefix in _LINES.items():
            line_id = ids.parse(prefix, subject)
            if line_id is not None:
                row = reviews.pinned(reader, kind=kind, line_id=line_id)
                if row is not None:
                    interaction_id, line = row[0], Pinned(kind, line_id, row[1])
        found = interaction_id and interactions.one(reader, interaction_id=interaction_id)
        if not found:
            raise NotFound("the conversation that this was written of is no longer there")
        return found, line

    def unread(self) -> int:
        """How many reviews I have not opened yet."""
        return reviews.unread(self._desk.store.reader(), agent_id=self._desk.agent.id)

    def _in(self, reader: Reader, review_id: int) -> Review:
        found = reviews.one(reader, review_id=review_id, me=self._me(reader))
        if found is None:
            raise NotFound("there is no review under this id that you may read")
        return found

    def _me(self, reader: Reader) -> Agent:
        """Who does this, in the role and the team of this moment."""
        return agents.by_id(reader, agent_id=self._desk.agent.id) or self._desk.agent


def _refuse(why: str | None) -> None:
    if why is not None:
        raise Refused(why)


def _words(unit: UnitOfWork, text: str, missing: str) -> str:
    words = take_text(unit.reader, text, TEXT_LIMIT).strip()
    if not words:
        raise BadInput(missing)
    return words


def _taken(
    unit: UnitOfWork, kind: ReviewKind, criteria: Sequence[Criterion]
) -> tuple[Criterion, ...]:
    taken = tuple(
        Criterion(
            take_line(unit.reader, one.name, NAME_LIMIT),
            one.kind,
            one.verdict,
            (take_text(unit.reader, one.comment, COMMENT_LIMIT).strip() or None)
            if one.comment
            else None,
        )
        for one in criteria
    )
    why = why_not_criteria(kind, taken)
    if why is not None:
        raise BadInput(why)
    return taken


def _shown(review_id: int) -> str:
    return ids.show(ids.REVIEW, review_id)


def _record(
    unit: UnitOfWork,
    kind: str,
    row: tables.Review,
    customer_id: int | None,
    *,
    detail: str | None = None,
) -> None:
    unit.record(
        kind,
        subject=_shown(row.id),
        customer_id=customer_id,
        interaction_id=row.interaction_id,
        detail=detail,
    )
