"""A text that is being written: under which id, about whom, and what of it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id

if TYPE_CHECKING:
    from agent_tui.domain.values.today import DraftText


class Subject(NamedTuple):
    """Whom and which call a text is about."""

    customer_id: int | None
    interaction_id: int | None
    name: str

    @property
    def about(self) -> str:
        """The shown id under which a draft on this subject is kept."""
        if self.interaction_id is not None:
            return ids.show(ids.INTERACTION, self.interaction_id)
        return ids.show(ids.CUSTOMER, self.customer_id or 0)

    def goes_on_as(self, other: Subject | None) -> bool:
        """Whether a text on this one may stay in the line when the line turns to the other: the
        same call, put to somebody meanwhile, or the same customer."""
        if other is None:
            return False
        if self.interaction_id is not None and self.interaction_id == other.interaction_id:
            return True
        return self.customer_id is not None and self.customer_id == other.customer_id

    def comes_back_to(self, other: Subject) -> bool:
        """Whether a text on this one that was left comes back by itself when the line turns to the
        other. One of another call does not: what is said now would be filed under that."""
        is_of_another = self.interaction_id not in (None, other.interaction_id)
        return self.goes_on_as(other) and not (is_of_another and other.interaction_id is not None)

    def going_on_as(self, other: Subject) -> Subject:
        """What a text on this one is about when the line turns to the other. A call that begins
        takes the text with it; what was written in a call stays with it when it ends."""
        if self.interaction_id in (None, other.interaction_id):
            return other
        return self._replace(name=other.name)


@dataclass(slots=True)
class Sheet:
    """One text, from its first key until it is saved. `id` is what it is saved under.

    `kept` is the text as the journal was last asked to keep it, None where that is to be asked
    again. `corrects_id` is the note that it is to replace, `corrects` what that is called, `began`
    its text: as long as it is this, there is nothing to keep. `asked` names the question that a
    line answers.
    """

    subject: Subject
    id: int = field(default_factory=new_id)
    corrects_id: int | None = None
    corrects: str = "an earlier note"
    began: str = ""
    kept: str | None = ""
    asked: str = ""

    @property
    def about(self) -> str:
        """Under what a draft of it is kept."""
        return self.asked or self.subject.about

    @classmethod
    def of(cls, draft: DraftText, name: str) -> Sheet:
        """The sheet of a draft that was left."""
        subject = Subject(draft.customer_id, draft.interaction_id, name)
        return cls(subject, draft.id, draft.corrects_id, kept=draft.text)

    @property
    def title(self) -> str:
        """What the line is called while it holds this."""
        return "Note" if self.corrects_id is None else f"Correcting {self.corrects}"

    def turn_to(self, subject: Subject) -> None:
        """The line has turned to a subject on which this text goes on."""
        before, self.subject = self.subject, self.subject.going_on_as(subject)
        if before.about != self.subject.about:
            self.kept = None
