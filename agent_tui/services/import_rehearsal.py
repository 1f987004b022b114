"""What a dry run has shown so far, on disk, since it stores nothing in the desk."""

from __future__ import annotations

import pickle
import struct
import tempfile
from collections.abc import Iterable
from hashlib import blake2b

from agent_tui.domain.values.records import PersonRecord

_HEAD = struct.Struct("<qqq")
_NOTHING = -1


class Earlier:
    """The rows that a dry run took, by the names under which a later row may mean them.

    They lie in a temporary file that only this process can open and that goes with it; memory
    holds a number a name. A later row about the same person is rehearsed behind the earlier ones,
    so that a dry run counts what the real one will.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        self._last: dict[int, int] = {}

    def keep(self, number: int, names: Iterable[str], record: PersonRecord) -> None:
        """Keep row `number` of the run under its names."""
        content = pickle.dumps(record)
        for name in names:
            before = self._last.get(_short(name), _NOTHING)
            self._last[_short(name)] = self._file.seek(0, 2)
            self._file.write(_HEAD.pack(before, number, len(content)) + content)

    def knows(self, name: str) -> bool:
        """Whether a row was kept under that name."""
        return _short(name) in self._last

    def of(self, names: Iterable[str]) -> dict[int, PersonRecord]:
        """The rows under any of these names, by their numbers."""
        found = {}
        for name in names:
            at = self._last.get(_short(name), _NOTHING)
            while at != _NOTHING:
                self._file.seek(at)
                at, number, length = _HEAD.unpack(self._file.read(_HEAD.size))
                found[number] = pickle.loads(self._file.read(length))
        return found

    def close(self) -> None:
        """Throw everything away."""
        self._file.close()


def _short(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")
