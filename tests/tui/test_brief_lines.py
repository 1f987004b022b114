"""The rows of a brief: columns that line up at any width, signs that are no colour alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.brief import beside
from agent_tui.domain.values.briefing import (
    KINDS,
    Balance,
    Brief,
    BriefLine,
    BriefPart,
    OpenedCustomer,
)
from agent_tui.domain.values.knowing import Herd, PromptShown
from agent_tui.domain.values.people import Customer, Dossier, Fact, Mood
from agent_tui.text.cells import width
from agent_tui.tui.widgets.brief_lines import PARTS_SHOWN, Shown, brief_page
from agent_tui.tui.widgets.brief_shown import BriefShown, newest_mood, standing
from agent_tui.tui.widgets.here import Here
from agent_tui.tui.widgets.ink import fit, spans_width
from agent_tui.tui.widgets.rows import KNOWN, Row
from tests.tui.conversations import call_of

NOW = datetime(2026, 11, 22, 14, tzinfo=UTC)
HERE = Here(NOW, UTC)
AVA = Customer(1, "Ava Lee")
NOBODY = Dossier(AVA)
FACT = Fact(7, "prefers", "mornings", "stated", NOW, None, None)
WIDTHS = (33, 52, 110)


def part(record: str = "f_0000000000007", **changes: object) -> BriefPart:
    return replace(BriefPart(record, "mornings", "they said so", "3 mo"), **changes)  # type: ignore[arg-type]


def line(kind: str = "treat", label: str = "Treat", **changes: object) -> BriefLine:
    one = BriefLine(
        kind=kind,  # type: ignore[arg-type]
        label=label,
        text="mornings; one named engineer; no offers",
        age="3 mo",
        urgent=kind in KINDS[:3],
        count=1,
        source="they said so",
        age_days=90,
        records=("f_0000000000007",),
        key=f"key of {kind}",
        parts=(part(),),
    )
    return replace(one, **changes)  # type: ignore[arg-type]


OWE = line("we_owe", "We owe", text="Mon 16 Nov, Asha: call back about the visit", age="late 6 d")
TREAT = line()
NO_TO = line("refused", "No to", text="offers", age="11 mo")


def rows(shown: Shown, cells: int, dossier: Dossier = NOBODY) -> list[str]:
    """The rows as they are painted."""
    painted = []
    for one in brief_page(shown, cells, dossier).lines:
        right = fit(one.right, cells)
        room = cells - spans_width(tuple(right)) - (1 if right else 0)
        left = "".join(span.text for span in fit(one.left, room))
        words = "".join(span.text for span in right)
        painted.append(left + " " * (cells - width(left) - width(words)) + words)
    return painted


@pytest.mark.parametrize("cells", WIDTHS)
def test_glyph_kind_words_and_age_stand_in_columns_whatever_the_words(cells: int) -> None:
    texts = ("short", "word " * 40, "很长的句子" * 20, "שלום " * 30, "x" * 200)
    lines = tuple(
        line(kind, "Complaint", text=text) for kind, text in zip(KINDS, texts, strict=False)
    )
    page = brief_page(Shown(lines, whole=frozenset(one.key for one in lines)), cells, NOBODY)
    painted = rows(Shown(lines, whole=frozenset(one.key for one in lines)), cells)
    for one in lines:
        first, behind = page.places[one.key]
        assert painted[first][:13] == ("! " if one.urgent else "  ") + "Complaint  "
        assert painted[first].endswith(" 3 mo")
        assert all(row.startswith(" " * 13) for row in painted[first + 1 : behind])
    assert all(width(row) == cells for row in painted)


@given(
    texts=st.lists(st.text(max_size=120), min_size=1, max_size=5),
    cells=st.integers(min_value=30, max_value=120),
    opened=st.booleans(),
)
def test_no_words_ever_leave_the_pane(texts: list[str], cells: int, opened: bool) -> None:
    lines = tuple(
        line(kind, "Ask again", text=text, parts=(part(words=text, source=text, mark=text),))
        for kind, text in zip(KINDS, texts, strict=False)
    )
    shown = Shown(lines, opened=frozenset(KINDS) if opened else frozenset())
    assert all(width(row) <= cells for row in rows(shown, cells))


@pytest.mark.parametrize("cells", WIDTHS)
def test_what_is_new_is_signed_and_the_sign_is_explained(cells: int) -> None:
    shown = Shown((OWE, TREAT), fresh=frozenset({TREAT.key}), last_spoke="12 Nov")
    painted = rows(shown, cells)
    assert "Before you speak" in painted[0]
    said = ("* new to you · last spoke 12 Nov", "* new · last spoke 12 Nov", "* new to you")
    assert any(words in row for row in painted[:2] for words in said)
    assert any(row.startswith("  Treat*     mornings") for row in painted)
    assert any(row.startswith("! We owe     Mon") for row in painted)


def test_where_all_is_new_the_heading_says_so_and_no_line_is_signed() -> None:
    fresh = frozenset({OWE.key, TREAT.key})
    assert rows(Shown((OWE, TREAT), fresh=fresh), 33)[0].endswith("all new to you")
    painted = rows(Shown((OWE, TREAT), fresh=fresh, last_spoke="12 Nov"), 110)
    assert painted[0].endswith("all new to you · last spoke 12 Nov")
    assert not any("*" in row for row in painted)


def test_what_a_script_waits_for_is_signed_before_all_else() -> None:
    shown = Shown(
        (OWE, TREAT), fresh=frozenset({OWE.key}), unread=frozenset({TREAT.key}), last_spoke="12 Nov"
    )
    painted = rows(shown, 52)
    assert painted[0].endswith("• still to be read")
    assert [row[2:9].strip() for row in painted[1:] if row[2] != " "] == ["We owe", "Treat•"]


@pytest.mark.parametrize("kind", ["notice", "treat"])
@pytest.mark.parametrize("cells", WIDTHS)
def test_a_line_that_is_to_be_read_stands_whole_and_a_known_one_is_short(
    cells: int, kind: str
) -> None:
    words = " ".join(f"word{number}" for number in range(200))
    long = line(kind, text=words)
    known = rows(Shown((long,)), cells)
    assert len(known) <= 3
    assert "…" in known[-1]
    painted = " ".join(rows(Shown((long,), whole=frozenset({long.key})), cells)).split()
    assert [word for word in painted if word.startswith("word")] == words.split()


def test_a_line_unfolds_into_words_source_age_and_the_note_they_come_from() -> None:
    said = part(remarks=("used once",), mark="=prefers mornings", interaction_id=3, note_id=9)
    page = brief_page(
        Shown((replace(TREAT, parts=(said,)),), opened=frozenset({"treat"})), 52, NOBODY
    )
    [row] = [row for row, spot in page.spots.items() if spot.part is not None]
    assert (row.interaction_id, row.note_id) == (3, 9)
    painted = rows(Shown((replace(TREAT, parts=(said,)),), opened=frozenset({"treat"})), 52)
    at = painted.index("    mornings" + " " * 36 + "3 mo")
    assert painted[at + 1].split() == ["they", "said", "so", "·", "used", "once", "f_0000000000007"]
    assert painted[at + 2].strip() == "noted as =prefers mornings"


def test_ten_thousand_records_behind_a_line_are_counted_and_not_laid_out() -> None:
    many = tuple(part(f"p_{place:013}") for place in range(10_000))
    owed = replace(OWE, parts=many, count=10_000)
    painted = rows(Shown((owed,), opened=frozenset({"we_owe"})), 52)
    assert painted[-1].strip() == "and 9,950 more"
    assert len(painted) < 4 * PARTS_SHOWN


def test_impressions_and_contradictions_are_told_side_by_side() -> None:
    words = "mornings (said 3 d ago) / evenings (on record 2 y); short calls (impression)"
    painted = " ".join(row.strip() for row in rows(Shown((line(text=words),)), 110))
    assert "mornings (said 3 d ago) / evenings (on record 2 y)" in painted
    assert "short calls (impression)" in painted


def test_a_line_stands_for_its_record_where_it_has_one() -> None:
    dossier = Dossier(AVA, facts=(FACT,))
    page = brief_page(Shown((TREAT,)), 52, dossier)
    assert [row.record for row in page.spots] == [FACT]
    two = replace(TREAT, records=("f_0000000000007", "f_0000000000008"))
    assert [row.record for row in brief_page(Shown((two,)), 52, dossier).spots] == [None]


def test_below_the_lines_stand_what_to_ask_and_who_is_alike() -> None:
    prompt = PromptShown(5, "field", "field:language", "which language suits them?")
    herd = Herd("boiler", 5, 1.0, is_new=False)
    shown = Shown((OWE,), prompt=prompt, herds=(herd,))
    page = brief_page(shown, 52, NOBODY)
    keys = [one.key for one in page.lines if isinstance(one.key, Row)]
    assert [key.kind for key in keys] == ["record", "prompt", "herd"]
    painted = rows(shown, 52)
    assert any(row.startswith("  Ask        which language suits them?") for row in painted)
    assert any(row.startswith("  Others     5 others this week") for row in painted)
    done = rows(replace(shown, outcome="not_now"), 52)
    assert any("which language suits them? · not now" in row for row in done)


@pytest.mark.parametrize(
    ("shown", "dossier", "words"),
    [
        (Shown(()), NOBODY, "nothing is known yet, nothing is owed"),
        (Shown(()), Dossier(AVA, facts=(FACT,)), "nothing to act on now"),
        (Shown((), folded=(TREAT,)), NOBODY, "nothing new, nothing is owed"),
    ],
)
def test_a_brief_without_lines_says_why(shown: Shown, dossier: Dossier, words: str) -> None:
    assert rows(shown, 52, dossier)[1].strip() == words


# -- what stands, as it is read again ---------------------------------------------------------


def opened(*lines: BriefLine, folded: tuple[BriefLine, ...] = (), **more: object) -> OpenedCustomer:
    brief = Brief(AVA, lines, Balance(0, 0), len(folded), "d" * 64, folded)
    return OpenedCustomer(NOBODY, replace(brief, **more))  # type: ignore[arg-type]


def kinds(lines: tuple[BriefLine, ...]) -> list[str]:
    return [one.kind for one in lines]


def test_what_stands_neither_folds_nor_makes_room_under_the_readers_eyes() -> None:
    shown = BriefShown()
    shown.show(opened(OWE, TREAT), HERE)
    notice = line("notice", "Notice")
    shown.show(opened(notice, OWE, folded=(replace(TREAT, seen=True), NO_TO)), HERE)
    assert kinds(shown.lines) == ["notice", "we_owe", "treat"]
    assert kinds(shown._folded) == ["refused"]
    shown.show(opened(notice, OWE, cut=(TREAT, NO_TO)), HERE)
    assert kinds(shown.lines) == ["notice", "we_owe", "treat"]
    shown.show(opened(notice), HERE)
    assert kinds(shown.lines) == ["notice"], "what is settled goes"


SEVEN = tuple(
    line(kind, kind)
    for kind in ("we_owe", "complaint", "last_contact", "treat", "refused", "balance", "ask_again")
)


def beside_what_stands(shown: BriefShown, later: OpenedCustomer) -> OpenedCustomer:
    return replace(later, brief=beside(later.brief, shown.kinds_for(later.brief.customer.id)))


def test_lines_that_stand_take_the_room_of_others_that_nobody_waits_for() -> None:
    shown = BriefShown()
    shown.show(opened(*SEVEN[:5]), HERE)
    folded = tuple(replace(one, seen=True, new=False) for one in SEVEN[3:5])
    later = opened(*SEVEN[:3], *SEVEN[5:], folded=folded, read_at=NOW)
    fitted = beside_what_stands(shown, later)
    assert kinds(fitted.brief.lines) == kinds(SEVEN[:3])
    assert kinds(fitted.brief.cut) == kinds(SEVEN[5:])
    shown.show(fitted, HERE)
    assert kinds(shown.lines) == kinds(SEVEN[:5])
    assert beside_what_stands(BriefShown(), later) == later


def test_duties_and_what_a_script_waits_for_come_beside_what_stands() -> None:
    shown = BriefShown()
    shown.show(opened(*SEVEN[2:]), HERE)
    folded = tuple(replace(one, seen=True, new=False) for one in SEVEN[3:])
    shown.show(beside_what_stands(shown, opened(*SEVEN[:3], folded=folded, read_at=NOW)), HERE)
    assert kinds(shown.lines) == kinds(SEVEN)
    shown = BriefShown()
    shown.show(opened(*SEVEN[:5]), HERE)
    seen = tuple(replace(one, seen=True, new=False) for one in SEVEN[:5])
    said = replace(SEVEN[5], said_at=NOW + timedelta(minutes=1))
    shown.show(
        beside_what_stands(shown, opened(*seen[:3], said, folded=seen[3:], read_at=NOW)), HERE
    )
    assert kinds(shown.lines) == kinds(SEVEN[:6]), "it was said since it was read"


def test_somebody_else_begins_anew() -> None:
    shown = BriefShown()
    shown.show(opened(TREAT), HERE)
    other = opened(folded=(TREAT,), customer=Customer(2, "Bob Ray"))
    shown.show(other, HERE)
    assert (kinds(shown.lines), kinds(shown._folded)) == ([], ["treat"])


@given(
    st.sets(st.sampled_from(KINDS)),
    st.sets(st.sampled_from(KINDS)),
    st.sets(st.sampled_from(KINDS)),
)
def test_lines_stay_in_their_order_and_every_line_stands_once(
    told: set[str], folded: set[str], stood: set[str]
) -> None:
    folded -= told
    brief = opened(
        *(line(kind) for kind in KINDS if kind in told),
        folded=tuple(line(kind) for kind in KINDS if kind in folded),
    ).brief
    lines, rest = standing(brief, stood)
    assert kinds(lines) == [kind for kind in KINDS if kind in told | (folded & stood)]
    assert kinds(rest) == [kind for kind in KINDS if kind in folded - stood]


def test_a_sign_of_what_is_new_stays_until_they_are_left() -> None:
    shown = BriefShown()
    shown.show(opened(OWE, replace(TREAT, new=False, seen=True)), HERE)
    shown.show(
        opened(replace(OWE, new=False, seen=True), replace(TREAT, new=False, seen=True)), HERE
    )
    painted = ["".join(span.text for span in one.left) for one in shown.page(52, {}).lines]
    assert any(row.startswith("! We owe*") for row in painted)


def test_what_was_new_is_new_no_more_once_a_talk_with_them_is_over() -> None:
    shown = BriefShown()
    read = replace(OWE, new=False, seen=True), replace(TREAT, new=False, seen=True)
    shown.show(opened(OWE, replace(TREAT, new=False, seen=True)), HERE)
    over = opened(*read)
    shown.show(replace(over, brief=replace(over.brief, last_spoke_at=NOW)), HERE)
    painted = ["".join(span.text for span in one.left) for one in shown.page(52, {}).lines]
    assert any(row.startswith("! We owe ") for row in painted)
    assert not any("*" in row for row in painted)


def test_what_was_called_wrong_stays_to_be_taken_back() -> None:
    shown = BriefShown()
    shown.show(opened(OWE, TREAT), HERE)
    wrong = frozenset({(TREAT.parts[0].record, "wrong")})
    shown.show(opened(replace(OWE, parts=())), HERE, wrong)
    page = shown.page(52, {"wrong": "w"})
    [struck] = [one for one in page.lines if one.right and one.right[0].text == "w undoes"]
    spot = shown.spot(struck.key)
    assert spot is not None
    assert (spot.part, spot.is_struck) == (TREAT.parts[0], True)
    shown.show(opened(OWE, TREAT), HERE)
    assert all(not spot.is_struck for spot in shown.page(52, {}).spots.values())


def test_known_lines_unfold_one_by_one_and_fold_again() -> None:
    shown = BriefShown()
    shown.show(opened(OWE, folded=(TREAT,)), HERE)
    shown.page(52, {})
    assert shown.unfold(KNOWN)
    page = shown.page(52, {})
    [treat] = [row for row, spot in page.spots.items() if spot.line.kind == "treat"]
    assert shown.unfold(treat)
    page = shown.page(52, {})
    [words] = [row for row, spot in page.spots.items() if spot.part is not None]
    assert shown.fold(words) == treat
    shown.page(52, {})
    assert shown.fold(treat) == KNOWN
    shown.page(52, {})
    assert shown.fold(KNOWN) is None


def test_what_they_said_stands_below_the_last_contact_where_that_has_no_room_for_it() -> None:
    quote = "you have been putting it at the top of things for two weeks"
    mood = Mood(3, quote, NOW, 5)
    last = line("last_contact", "Last", text=f"the boiler, not resolved, “{quote}”", age="2 d")
    shown = Shown((last, NO_TO), mood=mood, mood_age="2 d")
    narrow, wide = rows(shown, 34), rows(shown, 110)
    place = next(number for number, row in enumerate(narrow) if row.startswith("  They said"))
    assert narrow[place - 1].startswith("  Last")
    assert narrow[place].endswith(" 2 d")
    assert "“you have" in narrow[place]
    assert not any("They said" in row for row in wide), "it stands there already"
    key = brief_page(shown, 34, NOBODY).lines[place].key
    assert key.interaction_id == 5
    spots = brief_page(shown, 34, NOBODY).spots.values()
    assert [spot.line for spot in spots] == [last, NO_TO], "it is no line of the brief"
    alone = rows(Shown((), mood=mood, mood_age="now"), 110)
    assert any(row.startswith(f"  They said  “{quote}”") and row.endswith("now") for row in alone)


def test_only_the_mood_of_this_or_the_last_contact_is_shown() -> None:
    calls = tuple(replace(call_of(number), id=number) for number in (9, 8, 7))
    moods = tuple(Mood(number, "fed up", NOW, number) for number in (7, 8))
    assert newest_mood(Dossier(AVA, interactions=calls, moods=moods)) == moods[1]
    assert newest_mood(Dossier(AVA, interactions=calls, moods=moods[:1])) is None
    outside = replace(moods[0], interaction_id=None, at=calls[0].opened_at + timedelta(days=1))
    assert newest_mood(Dossier(AVA, interactions=calls, moods=(outside, *moods))) == outside
    before = replace(outside, at=calls[0].opened_at - timedelta(days=1))
    assert newest_mood(Dossier(AVA, interactions=calls, moods=(before,))) is None
    assert newest_mood(Dossier(AVA, moods=(before,))) == before


def test_what_is_to_be_asked_is_told_once() -> None:
    prompt = PromptShown(5, "confirm", "confirm:f_0000000000007", "still so: mornings?", 7)
    again = line(
        "ask_again", "Ask again", text="mornings", parts=(part(words="mornings · ask again"),)
    )
    page = brief_page(Shown((again,), prompt=prompt), 60, NOBODY)
    rows = [" ".join(" ".join(span.text for span in row.left).split()) for row in page.lines]
    assert rows[1:] == ["Ask again mornings", "Ask whether that is still so"]
    assert page.places[again.key] == (1, 3), "both are what there is to be read"


def test_what_else_is_to_be_asked_stands_beside_it() -> None:
    prompt = PromptShown(5, "question", "question:q_0000000000009", "which engineer?", 9)
    parts = (part(words="mornings · ask again"), part("q_0000000000009", words="which engineer?"))
    again = line(
        "ask_again",
        "Ask again",
        text="mornings; which engineer?",
        records=tuple(one.record for one in parts),
        parts=parts,
    )
    page = brief_page(Shown((OWE, again), prompt=prompt), 60, NOBODY)
    rows = [" ".join(" ".join(span.text for span in row.left).split()) for row in page.lines]
    assert rows[-2:] == ["Ask again mornings", "Ask which engineer?"]
    done = brief_page(Shown((again,), prompt=prompt, outcome="declined"), 60, NOBODY)
    words = [" ".join(" ".join(span.text for span in row.left).split()) for row in done.lines]
    assert words[1:] == ["Ask again mornings; which engineer?", "Ask which engineer? · declined"]
