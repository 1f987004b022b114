"""The frame around a conversation: what it passes on, and what its lower edge says."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from agent_tui.tui.widgets.conversation import ConversationPane
from agent_tui.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from agent_tui.domain.values.conversation import Conversation, Fresh, Place
    from agent_tui.tui.messages import WhichPage
    from agent_tui.tui.widgets.here import Here


class ConversationFrame(Panel):
    """Has a conversation within it, and says how much of it is not seen yet."""

    AT_REST: ClassVar[str] = ""
    """What the lower edge says where nothing is unseen."""
    UNSEEN_IS_URGENT: ClassVar[bool] = False

    @property
    def pane(self) -> ConversationPane:
        """The lines."""
        return self.query_one(ConversationPane)

    def show_page(
        self,
        conversation: Conversation,
        here: Here,
        which: WhichPage = "newest",
        place: Place | None = None,
    ) -> None:
        """Show what was said: a page that was asked for."""
        self.pane.take(conversation, here, which, place)
        self.show_unseen()

    def show_fresh(self, fresh: Fresh, here: Here) -> None:
        """Show what is new, and what reads differently now."""
        self.pane.take_fresh(fresh, here)
        self.show_unseen()

    def show_unseen(self) -> None:
        """Say how much arrived below while somebody reads above."""
        unseen = self.pane.unseen
        new = f"{unseen} new below · End" if unseen else ""
        self.remark(new or self.AT_REST, urgent=bool(new) and self.UNSEEN_IS_URGENT)

    def on_conversation_pane_read_on(self) -> None:
        """The newest line was reached."""
        self.show_unseen()
