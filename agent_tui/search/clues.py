"""Reads a query: which clues it holds, by their shape.

A clue is a word over name, company and city, or a reference (phone, address, number, id), or a
text that may be either. A query may be read in more than one way; readings come best first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise, takewhile
from typing import NamedTuple

from agent_tui.domain.rules.indexing import doubled, indexed_words
from agent_tui.domain.rules.speakable import is_speakable
from agent_tui.domain.values import ids
from agent_tui.domain.values.finding import LONGEST_QUERY
from agent_tui.text import addresses, names, phones
from agent_tui.text.unspaced import is_unspaced

MOST_CHARACTERS = LONGEST_QUERY
MOST_CLUES = 8

_PHONE_TOKEN = re.compile(r"[+(]*\d[\d().\-/]*|[()\-/]+")
_LIKE_AN_ADDRESS = re.compile(r"_|[^\s.]\.[^\s.]{2,}$")
_LIKE_A_DOMAIN = re.compile(r"@?[\w-]+(\.[\w-]+)*\.[a-zA-Z]{2,}")
_AROUND_AN_ADDRESS = "<>()[],;\"'"
"""What stands around an address where it was copied from: Julia Roe <julia@example.com>."""

_HOUSE_NUMBER = re.compile(r"\d{1,4}[a-z]?")
_UNWANTED = "[\x00-\x1f\x7f\ud800-\udfff]"
_PICTURES = re.compile(
    "[\u2190-\u2bff\ufe0f\u200d\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f]+"
)
"""Emoji and arrows, and what joins and colours them."""
_MOST_BEFORE_AN_ADDRESS = 2
_MOST_OF_AN_ADDRESS = 12
_FEWEST_DIGITS = 3
_FEWEST_OF_A_PART = 4
_MOST_OF_A_SHORT_PART = 5
_FEWEST_WITHOUT_ZEROS = 6


class ReferenceClue(NamedTuple):
    """What to look for among contact points, cases and ids: as written, and in normal forms.

    `sure` says that the text has the shape of a reference; else it is more likely a name. Where it
    is `postal`, it is how a postal address begins, in folded words.
    """

    written: str
    starts: tuple[str, ...]
    ends: tuple[str, ...] = ()
    part: str | None = None
    customer_id: int | None = None
    sure: bool = True
    postal: bool = False

    @property
    def has_short_part(self) -> bool:
        """Whether it is a few digits, or where mail goes to, which so many numbers or addresses
        hold that a name must help."""
        part = self.part or ""
        if part.startswith("@"):
            return _LIKE_A_DOMAIN.fullmatch(part) is not None
        return part.isdecimal() and len(part) <= _MOST_OF_A_SHORT_PART


class Clue(NamedTuple):
    """One piece of a query. `last` is set on a word that may still be half typed, `unspaced` on
    one in a script in which names are written without a space."""

    word: str | None = None
    reference: ReferenceClue | None = None
    last: bool = False
    unspaced: bool = False

    @property
    def pieces(self) -> int:
        """Of how many words or numbers it is made: of several where it is an address or a number
        in pieces."""
        return 1 if self.reference is None else max(1, len(self.reference.written.split()))

    @property
    def is_few_digits(self) -> bool:
        """Whether it is a number that is only begun, or the last digits of one."""
        written = self.reference.written if self.reference else ""
        return written.isdecimal() and len(written) <= _MOST_OF_A_SHORT_PART

    @property
    def is_digits(self) -> bool:
        """Whether it is a digit or two, which may be the beginning of a number."""
        return self.reference is None and (self.word or "").isdecimal()


Reading = tuple[Clue, ...]

_TITLES_SAID = """
    dhr dr frau herr madam madame mevr miss mlle mme monsieur mr mrs ms mx prof signor signora
    sir sr sra srta
"""
_TITLES = frozenset(_TITLES_SAID.split())


def without_title(reading: Reading) -> Reading:
    """What is typed behind a title, which nobody is found by: mr jones, frau dr weber. Empty where
    there is none."""
    titles = sum(1 for _ in takewhile(lambda clue: clue.word in _TITLES, reading))
    return reading[titles:] if titles else ()


def is_guess(reading: Reading) -> bool:
    """Whether a reading takes for a reference what may as well be words: a.smith, mia_li."""
    return any(clue.word is None and clue.reference and not clue.reference.sure for clue in reading)


def tidy(query: str) -> str:
    """The part of a query that is read: 200 characters without controls and half characters, and
    without pictures where anything else is said."""
    wanted = query[:MOST_CHARACTERS]
    if wanted.isascii() and wanted.isprintable():
        return wanted.strip()
    said = _PICTURES.sub(" ", wanted)
    if any(map(str.isalnum, said)):
        wanted = said
    return re.sub(_UNWANTED, " ", wanted).strip()


def readings(query: str, region: str | None) -> Iterator[Reading]:
    """The ways to read a tidied query, to be tried until one finds somebody."""
    tokens = [token.strip(_AROUND_AN_ADDRESS) if "@" in token else token for token in query.split()]
    if not query.isalnum() and any(map(str.isdigit, query)) and is_speakable(query):
        # A complaint's id as it is said, in pieces: C7 K2.
        yield (Clue(reference=_number(query, sure=True)._replace(part=None)),)
    yield from _at_home(names.words(query))
    if phones.looks_like_phone(query):
        yield (Clue(reference=_number_dialled(query, region)),)
    elif len(tokens) > 1 and any(_PHONE_TOKEN.fullmatch(token) for token in tokens):
        if all(any(map(str.isdigit, token)) for token in tokens):
            yield (Clue(reference=_number(query, sure=True)._replace(part=None)),)
        merged = _cut(_merged(tokens, region))
        if len(merged) > 1:
            yield merged
    if len(tokens) > 1 and any(map(_LIKE_A_DOMAIN.fullmatch, tokens)):
        yield _cut([clue for token in tokens for clue in _at_domain(token, region)])
    yield _cut([clue for token in tokens for clue in _clues_of(token, len(tokens) == 1, region)])
    yield _cut([Clue(word) for word in indexed_words(query)])


def _at_home(words: list[str]) -> Iterator[Reading]:
    """How a postal address begins, with the number of the house in front or at the end, alone or
    behind a name of one word or two."""
    place = next((at for at, word in enumerate(words) if _HOUSE_NUMBER.fullmatch(word)), None)
    if place is None or not 1 < len(words) <= _MOST_OF_AN_ADDRESS:
        return
    for named in range(1 + min(place, _MOST_BEFORE_AN_ADDRESS)):
        line = words[named:]
        if len(line) > 1 and any(map(str.isalpha, line)):
            number = line.pop(place - named)
            starts = dict.fromkeys(
                [" ".join(words[named:]), " ".join([number, *line]), " ".join([*line, number])]
            )
            clue = ReferenceClue(" ".join(words[named:]), tuple(starts), sure=False, postal=True)
            yield (*map(Clue, words[:named]), Clue(reference=clue))


def _cut(clues: list[Clue]) -> Reading:
    """At most eight clues, the last word marked; each once, but for a word that is said twice in a
    row, which is a clue with itself too: Mohamed Mohamed."""
    kept = list(dict.fromkeys(clues))[:MOST_CLUES]
    if len(kept) < len(clues) <= MOST_CLUES:
        twice = [one.word for one, other in pairwise(clues) if one == other and not one.reference]
        kept += [Clue(doubled(word)) for word in twice if word and len(word) > 1 and word.isalpha()]
    if kept and kept[-1].word is not None:
        kept[-1] = kept[-1]._replace(last=True)
    return tuple(kept)


def _merged(tokens: list[str], region: str | None) -> list[Clue]:
    """Neighbours that are written like pieces of one phone number as one clue."""
    clues: list[Clue] = []
    for digits, group in groupby(tokens, lambda token: bool(_PHONE_TOKEN.fullmatch(token))):
        together = list(group)
        written = " ".join(together)
        if digits and len(together) > 1 and phones.looks_like_phone(written):
            clues.append(Clue(reference=_number_dialled(written, region)))
        else:
            clues += [clue for token in together for clue in _clues_of(token, False, region)]
    return clues


def _at_domain(token: str, region: str | None) -> list[Clue]:
    """What is written like the domain of an e-mail address as that, in front of any other."""
    if not _LIKE_A_DOMAIN.fullmatch(token):
        return _clues_of(token, False, region)
    part = f"@{token.lower().removeprefix('@')}"
    return [Clue(reference=ReferenceClue(token, (), part=part, sure=False))]


def _clues_of(token: str, alone: bool, region: str | None) -> list[Clue]:
    if "@" in token:
        return [Clue(reference=_address(token))]
    words = indexed_words(token)
    digits = sum(character.isdigit() for character in token)
    if phones.looks_like_phone(token):
        reference = _number_dialled(token, region)
        return [Clue(words[0] if len(words) == 1 else None, reference)]
    if alone and _LIKE_AN_ADDRESS.search(token):
        return [Clue(reference=_address(token))]
    if digits >= _FEWEST_DIGITS or (alone and (digits or len(words) == 1)):
        word = words[0] if len(words) == 1 else None
        return [Clue(word, _number(token, digits >= _FEWEST_DIGITS))]
    unspaced = is_unspaced(token)
    return [Clue(word, unspaced=unspaced) for word in words]


def _number_dialled(written: str, region: str | None) -> ReferenceClue:
    """Digits: the end or the beginning of a phone number, or another number that has them."""
    forms = phones.query_digits(written, region)
    plain = "".join(str(int(character)) for character in written if character.isdecimal())
    ends = tuple(f for f in forms if f == plain or len(f) >= _FEWEST_WITHOUT_ZEROS)
    starts = dict.fromkeys(f"+{form}" for form in ends)
    starts[plain] = None
    if plain.startswith("00"):
        starts[f"+{plain[2:]}"] = None
    elif region:
        starts[f"+{_country_code(region)}{plain.removeprefix('0')}"] = None
    part = ends[-1] if ends and len(ends[-1]) >= _FEWEST_OF_A_PART else None
    usable = tuple(start for start in starts if len(start.strip("+")) >= _FEWEST_DIGITS)
    return ReferenceClue(written, usable, ends, part)


def _country_code(region: str) -> int:
    from phonenumbers import country_code_for_region

    return int(country_code_for_region(region))


def _number(token: str, sure: bool) -> ReferenceClue:
    """An account, order or case number, an external id, or how an address begins."""
    normal = addresses.normal_number(token)
    starts = tuple(dict.fromkeys(start for start in (normal, token.lower()) if len(start) > 2))
    part = token.lower() if len(token) >= _FEWEST_OF_A_PART else None
    return ReferenceClue(token, starts, (normal,) if sure and normal else (), part, sure=sure)


def _address(token: str) -> ReferenceClue:
    """An e-mail address, a piece of one, a handle, or an id of ours, which is written alike."""
    lower = token.lower()
    handle = addresses.normal_handle(token)
    whole = addresses.normal_email(token)
    starts = dict.fromkeys(start for start in (whole, lower, handle) if start)
    part = lower if len(lower) > 2 else None
    ours = ids.parse(ids.CUSTOMER, token)
    sure = "@" in token or ours is not None
    return ReferenceClue(token, tuple(starts), part=part, customer_id=ours, sure=sure)
