"""What holds of every brief: order, zones, the clock, and what is cut and folded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from agent_tui.domain.rules.brief import make_brief
from agent_tui.domain.rules.freshness import holds_until
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


def _turning_points(dossier: Dossier) -> list[datetime]:
    """The moments at which a record becomes something else, for a reader in UTC."""
    due = [
        one.due_at.replace(hour=0, minute=0, second=0, microsecond=0)
        for one in dossier.promises
        if one.due_at is not None
    ]
    until = [moment for one in dossier.facts if (moment := holds_until(one)) is not None]
    asked = [one.ask_again_after for one in dossier.refusals if one.ask_again_after is not None]
    given_lately = [one.at + timedelta(days=365) for one in dossier.concessions]
    return [*due, *until, *asked, *given_lately]


@given(dossiers, st.floats(0, 400))
def test_time_alone_changes_no_key(dossier: Dossier, days: float) -> None:
    later = NOW + timedelta(days=days)
    assume(not any(NOW <= moment <= later for moment in _turning_points(dossier)))
    now, then = make_brief(dossier, NOW, UTC), make_brief(dossier, later, UTC)
    assert [line.key for line in now.lines] == [line.key for line in then.lines]
    assert now.digest == then.digest


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
