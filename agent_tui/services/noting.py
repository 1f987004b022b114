"""Write notes, and keep what is being typed until it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.tables import (
    Customer,
    Draft,
    Interaction,
    InteractionTopic,
    Message,
    Note,
)
from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.errors import BadInput, Refused
from agent_tui.text.hygiene import clean_text
from agent_tui.text.topics import topics_in

if TYPE_CHECKING:
    from agent_tui.domain.values.kinds import DraftKind
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

NOTE_LIMIT = 100_000
TOPIC_LIMIT = 200


class Noting:
    """Saves notes and drafts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def save(
        self,
        text: str,
        *,
        customer_id: int | None = None,
        interaction_id: int | None = None,
        note_id: int | None = None,
    ) -> int:
        """Save a note on a customer, an interaction, or both; returns its id.

        `note_id` was made when the writing began: the same note saved twice, after an answer that
        was lost, is one note. Another text under a saved id, from a second desk that took the
        draft up, is a note of its own. The draft ends with it, in one transaction.
        Raises BadInput for an empty note and Refused for one about nobody.
        """
        cleaned = clean_text(text, NOTE_LIMIT)
        if not cleaned.strip():
            raise BadInput("the note is empty: type something first")
        if customer_id is None and interaction_id is None:
            raise Refused("a note is about somebody: open a customer or a call first")
        note_id = note_id or new_id()
        with self._desk.writing() as unit:
            end_draft(unit, note_id)
            saved = unit.find(Note, note_id)
            if saved is not None and saved.text != cleaned:
                saved, note_id = None, new_id()
            if saved is None:
                self._write(unit, cleaned, note_id, customer_id, interaction_id)
        return note_id

    def _write(
        self,
        unit: UnitOfWork,
        text: str,
        note_id: int,
        customer_id: int | None,
        interaction_id: int | None,
    ) -> None:
        if interaction_id is not None:
            call = unit.get(Interaction, interaction_id)
            if customer_id is not None and call.customer_id not in (None, customer_id):
                raise Refused("that interaction is with somebody else")
            customer_id = call.customer_id or customer_id
            if call.agent_id is None:
                call.agent_id = self._desk.agent.id
                unit.save(call)
            _add_topics(unit, interaction_id, topics_in(text))
        if customer_id is not None:
            unit.get(Customer, customer_id)
        unit.add(
            Note(
                id=note_id,
                customer_id=customer_id,
                interaction_id=interaction_id,
                author_id=self._desk.agent.id,
                text=text,
                at=unit.now,
            )
        )
        unit.record(
            "note.added",
            subject=ids.show(ids.NOTE, note_id),
            customer_id=customer_id,
            interaction_id=interaction_id,
        )

    def journal(
        self,
        about: str,
        text: str,
        *,
        draft_id: int,
        kind: DraftKind = "note",
        corrects_id: int | None = None,
    ) -> None:
        """Keep a text that is being typed; an empty one ends the draft.

        `draft_id` is what the text will be saved under, `about` the shown id of the customer or
        interaction that it is written on: where that changes, as a call begins or ends, the draft
        goes along. Drafts are the agent's own and leave no event. Nothing is kept of what is
        saved already.
        """
        cleaned = clean_text(text, NOTE_LIMIT)
        with self._desk.writing() as unit:
            draft = unit.find(Draft, draft_id)
            saved = unit.find(Note if kind == "note" else Message, draft_id)
            if saved is not None or not cleaned.strip():
                if draft is not None:
                    unit.remove(draft)
                return
            if draft is None:
                draft = Draft(
                    id=draft_id,
                    agent_id=self._desk.agent.id,
                    kind=kind,
                    about=about,
                    corrects_id=corrects_id,
                    text=cleaned,
                    updated_at=unit.now,
                )
            draft.about, draft.text, draft.updated_at = about, cleaned, unit.now
            unit.save(draft)


def end_draft(unit: UnitOfWork, draft_id: int) -> None:
    """The text is saved: its draft ends in the same transaction."""
    draft = unit.find(Draft, draft_id)
    if draft is not None:
        unit.remove(draft)


def _add_topics(unit: UnitOfWork, interaction_id: int, topics: list[str]) -> None:
    for topic in topics:
        key = (interaction_id, topic[:TOPIC_LIMIT])
        if unit.find(InteractionTopic, key) is None:
            unit.add(InteractionTopic(interaction_id=key[0], topic=key[1]))
