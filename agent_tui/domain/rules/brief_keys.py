"""Keys: digests over what the lines of the brief stand on, never over ages.

A key changes where a record comes, goes or changes what it says, and with nothing else: SHA-256
(FIPS 180-4) over the kind of the line and its sorted grounds, in hexadecimal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

OWN_AT_MOST = 50
"""How many records of their own somebody may have added to a line before it is new to them."""

Plain = str | int | bool | None


class Ground(NamedTuple):
    """What a line stands on: the id of a record and what it says, in values of no age.

    `by` is the agent who wrote it, if that is known, `at` when, `interaction_id` where. What time
    has taken out of the line, such as a refusal whose day has passed, is no longer `told` in it;
    it stays in the key, so that a day that passes changes none.
    """

    says: tuple[Plain, ...]
    by: int | None = None
    at: datetime | None = None
    interaction_id: int | None = None
    told: bool = True


def moment(when: datetime | None) -> int | None:
    """A moment as a number that is the same in every zone: microseconds since 1970."""
    return None if when is None else (when - _EPOCH) // _MICROSECOND


def key(kind: str, grounds: Iterable[Ground]) -> str:
    """The key of a line; the order of its grounds does not matter."""
    return _digest([kind, *sorted(repr(ground.says) for ground in grounds)])


def digest(keys: Iterable[str]) -> str:
    """The digest of a brief over the keys of its lines."""
    return _digest(keys)


def own_grounds(grounds: Iterable[Ground], agent_id: int | None, since: datetime) -> list[Ground]:
    """The grounds that an agent wrote since then, the newest first."""
    own = [
        (ground.at, repr(ground.says), ground)
        for ground in grounds
        if ground.by == agent_id is not None and ground.at is not None and ground.at >= since
    ]
    return [ground for _at, _says, ground in sorted(own, key=lambda one: one[:2], reverse=True)]


def keys_apart_from(kind: str, grounds: Sequence[Ground], own: Sequence[Ground]) -> tuple[str, ...]:
    """The key of a line, and those that it had before each of its agent's own newest records.

    What somebody wrote themselves is no change to them. Where nothing else is left, there is no
    key for that: it was not there to be seen.
    """
    says = sorted(repr(ground.says) for ground in grounds)
    keys = [_digest([kind, *says])]
    for ground in own[:OWN_AT_MOST]:
        says.remove(repr(ground.says))
        if says:
            keys.append(_digest([kind, *says]))
    return tuple(keys)


def _digest(parts: Iterable[str]) -> str:
    from hashlib import sha256

    return sha256("\n".join(parts).encode()).hexdigest()
