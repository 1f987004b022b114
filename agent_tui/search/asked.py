"""A clue with all that is known of it before anybody is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agent_tui.domain.rules.indexing import AGAIN, BEGINNING
from agent_tui.domain.values.index import Answer, WordField
from agent_tui.search.clues import Clue
from agent_tui.search.reasons import Reason
from agent_tui.search.spellings import Spellings

MOST_BEGINNINGS = 80
"""Of how many words that begin like what was typed the people are gathered."""


@dataclass(slots=True)
class Asked:
    """One clue with what is known of it.

    `identified` are those whose id it is, `extras` what it costs more in each field. `is_initial`
    says that it is a lone letter beside words, `is_again` that another clue begins like it: then a
    second word of a name must. `told` are the reasons of all to whom it points as a reference,
    `holding` those who may have its digits somewhere in a number: of these only who is chosen is
    looked at.
    """

    clue: Clue
    spellings: Spellings | None
    identified: Answer[list[int]]
    extras: Mapping[WordField, float]
    is_initial: bool = False
    is_again: bool = False
    told: dict[int, Reason] = field(default_factory=dict)
    holding: Sequence[int] = ()

    @property
    def open(self) -> bool:
        """Whether so many words begin like it that only reading a customer tells who has one."""
        if self.is_initial or self.spellings is None:
            return self.is_initial
        return self.spellings.prefix is not None or self.spellings.begun > MOST_BEGINNINGS

    @property
    def begun(self) -> str:
        """The first letters of its word, as far as they are indexed by themselves."""
        letters = (self.clue.word or "")[:BEGINNING]
        return letters + AGAIN if self.is_again else letters

    @property
    def is_begun(self) -> bool:
        """Whether that is all of it: then the index knows in whose name a word begins so."""
        return self.clue.word is not None and len(self.clue.word) <= BEGINNING

    @property
    def is_only_begun(self) -> bool:
        """Whether it is, and only the index does."""
        return self.open and self.is_begun

    @property
    def people(self) -> int:
        """How many customers it points to, at most."""
        spelled = self.spellings.people if self.spellings else 0
        return len(self.told) + len(self.holding) + spelled
