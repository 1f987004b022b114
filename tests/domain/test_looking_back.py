"""An entry of the timeline in words: what happened, how it ended, who, and by when."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules import looking_back
from agent_tui.domain.values.kinds import ChannelName, FactSource, Met, PromiseState, Side
from agent_tui.domain.values.timeline import KINDS, SHOWN, TimelineEntry, TimelineKind
from agent_tui.text.cells import width
from tests.builders import NOON

STATES = ["", "open", "wrong", "done", "left", "taken_back", "lapsed", "answered", "accepted"]
DUE = NOON + timedelta(days=17)


def entry(kind: TimelineKind, **values: Any) -> TimelineEntry:
    return TimelineEntry(kind, 1, NOON, **values)


def said(kind: TimelineKind, **values: Any) -> str:
    one = entry(kind, **values)
    words = looking_back.words(one, NOON, UTC)
    return f"{looking_back.glyph(one)} {looking_back.label(one)} | {words}"


@pytest.mark.parametrize(
    ("words", "kind", "values"),
    [
        (
            "‹ phone | the boiler, not resolved · Tom · #boiler #visit · 06:20",
            "interaction",
            {
                "text": "the boiler",
                "state": "no",
                "label": "phone",
                "who": "Tom",
                "direction": "in",
                "topics": ("boiler", "visit"),
                "length_s": 380,
            },
        ),
        (
            "› email | #meter, sent twice",
            "interaction",
            {"label": "email", "direction": "out", "topics": ("meter",), "reason": "sent twice"},
        ),
        ("‹ visit | they came", "interaction", {"label": "visit", "direction": "in"}),
        (
            "‹ chat | hello, waiting now",
            "interaction",
            {"text": "hello", "state": "ringing", "label": "chat", "direction": "in"},
        ),
        (
            "‹ phone | hello, ringing now",
            "interaction",
            {"text": "hello", "state": "ringing", "label": "phone", "direction": "in"},
        ),
        (
            "‹ chat | hello, going on",
            "interaction",
            {"text": "hello", "state": "talking", "label": "chat", "direction": "in"},
        ),
        (
            "○ promised | call back · due 27 Mar · Asha",
            "promise",
            {"text": "call back", "side": "ours", "state": "open", "due_at": DUE, "who": "Asha"},
        ),
        (
            "○ they owe | a photo · kept",
            "promise",
            {"text": "a photo", "side": "theirs", "state": "kept"},
        ),
        (
            "→ moved | call back · to 27 Mar · Asha is away · Tom",
            "promise_closed",
            {
                "text": "call back",
                "state": "renegotiated",
                "due_at": DUE,
                "reason": "Asha is away",
                "who": "Tom",
            },
        ),
        (
            "» took over | call back · Noor",
            "promise_taken",
            {"text": "call back", "side": "ours", "who": "Noor"},
        ),
        ("× not kept | call back", "promise_closed", {"text": "call back", "state": "broken"}),
        (
            "◇ complaint | C7K2 nobody came",
            "case",
            {"text": "nobody came", "label": "complaint", "called": "C7K2", "state": "open"},
        ),
        (
            "□ order | 4711 a pump · sent",
            "case",
            {
                "text": "a pump",
                "label": "order",
                "called": "4711",
                "state": "sent",
            },
        ),
        (
            "› told | C7K2 nobody came · one named engineer",
            "told",
            {"text": "nobody came", "called": "C7K2", "reason": "one named engineer"},
        ),
        (
            "■ closed | C7K2 nobody came · accepted",
            "complaint_closed",
            {"text": "nobody came", "called": "C7K2", "reason": "accepted"},
        ),
        (
            "= learned | tired of calls · values · impression · wrong · Tom",
            "fact",
            {
                "text": "tired of calls",
                "label": "values",
                "source": "impression",
                "state": "wrong",
                "who": "Tom",
            },
        ),
        (
            "≡ confirmed | mornings · prefers",
            "confirmed",
            {"text": "mornings", "label": "prefers", "source": "stated", "state": "current"},
        ),
        (
            "≠ wrong | mornings · never said so · Tom",
            "wrong",
            {"text": "mornings", "reason": "never said so", "who": "Tom"},
        ),
        (
            "∅ said no | offers · ask again 27 Mar · Tom",
            "refusal",
            {"text": "offers", "state": "current", "due_at": DUE, "who": "Tom"},
        ),
        (
            "∅ said no | offers · may be asked again",
            "refusal",
            {
                "text": "offers",
                "state": "lifted",
                "due_at": DUE,
            },
        ),
        ("“ mood | “tired of it”", "mood", {"text": "tired of it"}),
        ("“ mood | “tired of it”", "mood", {"text": "“tired of it”"}),
        (
            "± we gave | waived fee, 20 GBP, the wait · Tom",
            "concession",
            {
                "text": "waived fee",
                "side": "ours",
                "amount": "20",
                "currency": "GBP",
                "reason": "the wait",
                "who": "Tom",
            },
        ),
        (
            "± they gave | patience, taken back",
            "concession",
            {"text": "patience", "side": "theirs", "state": "wrong"},
        ),
        (
            "@ asked | Asha: look at the meter · done · Tom",
            "follow_up",
            {"text": "look at the meter", "state": "done", "who": "Tom", "other": "Asha"},
        ),
        ("? survey | no answer", "feedback", {"state": "open"}),
        ("? survey | 4.5 · kind", "feedback", {"state": "answered", "score": 4.5, "text": "kind"}),
        (
            "§ script | Visit overdue · left · Tom",
            "script_run",
            {"text": "Visit overdue", "state": "left", "who": "Tom"},
        ),
        (
            "» handed | to Asha · restarted it · declined · Tom",
            "hand_over",
            {"text": "restarted it", "state": "declined", "who": "Tom", "other": "Asha"},
        ),
        ("¶ note | asked for the bill · Tom", "note", {"text": "asked for the bill", "who": "Tom"}),
    ],
)
def test_what_happened_in_one_line(words: str, kind: TimelineKind, values: dict[str, Any]) -> None:
    assert said(kind, **values) == words


def test_every_filter_has_its_words() -> None:
    assert list(looking_back.FILTERS) == list(SHOWN)


@given(
    kind=st.sampled_from(KINDS),
    state=st.sampled_from([*STATES, *get_args(PromiseState), *get_args(Met)]),
    label=st.sampled_from(["", "order", *get_args(ChannelName)]),
    side=st.sampled_from([None, *get_args(Side)]),
    source=st.sampled_from([None, *get_args(FactSource)]),
    given_fields=st.sets(st.sampled_from([field.name for field in fields(TimelineEntry)])),
)
def test_any_entry_has_a_sign_of_one_cell_a_short_word_and_one_line(
    kind: TimelineKind,
    state: str,
    label: str,
    side: Side | None,
    source: FactSource | None,
    given_fields: set[str],
) -> None:
    texts = {name: name for name in ("text", "reason", "called", "who", "other", "amount")}
    more: dict[str, Any] = {**texts, "due_at": DUE, "length_s": 5, "score": 1.0, "topics": ("a",)}
    values = {name: value for name, value in more.items() if name in given_fields}
    one = entry(kind, state=state, label=label, side=side, source=source, **values)
    assert width(looking_back.glyph(one)) == 1
    if one.kind != "promise_closed" or state in get_args(PromiseState):
        assert width(looking_back.label(one)) <= 9
    words = looking_back.words(one, NOON, UTC)
    assert "\n" not in words
    assert not words.startswith(" ·")
    assert " ·  · " not in words
    assert "None" not in words
