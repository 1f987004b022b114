"""All the talks of a seed, in the order of time: who with, when, and about what."""

from __future__ import annotations

from agent_tui.crowd.calendar import Calendar
from agent_tui.crowd.dice import Dice
from agent_tui.crowd.stories import of_week
from agent_tui.crowd.talks import Caller, MadeTalk
from agent_tui.crowd.telling import Teller


class Traffic:
    """All the talks of a seed: `count` of them with the first `people`, in the order of time."""

    def __init__(self, seed: int, *, count: int, people: int, calendar: Calendar) -> None:
        self._seed = seed
        self._count = count
        self._people = people
        self._calendar = calendar

    def external_id(self, place: int) -> str:
        """The name of the talk at a place."""
        return f"{self._seed}-{self._count}-{place:08d}"

    def whose(self, place: int) -> int:
        """The number of the person with whom it was: a few come again and again."""
        dice = Dice(self._seed, "whose", place)
        first = dice.early(self._people)
        return dice.under(first + 1) if dice.percent(20) else first

    def talk(self, place: int, caller: Caller) -> MadeTalk:
        """The talk at a place, which is with `caller`."""
        opened_at = self._calendar.moment(place, self._count)
        dice = Dice(self._seed, f"talk of {self._count}", place)
        story = of_week(self._seed, opened_at.toordinal() // 7).draw(dice)
        return Teller(story, dice, caller, self._calendar.end).tell(
            self.external_id(place), opened_at
        )
