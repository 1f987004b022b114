"""Figures in words: always the count and out of how many, never a score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.domain.rules.definitions import DEFINITIONS
from agent_tui.domain.values.measures import COUNTED, MISSING, OTHERS
from agent_tui.text.cells import width
from agent_tui.text.counts import counted

if TYPE_CHECKING:
    from agent_tui.domain.values.measures import Figure, Measure, Part, Period
    from agent_tui.tui.widgets.here import Here

FEW = 10
"""With fewer than so many, one more or less is most of the difference."""
NOT_RECORDED = "not recorded yet"
_PEOPLE = ("person", "people")


def out_of(figure: Figure) -> str:
    """The count out of what could be judged: `41 of 50`; of a spread, how many people."""
    if figure.n is None:
        return NOT_RECORDED
    if not figure.n:
        return "none judged" if figure.missing else "none"
    if figure.bands:
        return counted(figure.n, *_PEOPLE)
    return f"{figure.count or 0:,} of {figure.n:,}"


def unjudged(figure: Figure) -> str:
    """How much could not be judged: `6 %`; less than one in two hundred is `< 1 %`."""
    share = figure.missing_share
    if share is None:
        return ""
    if not figure.missing:
        return "0 %"
    return "< 1 %" if share < 0.005 else f"{share:.0%}".replace("%", " %")


def sentence(figure: Figure) -> str:
    """A figure as one sentence, with what is missing and how few there are."""
    if figure.n is None:
        return figure.why or f"{NOT_RECORDED}."
    if not figure.n and not figure.missing:
        return "Nothing to judge."
    words = unjudged(figure)
    if not figure.n:
        return f"None could be judged; {figure.missing:,} could not."
    parts = [out_of(figure) if figure.bands else f"{out_of(figure)}, n = {figure.n:,}"]
    if figure.n < FEW:
        parts.append("too few to say much")
    more = f"{figure.missing:,} more could not be judged ({words})"
    parts.append(more if figure.missing else "all could be judged")
    return "; ".join(parts) + "."


def band_rows(figure: Figure, cells: int) -> list[str]:
    """The bands of a spread, each with its count, in as many rows as they take."""
    bands = DEFINITIONS[figure.measure].bands
    found = [f"{words} {count:,}" for (_, words), count in zip(bands, figure.bands, strict=True)]
    rows = found[:1]
    for one in found[1:]:
        longer = f"{rows[-1]} · {one}"
        if width(longer) <= cells:
            rows[-1] = longer
        else:
            rows.append(one)
    return rows


def parts_of(measure: Measure) -> tuple[tuple[Part, str], ...]:
    """What a figure is made of: each part with what it holds, in words."""
    said = DEFINITIONS[measure]
    if said.bands:
        return (*said.bands, (MISSING, f"not judged: {said.missing}"))
    return (
        (COUNTED, said.counted),
        (OTHERS, f"the others of: {said.out_of}"),
        (MISSING, f"not judged: {said.missing}"),
    )


def count_of(figure: Figure, part: Part) -> int:
    """How many there are in a part."""
    if part == MISSING:
        return figure.missing
    if figure.bands:
        codes = [code for code, _words in DEFINITIONS[figure.measure].bands]
        return figure.bands[codes.index(part)]
    count = figure.count or 0
    return count if part == COUNTED else (figure.n or 0) - count


def share_of(figure: Figure | None, part: Part) -> float | None:
    """The share of a part, from 0 to 1: of what could be judged, or, of what could not, of all.
    None where there is nothing to share, or nothing is known."""
    if figure is None or figure.n is None:
        return None
    if part == MISSING:
        return figure.missing_share
    return count_of(figure, part) / figure.n if figure.n else None


def point_name(period: Period, here: Here) -> str:
    """A period in words: `week of Mon 16 Nov`, `November 2026`."""
    if period.by == "month":
        return f"{period.since:%B %Y}"
    day = ages.weekday(period.since, here.now, period.since.tzinfo or here.zone)
    return f"week of {day}"


def point_tick(period: Period) -> str:
    """A period as a short word: `16 Nov`, `Nov 26`."""
    if period.by == "month":
        return f"{period.since:%b %y}"
    return f"{period.since.day} {period.since:%b}"
