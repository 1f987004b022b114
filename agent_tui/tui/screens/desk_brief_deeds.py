"""What is done with the brief: records that are wrong or were used, what to ask, who is alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.domain.values import ids
from agent_tui.domain.values.lines import Asked
from agent_tui.text.cells import cut
from agent_tui.tui.actions import key_name
from agent_tui.tui.screens.deeds import Act
from agent_tui.tui.screens.desk_deeds import DeedsOfDesk
from agent_tui.tui.screens.desk_people import PeopleOfDesk
from agent_tui.tui.widgets.ink import Line, Span, line
from agent_tui.tui.widgets.wording import caller, happened

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import BriefPart, MarkHow
    from agent_tui.domain.values.knowing import PromptOutcome, PromptShown
    from agent_tui.domain.values.people import Interaction
    from agent_tui.services.desk import Desk
    from agent_tui.tui import messages
    from agent_tui.tui.widgets.brief_pane import BriefPane

_SHOWN = 30
_TALKING = ("talking", "on_hold")


class BriefDeedsOfDesk(DeedsOfDesk, PeopleOfDesk):
    """Carries between the brief and what is said of its records, asked, and looked up."""

    def __init__(self) -> None:
        super().__init__()
        self._pending: dict[tuple[str, str], bool] = {}
        """Marks that were asked for and are not on the screen yet."""
        self._is_loaded = False
        self._asked_in: tuple[int, int] | None = None
        """The customer and the interaction for which a prompt was asked for last."""
        self._known: object = None

    # -- what is wrong, what was used --------------------------------------------------------

    def on_brief_pane_opened(self, event: BriefPane.Opened) -> None:
        """A line whose words were unfolded was seen."""
        if self.brief_reading is not None:
            self.brief_reading.act(event.line, "opened")
            self.look_again()

    def on_brief_pane_marked(self, event: BriefPane.Marked) -> None:
        """Mark a record, or take that back; the line was seen either way."""
        reading, call = self.brief_reading, self.brief_call
        if reading is None:
            return
        reading.act(event.line, "corrected" if event.how == "wrong" else "used")
        key = event.part.record, event.how
        is_marked = self._pending.get(key, key in self.own_marks)
        self._pending[key] = not is_marked
        customer_id, call_id = reading.customer_id, None if call is None else call.id
        self.do(self._mark(event.part, event.how, customer_id, call_id, is_marked=is_marked))
        self.look_again()

    def _mark(
        self,
        part: BriefPart,
        how: MarkHow,
        customer_id: int,
        call_id: int | None,
        *,
        is_marked: bool,
    ) -> Act:
        words = cut(part.words, _SHOWN)

        def mark(desk: Desk) -> None:
            desk.briefing.mark(customer_id, part.record, how, interaction_id=call_id)

        def unmark(desk: Desk) -> None:
            for one in desk.briefing.marks(customer_id):
                is_own = one.agent_id == desk.agent.id and one.subject == part.record
                if is_own and one.how == how and (how == "wrong" or one.interaction_id == call_id):
                    desk.briefing.unmark(one.id)

        if is_marked:
            return Act(f"not {how} after all: {words}", unmark, mark)
        key = key_name(self.app.keys.keys[how][0])
        return Act(f"{how}: {words} · {key} again takes it back", mark, unmark)

    # -- what to ask, who is alike -----------------------------------------------------------

    def on_writing_loaded(self) -> None:
        """What to ask, and who is alike, can be had without anybody waiting for it."""
        self._is_loaded = True
        self._look_around()

    def on_customer_arrived(self, _event: messages.CustomerArrived) -> None:
        """Marks that were asked for are on the screen now, or were refused."""
        self._pending.clear()
        self._look_around()

    def _look_around(self) -> None:
        """Ask who is alike, and what is worth asking: once in an interaction, and again where the
        answer may have come another way."""
        records, call = self.whom.records, self.brief_call
        if not (self._is_loaded and records and self.whom.is_opened_shown):
            return
        if self.asking is None or self.writing is None:
            return
        customer = records.dossier.customer
        self.asking.herds(customer.id, None if call is None else call.id)
        if call is None or call.state not in _TALKING:
            return
        known = records.dossier.facts, records.dossier.questions, customer
        if self._asked_in != (customer.id, call.id) or known != self._known:
            self._asked_in, self._known = (customer.id, call.id), known
            self.writing.prompt(customer.id, call.id)

    def on_herd_arrived(self, event: messages.HerdArrived) -> None:
        """Show who is alike, where that is still wanted."""
        if self.brief_reading is not None and self.brief_reading.customer_id == event.customer_id:
            self.sidebar.brief.show_herds(event.herds)

    def on_prompt_arrived(self, event: messages.PromptArrived) -> None:
        """Show what is worth asking, where that is still wanted."""
        call = self.brief_call
        if call is not None and (call.customer_id, call.id) == (
            event.customer_id,
            event.interaction_id,
        ):
            self.sidebar.brief.show_prompt(event.prompt)

    def on_brief_pane_asked(self, event: BriefPane.Asked) -> None:
        """Keep what came of asking; of an answer its words. The same outcome again is undone."""
        prompt, outcome = event.prompt, event.outcome
        if outcome == "answered":
            self._type_answer(prompt)
            return

        def undo(desk: Desk) -> None:
            desk.knowing.prompt_undone(prompt.id)

        def again() -> None:
            self._show_outcome(prompt, None)

        if event.is_again:
            self.do(Act(f"still to be asked: {cut(prompt.words, _SHOWN)}", undo, then=again))
            return
        said = {"not_now": "not now", "declined": "they declined"}[outcome]
        key = key_name(self.app.keys.keys[outcome][0])
        self.do(
            Act(
                f"{said} · {key} again takes it back",
                lambda desk: desk.knowing.prompt_done(prompt.id, outcome),
                undo,
                then=lambda: self._show_outcome(prompt, outcome),
            )
        )

    def _type_answer(self, prompt: PromptShown, typed: str = "", refused: str = "") -> None:
        from agent_tui.tui.screens.asks import TypeWords

        hint = "Enter keeps it as what they said."
        if prompt.kind == "confirm":
            hint = "Enter: still true; or type what is true now."
        asked = Asked(ids.show(ids.PROMPT, prompt.id), "answer")

        def answered(words: str | None) -> None:
            if words is not None:
                self.do(
                    Act(
                        f"answered: {cut(words, _SHOWN)}" if words else "still true",
                        lambda desk: desk.knowing.prompt_done(prompt.id, "answered", words),
                        typed=words,
                        again=lambda why: self._type_answer(prompt, words, why),
                        then=lambda: self._show_outcome(prompt, "answered"),
                        asked=asked,
                    )
                )

        box = TypeWords(
            prompt.words, value=typed, hint=hint, refused=refused, leaves="later", asked=asked
        )
        self.app.push_screen(box, answered)

    def _show_outcome(self, prompt: PromptShown, outcome: PromptOutcome | None) -> None:
        self.sidebar.brief.show_outcome(prompt, outcome)

    def on_brief_pane_herd_wanted(self, event: BriefPane.HerdWanted) -> None:
        """Read who else has the same matter."""
        if self.asking is not None and self.brief_reading is not None:
            self.app.typed_ahead.expect()
            self.asking.behind_herd(self.brief_reading.customer_id, event.herd)

    def on_behind_herd_arrived(self, event: messages.BehindHerdArrived) -> None:
        """List them; the chosen one is opened."""
        from agent_tui.domain.rules.herd import in_words
        from agent_tui.tui.screens.prompts import ChooseOne

        def chosen(call: Interaction | None) -> None:
            if call is not None and call.customer_id is not None:
                self.open(call.customer_id)
                self.go_to_passage(call.id)

        lines = [self._line_of(call) for call in event.interactions]
        self.app.push_screen(ChooseOne(in_words(event.herd), lines), chosen)

    def _line_of(self, call: Interaction) -> Line:
        day = ages.day(call.opened_at, self.here.now, self.here.zone)
        who, what = Span(f"  {caller(call)}  ", "strong"), Span(happened(call))
        return line(who, what, right=(Span(day, "dim"),), key=call)
