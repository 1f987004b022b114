"""From clues to customers: who may be meant, before anything is read of them.

The clue that fewest customers have leads: who has it is kept where the other clues point to them
too. Costs are those of words, so that the cheapest can be chosen; what is known of a customer is
read for these alone.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from operator import itemgetter
from time import monotonic

from agent_tui.domain.rules.indexing import BEGINNING
from agent_tui.domain.values.index import Answer, Posting, WordField
from agent_tui.search import reasons
from agent_tui.search.asked import MOST_BEGINNINGS, Asked
from agent_tui.search.beginnings import Beginnings
from agent_tui.search.clues import Clue, Reading, ReferenceClue
from agent_tui.search.customers import KnownCustomers, Timer
from agent_tui.search.cutting import WORTH_HALVING, Costs, Cut, among
from agent_tui.search.kept import Kept, KeptPostings
from agent_tui.search.port import IndexStore
from agent_tui.search.reasons import Reason, Spelling
from agent_tui.search.references import (
    ENDING,
    MOST_ALONE,
    among_references,
    at_home,
    by_case,
    identified,
    told_among,
)
from agent_tui.search.spellings import Speller, Spellings

LOOKED_AT = 20
"""How many customers are read and compared, at least."""

_MOST_PEOPLE = 20_000
"""How many customers of one clue are gathered; the others are only tested against it."""

_MOST_COMPARED = 150_000
_MOST_BEGUN = 50_000
"""How many are compared with those of a rarer clue, and of words that are hardly begun."""

_FEW_READ = 10
"""Reading so few tells sooner what they have than comparing them with those of another clue."""

_TESTED = 80
"""How many are read where a clue is so common that only reading tells who has it."""

_MIDDLE_INITIAL = round(reasons.MORE_THAN_ASKED + reasons.MIDDLE_INITIAL, 1)

_LEAST_A_WORD = 3
_MOST_WORDS = 120
_KEPT_PEOPLE = 100_000

_FIELD_COSTS = {int(field): cost for field, cost in reasons.BESIDE.items()}


class Gatherer:
    """Finds the candidates of one reading of a query. `left_out` says that others than those who
    were chosen may answer to the question too."""

    def __init__(
        self,
        store: IndexStore,
        speller: Speller,
        customers: KnownCustomers,
        timer: Timer = monotonic,
    ) -> None:
        self._store = store
        self._speller = speller
        self._postings = KeptPostings(store)
        self._people: Kept[tuple[str, bool, bool], Costs] = Kept(_KEPT_PEOPLE, len)
        self._cut = Cut(store, customers, timer)
        self._beginnings = Beginnings(store, self._cut)
        self.left_out = False
        self._ids: dict[tuple[str, int | None], Answer[list[int]]] = {}
        self._pointed: dict[
            tuple[ReferenceClue, bool, bool, bool], tuple[dict[int, Reason], Sequence[int]]
        ] = {}

    def begin(self) -> None:
        """Start a new question: what references mean is asked anew, once for all its readings."""
        self._ids.clear()
        self._pointed.clear()
        self.left_out = False

    def forget(self) -> None:
        """Forget what was kept, since the index changed."""
        self._postings.forget()
        self._people.forget()
        self._cut.forget()
        self._beginnings.forget()

    def ask(self, reading: Reading, enough: int, *, loose: bool) -> list[Asked]:
        """The clues of a reading with the words that they may stand for: of a lone one those that
        may be among the first `enough` customers."""
        is_alone = len(reading) == 1 and not loose
        # Who has a word in every field is counted thrice.
        people = len(reasons.FIELDS) * max(LOOKED_AT, enough) if is_alone else math.inf
        words = [
            self._speller.ask(clue.word, last=clue.last, loose=loose, enough=people)
            if clue.word is not None
            else None
            for clue in reading
        ]
        # Looked up by a server while words are compared.
        identified = [self._identified(clue.reference) for clue in reading]
        has_words = any(clue.word is not None and len(clue.word) > 1 for clue in reading)
        asked = []
        for clue, spelled, ids in zip(reading, words, identified, strict=True):
            word = clue.word or ""
            is_initial = has_words and len(word) == 1
            extras = reasons.OF_INITIALS if is_initial else reasons.BESIDE
            asked.append(
                Asked(
                    clue,
                    None if spelled is None else spelled(),
                    ids,
                    extras if len(reading) > 1 else reasons.alone(word),
                    is_initial=is_initial,
                    is_again=_is_again(clue, reading),
                )
            )
        return asked

    def _identified(self, reference: ReferenceClue | None) -> Answer[list[int]]:
        """Whose id a clue is, asked for once a question."""
        if reference is None or reference.postal:
            return list
        key = reference.written, reference.customer_id
        if key not in self._ids:
            self._ids[key] = cache(self._store.identified(*key))
        return self._ids[key]

    def numbers(
        self, asked: Sequence[Asked], enough: int, *, loose: bool, whole: bool = False
    ) -> list[int]:
        """The customers to look at, some hundred at most unless `enough` are more; if `whole`,
        only those to whom all clues may point."""
        room = max(LOOKED_AT, enough)
        for each in asked:
            self._add_references(each, room, alone=len(asked) == 1, loose=loose)
        if len(asked) == 1:
            return self._of_one(asked[0], room)
        namesakes = self._of_that_name(asked)
        if len(namesakes) >= room:
            self.left_out = True
            return list(self._cut.of(namesakes, room))
        chosen = self._of_several(asked, room, enough, loose, whole)
        if len(chosen) < enough and not whole:
            # Too few have the rarest clue: who has the next one very likely.
            for each in sorted(asked, key=_people)[1:2]:
                chosen = list(dict.fromkeys([*chosen, *self._of_one(each, room // 2)]))
        for each in asked:
            if each.holding and each.clue.reference:
                each.told |= told_among(self._store, each.clue.reference, chosen)
        return chosen

    def _of_several(
        self, asked: Sequence[Asked], room: int, enough: int, loose: bool, whole: bool
    ) -> list[int]:
        """To whom the rarest clue and most of the others point."""
        closed = sorted((each for each in asked if each.people and not each.open), key=_people)
        opened = sorted((each for each in asked if each.people and each.open), key=_people)
        if not closed and not opened:
            return [*self._cut.latest()][:_TESTED]
        leader, *others = closed or opened
        self.left_out = self.left_out or bool(opened)
        best = self._costs(leader, loose)
        if whole:
            for each in [*others, *opened] if closed else others:
                if len(best) > _FEW_READ:
                    best = self._together(best, each, loose)
            return self._cheapest(best, room)
        have_all = len(best) > room
        if have_all:
            best, have_all = self._joined(best, others, loose)
        known = best
        if closed:
            if len(best) <= room:
                return list(best)
            known, have_opened = self._joined(best, opened, loose)
            have_all = have_all and have_opened
        chosen = self._cheapest(known, room)
        very = {} if closed else self._of_the_very_word(opened, loose)
        chosen += self._cheapest(very, room)
        for each in opened:
            if each.is_initial and len(known) > room:
                chosen += self._cut.of(sorted(self._of_that_letter(known, each)), _TESTED)
        convincing = reasons.PREFIX_INSIDE * len(opened)
        fitting = len(very)
        if have_all:
            fitting += sum(map(convincing.__ge__, known.values()))
        if opened and fitting < enough:
            chosen += self._hardly_begun(opened, best if closed else None, enough)
        elif loose:
            chosen += self._cheapest(best, _TESTED)
        return list(dict.fromkeys(chosen))

    def _of_the_very_word(self, opened: Sequence[Asked], loose: bool) -> Costs:
        """To whom all clues point of those who have one of them as a word of their name: Jan, among
        the many whose names only begin so."""
        very: Costs = {}
        for each in opened:
            listed = each.spellings.listed if each.spellings else ()
            if each.is_initial or not listed or listed[0].kind != "exact":
                continue
            word = listed[0].text
            named = _in_field(self._postings.of([word])[word], WordField.NAME, 0)
            costs = dict.fromkeys(chain.from_iterable(named), 0.0)
            others = [other for other in opened if other is not each]
            both, have_all = self._joined(costs, others, loose)
            very |= both if have_all else {}
        return very

    def _joined(self, best: Costs, others: Iterable[Asked], loose: bool) -> tuple[Costs, bool]:
        """Those of the customers to whom other clues point too, and whether all of these do; one
        that points to none of them is passed over."""
        all_do = True
        for each in others:
            both = self._together(best, each, loose)
            all_do = all_do and bool(both)
            best = both or best
        return best, all_do

    def _hardly_begun(
        self, opened: Sequence[Asked], best: Costs | None, enough: int
    ) -> Sequence[int]:
        """Whom only reading tells to have words that are hardly begun: of the customers to whom
        the other clues point, if there are others, those first whose names begin so."""
        if best is None:
            begun = self._beginnings.of_all([each.begun for each in opened], enough)
            return [*self._cut.of(begun, _TESTED)]
        likely = best
        for each in opened:
            if not each.is_begun:
                begun = self._beginnings.among(likely, each.begun)
                likely = {number: best[number] for number in begun}
        chosen = self._cheapest(likely, _TESTED) if likely is not best else []
        return chosen if len(chosen) >= _TESTED else [*chosen, *self._cheapest(best, _TESTED)]

    def _of_that_name(self, asked: Sequence[Asked]) -> Sequence[int]:
        """Who has all the words as they were typed in their name, where no clue is anything else:
        where they are many, nobody else can come before them."""
        lists: list[Sequence[int]] = []
        for each in asked:
            first = next(iter(each.spellings.listed), None) if each.spellings else None
            if first is None or first.kind != "exact" or each.told or each.holding:
                return []
            if each.is_initial:
                return []
            lists += [
                posting.numbers
                for posting in self._postings.of([first.text])[first.text]
                if posting.field == WordField.NAME
            ]
        if len(lists) < len(asked):
            return []
        both, *others = sorted(lists, key=len)
        for numbers in others:
            both = among(both, numbers)
        return both

    def _of_one(self, asked: Asked, room: int) -> list[int]:
        """The people of one clue, cheapest first: those to whom it points as a reference, of the
        very word and those that begin so the latest, of words that are only like it some of
        each."""
        chosen: dict[int, None] = {}
        for equal in self._sure(asked):
            self._note_rest(sum(map(len, equal)), room - len(chosen))
            chosen |= dict.fromkeys(self._cut.of_lists(equal, room - len(chosen)))
            if len(chosen) >= room:
                break
        listed = asked.spellings.listed if asked.spellings else ()
        like = [each for each in listed if each.kind in ("near", "sound")]
        left = room - len(chosen)
        if like and left > 0:
            fitting = like[: max(1, left // _LEAST_A_WORD)]
            having = self._postings.of(each.text for each in fitting)
            share = max(_LEAST_A_WORD, left // len(fitting))
            self._note_rest(len(like), len(fitting))
            for each in fitting:
                people = [
                    number
                    for place in reasons.FIELDS
                    for numbers in _in_field(having[each.text], place, 0)
                    for number in self._cut.of(numbers, share + 1, roughly=True)
                ]
                chosen |= dict.fromkeys(people[:share])
                self._note_rest(len(people), share)
        if asked.spellings and asked.spellings.prefix is not None and not asked.is_begun:
            # Behind those who are known to have it: they must not take the room of these.
            chosen |= dict.fromkeys([*self._cut.latest()][:_TESTED])
        if asked.open or len(chosen) >= room:
            self.left_out = True
        return list(chosen)

    def _sure(self, asked: Asked) -> Iterator[list[Sequence[int]]]:
        """The people of one clue that fit equally well, cheapest first, but for those of words
        that are only like it; postings are read when it is the turn of theirs."""
        told: dict[float, list[int]] = {}
        for number, reason in asked.told.items():
            told.setdefault(reason.cost, []).append(number)
        words: dict[float, list[str]] = {}
        for spelling in asked.spellings.listed if asked.spellings else ():
            if spelling.kind in ("exact", "prefix", "nickname"):
                cost = reasons.PREFIX if len(asked.clue.word or "") == 1 else spelling.cost
                words.setdefault(cost, []).append(spelling.text)
        steps: list[tuple[float, float, WordField | None]] = [(cost, cost, None) for cost in told]
        extras = reasons.alone(asked.clue.word or "")
        for cost in words:
            steps += [(cost + extra, cost, place) for place, extra in extras.items()]
        for _, cost, place in sorted(steps, key=itemgetter(0)):
            if place is None:
                yield [sorted(told[cost])]
            elif place == WordField.NAME and cost == reasons.PREFIX and asked.is_only_begun:
                yield [self._beginnings.of_all([asked.begun], LOOKED_AT)]
            else:
                having = self._postings.of(words[cost][:_MOST_WORDS])
                yield _in_field(chain.from_iterable(having.values()), place, _MOST_PEOPLE)

    def _note_rest(self, some: int, room: int) -> None:
        """Keep in mind that not all of so many were chosen."""
        self.left_out = self.left_out or some > room

    def _costs(self, asked: Asked, loose: bool) -> Costs:
        """Whom a clue points to, by its words and as a reference."""
        costs = {} if asked.spellings is None else self._called(asked, asked.spellings, loose)
        return _with_told(costs, asked, asked.holding)

    def _called(self, asked: Asked, spelled: Spellings, loose: bool) -> Costs:
        """Whom a word points to, kept for the keys after this one."""
        key = spelled.typed, asked.clue.last, loose
        kept = self._people.get(key)
        return kept if kept is not None else self._people.keep(key, self._all(spelled))

    def _together(self, best: Costs, asked: Asked, loose: bool) -> Costs:
        """Those of the customers to whom another clue points too."""
        others: Costs = {}
        if asked.is_initial:
            others = dict.fromkeys(self._beginnings.among(best, asked.begun), reasons.INITIAL)
            others |= dict.fromkeys(self._of_that_letter(others, asked), _MIDDLE_INITIAL)
        elif asked.is_again and asked.is_begun:
            # Words that begin so have been the other clue's too.
            others = dict.fromkeys(self._beginnings.among(best, asked.begun), reasons.PREFIX)
        elif (spelled := asked.spellings) is not None:
            if spelled.people <= _MOST_PEOPLE and not asked.clue.last:
                # It stays as it is while the last one is typed.
                called = self._called(asked, spelled, loose)
                others = {number: called[number] for number in among(best, called)}
            else:
                others = self._among_called(best, asked, spelled)
            if asked.is_only_begun:
                cost = reasons.PREFIX if asked.clue.last else reasons.PREFIX_INSIDE
                for number in self._beginnings.among(best, asked.begun):
                    others[number] = min(cost, others.get(number, cost))
        others = _with_told(others, asked, among(best, asked.holding))
        return {number: best[number] + cost for number, cost in others.items() if number in best}

    def _of_that_letter(self, some: Collection[int], asked: Asked) -> list[int]:
        """Those of some customers who have an initial itself in their name: as one in the middle,
        or as all that is known of it."""
        letter = asked.begun[:1]
        return [
            number
            for posting in self._postings.of([letter])[letter]
            if posting.field == WordField.NAME
            for number in among(some, posting.numbers)
        ]

    def _among_called(self, best: Costs, asked: Asked, spelled: Spellings) -> Costs:
        """Those of the customers to whom a word points, however many others it points to."""
        others: Costs = {}
        for cost, lists in self._groups(spelled, _MOST_BEGUN if asked.open else _MOST_COMPARED):
            both = chain.from_iterable(
                among(best, numbers)
                if len(numbers) > WORTH_HALVING * len(best)
                else filter(best.__contains__, numbers)
                for numbers in lists
            )
            others.update(dict.fromkeys(both, cost))
        return others

    def _all(self, spelled: Spellings) -> Costs:
        """The people of all spellings, cheapest first until they are too many."""
        costs: Costs = {}
        for cost, lists in self._groups(spelled, _MOST_PEOPLE):
            costs.update(dict.fromkeys(chain.from_iterable(lists), cost))
        return costs

    def _groups(
        self, spelled: Spellings, most: int
    ) -> Iterable[tuple[float, Sequence[Sequence[int]]]]:
        """Who has the words at which cost: dearest first, so that the cheapest cost of a customer
        is the last; the cheapest words up to `most` people."""
        fitting: list[Spelling] = []
        people = 0
        # Of a lone letter only the very word tells anything: an initial.
        listed = spelled.listed if len(spelled.typed) > 1 else spelled.listed[:1]
        # Words that begin so must not take the room of what was meant otherwise: Thomas by tom.
        begun = [each for each in listed if each.kind in ("exact", "prefix")][:MOST_BEGINNINGS]
        others = [each for each in listed if each.kind not in ("exact", "prefix")]
        for spelling in [*begun, *others[: _MOST_WORDS - len(begun)]]:
            people += spelling.people
            if people > most and fitting:
                self.left_out = True
                break
            fitting.append(spelling)
        found = self._postings.of(spelling.text for spelling in fitting)
        groups: dict[float, list[Sequence[int]]] = {}
        for spelling in fitting:
            for posting in found[spelling.text]:
                cost = round(spelling.cost + _FIELD_COSTS[posting.field], 1)
                groups.setdefault(cost, []).append(posting.numbers[:most])
        return sorted(groups.items(), reverse=True)

    def _add_references(self, asked: Asked, room: int, *, alone: bool, loose: bool) -> None:
        """Find whom a clue means as a phone number, an address, a number or an id."""
        if (reference := asked.clue.reference) is None:
            return
        spelled = asked.spellings
        is_word = spelled is not None and bool(spelled.listed)
        parts = reference.sure or not is_word
        if spelled is not None and not reference.sure:
            called = (each.people for each in spelled.listed if each.cost <= reasons.PREFIX)
            if sum(called) >= room:
                reference = reference._replace(starts=(), ends=(), part=None)
        short = reference.has_short_part and not alone and not loose
        key = reference, parts, alone, short
        if key not in self._pointed:
            self._pointed[key] = self._points(asked, reference, parts, alone=alone, short=short)
        told, asked.holding = self._pointed[key]
        asked.told = dict(told)

    def _points(
        self, asked: Asked, reference: ReferenceClue, parts: bool, *, alone: bool, short: bool
    ) -> tuple[dict[int, Reason], Sequence[int]]:
        """Whom a reference means, why, and for a `short` one who may hold its digits."""
        holding: Sequence[int] = ()
        if reference.postal:
            pointed = at_home(self._store, reference)
        elif short:
            holding = self._store.holding(reference.part or "")
            pointed = by_case(self._store, reference)
        else:
            pointed = among_references(self._store, reference, parts=parts, alone=alone)
        told: dict[int, Reason] = {}
        # Waited for first: whose id it is was asked for before.
        others = list(pointed)
        by_id = identified(reference, asked.identified())
        for count, (number, reason) in enumerate([*by_id, *others], 1):
            self.left_out = self.left_out or count >= MOST_ALONE
            if number not in told or reason.cost < told[number].cost:
                told[number] = reason
        return told, holding

    def _cheapest(self, costs: Costs, room: int) -> list[int]:
        """The customers of least cost; of those that cost the same the latest."""
        self._note_rest(len(costs), room)
        return self._cut.cheapest(costs, room)


def _in_field(found: Iterable[Posting], place: WordField, most: int) -> list[Sequence[int]]:
    """Who has one of some words in a field, word by word: of several words no more than `most`
    people, and one word."""
    lists: list[Sequence[int]] = []
    people = 0
    for posting in found:
        if posting.field == place and people <= most:
            lists.append(posting.numbers)
            people += len(posting.numbers)
    return lists


def _is_again(clue: Clue, reading: Reading) -> bool:
    """Whether another clue begins like this one, as far as beginnings are indexed."""
    letters = (clue.word or "")[:BEGINNING]
    others = (other.word for other in reading if other is not clue and other.word)
    return bool(letters) and any(word.startswith(letters) for word in others)


def _people(asked: Asked) -> int:
    return asked.people


def _with_told(costs: Costs, asked: Asked, holding: Collection[int]) -> Costs:
    if not asked.told and not holding:
        return costs
    costs = dict.fromkeys(holding, ENDING) | costs
    for number, reason in asked.told.items():
        costs[number] = min(reason.cost, costs.get(number, reason.cost))
    return costs
