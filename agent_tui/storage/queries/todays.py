"""What stands open for one agent: the desk with nobody open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from agent_tui.domain.values import ids
from agent_tui.domain.values.people import Agent
from agent_tui.domain.values.today import Counts, DraftText, RecentCustomer, Today
from agent_tui.storage.queries import customers, interactions
from agent_tui.storage.queries.dossiers import PROMISE_COLUMNS, promise
from agent_tui.storage.reader import Reader, build, moment, one_of

SHOWN = 12


def today(reader: Reader, *, agent: Agent, end_of_day: datetime, now: datetime) -> Today:
    """Everything that Today shows, at one moment."""
    with reader.snapshot():
        waiting = interactions.select(
            reader,
            "i.state = 'ringing' ORDER BY i.opened_at, i.id LIMIT :limit",
            limit=SHOWN,
        )
        wrap_ups = interactions.select(
            reader,
            "i.state = 'ended' AND i.agent_id = :agent ORDER BY i.opened_at DESC LIMIT :limit",
            agent=agent.id,
            limit=SHOWN,
        )
        promises = reader.rows(
            f"SELECT {PROMISE_COLUMNS} WHERE p.owner_id = :agent AND p.side = 'ours' "
            "AND p.state = 'open' ORDER BY p.due_at IS NULL, p.due_at, p.id LIMIT :limit",
            agent=agent.id,
            limit=SHOWN,
        )
        return Today(
            agent=agent,
            counts=_counts(reader, agent, end_of_day, now),
            waiting=tuple(waiting),
            promises=tuple(promise(row) for row in promises),
            wrap_ups=tuple(wrap_ups),
            drafts=tuple(drafts(reader, agent_id=agent.id)),
            recent=tuple(recent_customers(reader, limit=SHOWN)),
            register_size=customers.register_size(reader),
        )


def _counts(reader: Reader, agent: Agent, end_of_day: datetime, now: datetime) -> Counts:
    row = reader.row(
        "SELECT (SELECT count(*) FROM interactions WHERE state = 'ringing'), "
        "(SELECT count(*) FROM promises WHERE owner_id = :agent AND side = 'ours' "
        "AND state = 'open' AND due_at >= :now AND due_at < :end), "
        "(SELECT count(*) FROM promises WHERE owner_id = :agent AND side = 'ours' "
        "AND state = 'open' AND due_at < :now), "
        "(SELECT count(*) FROM interactions WHERE state = 'ended' AND agent_id = :agent)",
        agent=agent.id,
        now=now,
        end=end_of_day,
    )
    return Counts(*row) if row else Counts(0, 0, 0, 0)


def recent_customers(reader: Reader, *, limit: int) -> list[RecentCustomer]:
    """Those in contact last."""
    rows = reader.rows(
        "SELECT id, name, company, last_contact_at FROM customers "
        "WHERE last_contact_at IS NOT NULL ORDER BY last_contact_at DESC, id DESC LIMIT :limit",
        limit=limit,
    )
    return [build(RecentCustomer, row, 3) for row in rows]


def drafts(reader: Reader, *, agent_id: int) -> list[DraftText]:
    """Texts of this agent that were not saved yet, newest first, with whom they are about."""
    rows = reader.rows(
        "SELECT id, kind, about, text, updated_at, corrects_id FROM drafts "
        "WHERE agent_id = :agent ORDER BY updated_at DESC, id DESC",
        agent=agent_id,
    )
    found = []
    for draft_id, kind, about, text, updated_at, corrects_id in rows:
        interaction_id = ids.parse(ids.INTERACTION, about)
        customer_id = ids.parse(ids.CUSTOMER, about)
        subject = None
        if interaction_id is not None:
            call = interactions.one(reader, interaction_id=interaction_id)
            if call is not None:
                customer_id, subject = call.customer_id, call.customer or call.peer
        elif customer_id is not None:
            subject = customers.names(reader, customer_ids=[customer_id]).get(customer_id)
        found.append(
            DraftText(
                draft_id,
                kind,
                about,
                text,
                moment(updated_at),
                corrects_id,
                subject,
                customer_id,
                interaction_id,
            )
        )
    return found


def customers_shown(reader: Reader, *, customer_ids: Sequence[int]) -> list[RecentCustomer]:
    """These customers, in this order."""
    condition, values = one_of("id", customer_ids)
    rows = reader.rows(
        f"SELECT id, name, company, last_contact_at FROM customers WHERE {condition}", **values
    )
    found = {row[0]: build(RecentCustomer, row, 3) for row in rows}
    return [found[customer_id] for customer_id in customer_ids if customer_id in found]
