"""Who may say something of an interaction, who may read it, and what a review may hold.

A lead reviews what the agents of their team did, an admin what anybody did; nobody reviews an
interaction of their own. Praise may come from every colleague: it is the one thing that an agent
may say of another's work. A review is read by its agent, its author, the leads of the agent's
team, and admins.

One answer belongs to a review. Its agent may change it until the author has read it; what was
read then stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent_tui.domain.values.reviews import CRITERION_KINDS, VERDICTS

if TYPE_CHECKING:
    from agent_tui.domain.values.agents import Agent
    from agent_tui.domain.values.reviews import Criterion, CriterionKind, Review, ReviewKind

TEXT_LIMIT = 10_000
"""Characters of a review, or of an answer to one."""
NAME_LIMIT = 200
COMMENT_LIMIT = 2_000
MOST_CRITERIA = 50

STANDING: dict[str, CriterionKind] = {
    "Their agenda was heard in their own words": "customer",
    "They got what they came for, or know what happens next": "customer",
    "What was promised has an owner and a time": "customer",
    "Nothing was asked that we knew already": "customer",
    "Whoever comes next can go on from what is written": "business",
    "What was given fits what had happened": "business",
    "Who they are was verified before anything was revealed": "compliance",
    "What they said no to was respected": "compliance",
}
"""What is looked for where a desk's settings name nothing else: name to for whom it is critical."""


def why_not_write(me: Agent, theirs: Agent | None, kind: ReviewKind) -> str | None:
    """Why `me` may not write of an interaction of `theirs`; None where they may."""
    if theirs is None:
        return "nobody had this interaction: there is no agent to write to"
    if theirs.id == me.id:
        return "nobody reviews an interaction of their own"
    if kind == "praise" or me.role == "admin" or (me.role == "lead" and me.team == theirs.team):
        return None
    if me.role == "lead":
        return "a lead reviews the work of their own team; praise may go to everybody"
    return "only a lead or an admin writes a review; praise may come from everybody"


def why_not_criteria(kind: ReviewKind, criteria: Sequence[Criterion]) -> str | None:
    """Why a review may not have these criteria, whose texts are clean already; or None."""
    if kind == "praise" and criteria:
        return "praise goes without criteria: write a review to say what was met"
    if len(criteria) > MOST_CRITERIA:
        return f"a review has at most {MOST_CRITERIA} criteria"
    seen: set[str] = set()
    for one in criteria:
        if not one.name:
            return "a criterion needs a name"
        if one.kind not in CRITERION_KINDS:
            return f"“{one.kind}” is no kind of criterion: {', '.join(CRITERION_KINDS)}"
        if one.verdict not in VERDICTS:
            return f"“{one.verdict}” is no verdict: {', '.join(VERDICTS)}"
        if one.name.casefold() in seen:
            return f"the criterion “{one.name}” is there twice"
        seen.add(one.name.casefold())
    return None


def why_not_answer(me_id: int, review: Review, *, is_answer_read: bool) -> str | None:
    """Why an agent may not answer a review, or not change their answer; None where they may."""
    if review.agent_id != me_id:
        return "only the agent whom it was written for answers a review"
    if review.withdrawn_at is not None:
        return "this was withdrawn by its author: there is nothing left to answer"
    if review.answer is not None and is_answer_read:
        return "its author has read your answer: what was read stands"
    return None


def why_not_withdraw(me_id: int, review: Review) -> str | None:
    """Why a review may not be withdrawn; None where it may."""
    if review.author_id != me_id:
        return "only its author withdraws a review"
    if review.withdrawn_at is not None:
        return "this was withdrawn already"
    return None
