"""Keep what is being typed until it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.services.entrance import take_typing
from agent_tui.storage.queries import drafts

if TYPE_CHECKING:
    from agent_tui.domain.values.kinds import DraftKind
    from agent_tui.domain.values.today import DraftText
    from agent_tui.services.desk import Desk

TEXT_LIMIT = 100_000
"""Characters of a note, a message, a wrap-up or a line."""
LINES_READ = 1_000
"""The newest drafts of an agent, among which lines are looked for."""


class Drafting:
    """The journal of texts that are not saved yet. It needs no SQLModel, so that the first words
    of a sitting are kept as soon as all others."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

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
        interaction that it is written on, or of a line the record and the question
        (`domain.values.lines`): where that changes, as a call begins or ends, the draft goes along.
        Drafts are the agent's own and leave no event. Nothing is kept of what is
        saved already.
        """
        store, agent_id = self._desk.store, self._desk.agent.id
        with store.writing_plainly(now=self._desk.clock(), agent_id=agent_id) as unit:
            before = drafts.text_to_change(unit.reader, draft_id=draft_id)
            cleaned = take_typing(unit.reader, text, TEXT_LIMIT, before)
            if drafts.is_saved(unit.reader, draft_id=draft_id, kind=kind) or not cleaned.strip():
                drafts.remove(unit, draft_id=draft_id)
                return
            drafts.write(
                unit,
                draft_id=draft_id,
                kind=kind,
                about=about,
                text=cleaned,
                corrects_id=corrects_id,
            )

    def lines(self) -> tuple[DraftText, ...]:
        """The lines that this agent has left, newest first."""
        reader = self._desk.store.reader()
        kept = drafts.of_agent(reader, agent_id=self._desk.agent.id, limit=LINES_READ)
        return tuple(one for one in kept if one.kind == "line")
