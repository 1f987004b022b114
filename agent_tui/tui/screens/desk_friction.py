"""What stands in an agent's way, said from anywhere in a few words; for leads, by rule."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from agent_tui.domain.values.lines import Asked
from agent_tui.text.cells import cut
from agent_tui.tui.screens.deeds import Act
from agent_tui.tui.screens.desk_script import ScriptsOfDesk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.friction import FrictionByRule, FrictionRule

_BY_ROW: dict[str, FrictionRule] = {
    "promise": "promise",
    "case": "complaint",
    "point": "consent",
    "hand_over": "hand_over",
    "wrap_up": "wrap_up",
}
"""What most likely stands in the way of whoever is at such a row."""

LATELY = timedelta(days=30)
"""How far back leads are shown what stood in the way."""

_SAID = 40


class FrictionOfDesk(ScriptsOfDesk):
    """Takes what stands in the way: one key, a few words, Enter."""

    def __init__(self) -> None:
        super().__init__()
        self._is_saying = False
        """Whether it is being said already: the key asks once."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works right now; those that do not are not shown."""
        if action == "frictions":
            return self.me is not None and self.me.role in ("lead", "admin")
        return super().check_action(action, parameters)

    def action_friction(self) -> None:
        """Say what stands in the way here."""
        self.say_friction(self._rule_here)

    @property
    def _rule_here(self) -> FrictionRule:
        current = self.current
        if self.held is not None:
            return "gate"
        if self.finder.query_text and self.focused is self.finder.box:
            return "search"
        if current is not None and current[0] in _BY_ROW:
            return _BY_ROW[current[0]]
        return "other" if self.script_run is None else "script"

    def say_friction(self, likely: FrictionRule, words: str = "", refused: str = "") -> None:
        """Ask for a few words, and about which rule, over whatever is on the screen."""
        from agent_tui.tui.screens.type_friction import TypeFriction

        if self._is_saying or self.writing is None:
            return
        asked = Asked("", f"friction.{likely}")

        def typed(text: str | None) -> None:
            self._is_saying = False
            if text is not None:
                self._note(prompt.rule, text, asked)

        self._is_saying = True
        prompt = TypeFriction(likely, value=words, refused=refused, asked=asked)
        self.app.push_screen(prompt, typed)

    def _note(self, rule: FrictionRule, text: str, asked: Asked) -> None:
        from agent_tui.text.redaction import mask_cards

        call, customer_id = self.call, self.whom.opened
        noted: list[int] = []
        self.do(
            Act(
                f"noted, in your way: {cut(mask_cards(text.strip()).text, _SAID)}",
                lambda desk: noted.append(
                    desk.friction.note(
                        rule,
                        text,
                        customer_id=customer_id if call is None else None,
                        interaction_id=call.id if call is not None else None,
                    )
                ),
                lambda desk: desk.friction.take_back(noted[0]),
                typed=text,
                again=lambda why: self.say_friction(rule, text, why),
                asked=asked,
            )
        )

    def action_frictions(self) -> None:
        """Show leads what stood in the way lately, by rule."""
        if self.asking is None or self.desk is None:
            return
        since = self.desk.clock() - LATELY
        self.app.typed_ahead.expect()
        self.asking.look_up(
            "friction",
            lambda desk: desk.friction.by_rule(since),
            self._show_frictions,
            lambda error: self.warn("What is in our way", error),
        )

    def _show_frictions(self, rules: Sequence[FrictionByRule]) -> None:
        from agent_tui.tui.screens.friction_sheet import FrictionSheet

        if self.app.screen is self:
            self.app.push_screen(FrictionSheet(rules, LATELY.days))
