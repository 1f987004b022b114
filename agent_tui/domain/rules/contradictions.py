"""Facts that cannot both hold: found, so that they stand side by side and none wins silently.

Only facts of one kind are compared, and only in what can be told from words alone, in English:

- opposite: one says the very words that the other denies (`letters`, `no letters`);
- another value in one slot: time of day, day of the week, channel, language, form of address
  (`mornings`, `evenings`). What else the two say must not differ, or they are about two things:
  `calls in the morning` and `e-mail in the evening` go well together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from agent_tui.domain.rules.freshness import last_said

if TYPE_CHECKING:
    from agent_tui.domain.values.people import Fact

COMPARED = 100
"""How many facts are compared, the newest ones; older ones stand alone."""


def _values(text: str) -> dict[str, frozenset[str]]:
    """Words with the values that they may mean, from `morning=morning,am`."""
    meant: dict[str, set[str]] = {}
    for value, words in (group.split("=") for group in text.split()):
        for word in words.split(","):
            meant.setdefault(word, set()).add(value)
    return {word: frozenset(values) for word, values in meant.items()}


_SLOTS: dict[str, dict[str, frozenset[str]]] = {
    "time of day": _values(
        "morning=morning,am afternoon=afternoon,pm evening=evening night=night noon=noon,lunchtime"
    ),
    "day": _values(
        "mon=monday,mon,weekday tue=tuesday,tue,weekday wed=wednesday,wed,weekday "
        "thu=thursday,thu,weekday fri=friday,fri,weekday sat=saturday,sat,weekend "
        "sun=sunday,sun,weekend"
    ),
    "channel": _values(
        "phone=phone,telephone,call,ring email=email,mail sms=sms,text chat=chat "
        "letter=letter,post whatsapp=whatsapp visit=visit"
    ),
    "language": _values(
        "english=english german=german,deutsch french=french,français spanish=spanish,español "
        "italian=italian,italiano portuguese=portuguese dutch=dutch polish=polish "
        "turkish=turkish arabic=arabic russian=russian ukrainian=ukrainian "
        "chinese=chinese,mandarin hindi=hindi japanese=japanese korean=korean welsh=welsh "
        "czech=czech danish=danish swedish=swedish norwegian=norwegian finnish=finnish "
        "greek=greek hebrew=hebrew"
    ),
    "form of address": _values(
        "mr=mr mrs=mrs ms=ms miss=miss mx=mx dr=dr,doctor first=first last=surname,last,family "
        "du=du sie=sie tu=tu vous=vous"
    ),
}
_NOT = frozenset(["no", "not", "never", "without", "cannot", "dont", "doesnt"])
_WORD = re.compile(r"[^\W_]+")
_FILLERS = frozenset(
    _WORD.findall(
        "a addressed agree always an and any as at be been best by called contact do does expect "
        "for from he in is it like me my name of on only or our please prefer reached she speak "
        "spoken that the their them they to us value via want we when with"
    )
)
_KNOWN = _NOT | _FILLERS | frozenset(word for values in _SLOTS.values() for word in values)


class _Reading(NamedTuple):
    """What a text says: its words, whether it denies them, its values by slot, and the rest."""

    words: frozenset[str]
    denies: bool
    slots: dict[str, frozenset[str]]
    rest: frozenset[str]


def side_by_side(facts: Iterable[Fact]) -> tuple[tuple[Fact, ...], ...]:
    """The facts, those that contradict one another in one group; the newest first throughout.

    The order in which they are given does not matter.
    """
    newest = sorted(facts, key=lambda fact: (last_said(fact), fact.id), reverse=True)
    readings = [_read(fact.text) for fact in newest[:COMPARED]]
    group_of = list(range(len(newest)))

    for one, other in _contradictions(newest[:COMPARED], readings):
        new, old = sorted((group_of[one], group_of[other]))
        if new != old:
            group_of = [new if group == old else group for group in group_of]
    groups: dict[int, list[Fact]] = {}
    for place, group in enumerate(group_of):
        groups.setdefault(group, []).append(newest[place])
    return tuple(tuple(group) for group in groups.values())


def _contradictions(facts: list[Fact], readings: list[_Reading]) -> Iterable[tuple[int, int]]:
    """Places of facts that contradict one another."""
    said: dict[tuple[str, frozenset[str], bool], int] = {}
    slotted: dict[str, list[int]] = {}
    for place, (fact, reading) in enumerate(zip(facts, readings, strict=True)):
        opposite = said.get((fact.kind, reading.words, not reading.denies))
        if opposite is not None and reading.words:
            yield opposite, place
        said.setdefault((fact.kind, reading.words, reading.denies), place)
        if not reading.slots or reading.denies:
            continue
        before = slotted.setdefault(fact.kind, [])
        yield from ((one, place) for one in before if _differ(readings[one], reading))
        before.append(place)


def _differ(one: _Reading, other: _Reading) -> bool:
    """Whether two texts say the same but for one slot."""
    differing = sum(
        1
        for slot, values in one.slots.items()
        if slot in other.slots and not values & other.slots[slot]
    )
    return differing == 1 and (one.rest <= other.rest or other.rest <= one.rest)


def _read(text: str) -> _Reading:
    plain = re.sub(r"n['’]t\b", " not", text.casefold().replace("e-mail", "email"))
    words = [_singular(word) for word in _WORD.findall(plain)]
    slots: dict[str, set[str]] = {}
    rest = set()
    for word in words:
        found = [(slot, values[word]) for slot, values in _SLOTS.items() if word in values]
        for slot, meant in found:
            slots.setdefault(slot, set()).update(meant)
        if not found and word not in _FILLERS and word not in _NOT:
            rest.add(word)
    return _Reading(
        words=frozenset(words) - _NOT - _FILLERS or frozenset(words) - _NOT,
        denies=sum(word in _NOT for word in words) % 2 == 1,
        slots={slot: frozenset(values) for slot, values in slots.items()},
        rest=frozenset(rest),
    )


def _singular(word: str) -> str:
    if word in _KNOWN or len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    return word[:-1]
