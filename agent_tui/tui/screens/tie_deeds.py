"""What can be done with a tie, and how one is made: whom, then what they are to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules.ties import seen_from
from agent_tui.tui.messages import CustomerChosen
from agent_tui.tui.screens.choose_kind import ChooseKind
from agent_tui.tui.screens.choose_person import ChoosePerson
from agent_tui.tui.screens.deeds import Act, Deed
from agent_tui.tui.screens.fact_deeds import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.knowing import TieShown
    from agent_tui.domain.values.people import Customer
    from agent_tui.tui.screens.desk_deeds import DeedsOfDesk


class TieDeeds:
    """Offers what can be done with whom somebody belongs to."""

    def __init__(self, screen: DeedsOfDesk) -> None:
        self._screen = screen

    def tie_deeds(self, tie: TieShown) -> Sequence[Deed]:
        """They are not tied like this; or go to them."""
        shown_id = self._screen.whom.looked_at
        chosen = CustomerChosen(tie.customer_id)
        opens = Deed("o", f"open {short(tie.name)}", lambda: self._post(chosen))
        if shown_id is None:
            return (opens,)
        return (Deed("x", "not tied like this", lambda: self._untie(tie, shown_id)), opens)

    def _post(self, chosen: CustomerChosen) -> None:
        self._screen.post_message(chosen)

    def _untie(self, tie: TieShown, shown_id: int) -> None:
        self._screen.do(
            Act(
                f"not tied: {tie.kind} {short(tie.name)}",
                lambda desk: desk.knowing.untie(tie.id),
                lambda desk: desk.knowing.tie(shown_id, tie.customer_id, tie.kind),
            )
        )

    def tie(self, customer: Customer) -> None:
        """Ask whom to tie to a customer, and how; then do it."""
        asking = self._screen.asking
        if asking is None:
            return

        def chosen(other: tuple[int, str] | None) -> None:
            if other is not None:
                self._ask_kind(customer, *other)

        prompt = ChoosePerson(f"Who belongs to {customer.name}?", customer.id, asking.people)
        self._screen.app.push_screen(prompt, chosen)

    def _ask_kind(self, customer: Customer, other_id: int, name: str, refused: str = "") -> None:
        def chosen(kind: str | None) -> None:
            if kind is None:
                return
            made: list[int] = []
            self._screen.do(
                Act(
                    f"{short(customer.name)}: {seen_from(kind, is_own=True)} {short(name)}",
                    lambda desk: made.append(desk.knowing.tie(customer.id, other_id, kind)),
                    lambda desk: desk.knowing.untie(made[0]),
                    typed=kind,
                    again=lambda why: self._ask_kind(customer, other_id, name, why),
                )
            )

        self._screen.app.push_screen(ChooseKind(customer.name, name, refused=refused), chosen)
