"""Every way in which the program says no, in one family.

Each error carries a *title* (what happened, a few words) and a *message* (why, and what to do
about it), both written for the person at the desk and free of customer text where they are logged.

    AgentTuiError
    ├── UsageError          the call itself makes no sense (exit code 2)
    ├── SettingsError       a settings file or environment variable that cannot be used
    ├── StorageError        the database refuses or cannot be reached
    │   ├── ForeignDatabase     a file that is not ours, or is damaged
    │   ├── NewerSchema         written by a newer program than this one
    │   ├── Unavailable         locked, read-only, full, or the server is gone
    │   │   └── Busy                another writer has it at this moment
    │   ├── Conflict            somebody else changed the same row first
    │   └── Interrupted         a newer question took this one's place; nothing failed
    ├── NotFound            no such customer, interaction, agent
    ├── Ambiguous           more than one answer where one was needed; names the candidates
    ├── Refused             a rule of the desk says no
    └── BadInput            a line, row or field from outside that cannot be taken
"""

from __future__ import annotations


class AgentTuiError(Exception):
    """The root of the family: a title and a message that says what to do.

    `hint` is a code for what helps, such as `complaint.tell`, with the id that it is about; a
    front end has its own words for it: the command line a command, the screen a key.
    """

    title = "That did not work"

    def __init__(
        self, message: str, *, title: str | None = None, hint: tuple[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if title is not None:
            self.title = title


class UsageError(AgentTuiError):
    """The command or call makes no sense as written."""

    title = "Not understood"


class SettingsError(AgentTuiError):
    """A settings file or an environment variable holds what cannot be used."""

    title = "Settings cannot be used"


class StorageError(AgentTuiError):
    """The database refuses or cannot be reached."""

    title = "The desk's database"


class ForeignDatabase(StorageError):
    """The file is not a desk of ours, or is damaged. It is never written to."""

    title = "Not a desk"


class NewerSchema(StorageError):
    """The desk was written by a newer program than this one."""

    title = "This desk is newer than the program"


class Unavailable(StorageError):
    """The database is locked, read-only, full, or its server is gone."""

    title = "The desk's database cannot be used right now"


class Busy(Unavailable):
    """Another writer has the database at this moment: the same again a little later works."""

    title = "The desk's database is busy"


class Conflict(StorageError):
    """Somebody else changed the same row first."""

    title = "Changed by somebody else"


class Interrupted(StorageError):
    """The question was given up because a newer one took its place. Nothing failed."""

    title = "Given up"


class NotFound(AgentTuiError):
    """There is no such customer, interaction or agent."""

    title = "Not found"


class Ambiguous(AgentTuiError):
    """More than one answer where exactly one was needed; `candidates` are lines to choose from."""

    title = "More than one"

    def __init__(self, message: str, *, candidates: tuple[str, ...]) -> None:
        super().__init__(message)
        self.candidates = candidates


class Refused(AgentTuiError):
    """A rule of the desk says no."""

    title = "Refused"


class BadInput(AgentTuiError):
    """A line, a row or a field from outside cannot be taken."""

    title = "Cannot be taken"
