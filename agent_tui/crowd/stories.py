"""What people come with: the stories and words that talks are made of."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from agent_tui import paths
from agent_tui.crowd.dice import Dice, Weighted, falling
from agent_tui.domain.values.kinds import ChannelName, FactKind, Met

_BURST_WEEKS = 8
"""Of a hundred weeks so many bring far more of a story that has bursts."""
_BURST = 6
_THREAD_FLAT = 3


class Thread(NamedTuple):
    """One way in which a story goes. All texts have places in braces for the words of a talk."""

    agenda: str
    opening: str
    answer: str
    note: str
    met: Met
    outcome: str
    asked: str
    answered: str


@dataclass(frozen=True, slots=True)
class Story:
    """A reason to get in touch, its most frequent thread first; what may be promised in it."""

    topic: str
    weight: int
    bursts: bool
    channels: tuple[ChannelName, ...]
    threads: Weighted[Thread]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    complaints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What is filled in and what any story may have."""

    slots: Mapping[str, Sequence[str]]
    thanks: tuple[str, ...]
    welcome: tuple[str, ...]
    praise: tuple[str, ...]
    criticism: tuple[str, ...]
    facts: tuple[tuple[FactKind, str], ...]
    gave: tuple[str, ...]
    got: tuple[str, ...]
    refused: tuple[str, ...]


class House(NamedTuple):
    """Who works in the house: the n-th agent in the n-th team, and so on round."""

    teams: tuple[str, ...]
    agents: tuple[str, ...]


@cache
def stories() -> tuple[Story, ...]:
    """All stories."""
    return tuple(map(_story, _file()["story"]))


@cache
def words() -> Words:
    """The words of all stories."""
    return _words(_file()["words"])


@cache
def house() -> House:
    """Who works in the house."""
    found = _file()["house"]
    return House(tuple(found["teams"]), tuple(found["agents"]))


@lru_cache(maxsize=400)
def of_week(seed: int, week: int) -> Weighted[Story]:
    """The stories as often as they come up in one week of a seed."""
    weights = []
    for story in stories():
        dice = Dice(seed, f"burst {story.topic}", week)
        many = story.bursts and dice.percent(_BURST_WEEKS)
        weights.append(story.weight * (_BURST if many else 1))
    return Weighted(stories(), weights)


@cache
def _file() -> dict[str, Any]:
    with open(paths.shipped("crowd", "talks.toml"), "rb") as file:
        return tomllib.load(file)


def _story(entry: Mapping[str, Any]) -> Story:
    threads = [Thread(*row) for row in entry["threads"]]
    return Story(
        topic=entry["topic"],
        weight=entry["weight"],
        bursts=entry.get("bursts", False),
        channels=tuple(entry["channels"].split()),
        threads=Weighted(threads, falling(len(threads), _THREAD_FLAT)),
        ours=tuple(entry["ours"]),
        theirs=tuple(entry["theirs"]),
        complaints=tuple(entry["complaints"]),
    )


def _words(entry: Mapping[str, Any]) -> Words:
    return Words(
        slots={
            name: entry[name] for name in ("item", "machine", "day", "hour", "colleague", "code")
        },
        facts=tuple((kind, text) for kind, text in entry["facts"]),
        **{
            name: tuple(entry[name])
            for name in ("thanks", "welcome", "praise", "criticism", "gave", "got", "refused")
        },
    )
