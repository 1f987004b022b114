"""What of a brief folds away: seen within seven days, unchanged, and no longer being read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from agent_tui.domain.rules.brief import make_brief, to_read
from agent_tui.domain.values.briefing import Brief, BriefLine, Sighting
from agent_tui.domain.values.people import Dossier, Mood, Refusal, Tally
from tests.domain.dossiers import (
    KATHERINE,
    MIRA,
    NOW,
    at,
    call,
    case,
    fact,
    gave,
    promise,
    question,
)

DOSSIER = Dossier(
    KATHERINE,
    promises=(promise(1, at(-1)),),
    facts=(fact(1, "prefers"),),
    refusals=(Refusal(1, "offers", at(-9), None),),
)


def read(dossier: Dossier, **more: Any) -> Brief:
    return make_brief(dossier, NOW, UTC, agent_id=MIRA, **more)


def kinds(lines: tuple[BriefLine, ...]) -> list[str]:
    return [line.kind for line in lines]


def after_seeing(
    dossier: Dossier, when: datetime, interaction_id: int | None = None, agenda: str = ""
) -> Dossier:
    """The dossier once every line of its brief was seen."""
    brief = read(dossier)
    keys = [line.key for line in (*brief.lines, *brief.folded)]
    return replace(dossier, seen=tuple(Sighting(key, when, interaction_id) for key in keys))


def test_what_was_seen_folds_and_is_counted_but_duties_stay() -> None:
    brief = read(after_seeing(DOSSIER, at(-2)))
    assert kinds(brief.lines) == ["we_owe"]
    assert kinds(brief.folded) == ["treat", "refused"]
    assert brief.known == 2
    assert not any(line.new for line in (*brief.lines, *brief.folded))


def test_what_was_seen_longer_ago_comes_back_but_is_not_new() -> None:
    brief = read(after_seeing(DOSSIER, at(-8)))
    assert kinds(brief.lines) == ["we_owe", "treat", "refused"]
    assert not any(line.new or line.seen for line in brief.lines)


def test_what_changed_comes_back_as_new() -> None:
    seen = after_seeing(DOSSIER, at(-2))
    changed = read(replace(seen, facts=(fact(1, "prefers", "evenings"),)))
    assert [(line.kind, line.new) for line in changed.lines] == [("we_owe", False), ("treat", True)]


def test_folding_makes_room_for_what_was_cut() -> None:
    full = replace(
        DOSSIER,
        facts=(*DOSSIER.facts, fact(2, "notice"), fact(3, "knows", confirm_by=at(-1))),
        cases=(case(1, None),),
        interactions=(call(1, at(-2)),),
        concessions=(gave(1, "ours", at(-1)), gave(2, "ours", at(-2))),
    )
    first = read(full)
    assert kinds(first.lines) == ["notice", "we_owe", "complaint", "last_contact", "treat"]
    keys = [line.key for line in first.lines]
    later = read(replace(full, seen=tuple(Sighting(key, at(-1)) for key in keys)))
    assert kinds(later.lines) == ["notice", "we_owe", "complaint", "refused", "balance"]
    assert [line.new for line in later.lines] == [False, False, False, True, True]
    assert later.digest == first.digest
    assert to_read(first) == first.lines
    assert to_read(later) == (), "what only came up behind others holds nothing up"
    newer = replace(full, refusals=(*full.refusals, Refusal(2, "being called", at(hours=-2), None)))
    told = read(replace(newer, seen=tuple(Sighting(key, at(-1)) for key in keys)))
    assert [line.kind for line in to_read(told)] == ["refused"], "said since, by whomever"


def test_a_colleagues_words_on_ones_own_call_are_news() -> None:
    own = call(4, at(hours=-2), agent_id=MIRA, closed_at=at(hours=-1.5))
    mood = Mood(1, "you will hear from me", at(hours=-1), interaction_id=4, author_id=MIRA + 1)
    dossier = Dossier(KATHERINE, interactions=(own,), moods=(mood,))
    assert [line.kind for line in to_read(read(dossier))] == ["last_contact"]
    assert to_read(read(replace(dossier, moods=(replace(mood, author_id=MIRA),)))) == ()


@pytest.mark.parametrize(
    ("seen_in", "reading_in", "folds"),
    [(5, 5, False), (4, 5, True), (None, 5, False), (5, None, False), (None, None, False)],
)
def test_nothing_folds_while_it_is_read(
    seen_in: int | None, reading_in: int | None, folds: bool
) -> None:
    mine = call(5, NOW, state="talking", agent_id=MIRA) if reading_in else None
    dossier = replace(DOSSIER, interactions=(mine,) if mine else ())
    brief = read(after_seeing(dossier, at(hours=-0.5), seen_in), interaction_id=reading_in)
    assert (brief.known == 2) is folds
    assert all(line.seen for line in brief.lines)


def test_an_hour_later_it_folds_though_it_was_read_in_no_interaction() -> None:
    assert read(after_seeing(DOSSIER, at(hours=-1.1))).known == 2


def test_ones_own_last_call_is_known() -> None:
    own = call(4, at(hours=-2), agent_id=MIRA, closed_at=at(hours=-1.5))
    dossier = Dossier(KATHERINE, interactions=(own,))
    assert kinds(read(dossier).folded) == ["last_contact"]
    assert read(replace(dossier, interactions=(replace(own, agent_id=12),))).known == 0
    just_over = replace(own, closed_at=at(hours=-0.1))
    [shown] = read(replace(dossier, interactions=(just_over,))).lines
    assert (shown.new, shown.seen) == (False, True)
    calls_again = call(5, NOW, state="ringing")
    again = replace(dossier, interactions=(just_over, calls_again))
    assert read(again, interaction_id=5).known == 1
    assert make_brief(dossier, at(8), UTC, agent_id=MIRA).known == 0


def test_what_one_wrote_oneself_is_no_change() -> None:
    seen = after_seeing(DOSSIER, at(-2), 4)
    own = fact(2, "prefers", "e-mail", stated_at=at(-1), author_id=MIRA, interaction_id=4)
    assert kinds(read(replace(seen, facts=(*seen.facts, own))).folded) == ["treat", "refused"]
    of_asha = replace(own, author_id=12)
    assert kinds(read(replace(seen, facts=(*seen.facts, of_asha))).folded) == ["refused"]
    both = (*seen.facts, own, replace(of_asha, id=3))
    assert kinds(read(replace(seen, facts=both)).folded) == ["refused"]
    alone = Dossier(KATHERINE, facts=(own,))
    assert kinds(read(alone).folded) == ["treat"]


def test_a_duty_is_not_known_for_having_written_it() -> None:
    mine = promise(1, at(hours=1), owner_id=MIRA, created_at=at(-1))
    [owed] = read(Dossier(KATHERINE, promises=(mine,))).lines
    assert (owed.new, owed.seen) == (False, False), "no news, and to be read all the same"
    [moved] = read(
        Dossier(KATHERINE, promises=(mine, replace(mine, id=2, replaces_id=1), promise(3, None)))
    ).lines[:1]
    assert moved.new


def test_a_promise_that_falls_due_changes_the_brief_and_being_late_does_not() -> None:
    dossier = Dossier(KATHERINE, promises=(promise(1, at(-1)), promise(2, at(1))))

    def at_days(days: float) -> tuple[str, list[int]]:
        brief = make_brief(dossier, at(days), UTC)
        return brief.digest, [line.count for line in brief.lines]

    (today, [one]), (tomorrow, [two]), (week, [still]) = at_days(0), at_days(0.9), at_days(7)
    assert (one, two, still) == (1, 2, 2)
    assert today != tomorrow == week


def test_that_one_side_of_a_contradiction_is_past_its_time_is_no_change() -> None:
    both = (fact(1, "prefers", stated_at=at(-1)), fact(2, "prefers", "evenings", confirm_by=at(2)))
    dossier = Dossier(KATHERINE, facts=both)
    [now], [then] = (make_brief(dossier, at(days), UTC).lines for days in (0, 3))
    assert now.records == then.records
    assert now.key == then.key


def test_what_is_past_its_time_or_may_be_asked_again_holds_nothing_up() -> None:
    dossier = Dossier(
        KATHERINE,
        facts=(
            fact(1, "prefers", "mornings"),
            fact(2, "prefers", "e-mail", confirm_by=at(1)),
            fact(3, "knows", "two cats", confirm_by=at(2)),
        ),
        refusals=(Refusal(1, "offers", at(-9), at(1)), Refusal(2, "a survey", at(-9), None)),
    )
    seen = after_seeing(dossier, NOW)
    later = make_brief(seen, at(3), UTC, agent_id=MIRA)
    assert to_read(later) == ()
    assert [(line.kind, line.by_time) for line in later.lines] == [("ask_again", True)]
    assert {line.kind: line.count for line in (*later.lines, *later.folded)} == {
        "treat": 1,
        "refused": 1,
        "ask_again": 2,
    }
    assert later.digest == make_brief(seen, NOW, UTC, agent_id=MIRA).digest
    asked = replace(seen, questions=(question(1, at=at(2)),))
    assert kinds(to_read(make_brief(asked, at(3), UTC, agent_id=MIRA))) == ["ask_again"]


def test_a_balance_that_time_alone_tips_holds_nothing_up_and_one_that_somebody_tips_does() -> None:
    given = (gave(1, "ours", at(-363)), gave(2, "theirs", at(-1)), gave(3, "theirs", at(-2)))
    dossier = Dossier(KATHERINE, facts=(fact(1, "prefers"),), concessions=given)
    seen = after_seeing(dossier, NOW)
    [tipped] = make_brief(seen, at(3), UTC, agent_id=MIRA).lines
    assert (tipped.kind, tipped.new, tipped.by_time) == ("balance", True, True)
    assert to_read(make_brief(seen, at(3), UTC, agent_id=MIRA)) == ()
    more = replace(seen, concessions=(*given, gave(4, "theirs", at(1))))
    assert kinds(to_read(make_brief(more, at(1), UTC, agent_id=MIRA))) == ["balance"]


def test_entries_that_were_counted_have_no_age_in_the_key() -> None:
    def counted(lately: int) -> Brief:
        tallies = (
            Tally("ours", "5", "EUR", lately=True, times=lately),
            Tally("ours", "5", "EUR", lately=False, times=9 - lately),
        )
        return read(Dossier(KATHERINE, more_given=tallies))

    [one], [other] = counted(9).lines, counted(4).lines
    assert one.key == other.key
    assert counted(1).digest == counted(9).digest


def test_ones_own_refusal_is_known_also_beside_one_whose_day_has_passed() -> None:
    own = Refusal(1, "offers", at(-0.1), None, interaction_id=4, author_id=MIRA)
    passed = Refusal(2, "a survey", at(-90), at(-30))
    [line] = read(Dossier(KATHERINE, refusals=(own, passed))).folded
    assert (line.seen, line.count) == (True, 1)
