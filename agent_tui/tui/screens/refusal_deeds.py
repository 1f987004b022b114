"""What can be done with a refusal: when they may be asked again, or that it stands no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.domain.values import ids
from agent_tui.domain.values.lines import Asked
from agent_tui.tui.screens.asks import TypeDue
from agent_tui.tui.screens.deeds import Act, Deed
from agent_tui.tui.screens.fact_deeds import short, where_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.people import Refusal
    from agent_tui.tui.screens.desk_deeds import DeedsOfDesk


class RefusalDeeds:
    """Offers what can be done with what somebody does not want."""

    def __init__(self, screen: DeedsOfDesk) -> None:
        self._screen = screen

    def refusal_deeds(self, one: Refusal) -> Sequence[Deed]:
        """When they may be asked again: from a day on, never, or at once."""
        never = Deed("n", "not to be asked again", lambda: self._never(one))
        return (
            Deed("d", "set a day from which they may be asked", lambda: self._date(one)),
            *((never,) if one.ask_again_after is not None else ()),
            Deed("l", "lift it: they may be asked again", lambda: self._lift(one)),
            *where_from(self._screen, one.interaction_id),
        )

    def _date(self, one: Refusal, words: str = "", refused: str = "") -> None:
        desk = self._screen.desk
        if desk is None:
            return
        asked = Asked(ids.show(ids.REFUSAL, one.id), "day")

        def typed(due: str | None) -> None:
            if due is None:
                return
            day, here = desk.capturing.due(due), self._screen.here
            self._screen.do(
                Act(
                    f"not before {ages.weekday(day, here.now, here.zone)}: {short(one.what)}",
                    lambda desk: desk.knowing.ask_again_after(one.id, day),
                    lambda desk: desk.knowing.put_day_back(one.id, one.ask_again_after),
                    typed=due,
                    again=lambda why: self._date(one, due, why),
                    asked=asked,
                )
            )

        prompt = TypeDue(
            f"No to {one.what}: when may they be asked again?",
            desk.capturing.due_and_doubt,
            lambda: self._screen.here,
            value=words,
            refused=refused,
            asked=asked,
        )
        self._screen.app.push_screen(prompt, typed)

    def _never(self, one: Refusal) -> None:
        self._screen.do(
            Act(
                f"not to be asked again: {short(one.what)}",
                lambda desk: desk.knowing.ask_again_after(one.id, None),
                lambda desk: desk.knowing.put_day_back(one.id, one.ask_again_after),
            )
        )

    def _lift(self, one: Refusal) -> None:
        self._screen.do(
            Act(
                f"lifted: {short(one.what)}",
                lambda desk: desk.knowing.lift(one.id),
                lambda desk: desk.knowing.restore_refusal(one.id),
            )
        )
