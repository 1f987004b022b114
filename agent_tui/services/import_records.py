"""What a batch adds to people's records: interactions, what was said in them, and the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from agent_tui.domain.tables import Case, Interaction, InteractionTopic, Message, Note
from agent_tui.domain.values.ids import new_id
from agent_tui.errors import BadInput
from agent_tui.services.import_parts import Child, Contact, Person, Table, Values
from agent_tui.services.import_sheets import Keys, Sheet
from agent_tui.services.staffing import add_agent
from agent_tui.storage.queries import imports
from agent_tui.storage.unit import UnitOfWork

_INTERACTION_NEWS = ("agent_id", "agenda", "met", "outcome", "closed_at")
_CASE_NEWS = ("kind", "title", "state", "remedy", "answer_due_at")
_TAKEN_IN_HAND = frozenset(("kind", "state"))
"""What no file changes of a complaint any more that somebody here has taken a step about."""


@dataclass(slots=True)
class _Conversation:
    """What was said in an interaction so far; `spoken` are places in order, with their times."""

    last: int = 0
    spoken: list[tuple[int, datetime | None]] = field(default_factory=list)
    external_ids: set[str] = field(default_factory=set)
    texts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def said_by(self, at: datetime) -> int:
        """The place of the last message that was not said later; one without a time was not."""
        newest_first = reversed(self.spoken)
        return next((place for place, when in newest_first if when is None or when <= at), 0)


class Records:
    """The records of the people of one batch; `stored` are those of them whom the desk knows."""

    def __init__(
        self, unit: UnitOfWork, people: Sequence[Person], stored: Sequence[int], *, source: str
    ) -> None:
        self._unit = unit
        self._source = source
        self._interactions = Sheet(Interaction, _INTERACTION_NEWS)
        self._cases = Sheet(Case, _CASE_NEWS)
        self._latest: dict[int, datetime] = {}
        self._conversations: dict[int, _Conversation] = {}
        self._messages: list[Values] = []
        self._new_topics: list[Values] = []
        self._read_interactions(people, stored)
        self._children = self._read_children(people, stored)
        handles = {handle for person in people for handle in person.handles}
        self._agents = imports.agents(unit.reader, handles=sorted(handles))
        if any(person.cases for person in people):
            for row in imports.cases(unit.reader, source=source, customers=stored):
                self._cases.know((row["customer_id"], row["external_id"]), row)

    def check(self, person: Person, customer_id: int | None) -> None:
        """Raises BadInput where the row claims an interaction with somebody else, or says that
        something was made in one that the customer never had."""
        for contact in person.contacts:
            known = self._interactions.find(contact.external_id) if contact.external_id else None
            if known is not None and known["customer_id"] != customer_id:
                raise BadInput(
                    f"the interaction “{contact.external_id}” is with somebody else already"
                )
        own = {contact.external_id for contact in person.contacts}
        for name in sorted(person.named_interactions - own):
            known = self._interactions.find(name)
            if known is None or customer_id is None or known["customer_id"] != customer_id:
                raise BadInput(
                    f"the customer has no interaction “{name}”: name one of the same line, or one "
                    "that was imported from this source before"
                )

    def add(self, customer_id: int, person: Person) -> bool:
        """Add what is new of a row; tells whether anything was."""
        changed = [self._contact(customer_id, contact) for contact in person.contacts]
        changed += [self._child(customer_id, child) for child in person.children]
        changed += [self._case(customer_id, case) for case in person.cases]
        return any(changed)

    def latest(self, customer_id: int) -> datetime | None:
        """When the newest interaction opened that this batch adds to a customer."""
        return self._latest.get(customer_id)

    def write(self) -> None:
        """Write everything. Raises Conflict."""
        self._interactions.write(self._unit)
        self._unit.insert_many(InteractionTopic, self._new_topics)
        self._unit.insert_many(Message, self._messages)
        self._cases.write(self._unit)
        for keys in self._children.values():
            keys.write(self._unit)

    def _read_interactions(self, people: Sequence[Person], stored: Sequence[int]) -> None:
        contacts = [contact for person in people for contact in person.contacts]
        names = {contact.external_id for contact in contacts if contact.external_id}
        names |= {name for person in people for name in person.named_interactions}
        keys = {contact.key for contact in contacts if contact.key}
        reader = self._unit.reader
        rows = imports.interactions_by_external_id(
            reader, source=self._source, external_ids=sorted(names)
        )
        for row in rows:
            self._interactions.know(row["external_id"], row)
        if keys:
            keyed = imports.interactions_by_key(reader, customers=stored, keys=sorted(keys))
            for row in keyed:
                self._interactions.know((row["customer_id"], row["import_key"]), row)
            rows += keyed
        known = [row["id"] for row in rows]
        self._topics = imports.topics(reader, interactions=known)
        for interaction_id, sequence, name, speaker, text, at in imports.said(
            reader, interactions=known
        ):
            so_far = self._conversations.setdefault(interaction_id, _Conversation())
            so_far.last = max(so_far.last, sequence)
            so_far.spoken.append((sequence, at))
            so_far.texts[speaker, text] += 1
            if name is not None:
                so_far.external_ids.add(name)

    def _read_children(self, people: Sequence[Person], stored: Sequence[int]) -> dict[Table, Keys]:
        children = [child for person in people for child in person.children]
        tables = dict.fromkeys(child.table for child in children)
        if any(contact.notes for person in people for contact in person.contacts):
            tables[Note] = None
        reader = self._unit.reader
        return {
            table: Keys(table, imports.keys_of(reader, str(table.__tablename__), customers=stored))
            for table in tables
        }

    def _contact(self, customer_id: int, contact: Contact) -> bool:
        key = contact.external_id or (customer_id, contact.key)
        row = self._interactions.find(key)
        agent = {"agent_id": self._agent(contact.agent)} if contact.agent else {}
        if row is None:
            row = {
                "id": new_id(),
                "version": 1,
                "customer_id": customer_id,
                "source": self._source if contact.external_id else None,
                "external_id": contact.external_id,
                "import_key": contact.key,
                "agent_id": None,
                **contact.values,
                **agent,
            }
            self._interactions.add(row)
            self._interactions.know(key, row)
            opened_at = row["opened_at"]
            self._latest[customer_id] = max(self._latest.get(customer_id, opened_at), opened_at)
            changed = [True]
        else:
            # What a person answered at the wrap-up is no file's to change.
            news = contact.news | agent if row.get("wrapped_up_at") is None else {}
            changed = [self._interactions.change(row, news)]
        changed += [self._topic(row, topic) for topic in contact.topics]
        changed.append(self._say(row["id"], contact.messages))
        so_far = self._conversations[row["id"]]
        for note in contact.notes:
            note.values["after_sequence"] = so_far.said_by(note.values["at"])
            changed.append(self._child(customer_id, note, row["id"]))
        return any(changed)

    def _topic(self, interaction: Values, topic: str) -> bool:
        key = interaction["id"], topic
        if key in self._topics:
            return False
        self._topics.add(key)
        self._new_topics.append(
            {
                "interaction_id": key[0],
                "topic": topic,
                "opened_at": interaction["opened_at"],
                "customer_id": interaction["customer_id"],
            }
        )
        return True

    def _say(self, interaction_id: int, messages: Sequence[Values]) -> bool:
        """Add the messages that are new.

        Without an external id, the third “yes” of the customer in a row is the third one stored,
        wherever they stand: messages that came in between do not double what follows them.
        """
        so_far = self._conversations.setdefault(interaction_id, _Conversation())
        before = so_far.last
        heard: Counter[tuple[str, str]] = Counter()
        for message in messages:
            said = message["speaker"], message["text"]
            heard[said] += 1
            name = message["external_id"]
            if name in so_far.external_ids or (name is None and heard[said] <= so_far.texts[said]):
                continue
            so_far.last += 1
            so_far.texts[said] += 1
            so_far.spoken.append((so_far.last, message["at"]))
            if name is not None:
                so_far.external_ids.add(name)
            self._messages.append(
                {
                    "id": new_id(),
                    "interaction_id": interaction_id,
                    "sequence": so_far.last,
                    **message,
                }
            )
        return so_far.last > before

    def _child(self, customer_id: int, child: Child, interaction_id: int | None = None) -> bool:
        row = {
            "id": new_id(),
            "customer_id": customer_id,
            "interaction_id": interaction_id or self._made_in(child),
            "import_key": child.key,
            **child.values,
        }
        if "version" in child.table.model_fields:
            row["version"] = 1
        if child.agent_column:
            row[child.agent_column] = self._agent(child.agent) if child.agent else None
        return self._children[child.table].add(customer_id, child.key, row)

    def _made_in(self, child: Child) -> int | None:
        """The interaction in which the file says that it was made."""
        row = self._interactions.find(child.made_in) if child.made_in else None
        return None if row is None else int(row["id"])

    def _case(self, customer_id: int, case: Child) -> bool:
        values = case.values
        key = (customer_id, values["external_id"])
        known = self._cases.find(key)
        if known is not None:
            fixed = _TAKEN_IN_HAND if known.get("speakable") else ()
            news = {name: values[name] for name in _CASE_NEWS if values[name] and name not in fixed}
            return self._cases.change(known, news)
        row = {
            "id": new_id(),
            "version": 1,
            "customer_id": customer_id,
            "interaction_id": self._made_in(case),
            "import_key": None,
            "source": self._source,
            **values,
        }
        self._cases.add(row)
        self._cases.know(key, row)
        return True

    def _agent(self, handle: str) -> int:
        """The id of an agent, who is made on first mention."""
        known = self._agents.get(handle)
        if known is None:
            known = add_agent(self._unit, handle=handle, name=None, role="agent").id
            self._agents[handle] = known
        return known
