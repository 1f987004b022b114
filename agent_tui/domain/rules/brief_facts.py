"""The lines of the brief about what we know: notices, how to treat them, what to ask again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from agent_tui.domain.rules.brief_keys import Ground
from agent_tui.domain.rules.brief_lines import TREAT_KINDS, Made, Scene, made, part, told
from agent_tui.domain.rules.brief_words import since, source_words
from agent_tui.domain.rules.freshness import is_stale, last_said
from agent_tui.domain.values import ids
from agent_tui.domain.values.briefing import STALE

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import BriefPart, LineKind
    from agent_tui.domain.values.follow_ups import Question
    from agent_tui.domain.values.people import Fact

_Group = tuple["Fact", ...]

_NEVER = "never asked"
_LABELS: dict[LineKind, str] = {"notice": "Notice", "treat": "Treat", "ask_again": "Ask again"}


def notices(scene: Scene) -> Made | None:
    """Standing notices, the newest first; they stand until somebody takes them away."""
    standing = _newest(fact for fact in scene.dossier.facts if fact.kind == "notice")
    if not standing:
        return None
    grounds = [_ground(fact) for fact in standing]
    return _of_facts(scene, "notice", [(fact,) for fact in standing], grounds)


def treat(scene: Scene) -> Made | None:
    """How to treat them. What contradicts something fresh stands beside it, however old it is."""
    groups = [group for group in scene.wishes if not _all_stale(group, scene)]
    groups.sort(key=lambda group: TREAT_KINDS.index(group[0].kind))
    return _of_facts(scene, "treat", groups, wish_grounds(scene)) if groups else None


def wish_grounds(scene: Scene) -> list[Ground]:
    """All that they want, also what is past its time and told among what to ask again."""
    return [
        _ground(fact)._replace(told=not _all_stale(group, scene))
        for group in scene.wishes
        for fact in group
    ]


def ask_again(scene: Scene) -> Made | None:
    """What is past its time, and behind it what somebody wanted to ask and nobody did yet."""
    others = [
        (fact,)
        for fact in scene.dossier.facts
        if fact.kind not in ("notice", *TREAT_KINDS) and is_stale(fact, scene.now)
    ]
    stale = [group for group in scene.wishes if _all_stale(group, scene)] + others
    stale.sort(key=lambda group: (last_said(group[0]), group[0].id), reverse=True)
    questions = _open_questions(scene)
    if stale:
        past = [_ground(fact) for group in stale for fact in group]
        grounds = [*past, *question_grounds(scene)]
        return _of_facts(scene, "ask_again", stale, grounds, questions)
    return _never_asked(scene, questions) if questions else None


def question_grounds(scene: Scene) -> list[Ground]:
    """What somebody wanted to ask and nobody did yet."""
    return [Ground((one.id, one.text), at=one.at) for one in _open_questions(scene)]


def _open_questions(scene: Scene) -> list[Question]:
    return sorted(
        (one for one in scene.dossier.questions if one.state == "open"),
        key=lambda one: (one.at, one.id),
        reverse=True,
    )


def _never_asked(scene: Scene, questions: list[Question]) -> Made:
    """Open questions alone: never asked, rather than to be asked again."""
    return made(
        scene,
        "ask_again",
        "Ask",
        told(one.text for one in questions),
        parts=(_question_part(one, scene) for one in questions),
        grounds=question_grounds(scene),
        source=_NEVER,
        at=questions[0].at,
    )


def _question_part(question: Question, scene: Scene) -> BriefPart:
    return part(
        scene,
        ids.QUESTION,
        question.id,
        question.text,
        source=_NEVER,
        at=question.at,
        interaction_id=question.interaction_id,
    )


def _all_stale(group: _Group, scene: Scene) -> bool:
    return all(is_stale(fact, scene.now) for fact in group)


def _of_facts(
    scene: Scene,
    kind: LineKind,
    groups: list[_Group],
    grounds: Sequence[Ground],
    questions: Sequence[Question] = (),
) -> Made:
    """A line that lists facts, those that contradict one another with their sources; and behind
    them open questions."""
    facts = [fact for group in groups for fact in group]
    return made(
        scene,
        kind,
        _LABELS[kind],
        told(chain((_said(group, scene) for group in groups), (one.text for one in questions))),
        parts=chain(
            (_part(fact, scene) for fact in facts),
            (_question_part(one, scene) for one in questions),
        ),
        grounds=grounds,
        source=source_words(facts[0].source),
        at=last_said(facts[0]),
    )


def _said(group: _Group, scene: Scene) -> str:
    if len(group) == 1:
        [fact] = group
        return f"{fact.text} (impression)" if fact.source == "impression" else fact.text
    return " / ".join(f"{fact.text} ({_origin(fact, scene)})" for fact in group)


def _origin(fact: Fact, scene: Scene) -> str:
    """Whose word a fact is and how old: `said 3 d ago`, `on record 2 y`, `impression 9 d`."""
    said = last_said(fact)
    if fact.source == "stated":
        return since("said", said, scene.now, scene.zone)
    where = "on record" if fact.source == "record" else "impression"
    return f"{where} {scene.ago(said)}"


def _part(fact: Fact, scene: Scene) -> BriefPart:
    said = _said((fact,), scene)
    return part(
        scene,
        ids.FACT,
        fact.id,
        said + STALE if is_stale(fact, scene.now) else said,
        source=source_words(fact.source),
        at=last_said(fact),
        interaction_id=fact.interaction_id,
        note_id=fact.note_id,
        mark=fact.mark,
    )


def _ground(fact: Fact) -> Ground:
    return Ground(
        (fact.id, fact.kind, fact.text, fact.source),
        by=fact.author_id,
        at=fact.stated_at,
        interaction_id=fact.interaction_id,
    )


def _newest(facts: Iterable[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (fact.stated_at, fact.id), reverse=True)
