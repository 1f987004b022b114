"""What is known of a fact, a refusal, an entry of the ledger, a tie, a way to reach somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.domain.rules.freshness import holds_until
from agent_tui.domain.rules.ties import matter_in_words
from agent_tui.domain.values.knowing import TieShown
from agent_tui.domain.values.people import Concession, ContactPoint, Fact, Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from agent_tui.tui.widgets.here import Here

TITLE = 56
"""Characters of words that the title of a menu holds; longer ones stand below it in full."""
_SOURCES = {
    "stated": "they said so",
    "record": "on record",
    "impression": "an agent's impression, nobody said it",
}
_CONSENTS = {
    "given": "they agreed to be written to here",
    "withdrawn": "they withdrew their consent: nothing is sent here",
    "unknown": "they were not asked whether they may be written to here",
}


def about_known(record: object, here: Here) -> list[str]:
    """Rows about a record beside its words; none about what is of no such kind."""
    if isinstance(record, Fact):
        return _fact(record, here)
    if isinstance(record, Refusal):
        return _refusal(record, here)
    if isinstance(record, Concession):
        noted = [f"noted as {record.mark}"] if record.mark else []
        return [_when(record.at, here), *noted]
    if isinstance(record, TieShown) and record.matter is not None:
        return [matter_in_words(record.matter, here.now, here.zone)]
    if isinstance(record, ContactPoint):
        return [*(["they prefer it"] if record.preferred else []), _CONSENTS[record.consent]]
    return []


def words_of(record: object) -> str:
    """The words of a record of these kinds, in one line; none of another kind."""
    if isinstance(record, Fact):
        return record.text
    if isinstance(record, Refusal):
        return record.what
    if isinstance(record, Concession):
        money = " ".join(part for part in (record.amount, record.currency) if part)
        return ", ".join(part for part in (record.kind, money, record.reason) if part)
    return record.value if isinstance(record, ContactPoint) else ""


def _fact(one: Fact, here: Here) -> list[str]:
    said = f"{_SOURCES[one.source]} · {_when(one.stated_at, here)}"
    rows = [said]
    if one.confirmed_at is not None:
        rows.append(f"said again {_when(one.confirmed_at, here)}")
    until = holds_until(one)
    if until is not None:
        passed = until < here.now
        verb = "to be asked again since" if passed else "holds until"
        rows.append(f"{verb} {ages.weekday(until, here.now, here.zone)}")
    if one.mark:
        rows.append(f"noted as {one.mark}")
    return rows


def _refusal(one: Refusal, here: Here) -> list[str]:
    rows = [f"they said no {_when(one.at, here)}"]
    again = one.ask_again_after
    if again is None:
        rows.append("not to be asked again")
    else:
        passed = again < here.now
        verb = "may be asked again since" if passed else "not to be asked before"
        rows.append(f"{verb} {ages.weekday(again, here.now, here.zone)}")
    if one.mark:
        rows.append(f"noted as {one.mark}")
    return rows


def _when(moment: datetime, here: Here) -> str:
    day = ages.weekday(moment, here.now, here.zone)
    return f"{day} {ages.clock_time(moment, here.zone)}"
