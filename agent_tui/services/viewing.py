"""Save filters of Recent under a name; share them with one's team; choose the one it opens with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.values import ids
from agent_tui.errors import BadInput, NotFound, Refused
from agent_tui.services.bookkeeping import check_version
from agent_tui.services.entrance import take_line
from agent_tui.storage.queries import agents, views

if TYPE_CHECKING:
    from agent_tui.domain.values.agents import Agent
    from agent_tui.domain.values.recent import SavedView
    from agent_tui.services.desk import Desk
    from agent_tui.storage.reader import Reader
    from agent_tui.storage.unit import UnitOfWork

NAME_LIMIT = 100
TEXT_LIMIT = 4_000
MOST = 200
"""Views of one agent's own."""


class Viewing:
    """Keeps saved views. Only its owner changes a view; the owner's team sees a shared one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> tuple[SavedView, ...]:
        """My views, then those shared with my team; each by name."""
        reader = self._desk.store.reader()
        return views.seen_by(reader, me=self._me(reader))

    def default(self) -> SavedView | None:
        """The view with which Recent opens for me, or None."""
        return next((one for one in self.all() if one.is_my_default), None)

    def named(self, name: str) -> SavedView:
        """The view of that name that I see, mine before a shared one. Raises NotFound."""
        wanted = " ".join(name.split()).casefold()
        for one in self.all():
            if one.name.casefold() == wanted or ids.show(ids.VIEW, one.id).casefold() == wanted:
                return one
        raise NotFound(f"there is no view “{name}”")

    def save(self, name: str, text: str, *, is_shared: bool = False) -> SavedView:
        """Save a filter under a name.

        Raises BadInput for a name or a filter that cannot be taken, Refused where I have a view of
        that name, whatever its case.
        """
        words = self._understood(text)
        with self._desk.writing() as unit:
            owner = unit.get(tables.Agent, self._desk.agent.id)
            kept = views.names_of(unit.reader, owner_id=owner.id)
            if len(kept) >= MOST:
                raise Refused(f"you have {MOST} views: remove one first")
            row = tables.View(
                owner_id=owner.id,
                team_id=owner.team_id,
                name=self._name(unit, name),
                text=words,
                is_shared=is_shared,
                created_at=unit.now,
            )
            unit.add(row)
            _record(unit, "view.saved", row, detail="shared" if is_shared else None)
            return self._in(unit.reader, row.id)

    def rename(self, view_id: int, name: str, *, version: int | None = None) -> SavedView:
        """Give a view of mine another name. Raises as `save` does; Conflict for another version."""
        with self._desk.writing() as unit:
            row = self._mine(unit, view_id, version)
            row.name = self._name(unit, name, view_id)
            return self._saved(unit, "view.renamed", row)

    def change(self, view_id: int, text: str, *, version: int | None = None) -> SavedView:
        """Let a view of mine find something else. Raises as `save` does; Conflict for another
        version."""
        words = self._understood(text)
        with self._desk.writing() as unit:
            row = self._mine(unit, view_id, version)
            row.text = words
            return self._saved(unit, "view.changed", row)

    def share(
        self, view_id: int, *, is_shared: bool = True, version: int | None = None
    ) -> SavedView:
        """Let my team see a view of mine, or no longer: then those whose default it was have none.

        Raises NotFound, Refused for somebody else's, Conflict for another version.
        """
        with self._desk.writing() as unit:
            row = self._mine(unit, view_id, version)
            row.is_shared, row.team_id = is_shared, unit.get(tables.Agent, row.owner_id).team_id
            if not is_shared:
                views.forget_default(unit.reader, view_id=view_id, keep_for=row.owner_id)
            return self._saved(unit, "view.shared" if is_shared else "view.unshared", row)

    def remove(self, view_id: int) -> SavedView:
        """Remove a view of mine, and, for an admin, a shared one; returns what it was.

        Whose default it was has none from now on. Raises NotFound, and Refused for somebody else's.
        """
        with self._desk.writing() as unit:
            found = self._in(unit.reader, view_id)
            if not found.is_mine and self._me(unit.reader).role != "admin":
                raise Refused("only its owner removes a view, or an admin where it is shared")
            row = unit.get(tables.View, view_id)
            forgotten = views.forget_default(unit.reader, view_id=view_id)
            unit.remove(row)
            _record(unit, "view.removed", row, detail=str(forgotten))
            return found

    def open_with(self, view_id: int | None) -> SavedView | None:
        """Let Recent open for me with a view, my own or a shared one; None: with everything.

        Raises NotFound for one that I do not see.
        """
        with self._desk.writing() as unit:
            me = unit.get(tables.Agent, self._desk.agent.id)
            found = None if view_id is None else self._in(unit.reader, view_id)
            row = unit.find(tables.DefaultView, me.id)
            if found is None:
                if row is not None:
                    unit.remove(row)
                    unit.record("view.default_dropped", subject=ids.show(ids.VIEW, row.view_id))
                return None
            if row is None:
                unit.add(tables.DefaultView(agent_id=me.id, view_id=found.id))
            else:
                row.view_id = found.id
                unit.save(row)
            unit.record("view.default_set", subject=ids.show(ids.VIEW, found.id))
            return self._in(unit.reader, found.id)

    def _mine(self, unit: UnitOfWork, view_id: int, version: int | None) -> tables.View:
        if not self._in(unit.reader, view_id).is_mine:
            raise Refused("only its owner changes a view: save it under a name of your own")
        row = unit.get(tables.View, view_id)
        check_version(row, version)
        return row

    def _saved(self, unit: UnitOfWork, kind: str, row: tables.View) -> SavedView:
        unit.save(row)
        _record(unit, kind, row)
        return self._in(unit.reader, row.id)

    def _name(self, unit: UnitOfWork, name: str, view_id: int | None = None) -> str:
        # The owner's row is held meanwhile, so that two desks never take one name twice.
        owner = unit.get(tables.Agent, self._desk.agent.id)
        words = " ".join(take_line(unit.reader, name, NAME_LIMIT).split())
        if not words:
            raise BadInput("a view needs a name")
        for other_id, other in views.names_of(unit.reader, owner_id=owner.id).items():
            if other_id != view_id and other.casefold() == words.casefold():
                raise Refused(f"you have a view “{other}” already: change that one, or rename it")
        return words

    def _understood(self, text: str) -> str:
        """The filter as it is kept. Nobody else's writing waits while it is looked through."""
        words = take_line(self._desk.store.reader(), text, TEXT_LIMIT).strip()
        mistakes = self._desk.browsing.understand(words).mistakes
        if mistakes:
            raise BadInput(f"this view would not be understood: {mistakes[0].message}")
        return words

    def _in(self, reader: Reader, view_id: int) -> SavedView:
        found = views.one(reader, view_id=view_id, me=self._me(reader))
        if found is None:
            raise NotFound("there is no view under this id that you see")
        return found

    def _me(self, reader: Reader) -> Agent:
        """Who does this, in the role and the team of this moment."""
        return agents.by_id(reader, agent_id=self._desk.agent.id) or self._desk.agent


def _record(unit: UnitOfWork, kind: str, row: tables.View, *, detail: str | None = None) -> None:
    unit.record(kind, subject=ids.show(ids.VIEW, row.id), detail=detail)
