"""Read what an agent types while they type it: marks, due times, completion, snippets."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages, due_foreign, due_times, snippets, templates
from agent_tui.domain.rules.completion import complete
from agent_tui.domain.rules.due_words import has_table
from agent_tui.domain.rules.marks import Writer, read_note
from agent_tui.domain.rules.promises import due_doubt, due_said
from agent_tui.domain.values.marks import Candidate, Completion, ReadNote, Vocabulary
from agent_tui.domain.values.people import Customer
from agent_tui.domain.values.promises import SaidPromise
from agent_tui.errors import BadInput, NotFound
from agent_tui.storage.queries import agents, vocabulary

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk

IN_USE = timedelta(days=90)
TOPICS_OFFERED = 200


class Capturing:
    """Reads notes as they are typed. Saves nothing; may be shared between threads."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._agents: dict[str, str] | None = None
        self._topics: tuple[str, ...] | None = None

    def read(self, text: str, *, at: datetime | None = None) -> ReadNote:
        """What a note makes, with due times as of now, or of when it was written.

        Quick enough to be asked at every key. Who works here is asked of the database when the
        first `@` comes up, unless `warm_up` was there before.
        """
        return read_note(text, self._writer(text, at or self._desk.clock()))

    def due(self, words: str) -> datetime:
        """The moment that words alone, such as `fri 10am` or `+3d`, mean now. Raises BadInput."""
        return self.due_and_doubt(words)[0]

    def due_and_doubt(self, words: str) -> tuple[datetime, str | None]:
        """The moment that words alone mean now, and what is not certain about it, if anything.

        Raises BadInput.
        """
        desk, now = self._desk, self._desk.clock()
        found = due_times.read_due(
            words, now, desk.zone, language=desk.language, region=desk.region
        )
        at = due_said(words, found, now, desk.zone)
        return at, due_doubt(found, now, desk.zone) if found is not None else None

    def promise(self, words: str, otherwise: str) -> SaidPromise:
        """The promise that words alone mean: a due time, with `otherwise` for what is promised, or
        what is promised and by when. Raises BadInput."""
        try:
            return SaidPromise(otherwise, self.due(words))
        except BadInput as problem:
            marks = self.read(f"!{' '.join(words.split())}").marks
            if not marks or marks[0].kind != "promise":
                raise problem from None
        if len(marks) > 1 or marks[0].agent is not None:
            raise BadInput("one promise of yours: say what, and by when")
        due = marks[0].due
        return SaidPromise(marks[0].body, None if due is None else self.due(due.words))

    def complete(
        self, text: str, cursor: int, customer: Customer | None = None
    ) -> Completion | None:
        """What the word before the cursor may become, the best first; None where nothing fits.

        Snippets come with the customer's fields filled in, due times with what they mean now.
        """
        known = replace(self.vocabulary(), due_words=self._due_words())
        found = complete(text, cursor, known)
        if found is None or not text.startswith(";", found.start):
            return found
        return self._filled(found, customer, for_note=True)

    def complete_reply(
        self, text: str, cursor: int, customer: Customer | None = None
    ) -> Completion | None:
        """Like `complete`, for words to a customer, in which nothing but a snippet is one."""
        found = complete(text, cursor, self.vocabulary())
        if found is None or not text.startswith(";", found.start):
            return None
        return self._filled(found, customer, for_note=False)

    def _filled(
        self, found: Completion, customer: Customer | None, *, for_note: bool
    ) -> Completion:
        names = (one.insert.removeprefix(";") for one in found.candidates)
        filled = (
            Candidate(self.expand(name, customer, for_note=for_note), f";{name}") for name in names
        )
        return replace(found, candidates=tuple(filled))

    def expand(self, name: str, customer: Customer | None = None, *, for_note: bool = True) -> str:
        """The words of a snippet with the customer's fields; empty fields stand in braces.

        In a note, no field can become a mark; for a message the words are as they are. A template
        that is wrong says so in its place. Raises NotFound where no snippet has that name.
        """
        template = self._desk.snippets.get(name)
        if template is None:
            raise NotFound(f"there is no snippet “{name}”: the settings list them")
        fields = snippets.fields_of(customer, self._desk.agent)
        return snippets.expand(name, template, fields, for_note=for_note)

    def vocabulary(self) -> Vocabulary:
        """Topics, those used most of late first, agents and snippets; kept until `refresh`."""
        with self._lock:
            if self._topics is None:
                since = self._desk.clock() - IN_USE
                self._topics = tuple(
                    vocabulary.topics(self._desk.store.reader(), since=since, limit=TOPICS_OFFERED)
                )
            topics = self._topics
        return Vocabulary(topics, self._handles(), self._desk.snippets)

    def refresh(self) -> None:
        """Ask the database again; who reads meanwhile goes on with what was known, and never
        waits. Not for the thread that paints."""
        anew = Capturing(self._desk)
        anew.warm_up()
        with self._lock:
            self._agents, self._topics = anew._agents, anew._topics

    def warm_up(self) -> None:
        """Load what the first keys would wait for. Not for the thread that paints."""
        if not has_table(self._desk.language):
            due_foreign.warm_up(self._desk.language)
        if self._desk.snippets:
            templates.warm_up()
        self.vocabulary()
        self.read("!warm up fri 10am")

    def _writer(self, text: str, now: datetime) -> Writer:
        return Writer(
            now=now,
            zone=self._desk.zone,
            language=self._desk.language,
            region=self._desk.region,
            agents=self._handles() if "@" in text else None,
        )

    def _handles(self) -> dict[str, str]:
        with self._lock:
            if self._agents is None:
                everybody = agents.everybody(self._desk.store.reader())
                self._agents = {agent.handle: agent.name for agent in everybody}
            return self._agents

    def _due_words(self) -> dict[str, str]:
        """The due times to choose from, each with the moment that it means."""
        desk, now = self._desk, self._desk.clock()
        meant = {}
        for words in due_times.offered(desk.language):
            due = due_times.read_due(
                words, now, desk.zone, language=desk.language, region=desk.region
            )
            if due is not None and due.at is not None and due.problem != "past":
                when = ages.weekday(due.at, now, desk.zone)
                meant[words] = f"{when} {ages.clock_time(due.at, desk.zone)}"
        return meant
