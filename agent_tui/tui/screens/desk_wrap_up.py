"""The desk's wrap-ups: opened over the desk, put off, written, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.tui.actions import key_name
from agent_tui.tui.screens.deeds import Act, Deed
from agent_tui.tui.screens.desk_deeds import DeedsOfDesk
from agent_tui.tui.unkept import Typed
from agent_tui.tui.widgets.wording import caller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.kinds import ReadBack
    from agent_tui.domain.values.people import Interaction
    from agent_tui.tui import messages
    from agent_tui.tui.screens.wrap_up import WrapUpScreen
    from agent_tui.tui.screens.wrap_up_form import WrapUpForm

JOURNAL_SECONDS = 0.1
RETRY_SECONDS = 1.0
_SPOKEN = "phone"


class WrapUpsOfDesk(DeedsOfDesk):
    """Carries between a wrap-up on the screen and the desk. Answers that are not written yet are
    kept by interaction, and journalled."""

    def __init__(self) -> None:
        super().__init__()
        self._forms: dict[int, WrapUpForm] = {}
        self._draft_ids: dict[int, int] = {}
        self._wrap_up: WrapUpScreen | None = None
        self._wrapping: int | None = None
        """The interaction whose wrap-up was asked for or is on the screen."""
        self._to_keep: WrapUpForm | None = None
        self.deeds.add("wrap_up", self._wrap_up_deeds)
        self.deeds.add("interaction", self._interaction_deeds)

    def is_offered(self, action_id: str) -> bool:
        """Whether an action stands in the footer; elsewhere it says why there is none."""
        if action_id == "wrap_up":
            return self._to_wrap_up is not None
        return super().is_offered(action_id)

    @property
    def _to_wrap_up(self) -> Interaction | None:
        """What F6 closes: the conversation on the screen, or the row of Today, that has ended; or
        one in writing, which no channel may ever end."""
        call: Interaction | None = self.call
        if call is None and not self.someone:
            kind, record = self.current or ("", None)
            call = record if kind == "wrap_up" else None
        if call is None or call.state == "wrapped_up":
            return None
        if not call.is_live:
            return call
        is_mine = self.desk is not None and call.agent_id in (None, self.desk.agent.id)
        return call if is_mine and call.channel != _SPOKEN else None

    def action_wrap_up(self) -> None:
        """Close the conversation: ask what there is to confirm; or say why it cannot be closed."""
        call = self._to_wrap_up
        if call is not None:
            self.begin_wrap_up(call.id)
            return
        words = self._words_for_one_in_today() or self._words_for_none()
        self.app.notify(words, title="Not wrapped up", markup=False)

    def _words_for_one_in_today(self) -> str | None:
        """Beside Today, go to the newest one that is counted there, and say so; None where there
        is none, or somebody stands on the screen."""
        if self.someone or self.finder.is_answered:
            return None
        row = self.today_pane.go_to("mine")
        if row is None:
            return None
        return f"{caller(row.record)} is chosen now: {self.key_for('wrap_up')} wraps it up."

    def _words_for_none(self) -> str:
        """Why there is nothing to wrap up, and what leads to what there is."""
        call = self.call
        if call is None and self.someone:
            return f"Nothing with them waits for that. {self._words_for_others()}"
        if call is None:
            return self._words_for_others()
        if call.state == "wrapped_up":
            done = f"The conversation with {caller(call)} is wrapped up already."
            return f"{done} {self._words_for_others()}"
        is_mine = self.desk is not None and call.agent_id in (None, self.desk.agent.id)
        if not is_mine:
            return f"It goes on with {call.agent or 'a colleague'}, who wraps it up."
        goes_on = {"ringing": "it still rings", "on_hold": f"{caller(call)} is on hold"}
        why = goes_on.get(call.state, f"{caller(call)} is on the line")
        key = key_name(self.app.keys.keys["call_menu"][0])
        return (
            f"It goes on: {why}. It is wrapped up once it has ended; if the telephone does not "
            f"say so, {key} e does."
        )

    def _words_for_others(self) -> str:
        """How many the header counts, and the key that leads to them."""
        others = 0 if self.today_now is None else self.today_now.counts.wrap_ups
        if not others:
            return "No conversation of yours waits for it."
        them = "One of yours waits" if others == 1 else f"{others} of yours wait"
        if self.someone:
            return f"{them}: {self.key_for('today')} leads to Today, which lists them."
        return f"{them} in Today: empty the find box to see them."

    def begin_wrap_up(self, interaction_id: int) -> None:
        """Ask what there is to confirm."""
        if self.asking is not None:
            self._wrapping = interaction_id
            if self._wrap_up is None:
                self.app.typed_ahead.expect()
            self.asking.wrap_up(interaction_id)

    def on_wrap_up_arrived(self, event: messages.WrapUpArrived) -> None:
        """Show it, with the answers that were given before; or what changed in it meanwhile."""
        from agent_tui.tui.screens.wrap_up import Ways, WrapUpScreen
        from agent_tui.tui.screens.wrap_up_form import WrapUpForm

        wrap_up, desk = event.wrap_up, self.desk
        call = wrap_up.interaction
        if desk is None or call.id != self._wrapping:
            return
        form = self._forms.get(call.id)
        if form is None:
            form = self._forms[call.id] = WrapUpForm(
                wrap_up, desk.zone, self.here.now, desk.capturing.promise
            )
            if event.draft is not None:
                self._draft_ids[call.id] = event.draft.id
                form.take_typed(event.draft.text)
        else:
            form.take(wrap_up, self.here.now)
        if self._wrap_up is not None:
            self._wrap_up.show_form()
            return
        form.refused = ""
        title = f"Wrap up · {caller(call)} · {call.channel} {self._began(call)}"
        ways = Ways(
            lambda read_back: self._finish_wrap_up(form, read_back),
            lambda: self._park_form(form),
            lambda: self._journal_soon(form),
        )
        self._wrap_up = WrapUpScreen(form, title, self.here, ways)
        self.app.push_screen(self._wrap_up, lambda _: self._form_left())

    def _began(self, call: Interaction) -> str:
        """When it began, and how long it was: what tells two of the same caller apart."""
        here = self.here
        is_today = ages.days_between(call.opened_at, here.now, here.zone) == 0
        day = "" if is_today else f"{ages.day_and_month(call.opened_at, here.zone)} "
        length = "" if call.length_s is None else f" · {ages.offset(call.length_s)}"
        return f"{day}{ages.clock_time(call.opened_at, here.zone)}{length}"

    def _form_left(self) -> None:
        self._wrap_up = self._wrapping = None

    def _finish_wrap_up(self, form: WrapUpForm, read_back: ReadBack) -> None:
        call = form.wrap_up.interaction
        self.do(
            Act(
                f"wrapped up: {caller(call)}",
                lambda desk: form.finish(desk, read_back),
                form.undo,
                typed=form.typed,
                again=lambda why: self._refuse_form(form, why),
                then=lambda: self._form_finished(form),
            )
        )

    def _refuse_form(self, form: WrapUpForm, why: str) -> None:
        """Say so at the step, and read anew what there is to confirm."""
        call_id = form.wrap_up.interaction.id
        if self._wrap_up is not None and self._wrapping == call_id:
            self._wrap_up.refuse(why)
            self.begin_wrap_up(call_id)

    def _form_finished(self, form: WrapUpForm) -> None:
        self._forget_form(form)
        self._leave_form(form)
        if self.today_now is not None and self.today_now.agent.state != "ready":
            key = key_name(self.app.keys.keys["my_state"][0])
            self.app.notify(f"{key} says that you are ready for the next call.", markup=False)

    def _leave_form(self, form: WrapUpForm) -> None:
        if self._wrap_up is not None and self._wrap_up.form is form:
            self._wrap_up.dismiss(None)

    def _park_form(self, form: WrapUpForm) -> None:
        """Put it off; the answers stay."""
        call = form.wrap_up.interaction
        self.do(
            Act(
                f"parked: {caller(call)}",
                lambda desk: desk.wrapping_up.park(call.id),
                lambda desk: desk.wrapping_up.reopen(call.id),
                again=lambda why: self._refuse_form(form, why),
                then=lambda: self._leave_form(form),
            )
        )

    # -- answers in it ------------------------------------------------------------------------

    def _journal_soon(self, form: WrapUpForm) -> None:
        if self._to_keep is not form:
            self.keep_wrap_up()
            self._to_keep = form
            self.set_timer(JOURNAL_SECONDS, self.keep_wrap_up)

    def keep_wrap_up(self) -> None:
        """Journal now what was answered in a wrap-up and is not kept yet."""
        if self._to_keep is not None:
            self._journal_words(self._to_keep)

    def _journal_words(self, form: WrapUpForm) -> None:
        """Journal the answers, as long as they are not written."""
        self._to_keep = None
        call_id = form.wrap_up.interaction.id
        if self.writing is not None and self._forms.get(call_id) is form:
            draft_id = self._draft_ids.setdefault(call_id, new_id())
            about = ids.show(ids.INTERACTION, call_id)
            self.writing.journal(draft_id, Typed(about, form.typed, "wrap_up"))

    def on_draft_kept(self, event: messages.DraftKept) -> None:
        """The answers are on disk."""
        if (form := self._form_kept_as(event.text_id)) is not None:
            form.is_kept = True

    def on_draft_not_kept(self, event: messages.DraftNotKept) -> None:
        """Say so, and try again."""
        form = self._form_kept_as(event.text_id)
        if form is not None:
            form.is_kept = False
            if self._wrap_up is not None:
                self._wrap_up.refuse(f"NOT KEPT: {event.error.message}")
            self.set_timer(RETRY_SECONDS, lambda: self._journal_words(form))

    def _form_kept_as(self, draft_id: int) -> WrapUpForm | None:
        """The answers that are kept under this id; None where that is another text."""
        forms = self._forms.items()
        return next((one for call, one in forms if self._draft_ids.get(call) == draft_id), None)

    def _forget_form(self, form: WrapUpForm) -> None:
        """It is written: nothing of it is a draft any more."""
        call_id = form.wrap_up.interaction.id
        self._forms.pop(call_id, None)
        draft_id = self._draft_ids.pop(call_id, None)
        if draft_id is not None and self.writing is not None:
            about = ids.show(ids.INTERACTION, call_id)
            self.writing.journal(draft_id, Typed(about, "", "wrap_up"))

    # -- deeds --------------------------------------------------------------------------------

    def _wrap_up_deeds(self, call: Interaction) -> Sequence[Deed]:
        wrap_up = Deed("f", "finish: wrap it up", lambda: self.begin_wrap_up(call.id))
        if call.parked_at is not None:
            return (
                wrap_up,
                Deed("o", "take it up again: it is not parked", lambda: self._reopen_wrap_up(call)),
            )
        return (wrap_up, Deed("z", "park it", lambda: self._park_unseen(call)))

    def _interaction_deeds(self, call: Interaction) -> Sequence[Deed]:
        if call.state == "wrapped_up":
            return (Deed("o", "open its wrap-up again", lambda: self._reopen_wrap_up(call)),)
        if not call.is_live:
            return self._wrap_up_deeds(call)
        is_mine = self.desk is not None and call.agent_id in (None, self.desk.agent.id)
        return (Deed("e", "it has ended", lambda: self._end_conversation(call)),) if is_mine else ()

    def _reopen_wrap_up(self, call: Interaction) -> None:
        self.do(
            Act(
                f"open again: the wrap-up of {caller(call)}",
                lambda desk: desk.wrapping_up.reopen(call.id),
            )
        )

    def _park_unseen(self, call: Interaction) -> None:
        self.do(
            Act(
                f"parked: {caller(call)}",
                lambda desk: desk.wrapping_up.park(call.id),
                lambda desk: desk.wrapping_up.reopen(call.id),
            )
        )

    def _end_conversation(self, call: Interaction) -> None:
        from agent_tui.tui.screens.asks import yes_or_no

        def write(sure: bool) -> None:
            if sure:
                self.do(Act(f"ended: {caller(call)}", lambda desk: desk.conversing.end(call.id)))

        yes_or_no(self.app, "Has this conversation ended? It cannot be taken up again", write)
