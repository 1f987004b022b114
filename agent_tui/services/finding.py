"""Find somebody: as typed in the box, or as named on the command line."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from agent_tui.domain.values import ids
from agent_tui.domain.values.finding import Found, Hit
from agent_tui.errors import Ambiguous, NotFound
from agent_tui.search.finder import Finder
from agent_tui.storage.index_store import SqlIndexStore
from agent_tui.storage.queries import customers
from agent_tui.text.hygiene import clean_line

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.reader import Reader

CANDIDATES_SHOWN = 8
_CLEAR_LEAD = 0.12
_SURE = 0.9
_NEAR = 0.4
"""What a lone answer scores at least: with less, a word that was typed is not theirs at all."""


class Finding:
    """Finds customers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._threads = threading.local()

    @property
    def _finder(self) -> Finder:
        """This thread's finder: it keeps the words of the register between queries."""
        reader = self._desk.store.reader()
        known: tuple[Reader, Finder] | None = getattr(self._threads, "finder", None)
        # A connection that was lost is another one when it is asked for again.
        if known is None or known[0] is not reader:
            index = SqlIndexStore(reader)
            known = reader, Finder(index, region=self._desk.region, now=self._desk.clock)
            self._threads.finder = known
        return known[1]

    def find(self, query: str, *, limit: int = 10, offset: int = 0) -> Found:
        """The customers that answer to a query, best first; any text will do."""
        return self._finder.find(query, limit=limit, offset=offset)

    def not_taken_in(self) -> int:
        """How many customers cannot be found by name yet, since the file that brought them is
        still being imported or was broken off."""
        return customers.not_taken_in(self._desk.store.reader())

    def warm_up(self) -> None:
        """Load what this thread's first query would have to wait for."""
        self._finder.warm_up()

    def choose(self, argument: str) -> int:
        """The one customer that an argument of the command line means.

        Tried in turn: an id (`c_...`), `source:external_id`, an external id that only one customer
        has, a query. Raises NotFound, Ambiguous with the candidates (a lone one that is far from
        what was typed is one too), or BadInput.
        """
        return self.meant(argument)[0]

    def meant(self, argument: str) -> tuple[int, str | None]:
        """Like `choose`; and who that is, in words, where they are called otherwise than typed."""
        argument = clean_line(argument)
        reader = self._desk.store.reader()
        customer_id = ids.parse(ids.CUSTOMER, argument)
        if customer_id is not None:
            if customers.customer(reader, customer_id=customer_id) is None:
                raise NotFound(f"there is no customer {argument}")
            return customer_id, None
        source, colon, external_id = argument.partition(":")
        if colon:
            exact = customers.behind_external_id(reader, external_id=external_id, source=source)
            if exact:
                return exact[0], None
        known = customers.behind_external_id(reader, external_id=argument)
        if len(known) == 1:
            return known[0], None
        if known:
            raise _ambiguous(argument, [self._line_of(customer_id) for customer_id in known])
        return self._by_query(argument)

    def _by_query(self, argument: str) -> tuple[int, str | None]:
        if not argument.strip():
            raise NotFound("no customer was named")
        found = self.find(argument, limit=CANDIDATES_SHOWN)
        if not found.register_size:
            raise NotFound("nobody is in this desk yet", hint=("customers.import", ""))
        hits = found.hits
        if not hits:
            raise NotFound(f"nobody answers to “{argument}”: try fewer letters, or an id")
        first = hits[0]
        if len(hits) == 1:
            is_meant = first.score >= _NEAR
        else:
            is_meant = first.score >= _SURE and first.score - hits[1].score >= _CLEAR_LEAD
        if is_meant:
            as_typed = first.name.casefold() == argument.strip().casefold()
            return first.customer_id, None if as_typed else _who(first)
        if first.score < _NEAR:
            raise Ambiguous(
                f"nobody is called “{argument}”; these are the nearest: name one by its id",
                candidates=tuple(map(_line, hits)),
            )
        raise _ambiguous(argument, [_line(hit) for hit in hits])

    def _line_of(self, customer_id: int) -> str:
        name = customers.names(self._desk.store.reader(), customer_ids=[customer_id])
        return f"{ids.show(ids.CUSTOMER, customer_id)}  {name.get(customer_id, '')}"


def _ambiguous(argument: str, candidates: list[str]) -> Ambiguous:
    return Ambiguous(
        f"“{argument}” may be any of these: name one by its id", candidates=tuple(candidates)
    )


def _line(hit: Hit) -> str:
    parts = [hit.name, hit.company, hit.city, hit.contact, hit.external_id]
    return "  ".join([ids.show(ids.CUSTOMER, hit.customer_id), *(part for part in parts if part)])


def _who(hit: Hit) -> str:
    shown = ids.show(ids.CUSTOMER, hit.customer_id)
    return ", ".join(part for part in (hit.name, hit.company, hit.city, shown) if part)
