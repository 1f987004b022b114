"""The brief: at most five lines that matter now, made of the records and nothing else.

A pure function of (records, now, time zone): the order of the records does not matter. Lines come
in a fixed order, one a kind; what must be acted on (notices, promises, complaints) is first and is
therefore never cut.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo

from agent_tui.domain.rules import ages
from agent_tui.domain.rules.brief_words import listed, shown, since
from agent_tui.domain.rules.duties import complaints, we_owe
from agent_tui.domain.values import ids
from agent_tui.domain.values.briefing import Balance, Brief, BriefLine
from agent_tui.domain.values.people import Dossier, Fact, Interaction

LINES_AT_MOST = 5
BALANCE_WINDOW = timedelta(days=365)
REPEAT_WINDOW = timedelta(days=14)
LOPSIDED_BY = 2

_ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}
_TREAT_KINDS = ("prefers", "expects", "values", "agreed")
_ENDED = {"no": "not resolved", "partly": "partly resolved", "yes": "resolved"}


def make_brief(dossier: Dossier, now: datetime, zone: tzinfo) -> Brief:
    """The brief of a customer at a moment, for a reader in `zone`."""
    makers = (_notices, we_owe, complaints, _last_contact, _treat, _refused, _balance, _ask_again)
    lines = [line for make in makers if (line := make(dossier, now, zone)) is not None]
    return Brief(
        customer=dossier.customer,
        lines=tuple(lines[:LINES_AT_MOST]),
        balance=balance(dossier, now),
    )


def balance(dossier: Dossier, now: datetime) -> Balance:
    """How often each side gave something in the last twelve months."""
    sides = [entry.side for entry in dossier.concessions if entry.at >= now - BALANCE_WINDOW]
    return Balance(ours=sides.count("ours"), theirs=sides.count("theirs"))


def _notices(dossier: Dossier, now: datetime, zone: tzinfo) -> BriefLine | None:
    notices = _newest(fact for fact in dossier.facts if fact.kind == "notice")
    if not notices:
        return None
    first = notices[0]
    return BriefLine(
        kind="notice",
        label="Notice",
        text=listed(fact.text for fact in notices),
        age=ages.ago(first.stated_at, now, zone),
        urgent=True,
        count=len(notices),
        source=first.source,
        age_days=ages.days_between(first.stated_at, now, zone),
        records=shown(ids.FACT, notices),
        interaction_id=first.interaction_id,
    )


def _last_contact(dossier: Dossier, now: datetime, zone: tzinfo) -> BriefLine | None:
    past = sorted(
        (one for one in dossier.interactions if not one.is_live),
        key=lambda one: (one.opened_at, one.id),
    )
    if not past:
        return None
    last = past[-1]
    times = _times_about_the_same(past, last)
    parts = [
        last.agenda or ", ".join(last.topics) or f"by {last.channel}",
        _ENDED.get(last.met) or last.outcome or "",
        f"{_ORDINALS.get(times, f'{times}th')} time in 14 d" if times > 1 else "",
    ]
    who = f", {last.agent}" if last.agent else ""
    return BriefLine(
        kind="last_contact",
        label="Last",
        text=", ".join(part for part in parts if part),
        age=ages.ago(last.opened_at, now, zone),
        urgent=False,
        count=times,
        source=f"{last.channel}{who}",
        age_days=ages.days_between(last.opened_at, now, zone),
        records=(ids.show(ids.INTERACTION, last.id),),
        interaction_id=last.id,
    )


def _times_about_the_same(past: list[Interaction], last: Interaction) -> int:
    topics = set(last.topics)
    return 1 + sum(
        1
        for one in past
        if one.id != last.id
        and last.opened_at - one.opened_at <= REPEAT_WINDOW
        and topics & set(one.topics)
    )


def _treat(dossier: Dossier, now: datetime, zone: tzinfo) -> BriefLine | None:
    wishes = _newest(
        fact for fact in dossier.facts if fact.kind in _TREAT_KINDS and not _is_stale(fact, now)
    )
    if not wishes:
        return None
    wishes.sort(key=lambda fact: _TREAT_KINDS.index(fact.kind))
    first = wishes[0]
    return BriefLine(
        kind="treat",
        label="Treat",
        text=listed(fact.text for fact in wishes),
        age=first.source,
        urgent=False,
        count=len(wishes),
        source=first.source,
        age_days=ages.days_between(first.stated_at, now, zone),
        records=shown(ids.FACT, wishes),
        interaction_id=first.interaction_id,
    )


def _refused(dossier: Dossier, now: datetime, zone: tzinfo) -> BriefLine | None:
    standing = sorted(
        (
            refusal
            for refusal in dossier.refusals
            if refusal.ask_again_after is None or refusal.ask_again_after > now
        ),
        key=lambda refusal: (refusal.at, refusal.id),
        reverse=True,
    )
    if not standing:
        return None
    first = standing[0]
    return BriefLine(
        kind="refused",
        label="No to",
        text=listed(refusal.what for refusal in standing),
        age=ages.ago(first.at, now, zone),
        urgent=False,
        count=len(standing),
        source=since("said", first.at, now, zone),
        age_days=ages.days_between(first.at, now, zone),
        records=shown(ids.REFUSAL, standing),
        interaction_id=first.interaction_id,
    )


def _balance(dossier: Dossier, now: datetime, zone: tzinfo) -> BriefLine | None:
    sum_of = balance(dossier, now)
    if abs(sum_of.ours - sum_of.theirs) < LOPSIDED_BY:
        return None
    entries = sorted(
        (entry for entry in dossier.concessions if entry.at >= now - BALANCE_WINDOW),
        key=lambda entry: (entry.at, entry.id),
        reverse=True,
    )
    return BriefLine(
        kind="balance",
        label="Balance",
        text=f"we gave {sum_of.ours}, they gave {sum_of.theirs}",
        age="12 mo",
        urgent=False,
        count=len(entries),
        source="ledger of twelve months",
        age_days=ages.days_between(entries[0].at, now, zone),
        records=shown(ids.CONCESSION, entries),
    )


def _ask_again(dossier: Dossier, now: datetime, zone: tzinfo) -> BriefLine | None:
    stale = _newest(
        fact for fact in dossier.facts if fact.kind != "notice" and _is_stale(fact, now)
    )
    if not stale:
        return None
    first = stale[0]
    return BriefLine(
        kind="ask_again",
        label="Ask again",
        text=listed(fact.text for fact in stale),
        age=ages.ago(first.stated_at, now, zone),
        urgent=False,
        count=len(stale),
        source=first.source,
        age_days=ages.days_between(first.stated_at, now, zone),
        records=shown(ids.FACT, stale),
        interaction_id=first.interaction_id,
    )


def _is_stale(fact: Fact, now: datetime) -> bool:
    return fact.confirm_by is not None and fact.confirm_by < now


def _newest(facts: Iterable[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (fact.stated_at, fact.id), reverse=True)
