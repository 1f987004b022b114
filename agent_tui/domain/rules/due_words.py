"""The words for days and hours in the languages that due times are read in.

Keys are folded: small letters without accents. A phrase is its words with one space between.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeVar
from unicodedata import combining, normalize

DayCode = Literal[
    "before yesterday",
    "yesterday",
    "today",
    "tomorrow",
    "overmorrow",
    "week",
    "month",
    "next week",
    "next month",
]
"""A day that a phrase names; weeks and months stand for their ends."""
Part = Literal["morning", "noon", "afternoon", "evening", "midnight"]
"""A part of a day, which stands for its end; the afternoon ends with the working day."""
Unit = Literal["minute", "hour", "day", "working day", "week", "month", "year"]
Code = TypeVar("Code")


@dataclass(frozen=True, slots=True)
class DueWords:
    """One language's words. `weekdays` count from Monday as 0, `months` from January as 1."""

    leads: frozenset[str]
    """Words that may stand before a due time: by, until, on."""
    hour_leads: frozenset[str]
    """Those of them behind which a bare number behind a day is its hour: at."""
    weekdays: Mapping[str, int]
    weak: frozenset[str]
    """Weekdays that are ordinary words too: they need a word before or a time behind them."""
    months: Mapping[str, int]
    days: Mapping[str, DayCode]
    parts: Mapping[str, Part]
    """Parts of a day, said behind a day."""
    moments: Mapping[str, tuple[DayCode | None, Part | None]]
    """Phrases that are a due time by themselves; without a day, the next such part of one."""
    within: frozenset[str]
    """Words that make a length a due time: in, within."""
    units: Mapping[str, Unit]
    numbers: Mapping[str, int]
    hours: frozenset[str]
    """Words behind an hour: o'clock."""
    past: frozenset[str]
    """Words before a day that make it none to come: last, since."""
    this: frozenset[str]
    next_before: frozenset[str] = frozenset()
    next_behind: frozenset[str] = frozenset()
    offered: tuple[str, ...] = ()
    """What completion offers, the most usual first."""


def fold_word(word: str) -> str:
    """A word in small letters, without accents and with straight apostrophes."""
    small = word.casefold().replace("’", "'")
    if small.isascii():
        return small
    return "".join(letter for letter in normalize("NFKD", small) if not combining(letter))


def due_words(language: str) -> tuple[DueWords, ...]:
    """The tables to read a language with: its own where there is one, then the English one."""
    own = _TABLES.get(main_language(language))
    return (_ENGLISH,) if own in (None, _ENGLISH) else (own, _ENGLISH)


def has_table(language: str) -> bool:
    """Whether a language has words of its own here."""
    return main_language(language) in _TABLES


@lru_cache(maxsize=8)
def _last_words(language: str) -> frozenset[str]:
    phrases = (
        phrase
        for table in due_words(language)
        for named in (
            *(table.weekdays, table.days, table.parts, table.moments),
            *(table.months, table.units, table.hours, table.next_behind),
        )
        for phrase in named
    )
    return frozenset(phrase.rpartition(" ")[2] for phrase in phrases)


def may_end_due_time(word: str, language: str) -> bool:
    """Whether a folded word can be the last one of a due time: most words cannot."""
    return word in _last_words(language) or any(map(str.isdecimal, word))


def main_language(language: str) -> str:
    """The language of a tag without its country: `pt` of `pt-BR`."""
    return language.replace("_", "-").partition("-")[0].lower()


def _set(phrases: str) -> frozenset[str]:
    return frozenset(fold_word(phrase) for phrase in phrases.split("|"))


def _listed(phrases: str) -> tuple[str, ...]:
    return tuple(phrases.split("|"))


def _in_order(groups: str, first: int = 0) -> dict[str, int]:
    """`mon monday|tue` numbers the groups: mon and monday the first, tue the second."""
    return {
        fold_word(name): place
        for place, names in enumerate(groups.split("|"), start=first)
        for name in names.split()
    }


def _coded(*given: tuple[Code, str]) -> dict[str, Code]:
    return {fold_word(phrase): code for code, phrases in given for phrase in phrases.split("|")}


_ENGLISH = DueWords(
    leads=_set("by|until|till|til|before|on|at|the|for|from|no later than|latest|around|about|due"),
    hour_leads=_set("at|by|before|until|till|around|about|from"),
    weekdays=_in_order(
        "mon monday|tue tues tuesday|wed weds wednesday|thu thur thurs thursday|fri friday"
        "|sat saturday|sun sunday"
    ),
    weak=frozenset(),
    months=_in_order(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august"
        "|sep sept september|oct october|nov november|dec december",
        1,
    ),
    days=_coded(
        ("before yesterday", "day before yesterday"),
        ("yesterday", "yesterday"),
        ("today", "today"),
        ("tomorrow", "tomorrow|tmrw|tmr|tomoz"),
        ("overmorrow", "day after tomorrow|overmorrow"),
        ("week", "end of week|end of the week|end of this week|eow|this week"),
        ("next week", "next week|end of next week|end next week"),
        ("month", "end of month|end of the month|end of this month|month end|eom|this month"),
        ("next month", "next month|end of next month"),
    ),
    parts=_coded(
        ("morning", "morning|in the morning|am"),
        ("noon", "noon|midday|lunchtime"),
        ("afternoon", "afternoon|in the afternoon|pm|end of day|eod|close of business|cob"),
        ("evening", "evening|in the evening|night"),
        ("midnight", "midnight"),
    ),
    moments=_coded(
        (("today", "morning"), "this morning"),
        (("today", "noon"), "this lunchtime"),
        (("today", "afternoon"), "this afternoon"),
        (("today", "evening"), "tonight|this evening"),
        (("today", None), "end of day|end of the day|end of today|eod|close of business|cob"),
        ((None, "morning"), "in the morning|first thing"),
        ((None, "noon"), "noon|midday"),
        ((None, "midnight"), "midnight"),
    ),
    within=_set("in|within"),
    units=_coded(
        ("minute", "m|min|mins|minute|minutes"),
        ("hour", "h|hr|hrs|hour|hours"),
        ("day", "d|day|days"),
        ("working day", "wd|working day|working days|business day|business days"),
        ("week", "w|wk|wks|week|weeks"),
        ("month", "mo|month|months"),
        ("year", "y|yr|yrs|year|years"),
    ),
    numbers=_in_order("a an one|two|three|four|five|six|seven|eight|nine|ten", 1),
    hours=_set("o'clock|oclock"),
    past=_set("last|since|every|each|was"),
    this=_set("this|coming"),
    next_before=_set("next"),
    offered=_listed(
        "tomorrow|tomorrow morning|today|fri 10am|mon|tue|wed|thu|fri|end of day|end of week"
        "|end of month|next week|+2h|+1d|+3d|+1w"
    ),
)

_GERMAN = DueWords(
    leads=_set(
        "bis|am|um|vor|ab|den|dem|zum|für|fuer|gegen|spätestens|spaetestens|bis zum|bis spätestens"
    ),
    hour_leads=_set("um|bis|vor|gegen|ab"),
    weekdays=_in_order(
        "mo montag|di dienstag|mi mittwoch|do donnerstag|fr freitag|sa samstag sonnabend|so sonntag"
    ),
    weak=_set("so"),
    months=_in_order(
        "jan januar jänner|feb februar feber|mär märz maerz mrz|apr april|mai|jun juni|jul juli"
        "|aug august|sep sept september|okt oktober|nov november|dez dezember",
        1,
    ),
    days=_coded(
        ("before yesterday", "vorgestern"),
        ("yesterday", "gestern"),
        ("today", "heute"),
        ("tomorrow", "morgen"),
        ("overmorrow", "übermorgen|uebermorgen"),
        ("week", "ende der woche|ende dieser woche|diese woche"),
        ("next week", "nächste woche|naechste woche|kommende woche|ende nächster woche"),
        ("month", "ende des monats|monatsende|ende monat|diesen monat"),
        ("next month", "nächsten monat|naechsten monat|ende nächsten monats"),
    ),
    parts=_coded(
        ("morning", "früh|frueh|morgens|vormittag|vormittags|morgen"),
        ("noon", "mittag|mittags"),
        ("afternoon", "nachmittag|nachmittags|dienstschluss|feierabend"),
        ("evening", "abend|abends"),
        ("midnight", "mitternacht"),
    ),
    moments=_coded(
        (("today", None), "ende des tages|tagesende|feierabend|dienstschluss"),
        ((None, "noon"), "mittags"),
        ((None, "midnight"), "mitternacht"),
    ),
    within=_set("in|binnen|innerhalb von"),
    units=_coded(
        ("minute", "m|min|minute|minuten"),
        ("hour", "h|std|stunde|stunden"),
        ("day", "t|tag|tage|tagen"),
        (
            "working day",
            "at|werktag|werktage|werktagen|arbeitstag|arbeitstage|arbeitstagen",
        ),
        ("week", "w|wo|woche|wochen"),
        ("month", "mo|monat|monate|monaten"),
        ("year", "j|jahr|jahre|jahren"),
    ),
    numbers=_in_order(
        "ein eine einem einer|zwei|drei|vier|fünf fuenf|sechs|sieben|acht|neun|zehn", 1
    ),
    hours=_set("uhr"),
    past=_set("letzten|letzter|letztem|vorigen|seit|jeden"),
    this=_set("diesen|diesem|dieser|kommenden|kommendem"),
    next_before=_set("nächsten|nächster|nächstem|naechsten"),
    offered=_listed(
        "morgen|morgen früh|heute|heute abend|übermorgen|fr 10 uhr|mo|di|mi|do|fr|ende der woche"
        "|ende des monats|nächste woche|+2h|+1d|+3d|+1w"
    ),
)

_FRENCH = DueWords(
    leads=_set("avant|pour|le|la|à|au|dès|vers|d'ici|jusqu'à|jusqu'au|d'ici à|avant le|d'ici le"),
    hour_leads=_set("à|vers|avant"),
    weekdays=_in_order(
        "lun lundi|mar mardi|mer mercredi|jeu jeudi|ven vendredi|sam samedi|dim dimanche"
    ),
    weak=_set("mer|jeu"),
    months=_in_order(
        "janv janvier|févr fév février|mars|avr avril|mai|juin|juil juillet|août|sept septembre"
        "|oct octobre|nov novembre|déc décembre",
        1,
    ),
    days=_coded(
        ("before yesterday", "avant-hier|avant hier"),
        ("yesterday", "hier"),
        ("today", "aujourd'hui"),
        ("tomorrow", "demain"),
        ("overmorrow", "après-demain|après demain"),
        ("week", "fin de semaine|fin de la semaine|cette semaine"),
        ("next week", "semaine prochaine|la semaine prochaine|fin de la semaine prochaine"),
        ("month", "fin du mois|fin de mois|ce mois-ci"),
        ("next month", "mois prochain|le mois prochain|fin du mois prochain"),
    ),
    parts=_coded(
        ("morning", "matin|au matin"),
        ("noon", "midi|à midi"),
        ("afternoon", "après-midi|après midi"),
        ("evening", "soir|au soir"),
        ("midnight", "minuit"),
    ),
    moments=_coded(
        (("today", "morning"), "ce matin"),
        (("today", "noon"), "ce midi"),
        (("today", "afternoon"), "cet après-midi|cet après midi"),
        (("today", "evening"), "ce soir"),
        (("today", None), "fin de journée|fin de la journée|en fin de journée"),
        ((None, "noon"), "midi"),
        ((None, "midnight"), "minuit"),
    ),
    within=_set("dans|sous|en"),
    units=_coded(
        ("minute", "m|min|minute|minutes"),
        ("hour", "h|heure|heures"),
        ("day", "j|jour|jours"),
        ("working day", "jour ouvré|jours ouvrés|jour ouvrable|jours ouvrables"),
        ("week", "sem|semaine|semaines"),
        ("month", "mois"),
        ("year", "an|ans|année|années"),
    ),
    numbers=_in_order("un une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix", 1),
    hours=_set("heure|heures"),
    past=_set("depuis|chaque|dernier"),
    this=_set("ce"),
    next_behind=_set("prochain"),
    offered=_listed(
        "demain|demain matin|aujourd'hui|ce soir|ven 10h|lundi|mardi|mercredi|jeudi"
        "|vendredi|fin de journée|fin de semaine|fin du mois|semaine prochaine|+2h|+1d|+3d|+1w"
    ),
)

_SPANISH = DueWords(
    leads=_set("antes|antes de|antes del|para|el|la|las|a|al|de|hasta|sobre|a las|a la"),
    hour_leads=_set("a las|a la|las|antes de las|hasta las"),
    weekdays=_in_order(
        "lun lunes|mar martes|mié mie miércoles|jue jueves|vie viernes|sáb sábado|dom domingo"
    ),
    weak=frozenset(),
    months=_in_order(
        "ene enero|feb febrero|mar marzo|abr abril|may mayo|jun junio|jul julio|ago agosto"
        "|sep sept septiembre setiembre|oct octubre|nov noviembre|dic diciembre",
        1,
    ),
    days=_coded(
        ("before yesterday", "anteayer|antes de ayer"),
        ("yesterday", "ayer"),
        ("today", "hoy"),
        ("tomorrow", "mañana"),
        ("overmorrow", "pasado mañana"),
        ("week", "final de la semana|esta semana|finales de semana"),
        ("next week", "próxima semana|la próxima semana|semana que viene|la semana que viene"),
        ("month", "fin de mes|final de mes|finales de mes|este mes"),
        ("next month", "próximo mes|el próximo mes|mes que viene|el mes que viene"),
    ),
    parts=_coded(
        ("morning", "por la mañana|de la mañana"),
        ("noon", "mediodía|al mediodía|a mediodía"),
        ("afternoon", "por la tarde"),
        ("evening", "por la noche"),
        ("midnight", "medianoche"),
    ),
    moments=_coded(
        (("today", "morning"), "esta mañana"),
        (("today", "afternoon"), "esta tarde"),
        (("today", "evening"), "esta noche"),
        (("today", None), "fin del día|final del día"),
        ((None, "noon"), "mediodía"),
        ((None, "midnight"), "medianoche"),
    ),
    within=_set("en|dentro de"),
    units=_coded(
        ("minute", "m|min|minuto|minutos"),
        ("hour", "h|hora|horas"),
        ("day", "d|día|días"),
        ("working day", "día hábil|días hábiles|día laborable|días laborables"),
        ("week", "sem|semana|semanas"),
        ("month", "mes|meses"),
        ("year", "año|años"),
    ),
    numbers=_in_order("un una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez", 1),
    hours=_set("horas"),
    past=_set("desde|cada|pasado"),
    this=_set("este"),
    next_before=_set("próximo"),
    next_behind=_set("que viene|próximo"),
    offered=_listed(
        "mañana|mañana por la mañana|hoy|esta tarde|pasado mañana|vie 10:00|lun|mar|mié|jue|vie"
        "|fin de mes|próxima semana|+2h|+1d|+3d|+1w"
    ),
)

_TABLES = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH}
