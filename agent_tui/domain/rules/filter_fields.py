"""The fields of Recent's filters: what each is called, which values it takes, what they mean.

Reading, completion, help, `docs/recent.md` and the database's conditions all go by this one table.
A `Choice` holds values as they stand here: a closed list's word, or what `takes` says.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from agent_tui.domain.rules.due_words import fold_word
from agent_tui.domain.values.filters import FilterField
from agent_tui.domain.values.friction import RULES

Takes = Literal[
    "codes", "words", "agent", "team", "customer", "topic", "script", "moment", "length", "repeat"
]
"""What stands behind the colon besides the words of the closed list: nothing, words of a text
(all of them, one after the other), a name of this desk, or a time."""

ANY = "any"
NONE = "none"
NOBODY = "nobody"
ME = "me"
OVERRIDE = "override"


@dataclass(frozen=True, slots=True)
class Code:
    """A word of a closed list, what it means, and other spellings of it."""

    name: str
    help: str
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field: what is asked with it, what it takes, other names for it, an example."""

    name: FilterField
    help: str
    example: str
    takes: Takes = "codes"
    codes: tuple[Code, ...] = ()
    aliases: tuple[str, ...] = ()


def _any(meaning: str) -> Code:
    return Code(ANY, meaning, ("yes", "some"))


def _none(meaning: str) -> Code:
    return Code(NONE, meaning, ("no", "without"))


_AGENT = (Code(ME, "yourself", ("mine",)), Code(NOBODY, "nobody had it", (NONE,)))
_CHANNELS = (
    Code("phone", "calls", ("call", "calls", "telephone", "tel")),
    Code("chat", "chats", ("chats",)),
    Code("email", "e-mails", ("mail", "e_mail", "emails")),
    Code("sms", "text messages", ("text", "texts")),
    Code("visit", "visits", ("visits",)),
    Code("web", "forms of the web site", ("website", "form")),
    Code("other", "any other way"),
)
_DIRECTIONS = (
    Code("in", "they came to us", ("incoming", "inbound")),
    Code("out", "we went to them", ("outgoing", "outbound")),
)
_STATES = (
    Code("live", "going on now: ringing, talking or on hold", ("open", "now", "active")),
    Code("ringing", "nobody has answered yet", ("waiting",)),
    Code("talking", "in conversation", ("answered",)),
    Code("on_hold", "on hold", ("hold", "held")),
    Code("ended", "over, and not wrapped up", ("over", "not_wrapped_up")),
    Code("parked", "over, its wrap-up put off", ("put_off",)),
    Code("wrapped_up", "wrapped up", ("done", "closed", "wrapped")),
)
_MET = (
    Code("yes", "they got what they came for", ("y", "met")),
    Code("partly", "they got some of it", ("partial", "partially")),
    Code("no", "they did not get it", ("n", "unmet", "not_met")),
    Code("not_asked", "nobody asked", ("unasked", "unknown")),
)
_VERIFIED = (
    Code("yes", "it was verified who they are", ("y",)),
    Code("no", "it was not", ("n",)),
)
_PROMISES = (
    _any("a promise of ours was made in it"),
    _none("no promise of ours was made in it"),
    Code("open", "one of ours is still open"),
    Code("due", "one of ours is open and due today", ("due_today", "today")),
    Code("late", "one of ours is past its due time, or was closed after it", ("overdue",)),
    Code("kept", "one of ours was kept", ("done",)),
    Code("broken", "one of ours was broken", ("missed",)),
    Code("renegotiated", "one of ours was moved to another time", ("moved",)),
    Code("withdrawn", "one of ours was withdrawn"),
    Code("theirs", "they promised something", ("customer",)),
)
_COMPLAINTS = (
    _any("a complaint began in it"),
    _none("none did"),
    Code("open", "one that began in it is open"),
    Code("closed", "one that began in it is closed"),
)
_SCRIPTS = (
    _any("a script was run in it"),
    _none("none was"),
    Code(OVERRIDE, "one was opened without the brief, with a reason", ("overridden",)),
)
_FRICTION = (
    _any("you noted something that stood in your way"),
    _none("you noted nothing"),
    *(Code(rule, meaning) for rule, meaning in RULES.items()),
)
_REVIEWS = (
    _any("it was reviewed or praised"),
    _none("it was not"),
    Code("answered", "its agent answered a review"),
    Code("unanswered", "a review has no answer yet", ("open",)),
    Code("praise", "it was praised", ("praised",)),
    Code("mine", "you wrote a review of it", ("me",)),
)
_LISTENED = (
    Code(ME, "it is in your listening log", ("mine", ANY, "yes")),
    Code(NONE, "it is not", ("no", "without")),
)
_NOTES = (_any("it has a note"), _none("it has none"))
_FEEDBACK = (
    Code("answered", "they were asked and answered", ("yes",)),
    Code("unanswered", "they were asked and did not answer", ("no", "open")),
    Code(NONE, "they were not asked", ("not_asked", "unasked")),
)

TABLE: tuple[Field, ...] = (
    Field("agent", "who had it", "agent:mira", "agent", _AGENT, ("by", "handle", "colleague")),
    Field("channel", "on which channel", "channel:phone", codes=_CHANNELS, aliases=("via",)),
    Field("topic", "a topic of it", "topic:boiler", "topic", aliases=("tag", "topics", "about")),
    Field("met", "whether they got what they came for", "met:no", codes=_MET, aliases=("got_it",)),
    Field("after", "from the beginning of a day, week or month on", "after:mon", "moment",
          aliases=("since",)),
    Field("before", "before a day, week or month begins", "before:2026-11-01", "moment",
          aliases=("until", "till")),
    Field("on", "within a day, week or month", "on:yesterday", "moment",
          aliases=("date", "day", "when", "during")),
    Field("promise", "what was promised in it", "promise:late", codes=_PROMISES,
          aliases=("promises", "promised")),
    Field("complaint", "complaints that began in it", "complaint:open", codes=_COMPLAINTS,
          aliases=("complaints",)),
    Field("script", "call scripts that were run in it", "script:override", "script", _SCRIPTS,
          ("scripts",)),
    Field("repeat", "they came about the same topic in so many days before", "repeat:14d",
          "repeat", aliases=("again", "repeats", "repeated")),
    Field("length", "how long it took", "length:>10m", "length", aliases=("duration", "lasted")),
    Field("state", "how far it has come", "state:live", codes=_STATES, aliases=("status", "is")),
    Field("direction", "who came to whom", "direction:in", codes=_DIRECTIONS, aliases=("dir",)),
    Field("customer", "words of their name, or their id", 'customer:"katherine smith"',
          "customer", (Code(NOBODY, "nobody knows who it was", (NONE, "unknown")),),
          ("who", "name", "caller")),
    Field("team", "the team of its agent", "team:north", "team", aliases=("teams",)),
    Field("agenda", "words of what they wanted", 'agenda:"stayed home"', "words",
          (_any("it was written down"), _none("it was not")), ("wanted", "wants", "want")),
    Field("outcome", "words of how it ended", "outcome:refund", "words",
          (_any("it was written down"), _none("it was not")), ("result",)),
    Field("mood", "words of how they felt", "mood:furious", "words",
          (_any("it was noted"), _none("it was not")), ("feeling", "felt")),
    Field("gave", "what we gave", 'gave:"waived fee"', "words",
          (_any("we gave something"), _none("we gave nothing")), ("given",)),
    Field("got", "what they gave", "got:patience", "words",
          (_any("they gave something"), _none("they gave nothing")), ("took",)),
    Field("refusal", "what they said no to", "refusal:any", "words",
          (_any("they said no to something"), _none("they said no to nothing")),
          ("refused", "refusals")),
    Field("friction", "what you noted as standing in your way", "friction:gate", codes=_FRICTION),
    Field("review", "what was said of it by who read it", "review:unanswered", codes=_REVIEWS,
          aliases=("reviews", "reviewed")),
    Field("listened", "whether you put it into your listening log", "listened:me",
          codes=_LISTENED, aliases=("heard", "log")),
    Field("feedback", "whether they were asked how it was", "feedback:unanswered",
          codes=_FEEDBACK, aliases=("survey",)),
    Field("verified", "whether it was verified who they are", "verified:no", codes=_VERIFIED,
          aliases=("verify",)),
    Field("note", "whether it has a note", "note:none", codes=_NOTES, aliases=("notes", "noted")),
)  # fmt: skip
"""Every field, the most asked for first."""

BY_NAME: dict[str, Field] = {field.name: field for field in TABLE}
"""The fields by their own names."""


@cache
def names() -> dict[str, Field]:
    """The fields by their names and their other names."""
    return BY_NAME | {alias: field for field in TABLE for alias in field.aliases}


def folded(word: str) -> str:
    """A field's or a code's name however it is spelt: `Not asked` and `not-asked` are one."""
    return "_".join(fold_word(word).replace("-", " ").replace("_", " ").split())


def code_of(field: Field, word: str) -> str | None:
    """The word of the field's closed list that `word` is a spelling of."""
    return _spellings(field.name).get(folded(word))


@cache
def _spellings(name: str) -> dict[str, str]:
    codes = BY_NAME[name].codes
    spelt = {spelling: code.name for code in codes for spelling in code.spellings}
    return spelt | {code.name: code.name for code in codes}
