"""Tells one story once: what was said, promised and given, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from agent_tui.crowd.dice import Dice, Weighted
from agent_tui.crowd.stories import Story, house, words
from agent_tui.crowd.talks import Answer, Caller, Gift, MadePromise, MadeTalk, Said
from agent_tui.domain.values.kinds import (
    ChannelName,
    Direction,
    FactKind,
    Met,
    PromiseState,
    ReadBack,
    Side,
)

_SPOKEN: frozenset[ChannelName] = frozenset({"phone", "visit"})
_WRITTEN_LATER: frozenset[ChannelName] = frozenset({"email", "web"})
_LONGEST_WAIT = timedelta(days=2)
_STILL_OPEN = timedelta(days=20)
_READ_BACK: Weighted[ReadBack | None] = Weighted(
    ("agreed", "not_done", "disputed", None), (9, 3, 1, 7)
)
_REASONS = ("the part did not come", "it was forgotten", "nobody was at home", "too many that week")


class Teller:
    """Tells one story once. What is to be known of it by `end` is known then."""

    def __init__(self, story: Story, dice: Dice, caller: Caller, end: datetime) -> None:
        self._story = story
        self._thread = story.threads.draw(dice)
        self._dice = dice
        self._end = end
        self._words = words()
        self._slots = _slots(self._words.slots, dice, caller)

    def tell(self, external_id: str, opened_at: datetime) -> MadeTalk:
        """The whole of it."""
        dice = self._dice
        channel = dice.one_of(self._story.channels)
        direction: Direction = "out" if dice.percent(12) else "in"
        answered_at = opened_at + timedelta(seconds=self._waited(channel, opened_at))
        messages = self._messages(channel, int((answered_at - opened_at).total_seconds()))
        spoken_s = messages[-1].after_s if messages else 0
        last_at = max(answered_at, opened_at + timedelta(seconds=spoken_s))
        closed_at = last_at + timedelta(seconds=60 + dice.early(900))
        met = self._thread.met
        return MadeTalk(
            external_id=external_id,
            channel=channel,
            direction=direction,
            agent=dice.early(len(house().agents)),
            agenda=self._filled(self._thread.agenda) if dice.percent(88) else None,
            met=met,
            outcome=self._filled(self._thread.outcome),
            read_back=_READ_BACK.draw(dice),
            opened_at=opened_at,
            answered_at=answered_at,
            closed_at=closed_at,
            topics=self._topics(),
            messages=messages,
            note=self._note(channel),
            promises=self._promises(closed_at),
            fact=self._fact(),
            gift=self._gift() if dice.percent(12 if met == "no" else 4) else None,
            refusal=self._any(self._words.refused) if dice.percent(3) else None,
            complaint=self._complaint(met),
            feedback=self._feedback(closed_at, met) if dice.percent(30) else None,
        )

    def _any(self, texts: Sequence[str]) -> str:
        return self._filled(self._dice.one_of(texts))

    def _filled(self, text: str) -> str:
        return text.format_map(self._slots) if "{" in text else text

    def _waited(self, channel: ChannelName, opened_at: datetime) -> int:
        """Seconds until somebody was there. All are answered before the three years end."""
        dice = self._dice
        if channel in _WRITTEN_LATER and self._end - opened_at > _LONGEST_WAIT:
            return 600 + dice.early(90_000)
        return 2 + dice.early(600 if channel == "phone" else 240)

    def _messages(self, channel: ChannelName, waited: int) -> tuple[Said, ...]:
        dice, thread = self._dice, self._thread
        if channel in _SPOKEN and not dice.percent(30):
            return ()
        said = [Said("customer", self._filled(thread.opening), 0)]
        at = waited + 10 + dice.under(40)
        said.append(Said("agent", self._filled(thread.answer), at))
        if dice.percent(15 if channel in _WRITTEN_LATER else 45):
            at += 8 + dice.early(120)
            said.append(Said("customer", self._filled(thread.asked), at))
            at += 8 + dice.early(90)
            said.append(Said("agent", self._filled(thread.answered), at))
        if dice.percent(40):
            at += 5 + dice.early(300)
            said.append(Said("customer", self._any(self._words.thanks), at))
            if channel == "chat" or dice.percent(20):
                at += 3 + dice.under(30)
                said.append(Said("agent", self._any(self._words.welcome), at))
        return tuple(said)

    def _topics(self) -> tuple[str, ...]:
        topics = [self._story.topic]
        if self._dice.percent(20):
            topics.append(self._slots["item"].replace(" ", "-"))
        return tuple(topics)

    def _note(self, channel: ChannelName) -> str | None:
        share = 75 if channel in _SPOKEN else 35
        return self._filled(self._thread.note) if self._dice.percent(share) else None

    def _promises(self, made_at: datetime) -> tuple[MadePromise, ...]:
        dice, story = self._dice, self._story
        if not dice.percent(26):
            return ()
        side: Side = "theirs" if story.theirs and dice.percent(20) else "ours"
        text = self._any(story.theirs if side == "theirs" else story.ours)
        due_at = _at_five(made_at + timedelta(days=1 + dice.early(10)))
        if not dice.percent(6):
            return (self._ended(side, text, due_at, made_at),)
        moved_at = made_at + (due_at - made_at) / 2
        if moved_at >= self._end:
            return (MadePromise(side, text, due_at, "open"),)
        first = MadePromise(side, text, due_at, "renegotiated", moved_at, moved_at)
        later = _at_five(due_at + timedelta(days=1 + dice.early(7)))
        return first, self._ended(side, text, later, moved_at)

    def _ended(self, side: Side, text: str, due_at: datetime, made_at: datetime) -> MadePromise:
        """The promise as it stands when the three years are over."""
        dice, end = self._dice, self._end
        thrown = dice.under(100)
        early = made_at + (due_at - made_at) * (1 + dice.under(9)) / 10
        late = due_at + timedelta(hours=1 + dice.early(90))
        done = MadePromise(side, text, due_at, "kept", early if thrown < 82 else late)
        if thrown >= 90:
            reason = self._any(_REASONS)
            told_at = early if dice.percent(50) else late if dice.percent(50) else None
            state: PromiseState = "withdrawn" if thrown >= 97 else "broken"
            done = MadePromise(side, text, due_at, state, late, told_at, reason)
        forgotten = end - due_at < _STILL_OPEN and dice.percent(25)
        if forgotten or done.closed_at is None or done.closed_at >= end:
            return MadePromise(side, text, due_at, "open")
        return done

    def _fact(self) -> tuple[FactKind, str] | None:
        if not self._dice.percent(6):
            return None
        kind, text = self._dice.one_of(self._words.facts)
        return kind, self._filled(text)

    def _gift(self) -> Gift:
        if self._dice.percent(35):
            return Gift("theirs", self._any(self._words.got), None)
        kind = self._any(self._words.gave)
        amount = None if kind == "apology" else f"{5 + self._dice.early(90)}.00"
        return Gift("ours", kind, amount)

    def _complaint(self, met: Met) -> str | None:
        complaints = self._story.complaints
        if not complaints or not self._dice.percent(18 if met == "no" else 2):
            return None
        return self._any(complaints)

    def _feedback(self, closed_at: datetime, met: Met) -> Answer | None:
        dice = self._dice
        asked_at = closed_at + timedelta(hours=1)
        if asked_at >= self._end:
            return None
        answered_at = asked_at + timedelta(minutes=2 + dice.early(4_000))
        if not dice.percent(35) or answered_at >= self._end:
            return Answer(asked_at, None, None, None)
        worst, best = {"yes": (3, 5), "partly": (2, 4), "no": (1, 3), "not_asked": (2, 5)}[met]
        score = best - dice.early(best - worst + 1)
        comments = self._words.praise if score > 3 else self._words.criticism
        text = self._any(comments) if dice.percent(30) else None
        return Answer(asked_at, answered_at, score, text)


def _slots(texts: Mapping[str, Sequence[str]], dice: Dice, caller: Caller) -> dict[str, str]:
    slots = {name: dice.one_of(several) for name, several in texts.items()}
    return slots | {
        "amount": f"€{3 + dice.early(240)}.{dice.under(20) * 5:02d}",
        "order": f"#W{dice.under(10_000_000):07d}",
        "city": caller.city,
        "name": caller.given,
    }


def _at_five(moment: datetime) -> datetime:
    return moment.replace(hour=17, minute=0, second=0)
