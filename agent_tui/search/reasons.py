"""Why a clue points to a customer, and what each kind of reason costs.

The costs only order the answers. Whole numbers part the kinds (exact, prefix, the rest), tenths
order within a kind; a customer's cost is the sum over the clues.
"""

from __future__ import annotations

from typing import NamedTuple

from agent_tui.domain.values.finding import MatchField, MatchKind
from agent_tui.domain.values.index import WordField

PREFIX = 1.0
PREFIX_INSIDE = 1.3
INITIAL = 0.5
"""What it costs that a name begins with a letter that was typed alone beside words."""

NICKNAME = 1.8
ONE_SLIP = 2.0
ENDING = 2.2
ROMANISED = 2.2
SOUND = 2.6
NEAR_BEGINNING = 2.9
TWO_SLIPS = 3.2
THREE_SLIPS = 4.2

OTHER_FIRST_LETTER = 0.4
NOT_IN_THE_NAME = 0.6
"""What it costs more that a slip is in a company or a city: who is asked for is said by name."""

OF_TWO_LETTERS = 0.5
"""What it costs more that a word has two letters, of which a slip leaves little: Frankfurt am Main
was hardly meant by `amy`."""

SAME_SOUND = -0.3
KEY_BESIDE = -0.1
CLOSED_UP = 0.2
RESPACED = 1.0

SHARED = 2.0
"""What it costs more that a clue is explained by a word that another one has already."""

SWAPPED = 0.1
MORE_THAN_ASKED = 0.2
MIDDLE_INITIAL = 0.4
"""What it costs besides that a letter that was typed alone is the very letter of a longer name:
`j smith` is rather Jane Smith than Kim J. Smith."""

FIELDS: dict[WordField, tuple[MatchField, float]] = {
    WordField.NAME: ("name", 0.0),
    WordField.COMPANY: ("company", 0.4),
    WordField.CITY: ("city", 0.6),
}


BESIDE: dict[WordField, float] = {place: cost for place, (_, cost) in FIELDS.items()} | {
    WordField.CITY: FIELDS[WordField.COMPANY][1]
}
"""What a word costs in each field beside other clues: where somebody lives and where they work are
said alike to tell namesakes apart."""

OF_INITIALS: dict[WordField, float] = {
    place: extra + 2.0 * (place != WordField.NAME) for place, extra in BESIDE.items()
}
"""What a lone letter costs more in each field beside words: it is hardly a letter of S.p.A."""

_ALONE: dict[WordField, float] = {place: extra for place, (_, extra) in FIELDS.items()}
_LETTERS_ALONE: dict[WordField, float] = {
    place: extra + 2.0 * (place != WordField.NAME) for place, extra in _ALONE.items()
}
_FEW_LETTERS = 2


def alone(word: str) -> dict[WordField, float]:
    """What a word costs more in each field, where it is the only clue: a letter or two are hardly
    those of a company's legal form or of the middle of a city's name."""
    return _LETTERS_ALONE if len(word) <= _FEW_LETTERS else _ALONE


Meant = tuple[MatchKind, float]
"""How a word is meant by what was typed, and what that costs."""


class Reason(NamedTuple):
    """One clue, explained: what was typed and what was found, in which field, at what cost.

    For words, `typed` and `found` are folded; for references, `typed` is the normal form that
    matched and `found` the value as it is shown. `people` is how many customers have the word,
    where that was looked up.
    """

    cost: float
    field: MatchField
    kind: MatchKind
    typed: str
    found: str
    people: int = 1


class Spelling(NamedTuple):
    """A word of the register that a typed word may stand for, and what that costs.

    `people` is how many customers have it.
    """

    text: str
    people: int
    kind: MatchKind
    cost: float

    def reason(self, field: WordField, extra: float, typed: str) -> Reason:
        """The reason where a customer has the word in that field, in which it costs more."""
        cost, people = self.cost + extra, max(1, self.people)
        return Reason(cost, FIELDS[field][0], self.kind, typed, self.text, people)
