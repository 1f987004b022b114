"""What holds of every brief: order, zones, the clock, and what is cut and folded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from agent_tui.domain.rules.brief import make_brief, to_read
from agent_tui.domain.values.briefing import Brief, Sighting
from agent_tui.domain.values.people import Dossier
from tests.domain.dossiers import MIRA, NEVER_CUT, NOW, ORDER, OTHER_ZONE, dossiers

ZONES = st.sampled_from(
    [UTC, OTHER_ZONE, ZoneInfo("Pacific/Kiritimati"), ZoneInfo("America/Los_Angeles")]
)
RECORDS = (
    *("promises", "cases", "facts", "refusals", "concessions", "interactions"),
    *("questions", "moods", "seen"),
)


@given(dossiers, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_the_zone_of_their_moments_matters(
    dossier: Dossier, random: Random
) -> None:
    def shuffled(records: tuple[Any, ...]) -> tuple[Any, ...]:
        moved = [_moved(record) for record in records]
        random.shuffle(moved)
        return tuple(moved)

    rows: dict[str, Any] = {name: shuffled(getattr(dossier, name)) for name in RECORDS}
    other = replace(dossier, **rows)
    there = make_brief(other, NOW.astimezone(OTHER_ZONE), UTC, agent_id=MIRA)
    assert there == make_brief(dossier, NOW, UTC, agent_id=MIRA)


def _moved(record: Any) -> Any:
    """The same record with its moments written in another zone."""
    moments = {
        name: value.astimezone(OTHER_ZONE)
        for name in type(record).__slots__
        if isinstance(value := getattr(record, name), datetime)
    }
    return replace(record, **moments)


def _told(brief: Brief) -> Any:
    """A brief without the words for days."""
    lines = [
        (line.kind, line.label, line.count, line.records, line.key, line.urgent, line.new)
        for line in (*brief.lines, *brief.folded)
    ]
    return (lines, brief.known, brief.balance, brief.digest, brief.verification)


@given(dossiers, ZONES, ZONES)
def test_the_readers_zone_changes_words_of_days_and_what_is_due_today_alone(
    dossier: Dossier, here: Any, there: Any
) -> None:
    later = tuple(
        one
        for one in dossier.promises
        if one.due_at is None or not NOW <= one.due_at < NOW + timedelta(hours=26)
    )
    dossier = replace(dossier, promises=later)
    assert _told(make_brief(dossier, NOW, here, agent_id=MIRA)) == _told(
        make_brief(dossier, NOW, there, agent_id=MIRA)
    )


def _keys(brief: Brief) -> dict[str, str]:
    return {line.kind: line.key for line in (*brief.lines, *brief.folded, *brief.cut)}


@given(dossiers, st.floats(0, 400))
def test_time_alone_changes_no_key(dossier: Dossier, days: float) -> None:
    dossier = replace(dossier, promises=())
    now = make_brief(dossier, NOW, UTC)
    then = make_brief(dossier, NOW + timedelta(days=days), UTC)
    assert then.digest == now.digest
    before, after = _keys(now), _keys(then)
    assert all(
        before[kind] == after[kind] for kind in (before.keys() & after.keys()) - {"ask_again"}
    )
    assert after.keys() - before.keys() <= {"balance", "ask_again"}
    assert before.keys() - after.keys() <= {"balance", "treat", "refused"}


@given(dossiers, st.floats(0, 6.9), st.none() | st.integers(0, 3))
def test_time_alone_closes_no_gate(
    dossier: Dossier, days: float, interaction_id: int | None
) -> None:
    dossier = replace(dossier, promises=())
    keys = _keys(make_brief(dossier, NOW, UTC, agent_id=MIRA)).values()
    assume(keys)
    seen = replace(dossier, seen=tuple(Sighting(key, NOW, interaction_id) for key in keys))
    then = make_brief(seen, NOW + timedelta(days=days), UTC, agent_id=MIRA)
    assert to_read(then) == ()


def _owed(dossier: Dossier) -> int:
    end_of_day = datetime(2026, 11, 23, tzinfo=UTC)
    return sum(
        one.side == "ours"
        and one.state == "open"
        and one.due_at is not None
        and one.due_at < end_of_day
        for one in dossier.promises
    )


@st.composite
def read_dossiers(draw: st.DrawFn) -> Dossier:
    """A dossier of which an agent saw some lines at some time, in some interaction or in none."""
    dossier = draw(dossiers)
    lines = make_brief(dossier, NOW, UTC, agent_id=MIRA)
    keys = [line.key for line in (*lines.lines, *lines.folded)]
    if not keys:
        return dossier
    seen = draw(
        st.lists(
            st.builds(
                Sighting,
                st.sampled_from(keys),
                st.floats(0, 9).map(lambda days: NOW - timedelta(days=days)),
                st.none() | st.integers(0, 3),
            ),
            max_size=8,
        )
    )
    return replace(dossier, seen=tuple(seen))


@given(read_dossiers(), st.none() | st.integers(0, 3))
def test_five_lines_at_most_in_a_fixed_order_and_no_duty_is_cut_or_folded(
    dossier: Dossier, interaction_id: int | None
) -> None:
    brief = make_brief(dossier, NOW, UTC, agent_id=MIRA, interaction_id=interaction_id)
    kinds = [line.kind for line in brief.lines]
    assert len(kinds) <= 5
    assert kinds == sorted(set(kinds), key=ORDER.index)
    assert ("notice" in kinds) == any(fact.kind == "notice" for fact in dossier.facts)
    assert ("complaint" in kinds) == any(
        case.kind == "complaint" and case.is_open for case in dossier.cases
    )
    owed = _owed(dossier)
    assert [line.count for line in brief.lines if line.kind == "we_owe"] == [owed] * bool(owed)
    for line in (*brief.lines, *brief.folded):
        assert line.count == len(line.records) or line.kind == "last_contact"
        assert line.records == tuple(part.record for part in line.parts)
        assert line.urgent == (line.kind in NEVER_CUT)
        assert len(line.key) == 64
        assert line.source
        assert line.text
    assert brief.known == len(brief.folded)
    assert not {line.kind for line in brief.folded} & {*NEVER_CUT, *kinds}
    assert all(line.seen and not line.new for line in brief.folded)


@given(read_dossiers(), st.none() | st.integers(0, 3))
def test_what_was_read_changes_what_is_shown_and_never_the_digest(
    dossier: Dossier, interaction_id: int | None
) -> None:
    def read_by(agent_id: int | None) -> Brief:
        return make_brief(dossier, NOW, UTC, agent_id=agent_id, interaction_id=interaction_id)

    unread = replace(dossier, seen=())
    assert (
        read_by(MIRA).digest
        == make_brief(unread, NOW, UTC, agent_id=MIRA, interaction_id=interaction_id).digest
    )


@given(read_dossiers())
def test_a_line_folds_only_where_it_was_seen_within_seven_days(dossier: Dossier) -> None:
    recent = {one.key for one in dossier.seen if one.at >= NOW - timedelta(days=7)}
    brief = make_brief(dossier, NOW, UTC)
    assert {line.key for line in brief.folded} <= recent
    assert all(line.seen == (line.key in recent) for line in (*brief.lines, *brief.folded))
    assert all(
        line.new == (line.key not in {one.key for one in dossier.seen}) for line in brief.lines
    )
