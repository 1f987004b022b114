"""The answers of a wrap-up, step by step: which are asked, what they lack, what will be written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from agent_tui.domain.rules import wrap_up as rules
from agent_tui.domain.values.promises import Promise
from agent_tui.errors import BadInput
from agent_tui.tui.screens import wrap_up_draft as draft

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

    from agent_tui.domain.values.kinds import Met, ReadBack
    from agent_tui.domain.values.people import Fact
    from agent_tui.domain.values.promises import SaidPromise
    from agent_tui.domain.values.wrap_up import Left, Missing, WrapUp
    from agent_tui.services.desk import Desk

Step = Literal["met", "outcome", "owed", "promises", "complaint", "facts", "summary"]

MET_KEYS: dict[str, tuple[Met, str]] = {
    "y": ("yes", "yes"),
    "p": ("partly", "partly"),
    "n": ("no", "no"),
    "s": ("not_asked", "not asked"),
}
READ_BACK_KEYS: dict[str, tuple[ReadBack, str]] = {
    "a": ("agreed", "they agree"),
    "d": ("disputed", "they dispute it"),
    "enter": ("not_done", "not read back"),
}
"""Nobody agrees by chance: Enter, which may be pressed once too often, claims nothing."""
OUTCOMES = ("answered", "passed on to a colleague", rules.WE_GET_BACK, "they get back to us")
OUTCOMES_OF_NOBODY = ("wrong number", "they hung up", "they did not say who they are", "spam")
_STEP_OF_PART: dict[str, Step] = {"end": "met", "met": "met"}
_MET_WORDS: dict[Met, str] = dict(MET_KEYS.values())


@dataclass(slots=True)
class WrapUpForm:
    """One wrap-up while it is being answered. Nothing of it is written before the last answer.

    `complaint` are the words of one that is to be opened, None while that is not answered, empty
    where there was none. `summary` is None while it is the composed one. `dropped` are promises
    that were not promised, `forgotten` facts not to be kept. `owed` are the words of a promise of
    ours, which `read_promise` reads.
    """

    wrap_up: WrapUp
    zone: tzinfo
    now: datetime
    read_promise: Callable[[str, str], SaidPromise]
    met: Met | None = None
    outcome: str = ""
    owed: str = ""
    complaint: str | None = None
    summary: str | None = None
    dropped: set[int] = field(default_factory=set)
    forgotten: set[int] = field(default_factory=set)
    step: Step = "met"
    refused: str = ""
    """What the step lacks, in a sentence."""
    is_kept: bool = True
    """Whether nothing of it was kept from the disk, when it was written there last."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that ask anything, in order."""
        asked: list[Step] = ["met", "outcome"]
        if self.asks_promise:
            asked.append("owed")
        if self.promises:
            asked.append("promises")
        if self.hint is not None:
            asked.append("complaint")
        if self.wrap_up.left.facts:
            asked.append("facts")
        return (*asked, "summary")

    @property
    def asks_promise(self) -> bool:
        """Whether we are to come back to them and nobody has promised when."""
        call = self.wrap_up.interaction
        outcome = self.outcome or call.outcome or ""
        return call.customer_id is not None and rules.owes_an_answer(outcome, self._kept)

    @property
    def promise(self) -> SaidPromise | None:
        """The promise that was typed, None for none; raises BadInput for what is none."""
        if not self.asks_promise or not self.owed.strip():
            return None
        return self.read_promise(self.owed, rules.WE_GET_BACK)

    @property
    def promises(self) -> tuple[Promise, ...]:
        """The promises that were found and are still open."""
        return tuple(one for one in self.wrap_up.left.promises if one.state == "open")

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that were heard."""
        return self.wrap_up.left.facts

    @property
    def hint(self) -> str | None:
        """Why there may be a complaint that nobody has written down; None where nothing says so."""
        left = self.wrap_up.left
        if left.complaints or self.wrap_up.interaction.customer_id is None:
            return None
        return rules.dissatisfaction(left, self.met)

    @property
    def offered_outcomes(self) -> tuple[str, ...]:
        """The outcomes that a single digit gives."""
        known = self.wrap_up.interaction.customer_id is not None
        return OUTCOMES if known else OUTCOMES_OF_NOBODY

    @property
    def likely_complaint(self) -> str:
        """What they may have complained about, in their own words."""
        left = self.wrap_up.left
        if self.complaint:
            return self.complaint
        return left.moods[0].text if left.moods else (self.wrap_up.agenda or "")

    @property
    def left(self) -> Left:
        """What the interaction leaves behind when these answers are written."""
        kept, call = self._kept, self.wrap_up.interaction
        try:
            said = self.promise
        except BadInput:
            said = None
        if said is None or call.customer_id is None:
            return kept
        made = Promise(
            0,
            call.customer_id,
            call.customer or "",
            "ours",
            said.text,
            said.due_at,
            "open",
            None,
            call.id,
            self.now,
        )
        return replace(kept, promises=(*kept.promises, made))

    @property
    def _kept(self) -> Left:
        """The records that stay as they are."""
        left = self.wrap_up.left
        return replace(
            left,
            promises=tuple(one for one in left.promises if one.id not in self.dropped),
            facts=tuple(one for one in left.facts if one.id not in self.forgotten),
        )

    @property
    def shown_summary(self) -> str:
        """The summary as it would be written now."""
        if self.summary is not None:
            return self.summary
        if self.wrap_up.interaction.summary:
            return self.wrap_up.summary
        return rules.compose_summary(
            self.wrap_up.agenda, self.wrap_up.topics, self.left, self.now, self.zone
        )

    def answer_met(self, met: Met) -> None:
        """Did they get what they came for?"""
        self.met = met
        if self.hint is None:
            self.complaint = None
        self.go_on()

    def answer_complaint(self, words: str) -> None:
        """The words of a complaint to be opened; empty for none."""
        self.complaint = words.strip()
        self.go_on()

    def toggle(self, record_id: int) -> None:
        """Drop a promise or a fact, or keep it after all."""
        chosen = self.dropped if self.step == "promises" else self.forgotten
        chosen.symmetric_difference_update({record_id})

    def go_on(self) -> None:
        """To the next step, unless this one lacks something that no later one can bring."""
        lacks = self._lacking_here()
        self.refused = lacks
        if not lacks:
            self._turn(1)

    def go_back(self) -> None:
        """To the step before; its answer may be changed."""
        self.refused = ""
        self._turn(-1)

    def lacks(self) -> str:
        """What the rules require and is not answered, in a sentence; the step that asks for it is
        turned to. Empty where all may be written."""
        for missing in self._missing():
            self.step = _STEP_OF_PART.get(missing.part, "outcome")
            self.refused = missing.sentence
            return missing.sentence
        if problem := self._promise_problem():
            self.step, self.refused = "owed", problem
        return problem

    def finish(self, desk: Desk, read_back: ReadBack) -> None:
        """Write all answers; a conversation that no channel ends is over with it. Raises as the
        services do."""
        assert self.met is not None
        call = self.wrap_up.interaction
        if call.is_live:
            desk.conversing.end(call.id)
        for missed_id in self.wrap_up.missed_with:
            desk.wrapping_up.finish(missed_id, self.met, outcome=self.outcome or None)
        kept = {one.id for one in self.facts} - self.forgotten
        desk.wrapping_up.finish(
            call.id,
            self.met,
            outcome=self.outcome or None,
            summary=self.summary,
            read_back=read_back,
            complaint=self.complaint or None,
            promise=self.promise,
            drop_promises=self.dropped,
            keep_facts=kept if self.forgotten else None,
            version=None if call.is_live else self.wrap_up.version,
        )

    def undo(self, desk: Desk) -> None:
        """Open it again, as it was before."""
        for interaction_id in (self.wrap_up.interaction.id, *self.wrap_up.missed_with):
            desk.wrapping_up.reopen(interaction_id)

    @property
    def typed(self) -> str:
        """All answers, to be kept until they are written; empty where there are none."""
        return draft.as_text(
            draft.Kept(
                met="" if self.met is None else _MET_WORDS[self.met],
                outcome=self.outcome,
                promise=self.owed,
                complaint=self.complaint,
                summary=self.summary or "",
                dropped=frozenset(
                    draft.one_row(one.text) for one in self.promises if one.id in self.dropped
                ),
                forgotten=frozenset(
                    draft.one_row(one.text) for one in self.facts if one.id in self.forgotten
                ),
            )
        )

    def take_typed(self, typed: str) -> None:
        """Take up what was answered before, where nothing was answered since."""
        kept = draft.read(typed)
        met = (met for met, words in MET_KEYS.values() if words == kept.met)
        self.met = self.met or next(met, None)
        self.outcome = self.outcome or kept.outcome
        self.owed = self.owed or kept.promise
        self.complaint = self.complaint or kept.complaint
        self.summary = self.summary or kept.summary or None
        self.dropped.update(
            one.id for one in self.promises if draft.one_row(one.text) in kept.dropped
        )
        self.forgotten.update(
            one.id for one in self.facts if draft.one_row(one.text) in kept.forgotten
        )

    def take(self, wrap_up: WrapUp, now: datetime) -> None:
        """What there is to confirm was read anew; the answers stay."""
        self.wrap_up, self.now = wrap_up, now
        if self.step not in self.steps:
            self.step = "met"

    def _missing(self) -> tuple[Missing, ...]:
        over = replace(self.wrap_up.interaction, state="ended")
        return rules.missing(
            over, self.left, self.met, outcome=self.outcome, complains=bool(self.complaint)
        )

    def _lacking_here(self) -> str:
        """What this step lacks. That nothing follows may still be mended by a complaint."""
        if self.step == "owed":
            return self._promise_problem()
        may_complain = self.step == "outcome" and "complaint" in self.steps and not self.complaint
        for missing in self._missing():
            here = _STEP_OF_PART.get(missing.part, "outcome") == self.step
            if here and not (missing.part == "followed_by" and may_complain):
                return missing.sentence
        return ""

    def _promise_problem(self) -> str:
        """What is wrong with the promise that was typed, in a sentence; empty for nothing."""
        try:
            _ = self.promise
        except BadInput as problem:
            return problem.message
        return ""

    def _turn(self, way: int) -> None:
        steps = self.steps
        place = steps.index(self.step) if self.step in steps else 0
        self.step = steps[max(0, min(len(steps) - 1, place + way))]
