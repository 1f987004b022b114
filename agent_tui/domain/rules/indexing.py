"""What the customer index holds of a customer: words, the roads to a word, pieces of addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from zlib import crc32

from agent_tui.domain.values.index import LONGEST_WORD, IndexEntry, WordField
from agent_tui.text import names
from agent_tui.text.unspaced import family_and_given

HEAD = 6
"""How many first letters of a word its roads are made of."""

ROADS = 1 << 18
"""How many roads there are; unlike spellings that share one are told apart by looking."""

PHONE_PIECE = 4
"""Digits of a piece of a telephone number."""

BEGINNING = 2
"""With how many first letters a word of a name is found among others; also with fewer."""

AGAIN = "+"
"""Behind letters with which more words of a name begin than one: Toby Thomas has `t` and `t+`."""

ADDRESS_PIECE = 3
"""Characters of a piece of any other address or number."""

_PIECE = int(WordField.PIECE)
_DOMAIN = int(WordField.DOMAIN)
_LETTERS_FOR_TWO_SLIPS = 5
_LETTERS_FOR_ONE_SLIP = 3
_SHORTEST_SOUND = 2
_LONGEST_ADDRESS = 80


def indexed_words(text: str) -> list[str]:
    """The folded words of a name, company, city or query, in order, each cut to its beginning."""
    words = names.words(text)
    # What is not ASCII may grow: one letter of another script is several of ours.
    is_short = len(text) <= LONGEST_WORD and text.isascii()
    return words if is_short else [word[:LONGEST_WORD] for word in words]


def words_inside(name: str) -> list[str]:
    """The words of the family and the given part of a name that is written in one, which is
    indexed as it stands too: 하승현 as haseunghyeon, ha and seunghyeon."""
    parts = family_and_given(name)
    return [] if parts is None else [word for part in parts for word in indexed_words(part)]


def words_of_name(name: str) -> list[str]:
    """All words by which a name is indexed; one that it has twice (Mohamed Mohamed) also as one
    with itself."""
    words = indexed_words(name)
    twice = [doubled(word) for word in words if words.count(word) > 1]
    return words + words_inside(name) + twice


def doubled(word: str) -> str:
    """A word with itself, as one."""
    return (word + word)[:LONGEST_WORD]


def beginnings(words: Iterable[str]) -> set[str]:
    """The first letter and the first two letters of each word; where several words begin so, also
    with `AGAIN` behind them."""
    begun = Counter(word[:most] for word in words for most in range(1, BEGINNING + 1))
    return {*begun, *(letters + AGAIN for letters, count in begun.items() if count > 1)}


def entry_words(entry: IndexEntry) -> Iterator[tuple[int, str]]:
    """The words of a customer, each with its field; some more than once."""
    named = words_of_name(entry.name)
    for field, words in (
        (WordField.NAME, named),
        (WordField.BEGINNING, beginnings(named)),
        (WordField.COMPANY, indexed_words(entry.company or "")),
        (WordField.CITY, indexed_words(entry.city or "")),
    ):
        for word in words:
            yield int(field), word


def near_roads(word: str) -> set[int]:
    """The roads on which the words lie that are spelled nearly like `word`.

    A road is a number made of the word's first six letters with up to two of them left out (one
    in a short word, none in a very short one). Two words that are a slip apart (a letter missing,
    too many or wrong, or two neighbours swapped) share a road, since leaving out at most one
    letter of each makes them equal; words that are two slips apart share one from five letters on.
    """
    head = word[:HEAD]
    made = {head}
    for _ in range(_slips(head)):
        made |= {text[:at] + text[at + 1 :] for text in made for at in range(len(text))}
    return {_road(text) for text in made}


def sound_road(word: str) -> int | None:
    """The road on which the words lie that sound like `word`; None where it has hardly a sound."""
    sound = names.sound(word)
    return _road(f"~{sound}") if len(sound) >= _SHORTEST_SOUND else None


def roads(word: str) -> set[int]:
    """All roads on which a word lies: none for a word with digits, which nobody mishears."""
    if not word.isalpha():
        return set()
    by_sound = sound_road(word)
    return near_roads(word) if by_sound is None else near_roads(word) | {by_sound}


def contact_pieces(kind: str, normal: str) -> set[tuple[int, str]]:
    """The pieces by which the inside of a contact point is found, each with its field."""
    inside, domain = inside_of(kind, normal)
    found = {(_PIECE, piece) for piece in inside}
    if domain:
        found.add((_DOMAIN, domain))
    return found


def inside_of(kind: str, normal: str) -> tuple[set[str], str]:
    """The pieces of a contact point, and the domain of an e-mail address, else an empty text.

    Of a telephone number every four digits in a row; of any other address or number every three
    characters, of e-mail addresses only as far as the @, and the domain as a whole. Postal
    addresses have none.
    """
    if kind == "address":
        return set(), ""
    if kind == "phone":
        digits = normal.removeprefix("+")
        if not digits.isdigit():
            digits = "".join(filter(str.isdigit, digits))
        return pieces(digits, PHONE_PIECE), ""
    local, at, domain = normal.lower().partition("@")
    return pieces(local + at, ADDRESS_PIECE), domain[:_LONGEST_ADDRESS]


def pieces(text: str, length: int) -> set[str]:
    """Every `length` characters in a row of the beginning of a text."""
    end = min(len(text), _LONGEST_ADDRESS)
    return {text[at : at + length] for at in range(end - length + 1)}


def _slips(head: str) -> int:
    if len(head) >= _LETTERS_FOR_TWO_SLIPS:
        return 2
    return 1 if len(head) >= _LETTERS_FOR_ONE_SLIP else 0


def _road(text: str) -> int:
    return crc32(text.encode()) & (ROADS - 1)
