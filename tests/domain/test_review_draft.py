"""What was judged comes back out of the text in which it was kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.review_draft import as_text, one_row, read
from agent_tui.domain.values.reviews import CRITERION_KINDS, VERDICTS, Criterion

ROWS = st.text().map(one_row)
NAMED = ROWS.filter(bool)
JUDGED = st.builds(
    Criterion,
    NAMED,
    st.sampled_from(list(CRITERION_KINDS)),
    st.sampled_from(list(VERDICTS)),
    st.none() | NAMED,
)


@given(st.lists(JUDGED))
def test_what_was_judged_is_read_again(judged: list[Criterion]) -> None:
    assert read(as_text(judged)) == tuple(judged)


@given(st.lists(st.builds(Criterion, st.text(), st.just("business"), st.just("met"), st.text())))
def test_any_words_stay_on_their_row(judged: list[Criterion]) -> None:
    assert [one_row(one.name) for one in judged] == [one.name for one in read(as_text(judged))]
    assert [one_row(one.comment or "") for one in judged] == [
        one.comment or "" for one in read(as_text(judged))
    ]


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    again = read(as_text(read(text)))
    assert [(one.verdict, one.kind, one_row(one.name)) for one in read(text)] == [
        (one.verdict, one.kind, one.name) for one in again
    ]


def test_a_person_can_read_it() -> None:
    judged = [
        Criterion("They were heard", "customer", "met"),
        Criterion("It can go on from there", "business", "not_applicable", "a wrong number"),
    ]
    assert as_text(judged) == (
        "judged in a review: 1 met, 1 not applicable\n"
        "met (customer): They were heard\n"
        "not applicable (business): It can go on from there\n"
        "comment: “a wrong number”"
    )
    assert as_text([]) == ""
