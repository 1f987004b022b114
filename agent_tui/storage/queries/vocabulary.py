"""What the writers of notes can name: topics. Agents are in `queries.agents`."""

from __future__ import annotations

from datetime import datetime

from agent_tui.storage.reader import Reader
from agent_tui.storage.words import first_place

NEWEST = 20_000
"""How many interactions are looked at for what is in use."""


def topics(reader: Reader, *, since: datetime, limit: int) -> list[str]:
    """Topics, those used most since that moment first, then all others by name.

    The cost does not grow with the history: use is counted in the newest interactions, and the
    names of all topics are taken from the index one after the other.
    """
    used = reader.rows(
        "SELECT t.topic FROM interaction_topics t JOIN (SELECT id FROM interactions "
        "WHERE place >= :since ORDER BY place DESC LIMIT :newest) i "
        "ON i.id = t.interaction_id GROUP BY t.topic ORDER BY count(*) DESC, t.topic LIMIT :limit",
        since=first_place(since),
        newest=NEWEST,
        limit=limit,
    )
    known = reader.rows(
        "WITH RECURSIVE known(topic) AS (SELECT min(topic) FROM interaction_topics UNION ALL "
        "SELECT (SELECT min(t.topic) FROM interaction_topics t WHERE t.topic > known.topic) "
        "FROM known WHERE known.topic IS NOT NULL) "
        "SELECT topic FROM known WHERE topic IS NOT NULL LIMIT :limit",
        limit=limit,
    )
    return list(dict.fromkeys(str(row[0]) for row in [*used, *known]))[:limit]
