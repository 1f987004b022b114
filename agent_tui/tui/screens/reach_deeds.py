"""What can be done with a way to reach somebody: what they say of it, and its copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui.clipboard import copy_text
from agent_tui.tui.screens.asks import yes_or_no
from agent_tui.tui.screens.deeds import Act, Deed
from agent_tui.tui.screens.fact_deeds import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.kinds import Consent
    from agent_tui.domain.values.people import ContactPoint
    from agent_tui.tui.screens.desk_deeds import DeedsOfDesk


class ReachDeeds:
    """Offers what can be done with a number, an address or a handle."""

    def __init__(self, screen: DeedsOfDesk) -> None:
        self._screen = screen

    def point_deeds(self, point: ContactPoint) -> Sequence[Deed]:
        """What they say of a way to reach them, and its copy."""
        copy = Deed("c", "copy", lambda: copy_text(self._screen.app, point.value, point.kind))
        if point.id is None:
            return (copy,)
        point_id = point.id
        words = "they prefer it no longer" if point.preferred else "they prefer it"
        deeds = [copy, Deed("p", words, lambda: self._prefer(point, point_id))]
        if point.consent != "given":
            deeds.append(
                Deed("g", "they agree to be written to here", lambda: self._ask(point, "given"))
            )
        if point.consent != "withdrawn":
            deeds.append(
                Deed("w", "they withdraw their consent", lambda: self._ask(point, "withdrawn"))
            )
        return deeds

    def _prefer(self, point: ContactPoint, point_id: int) -> None:
        preferred = not point.preferred
        self._screen.do(
            Act(
                f"{'preferred' if preferred else 'preferred no longer'}: {short(point.value)}",
                lambda desk: desk.knowing.prefer(point_id, preferred=preferred),
                lambda desk: desk.knowing.prefer(point_id, preferred=not preferred),
            )
        )

    def _ask(self, point: ContactPoint, consent: Consent) -> None:
        """Ask before it is done: consent is theirs alone, and what follows of it is said."""
        point_id = point.id or 0

        def answered(is_so: bool) -> None:
            if is_so:
                self._screen.do(
                    Act(
                        f"consent {consent}: {short(point.value)}",
                        lambda desk: desk.knowing.consent(point_id, consent),
                        lambda desk: desk.knowing.consent(point_id, point.consent),
                    )
                )

        if consent == "given":
            question = "Did they say themselves that we may write there?"
        else:
            question = "They withdraw it: nothing is sent there any more?"
        yes_or_no(self._screen.app, question, answered)
