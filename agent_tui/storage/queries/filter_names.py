"""Customers by words of their names, as their index of words finds them."""

from __future__ import annotations

from collections.abc import Sequence

from agent_tui.domain.values.ids import CUSTOMER, parse
from agent_tui.storage.queries.filter_records import Records
from agent_tui.storage.queries.filter_values import Bound
from agent_tui.storage.words import fts_query


def customers_named(values: Sequence[str], bound: Bound) -> Records:
    """The interactions of customers with an id, of nobody, or of those in whose names the words of
    a value stand one after the other."""
    conditions = [_whose(value, bound) for value in values]
    by = "" if bound.on_postgres else " INDEXED BY interactions_customer"
    leads = (
        f"SELECT i.id AS interaction_id FROM interactions i{by} WHERE {condition}"
        for condition in conditions
    )
    return Records(" OR ".join(conditions), tuple(leads))


def _whose(value: str, bound: Bound) -> str:
    if value == "nobody":
        return "i.customer_id IS NULL"
    number = parse(CUSTOMER, value)
    if number is not None:
        return f"i.customer_id = {bound(number)}"
    if bound.on_postgres:
        said = value.replace("\0", " ")
        asked = f"words_asked(CAST({bound(said)} AS text), false)"
        named = f"SELECT c.id FROM customers c WHERE name_words(c.name) @@ {asked}"
    else:
        asked = bound(fts_query((value,), is_beginning=False))
        named = f"SELECT n.rowid FROM names n WHERE n.names MATCH {asked}"
    return f"i.customer_id IN ({named})"
