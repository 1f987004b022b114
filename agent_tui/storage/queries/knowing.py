"""What is kept of a person, whatever became of it: facts, refusals, the ledger, ties, consent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from agent_tui.domain.rules.ties import seen_from
from agent_tui.domain.values.kinds import CLOSED_CASE_STATES
from agent_tui.domain.values.knowing import (
    Circle,
    KeptEntry,
    KeptFact,
    KeptRefusal,
    TieMatter,
    TieShown,
)
from agent_tui.storage.reader import Reader, Row, build, moment, one_of

PEOPLE_SHOWN = 50
"""How many ties are shown at most: those with something open first."""

_FACT = (
    "SELECT f.id, f.customer_id, c.name, f.kind, f.text, f.source, f.state, f.stated_at, "
    "f.confirmed_at, f.confirm_by, f.replaces_id, f.interaction_id, f.version "
    "FROM facts f JOIN customers c ON c.id = f.customer_id WHERE "
)
_REFUSAL = (
    "SELECT r.id, r.customer_id, c.name, r.what, r.state, r.at, r.ask_again_after, "
    "r.interaction_id, r.version "
    "FROM refusals r JOIN customers c ON c.id = r.customer_id WHERE "
)
_ENTRY = (
    "SELECT g.id, g.customer_id, c.name, g.side, g.kind, g.amount, g.currency, g.reason, g.state, "
    "g.at, g.interaction_id, g.version "
    "FROM concessions g JOIN customers c ON c.id = g.customer_id WHERE "
)
_CLOSED = ", ".join(f"'{state}'" for state in sorted(CLOSED_CASE_STATES))


def fact(reader: Reader, *, fact_id: int) -> KeptFact | None:
    """The fact, or None."""
    row = reader.row(f"{_FACT} f.id = :id", id=fact_id)
    return _fact(row) if row else None


def facts(reader: Reader, *, customer_id: int, gone: bool, limit: int) -> list[KeptFact]:
    """The facts of a customer, newest first; with `gone` those too that stand no longer."""
    stands = "" if gone else "AND f.state = 'current' "
    rows = reader.rows(
        f"{_FACT} f.customer_id = :id {stands}ORDER BY f.stated_at DESC, f.id DESC LIMIT :limit",
        id=customer_id,
        limit=limit,
    )
    return [_fact(row) for row in rows]


def replaced_by(reader: Reader, *, fact_id: int) -> int | None:
    """The fact that took this one's place and is not wrong, or None."""
    row = reader.row(
        "SELECT id FROM facts WHERE replaces_id = :id AND state <> 'wrong' ORDER BY id DESC",
        id=fact_id,
    )
    return int(row[0]) if row else None


def part_facts(reader: Reader, *, interaction_id: int, to: int) -> None:
    """An interaction was put to the wrong person and is `to`'s now, and so are its facts: what
    they replaced of the wrong one stands again."""
    moved = "FROM facts n WHERE n.interaction_id = :call AND n.customer_id = :to"
    reader.rows(
        "UPDATE facts SET state = 'current', version = version + 1 WHERE state = 'replaced' "
        f"AND customer_id <> :to AND id IN (SELECT n.replaces_id {moved}) RETURNING id",
        call=interaction_id,
        to=to,
    )
    reader.rows(
        "UPDATE facts SET replaces_id = NULL WHERE interaction_id = :call AND customer_id = :to "
        "AND replaces_id IN (SELECT o.id FROM facts o WHERE o.customer_id <> :to) RETURNING id",
        call=interaction_id,
        to=to,
    )


def refusal(reader: Reader, *, refusal_id: int) -> KeptRefusal | None:
    """The refusal, or None."""
    row = reader.row(f"{_REFUSAL} r.id = :id", id=refusal_id)
    return build(KeptRefusal, row, 5, 6) if row else None


def refusals(reader: Reader, *, customer_id: int, gone: bool, limit: int) -> list[KeptRefusal]:
    """What a customer said no to, newest first; with `gone` also what stands no longer."""
    stands = "" if gone else "AND r.state = 'current' "
    rows = reader.rows(
        f"{_REFUSAL} r.customer_id = :id {stands}ORDER BY r.at DESC, r.id DESC LIMIT :limit",
        id=customer_id,
        limit=limit,
    )
    return [build(KeptRefusal, row, 5, 6) for row in rows]


def entry(reader: Reader, *, concession_id: int) -> KeptEntry | None:
    """The entry of the ledger, or None."""
    row = reader.row(f"{_ENTRY} g.id = :id", id=concession_id)
    return build(KeptEntry, row, 9) if row else None


def entries(reader: Reader, *, customer_id: int, gone: bool, limit: int) -> list[KeptEntry]:
    """The ledger of a customer, newest first; with `gone` also what was taken back."""
    stands = "" if gone else "AND g.state = 'current' "
    rows = reader.rows(
        f"{_ENTRY} g.customer_id = :id {stands}ORDER BY g.at DESC, g.id DESC LIMIT :limit",
        id=customer_id,
        limit=limit,
    )
    return [build(KeptEntry, row, 9) for row in rows]


def standing_marks(reader: Reader, *, subject: str) -> list[int]:
    """The marks that call a record wrong and were not taken back."""
    rows = reader.rows(
        "SELECT id FROM record_marks WHERE subject = :subject AND how = 'wrong' "
        "AND undone_at IS NULL ORDER BY id",
        subject=subject,
    )
    return [int(row[0]) for row in rows]


def tie_between(reader: Reader, *, one_id: int, other_id: int) -> list[tuple[int, str]]:
    """The ties between two people with their kinds as the first of them sees them."""
    rows = reader.rows(
        "SELECT id, kind, customer_id FROM ties WHERE (customer_id = :one AND other_id = :other) "
        "OR (customer_id = :other AND other_id = :one) ORDER BY id",
        one=one_id,
        other=other_id,
    )
    return [(int(row[0]), seen_from(row[1], is_own=row[2] == one_id)) for row in rows]


def one_tie(reader: Reader, *, tie_id: int, customer_id: int) -> TieShown | None:
    """A tie as one of the two sees it, without what matters; None where it is none of theirs."""
    row = reader.row(
        "SELECT t.id, o.id, o.name, t.kind, t.customer_id = :customer FROM ties t "
        "JOIN customers o ON o.id = CASE WHEN t.customer_id = :customer THEN t.other_id "
        "ELSE t.customer_id END WHERE t.id = :id AND :customer IN (t.customer_id, t.other_id)",
        id=tie_id,
        customer=customer_id,
    )
    if row is None:
        return None
    return TieShown(row[0], row[1], row[2], seen_from(row[3], is_own=bool(row[4])))


def is_withdrawn(reader: Reader, *, normals: Sequence[str], customer_id: int | None) -> bool:
    """Whether consent to be reached under one of these forms was withdrawn.

    Of a customer their own word counts; while nobody is known, anybody's who shares the number.
    """
    condition, values = one_of("normal", normals)
    theirs = "" if customer_id is None else " AND customer_id = :customer"
    given = {} if customer_id is None else {"customer": customer_id}
    row = reader.row(
        f"SELECT 1 FROM contact_points WHERE {condition} AND consent = 'withdrawn'{theirs}",
        **values,
        **given,
    )
    return row is not None


_CIRCLE = f"""
WITH tied (id, other_id, kind, is_own) AS (
  SELECT id, other_id, kind, 1 FROM ties WHERE customer_id = :id
  UNION ALL SELECT id, customer_id, kind, 0 FROM ties WHERE other_id = :id
), people (id) AS (SELECT DISTINCT other_id FROM tied),
live (customer_id, id) AS (
  SELECT customer_id, min(id) FROM interactions
  WHERE state IN ('ringing', 'talking', 'on_hold') AND customer_id IS NOT NULL GROUP BY customer_id
), owed (customer_id, promises) AS (
  SELECT p.customer_id, count(*) FROM people o CROSS JOIN promises p
  WHERE p.customer_id = o.id AND p.state = 'open' AND p.side = 'ours' AND p.due_at < :now
  GROUP BY p.customer_id
), complained (customer_id, cases) AS (
  SELECT k.customer_id, count(*) FROM people o CROSS JOIN cases k
  WHERE k.customer_id = o.id AND k.kind = 'complaint' AND k.state NOT IN ({_CLOSED})
  GROUP BY k.customer_id
), near AS (
  SELECT t.id AS tie_id, t.other_id, o.name, t.kind, t.is_own, o.last_contact_at,
    w.promises, m.cases, l.id AS live_id,
    CASE WHEN w.promises > 0 THEN 0 WHEN m.cases > 0 THEN 1 WHEN l.id IS NOT NULL THEN 2
      WHEN o.last_contact_at IS NOT NULL THEN 3 ELSE 4 END AS place
  FROM tied t JOIN customers o ON o.id = t.other_id
  LEFT JOIN owed w ON w.customer_id = o.id
  LEFT JOIN complained m ON m.customer_id = o.id
  LEFT JOIN live l ON l.customer_id = o.id
  ORDER BY place, o.last_contact_at IS NULL, o.last_contact_at DESC, t.id LIMIT :limit
)
SELECT n.tie_id, n.other_id, n.name, n.kind, n.is_own, n.place, n.promises, n.cases,
  p.text, p.due_at, k.title, k.opened_at, i.agenda, i.opened_at, i.id, n.last_contact_at,
  (SELECT count(*) FROM people)
FROM near n
LEFT JOIN promises p ON n.place = 0 AND p.id = (
  SELECT x.id FROM promises x WHERE x.customer_id = n.other_id AND x.state = 'open'
  AND x.side = 'ours' AND x.due_at < :now ORDER BY x.due_at, x.id LIMIT 1)
LEFT JOIN cases k ON n.place = 1 AND k.id = (
  SELECT x.id FROM cases x WHERE x.customer_id = n.other_id AND x.kind = 'complaint'
  AND x.state NOT IN ({_CLOSED}) ORDER BY x.opened_at, x.id LIMIT 1)
LEFT JOIN interactions i ON n.place = 2 AND i.id = n.live_id
ORDER BY n.place, n.last_contact_at IS NULL, n.last_contact_at DESC, n.tie_id
"""
"""From the few people to their records, never the other way: SQLite takes the tables of a CROSS
JOIN in the order in which they stand, where it would else read every complaint of the house."""


def circle(reader: Reader, *, customer_id: int, now: datetime, limit: int) -> Circle:
    """The people around a customer, those with something open first, `limit` ties at most.

    A tie that both sides have told is one.
    """
    rows = reader.rows(_CIRCLE, id=customer_id, now=now, limit=limit)
    ties: dict[tuple[int, str], TieShown] = {}
    for row in rows:
        kind = seen_from(row[3], is_own=bool(row[4]))
        ties.setdefault((row[1], kind), TieShown(row[0], row[1], row[2], kind, _matter(row)))
    return Circle(tuple(ties.values()), people=int(rows[0][16]) if rows else 0)


def _matter(row: Row) -> TieMatter | None:
    place = row[5]
    if place == 0:
        return TieMatter("late_promise", moment(row[9]), row[8], row[6])
    if place == 1:
        return TieMatter("complaint", moment(row[11]), row[10], row[7])
    if place == 2:
        return TieMatter("live_call", moment(row[13]), row[12], interaction_id=row[14])
    return None if row[15] is None else TieMatter("last_contact", moment(row[15]))


def _fact(row: Row) -> KeptFact:
    return build(KeptFact, row, 7, 8, 9)
