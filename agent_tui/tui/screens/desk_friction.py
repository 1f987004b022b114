"""What stands in an agent's way, said from anywhere in a few words; for leads, by rule."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from agent_tui.text.cells import cut
from agent_tui.tui.screens.deeds import Act, Deed
from agent_tui.tui.screens.desk_script import ScriptsOfDesk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.friction import FrictionByRule, FrictionRule

KEYS: dict[FrictionRule, str] = {
    "gate": "g",
    "script": "s",
    "wrap_up": "w",
    "verification": "v",
    "promise": "p",
    "complaint": "c",
    "consent": "r",
    "hand_over": "h",
    "masking": "m",
    "search": "f",
    "import": "i",
    "speed": "t",
    "other": "o",
}
"""The key of each rule, the same wherever it is asked for."""

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
    """Takes what stands in the way: one key for the rule, a few words, Enter."""

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

    def say_friction(self, likely: FrictionRule) -> None:
        """Ask which rule it is, the likely one first, over whatever is on the screen."""
        from agent_tui.domain.values.friction import RULES
        from agent_tui.tui.screens.act_menu import ActMenu

        if self._is_saying or self.writing is None:
            return
        rules = sorted(RULES, key=lambda rule: rule != likely)
        by_key = {KEYS[rule]: rule for rule in rules}

        def chosen(key: str | None) -> None:
            self._is_saying = key is not None
            if key is not None:
                self._say_words(by_key[key])

        deeds = [Deed(KEYS[rule], RULES[rule], lambda: None) for rule in rules]
        self._is_saying = True
        self.app.push_screen(ActMenu("What stands in your way?", deeds), chosen)

    def _say_words(self, rule: FrictionRule, words: str = "", refused: str = "") -> None:
        from agent_tui.domain.values.friction import RULES
        from agent_tui.tui.screens.asks import TypeWords

        def typed(text: str | None) -> None:
            self._is_saying = False
            if text is not None:
                self._note(rule, text)

        self._is_saying = True
        hint = "A few words. Leads read them by rule, without your name."
        question = f"In your way: {RULES[rule]}"
        self.app.push_screen(TypeWords(question, value=words, hint=hint, refused=refused), typed)

    def _note(self, rule: FrictionRule, text: str) -> None:
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
                again=lambda why: self._say_words(rule, text, why),
            )
        )

    def action_frictions(self) -> None:
        """Show leads what stood in the way lately, by rule."""
        if self.asking is None or self.desk is None:
            return
        since = self.desk.clock() - LATELY
        self.asking.look_up(
            "friction",
            lambda desk: desk.friction.by_rule(since),
            self._show_frictions,
            lambda error: self.warn("What is in our way", error),
        )

    def _show_frictions(self, rules: Sequence[FrictionByRule]) -> None:
        from agent_tui.tui.screens.friction_sheet import FrictionSheet

        if self.app.screen is self:
            self.app.push_screen(FrictionSheet(rules, self.here, LATELY.days))
