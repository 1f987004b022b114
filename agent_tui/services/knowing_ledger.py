"""The ledger of give and take: what we gave, and what the customer gave us."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, get_args

from agent_tui.domain import tables
from agent_tui.domain.rules.money import CURRENCIES
from agent_tui.domain.values.kinds import Side
from agent_tui.domain.values.knowing import KeptEntry
from agent_tui.errors import BadInput, NotFound, Refused
from agent_tui.services.bookkeeping import check_version, check_with, record
from agent_tui.services.entrance import take_line
from agent_tui.services.knowing_facts import SHOWN
from agent_tui.services.record_marks import call_right
from agent_tui.storage.queries import knowing

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk

KIND_LIMIT = 2_000
REASON_LIMIT = 2_000
_AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?")


class Ledger:
    """Entries of the ledger. Changes take the `version` on the screen, as facts do."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def entry(self, concession_id: int) -> KeptEntry:
        """An entry, whatever became of it. Raises NotFound."""
        found = knowing.entry(self._desk.store.reader(), concession_id=concession_id)
        if found is None:
            raise NotFound("this entry of the ledger is no longer there")
        return found

    def ledger(self, customer_id: int, *, gone: bool = False) -> list[KeptEntry]:
        """The entries of a customer, newest first, 500 at most; with `gone` also what was taken
        back."""
        return knowing.entries(
            self._desk.store.reader(), customer_id=customer_id, gone=gone, limit=SHOWN
        )

    def give(
        self,
        customer_id: int,
        side: Side,
        kind: str,
        amount: Decimal | str | None = None,
        currency: str | None = None,
        reason: str | None = None,
        *,
        interaction_id: int | None = None,
    ) -> int:
        """Enter what one side gave, such as `waived fee`; returns the entry's id.

        `amount` is an exact decimal with a point, in `currency` (ISO 4217). Raises BadInput for no
        words, and for a sum that is none or has no currency.
        """
        if side not in get_args(Side):
            raise BadInput(f"“{side}” is no side: it is ours or theirs")
        sum_given, code = _money(amount, currency)
        with self._desk.writing() as unit:
            words = take_line(unit.reader, kind, KIND_LIMIT)
            if not words:
                raise BadInput("say what was given: a refund, an apology, patience")
            unit.get(tables.Customer, customer_id)
            check_with(unit, customer_id, interaction_id)
            row = tables.Concession(
                customer_id=customer_id,
                interaction_id=interaction_id,
                side=side,
                kind=words,
                amount=sum_given,
                currency=code,
                reason=take_line(unit.reader, reason, REASON_LIMIT) or None if reason else None,
                at=unit.now,
            )
            unit.add(row)
            record(unit, "concession.made", row, detail=side)
            return row.id

    def take_back(self, concession_id: int, *, version: int | None = None) -> None:
        """It was not given after all: the entry counts no longer, and stays to be restored."""
        self._set(concession_id, "wrong", version)

    def restore_entry(self, concession_id: int, *, version: int | None = None) -> None:
        """Undo `take_back`: the entry counts again."""
        self._set(concession_id, "current", version)

    def _set(self, concession_id: int, state: str, version: int | None) -> None:
        with self._desk.writing() as unit:
            row = unit.get(tables.Concession, concession_id)
            check_version(row, version)
            if row.state == state:
                counts = "counts" if state == "current" else "was taken back"
                raise Refused(f"this entry {counts} already")
            if state == "current":
                call_right(unit, row)
            row.state = state
            unit.save(row)
            kind = "restored" if state == "current" else "taken_back"
            record(unit, f"concession.{kind}", row)


def _money(amount: Decimal | str | None, currency: str | None) -> tuple[str | None, str | None]:
    """The sum as it is kept, with its currency. Raises BadInput."""
    if amount is None:
        if currency is not None:
            raise BadInput("a currency needs an amount")
        return None, None
    written = f"{amount:f}" if isinstance(amount, Decimal) else amount.strip()
    if _AMOUNT.fullmatch(written) is None or not Decimal(written):
        raise BadInput(f"“{written}” is no sum: write it with a point, such as 20 or 12.50")
    code = (currency or "").strip().upper()
    if code not in CURRENCIES:
        raise BadInput("say the currency with three letters, such as GBP or EUR")
    return written, code
