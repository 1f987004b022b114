"""Facts, promises, the ledger, refusals, cases, surveys and ties of a record, made ready."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from agent_tui.domain.tables import Case, Concession, Fact, Feedback, Promise, Refusal
from agent_tui.domain.values.records import CaseRecord, PersonRecord, PromiseRecord, TieRecord
from agent_tui.errors import BadInput
from agent_tui.services import import_fields as fields
from agent_tui.services.import_parts import Child, Values
from agent_tui.text.addresses import normal_number

_CASE_STATE_LIMIT = 100
_AMOUNT_LIMIT = 40


def any_in(record: PersonRecord) -> bool:
    """Whether the record has anything for this module."""
    return bool(
        record.facts
        or record.promises
        or record.concessions
        or record.refusals
        or record.cases
        or record.ties
        or record.feedback
    )


def without_names(record: PersonRecord, *, now: datetime) -> list[Child]:
    """Everything that the file has no id for. A fact without a word says nothing and is none."""
    return [
        *_facts(record, now),
        *_promises(record, now),
        *_concessions(record, now),
        *_refusals(record, now),
        *_unnamed_cases(record.cases, now),
        *_feedback(record, now),
    ]


def named_cases(records: Iterable[CaseRecord], *, now: datetime) -> list[Child]:
    """Cases that the file has an id for, by which they are known again."""
    found = []
    for place, record in enumerate(records):
        where = f"cases[{place}]"
        values = _case(record, where, now)
        if values["external_id"] is not None:
            made_in = _made_in(record.interaction, where)
            found.append(Child(Case, values["external_id"], values, made_in=made_in))
    return found


def _made_in(external_id: str | None, where: str) -> str | None:
    return fields.external(external_id, f"{where}.interaction")


def _told(made_in: str | None) -> tuple[str, ...]:
    """What a file that names the interaction tells more; one that does not is still the same."""
    return () if made_in is None else ("interaction", made_in)


def ties(records: Iterable[TieRecord], *, own_id: str | None) -> list[tuple[str, str]]:
    """The external ids of the others, each with the kind of tie."""
    found = []
    for place, tie in enumerate(records):
        where = f"ties[{place}]"
        to = fields.needed(fields.external(tie.to, f"{where}.to"), f"{where}.to")
        if to == own_id:
            raise BadInput(f"{where}: nobody has a tie to themselves")
        found.append((to, fields.needed(fields.line(tie.kind, f"{where}.kind"), f"{where}.kind")))
    return found


def _facts(record: PersonRecord, now: datetime) -> Iterator[Child]:
    for place, fact in enumerate(record.facts):
        text = fields.text(fact.text, f"facts[{place}].text")
        if text is not None:
            yield Child(
                Fact,
                fields.key(fact.kind, text, fact.source, fact.stated_at, fact.confirm_by),
                {
                    "kind": fact.kind,
                    "text": text,
                    "source": fact.source,
                    "state": "current",
                    "stated_at": fact.stated_at or now,
                    "confirm_by": fact.confirm_by,
                },
            )


def _promises(record: PersonRecord, now: datetime) -> Iterator[Child]:
    for place, promise in enumerate(record.promises):
        where = f"promises[{place}]"
        text = fields.needed(fields.text(promise.text, f"{where}.text"), f"{where}.text")
        owner = fields.handle(promise.owner, f"{where}.owner")
        closed_at = _closed_at(promise, where, now)
        # A file that never told of a promise's end is still the same file.
        end = () if closed_at is None else (closed_at,)
        made_in = _made_in(promise.interaction, where)
        yield Child(
            Promise,
            fields.key(
                promise.side, text, promise.due, promise.state, owner, *end, *_told(made_in)
            ),
            {
                "side": promise.side,
                "text": text,
                "due_at": promise.due,
                "state": promise.state,
                "created_at": _promised_at(promise, record) or closed_at or now,
                "closed_at": closed_at,
            },
            agent=owner,
            agent_column="owner_id",
            made_in=made_in,
        )


def _closed_at(promise: PromiseRecord, where: str, now: datetime) -> datetime | None:
    if promise.closed_at is None:
        return None
    if promise.state == "open":
        raise BadInput(f"{where}.closed_at: an open promise has no end: name its state")
    if promise.closed_at > now:
        raise BadInput(f"{where}.closed_at has not come yet")
    return promise.closed_at


def _promised_at(promise: PromiseRecord, record: PersonRecord) -> datetime | None:
    """The conversation that it names, or else the latest in which it can have been made."""
    named = (one for one in record.interactions if one.external_id == promise.interaction)
    contact = next(named, None) if promise.interaction else None
    if contact is not None and contact.opened_at is not None:
        return contact.opened_at
    openings = (contact.opened_at for contact in record.interactions)
    latest = min(filter(None, (promise.due, promise.closed_at)), default=None)
    possible = (at for at in openings if at and (latest is None or at <= latest))
    return max(possible, default=None)


def _concessions(record: PersonRecord, now: datetime) -> Iterator[Child]:
    for place, concession in enumerate(record.concessions):
        where = f"concessions[{place}]"
        values = {
            "side": concession.side,
            "kind": fields.needed(fields.line(concession.kind, where), f"{where}.kind"),
            "amount": _amount(concession.amount, f"{where}.amount"),
            "currency": _currency(concession.currency, f"{where}.currency"),
            "reason": fields.text(concession.reason, f"{where}.reason"),
        }
        made_in = _made_in(concession.interaction, where)
        identity = fields.key(*values.values(), concession.at, *_told(made_in))
        at = concession.at or now
        yield Child(Concession, identity, {**values, "at": at}, made_in=made_in)


def _amount(amount: Decimal | None, where: str) -> str | None:
    if amount is None:
        return None
    exact = format(amount, "f")
    if not amount.is_finite() or len(exact) > _AMOUNT_LIMIT:
        raise BadInput(f"{where} is no amount of money")
    return exact


def _currency(raw: str | None, where: str) -> str | None:
    currency = fields.line(raw, where)
    if currency is None:
        return None
    if len(currency) != 3 or not currency.isascii() or not currency.isalpha():
        raise BadInput(f"{where} must be three letters such as EUR, not “{currency[:20]}”")
    return currency.upper()


def _refusals(record: PersonRecord, now: datetime) -> Iterator[Child]:
    for place, refusal in enumerate(record.refusals):
        where = f"refusals[{place}].what"
        what = fields.needed(fields.text(refusal.what, where), where)
        made_in = _made_in(refusal.interaction, f"refusals[{place}]")
        yield Child(
            Refusal,
            fields.key(what, refusal.at, refusal.ask_again_after, *_told(made_in)),
            {
                "what": what,
                "at": refusal.at or now,
                "ask_again_after": refusal.ask_again_after,
            },
            made_in=made_in,
        )


def _unnamed_cases(records: Iterable[CaseRecord], now: datetime) -> Iterator[Child]:
    for place, record in enumerate(records):
        values = _case(record, f"cases[{place}]", now)
        if values["external_id"] is None:
            said = (values[column] for column in ("kind", "title", "state", "remedy"))
            made_in = _made_in(record.interaction, f"cases[{place}]")
            times = (record.opened_at, record.answer_due)
            identity = fields.key(*said, *times, *_told(made_in))
            yield Child(Case, identity, {**values, "source": None}, made_in=made_in)


def _case(record: CaseRecord, where: str, now: datetime) -> Values:
    external_id = fields.external(record.external_id, f"{where}.external_id")
    return {
        "external_id": external_id,
        "normal": normal_number(external_id)[: fields.LINE_LIMIT] if external_id else None,
        "kind": record.kind,
        "title": fields.line(record.title, f"{where}.title") or "",
        "state": fields.line(record.state, f"{where}.state", _CASE_STATE_LIMIT) or "open",
        "remedy": fields.text(record.remedy, f"{where}.remedy"),
        "opened_at": record.opened_at or now,
        "answer_due_at": record.answer_due,
    }


def _feedback(record: PersonRecord, now: datetime) -> Iterator[Child]:
    for place, feedback in enumerate(record.feedback):
        text = fields.text(feedback.text, f"feedback[{place}].text")
        made_in = _made_in(feedback.interaction, f"feedback[{place}]")
        said = (feedback.asked_at, feedback.answered_at, feedback.score, text)
        yield Child(
            Feedback,
            fields.key(*said, *_told(made_in)),
            {
                "asked_at": feedback.asked_at or now,
                "answered_at": feedback.answered_at,
                "score": feedback.score,
                "text": text,
            },
            made_in=made_in,
        )
