"""Normal forms of names: folded for finding, by sound, split, as initials."""

from __future__ import annotations

import re
import string
from unicodedata import normalize

from agent_tui.text.hygiene import without_bidi

_ASCII: dict[int, str | None] = dict.fromkeys(range(128), " ")
_ASCII |= {ord(letter): letter.lower() for letter in string.ascii_letters + string.digits}
_ASCII |= dict.fromkeys(map(ord, "'`\u00b4\u2018\u2019\u02bc\u02bb"))  # o'brien is one word

_LATIN = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ħ": "h",
        "ı": "i",
        **dict.fromkeys(map(chr, range(0x300, 0x370))),
    }
)
_NO_LETTERS = re.compile("[^a-z0-9]+")

_DUTCH = {"van", "vande", "vander", "de", "den", "der", "op", "'t", "te", "ten", "ter"}
_GERMAN = {"von", "vom", "zu", "zum", "zur", "auf", "aus"}
_NORDIC_ARABIC = {"af", "av", "al", "bin", "bint", "el", "ibn"}
_ROMANCE = {"d", "da", "dal", "das", "degli", "dei", "del", "della", "des", "di", "do", "dos", "du"}
_ROMANCE |= {"e", "la", "las", "le", "les", "lo", "los", "y"}
_PARTICLES = _DUTCH | _GERMAN | _NORDIC_ARABIC | _ROMANCE
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"}


def fold(text: str) -> str:
    """Return `text` in small ASCII letters, digits and single spaces, so that spellings meet.

    Accents and other marks go, ligatures and letters like ß, ø, ł are spelled out, other scripts
    are romanised letter by letter, punctuation parts words but for apostrophes, which vanish.
    A text without any letter or digit folds to the empty string. Folding twice changes nothing.
    """
    if text.isascii():
        return " ".join(text.translate(_ASCII).split())
    text = normalize("NFKC", without_bidi(text)).casefold()
    plain = normalize("NFKD", text).translate(_LATIN).translate(_ASCII)
    if not plain.isascii():
        from anyascii import anyascii

        # Composed again: marks of other scripts are part of the letter (й, が), not an accent.
        plain = anyascii(text).translate(_ASCII)
    return " ".join(_NO_LETTERS.sub(" ", plain).split())


def words(text: str) -> list[str]:
    """Return the folded words of `text` in order: O'Brien is one word, Anne-Marie two."""
    return text.translate(_ASCII).split() if text.isascii() else fold(text).split()


# The name of the group that matched is the sound; "_" is silent. Order decides.
_SOUNDS = re.compile(
    r"""
      (?P<_> ^[kgp](?=n) | ^w(?=r) | (?<=[aeiouy])gh(?=t|$) | (?<=m)b$ )
    | (?P<X> sch | sh | tsch | tch | ^ch(?=[aeiouy]) )
    | (?P<S> tz | ts | cz | c(?=[eiy]) | ^(?:ps|x) | [sz] )
    | (?P<KS> x )
    | (?P<J> j | ^g(?=[eiy]) | ^y(?=[aeiou]) )
    | (?P<K> ch | ck | gh | [cgkq] )
    | (?P<F> ph | [fv] | ^w(?!h) | w(?=[aeiouy]) )
    | (?P<T> th | [dt] )
    | (?P<H> ^w?h )
    | (?P<B> b ) | (?P<P> p ) | (?P<L> l ) | (?P<M> m ) | (?P<N> n ) | (?P<R> r )
    | (?P<A> ^[aeiouy]+ )
    | (?P<vowel> [aeiouy]+ )
    """,
    re.VERBOSE,
)


def sound(word: str) -> str:
    """Return a key that is the same for folded words which sound alike.

    A simplified mixture of Metaphone (Lawrence Philips, 1990) for the English rules and the
    Kölner Phonetik (Hans Joachim Postel, 1969) for the groups of consonants and the German rules:
    letters that sound alike share one sign, neighbours with the same sign become one, vowels count
    at the beginning only. The key is upper case; a word without any sound (digits) is its own key.
    """
    key: list[str] = []
    last = ""
    for found in _SOUNDS.finditer(word):
        sign = found.lastgroup or ""
        if sign == "_":
            continue
        if sign != last and sign != "vowel":
            key.append(sign)
        last = sign
    return "".join(key) or word


def split_name(full: str) -> tuple[str, str]:
    """Return the given and the family part of a full name.

    `Smith, Katherine` and `Katherine Smith` are the same. The family name is the last word with
    the small particles before it (Ludwig van Beethoven) and the suffix after it (Jr., III). A
    single word is a family name, with nothing given: that is how people are looked up by it.
    """
    before, comma, after = (part.strip() for part in full.partition(","))
    if comma and after and not _is_suffix(after):
        return after, before
    parts = before.split()
    if not parts:
        return "", after
    tail = len(parts) - 1
    while tail > 1 and _is_suffix(parts[tail]):
        tail -= 1
    while tail > 1 and parts[tail - 1] in _PARTICLES:
        tail -= 1
    family = " ".join(parts[tail:])
    return " ".join(parts[:tail]), f"{family}, {after}" if after else family


def initials(full: str) -> str:
    """Return the first letters of the given and the family name, at most two, upper case."""
    given, family = split_name(full)
    family_words = [word for word in family.split() if word not in _PARTICLES] or [family]
    return "".join(map(_first_letter, (given, family_words[0])))


def _is_suffix(word: str) -> bool:
    return word.rstrip(".").replace(".", "").lower() in _SUFFIXES


def _first_letter(text: str) -> str:
    letter = next((character for character in text if character.isalnum()), "")
    return letter.upper()[:1]
