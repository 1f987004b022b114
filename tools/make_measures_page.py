"""Write docs/measures.md from the definitions: what `?` says is what the page says.

python tools/make_measures_page.py
"""

from __future__ import annotations

from pathlib import Path

from agent_tui.domain.rules.definitions import DIMENSIONS, of_dimension
from agent_tui.domain.values.measures import Definition

PAGE = Path(__file__).parents[1] / "docs" / "measures.md"

HEAD = """# Measures

How people are served, as the records tell it: always a count out of a count, with how many could
not be judged, and always open to what was counted. There is no score made of several measures, and
no list of agents by any of them.

A figure is *count of n*. What the records do not tell is **missing**: it is in neither, stands
beside the figure, and is never taken for nought. A share is *count* divided by *n*, and there is
none where *n* is 0. Lines over time have one point for each whole week (Monday to Sunday) or month
of UTC; the point of a week that is not over yet may still grow, and what is written down later
about an earlier week changes that week.

Whose: a contact is its agent's, a promise its owner's, a complaint's whoever wrote it down; a
team's are those of who is in it now. Agents see their own figures, those of any customer, and
those of their team in weeks in which five of its agents and more had contacts. Leads see their
team and everybody in it, with what is behind every figure; admins see all.

This page is made of the same table as `?` in the program: `make measures` writes it.
"""

BESIDE = """
## Beside the measures

**Promises ageing**: open promises of ours and of the customers' by the days that they are late, in
the zone of the desk: due later, due today, late 1 to 3 d, 4 to 7 d, 8 d and more, and those
without a date.

**Complaints by cause**: complaints opened in a period by the topics of the contact in which they
were raised: open, late (past the date that the customer was given for an answer, and no decision
told), closed. With two topics they stand under both, without one under none.

**Rising topics**: topics with which three people or more, and at least twice as many as usual,
came in the last seven days; usual is the mean of the eight weeks before. People are counted, not
contacts; callers nobody knows are not.

**Friction by rule**: which rule or tool stood in agents' way, and how often.

**Surveys by outcome**: about how many contacts a survey was answered, not answered, or never sent,
by whether they got what they came for. A survey that names no contact belongs to the last one of
the thirty days before it. What they answered is read, not averaged.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for dimension, (title, asks) in DIMENSIONS.items():
        parts.append(f"\n## {title}\n\n{_sentence(asks)}\n")
        parts += [_section(one) for one in of_dimension(dimension)]
    return "".join((*parts, BESIDE))


def _section(one: Definition) -> str:
    rows = [
        ("counted", one.counted),
        ("out of", one.out_of),
        ("missing", one.missing),
        ("does not show", one.does_not_show),
    ]
    if one.bands:
        rows.insert(1, ("bands", ", ".join(words for _, words in one.bands)))
    if one.not_counted:
        rows.insert(0, ("now", one.not_counted))
    listed = "\n".join(f"- *{name}*: {_sentence(words)}" for name, words in rows)
    return f"\n### {one.title}\n\n`{one.measure.replace('_', '-')}`: {one.what}\n\n{listed}\n"


def _sentence(words: str) -> str:
    first = words[:1].upper() + words[1:]
    return first if first.endswith(".") else f"{first}."


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
