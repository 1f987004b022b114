"""From clues to customers: who is behind each clue, and for what reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from agent_tui.domain.rules.indexing import indexed_words
from agent_tui.domain.values.index import Listing, WordField
from agent_tui.search import reasons
from agent_tui.search.clues import Clue, Reading
from agent_tui.search.port import IndexStore
from agent_tui.search.reasons import Reason, Spelling
from agent_tui.search.references import among_references
from agent_tui.search.spellings import Speller, Spellings

MOST_PEOPLE = 1_500
"""How many customers of one clue are gathered; the others are only tested against it."""

_TOO_MANY = 6_000
"""Beyond so many people it is cheaper to try the recent customers than to sort these."""

_MOST_TESTED = 1_000
_MOST_RECENT = 60
_LATEST = 200

Reasons = list[Reason | None]
"""Why a customer is a candidate: for each clue of the reading its reason, None where none."""


@dataclass(slots=True)
class _Asked:
    """One clue with what is known of it.

    `cut` says that more customers have it than are gathered; `common`, that even those with the
    likely words are too many.
    """

    clue: Clue
    spellings: Spellings | None
    people: dict[int, Reason] = field(default_factory=dict)
    cut: bool = False
    common: bool = False


class Gatherer:
    """Finds the candidates of one reading of a query."""

    def __init__(self, store: IndexStore, speller: Speller) -> None:
        self._store = store
        self._speller = speller

    def candidates(
        self, reading: Reading, enough: int, *, loose: bool = False
    ) -> dict[int, Reasons]:
        """Customers with the reasons that speak for them.

        Only those whom every clue points to, where they are more than `enough`.
        """
        asked = [self._asked(clue, loose) for clue in reading]
        rarer = [each for each in asked if not each.common]
        for each in rarer:
            self._gather_words(each)
        if rarer and not any(each.people for each in rarer):
            for each in asked:
                self._gather_words(each)
        for each in asked:
            self._gather_references(each)
        found = _together(asked, enough)
        if not rarer:
            for number in self._from_recent(asked):
                found.setdefault(number, [None] * len(asked))
        self._test(found, asked)
        whole = {number: why for number, why in found.items() if None not in why}
        if len(whole) > enough:
            return whole
        return {number: why for number, why in found.items() if any(why)}

    def _asked(self, clue: Clue, loose: bool) -> _Asked:
        if clue.word is None:
            return _Asked(clue, None)
        spelled = self._speller.spellings(clue.word, last=clue.last, loose=loose)
        common = spelled.prefix is not None or _people(_likely(spelled)) > MOST_PEOPLE
        return _Asked(clue, spelled, cut=common, common=common)

    def _gather_words(self, asked: _Asked) -> None:
        """Find who has the words that a clue may stand for, likely ones first."""
        if asked.spellings is None:
            return
        fitting: list[Spelling] = []
        people = 0
        for spelling in asked.spellings.listed:
            people += spelling.people
            if people > MOST_PEOPLE:
                asked.cut = True
                break
            fitting.append(spelling)
        asked.people = self._people_of(asked.spellings.typed, fitting)

    def _gather_references(self, asked: _Asked) -> None:
        """Add whom a clue means as a phone number, an address, a number or an id."""
        if (reference := asked.clue.reference) is None:
            return
        parts = reference.sure or not (asked.people or asked.common)
        for number, reason in among_references(self._store, reference, parts=parts):
            known = asked.people.get(number)
            if known is None or reason.cost < known.cost:
                asked.people[number] = reason

    def _people_of(self, typed: str, spellings: list[Spelling]) -> dict[int, Reason]:
        """Who has one of these words; for each the cheapest reason."""
        if not spellings:
            return {}
        by_id = {spelling.word_id: spelling for spelling in spellings}
        made: dict[tuple[int, int], Reason] = {}
        people: dict[int, Reason] = {}
        for word_id, place, number in self._store.postings(list(by_id), 3 * MOST_PEOPLE):
            reason = made.get((word_id, place))
            if reason is None:
                reason = by_id[word_id].reason(WordField(place), typed)
                made[word_id, place] = reason
            known = people.get(number)
            if known is None or reason.cost < known.cost:
                people[number] = reason
        return people

    def _from_recent(self, asked: list[_Asked]) -> list[int]:
        """Where every clue is common: the latest of the rarest one, or recent customers."""
        spelled = [each.spellings for each in asked if each.spellings is not None]
        likely = [_likely(each) for each in spelled if each.prefix is None]
        rarest = min(likely, key=_people, default=[])
        if rarest and (_people(rarest) < _TOO_MANY or rarest[0].cost > reasons.PREFIX_INSIDE):
            word_ids = [spelling.word_id for spelling in rarest]
            return self._store.latest_with(word_ids, 2 * _LATEST if len(asked) > 1 else _LATEST)
        return self._store.recent_with([each.typed for each in spelled], _MOST_RECENT)

    def _test(self, found: dict[int, Reasons], asked: list[_Asked]) -> None:
        """Look at the latest candidates themselves for clues that were not gathered in full."""
        cut = [(place, each) for place, each in enumerate(asked) if each.cut]
        untold = [n for n, why in found.items() if any(why[place] is None for place, _ in cut)]
        if len(untold) > _MOST_TESTED:
            untold = self._store.latest(untold, _MOST_TESTED)
        for listing in self._store.listings(untold) if untold else ():
            why = found[listing.number]
            for place, each in cut:
                if why[place] is None and each.spellings is not None:
                    why[place] = _reason_in(listing, each.spellings, each.clue.last)


def _together(asked: list[_Asked], enough: int) -> dict[int, Reasons]:
    """All candidates of all clues that were gathered, or only those of each where enough."""
    everyone = [each.people for each in asked]
    gathered = [people for people in everyone if people]
    if not gathered:
        return {}
    numbers = set(gathered[0]).intersection(*gathered[1:])
    if len(numbers) <= enough or len(gathered) < len(everyone):
        numbers = set().union(*gathered)
    return {number: [people.get(number) for people in everyone] for number in numbers}


def _likely(spelled: Spellings) -> list[Spelling]:
    """The very word and those that begin so; where there are none, the closest ones."""
    if not spelled.listed:
        return []
    most = max(reasons.PREFIX_INSIDE, spelled.listed[0].cost)
    return [spelling for spelling in spelled.listed if spelling.cost <= most]


def _people(spellings: Iterable[Spelling]) -> int:
    return sum(spelling.people for spelling in spellings)


def _reason_in(listing: Listing, spelled: Spellings, last: bool) -> Reason | None:
    """The reason for which a typed word stands among a customer's words, if it does."""
    fields = (
        (WordField.NAME, listing.name),
        (WordField.COMPANY, listing.company),
        (WordField.CITY, listing.city),
    )
    best: Reason | None = None
    for place, text in fields:
        for word in indexed_words(text) if text else ():
            spelling = spelled.by_text.get(word)
            if spelling is None and spelled.prefix and word.startswith(spelled.prefix):
                cost = reasons.PREFIX if last else reasons.PREFIX_INSIDE
                spelling = Spelling(word, 0, 0, "prefix", cost)
            if spelling is not None:
                reason = spelling.reason(place, spelled.typed)
                if best is None or reason.cost < best.cost:
                    best = reason
        if best is not None and best.cost <= reasons.PREFIX:
            break
    return best
