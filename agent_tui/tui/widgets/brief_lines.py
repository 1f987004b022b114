"""The rows of the brief: its lines in columns, the words behind them, what else is worth a look."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from agent_tui.domain.values.briefing import STALE
from agent_tui.text.cells import pad, width, wrap_lines
from agent_tui.tui.widgets.brief_rows import row_of_line, row_of_part
from agent_tui.tui.widgets.ink import GAP, Ink, Line, Span, line, spans_width, wrapped
from agent_tui.tui.widgets.rows import KNOWN, Row

if TYPE_CHECKING:
    from collections.abc import Container

    from agent_tui.domain.values.briefing import BriefLine, BriefPart
    from agent_tui.domain.values.knowing import Herd, PromptOutcome, PromptShown
    from agent_tui.domain.values.people import Dossier, Mood

TITLE = "Before you speak"
NEW_SIGN, UNREAD_SIGN, USED_SIGN, WRONG_SIGN = "*", "•", "✓", "×"
PARTS_SHOWN = 50
_NARROW = 44
_GLYPH = 2
_LABEL = 11
_PART_INDENT = "    "
_PART_ROWS = 4
_HERDS_SHOWN = 2
_MOOD_ROWS = 2


@dataclass(frozen=True, slots=True)
class Spot:
    """What a row of the brief stands for: a line, or one of its parts.

    `is_struck`: this reader called the part wrong, and it has left the brief.
    """

    line: BriefLine
    part: BriefPart | None = None
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a brief stands on the screen, and how.

    `opened` are the kinds of the lines whose words are unfolded; `is_known_open` tells whether
    those that the agent knows are. `fresh` and `whole` are keys: of lines that were new when they
    first appeared, and that had to be read then, which stand whole, however long: nobody can have
    read what is left out; `unread` of those that a script waits for.
    `used` are the records that this agent used in this interaction. `mood` is how they felt last,
    in their own words. `last_spoke` is when this agent last spoke with them, `undo` how to take a
    part that is struck back in.
    """

    lines: tuple[BriefLine, ...]
    folded: tuple[BriefLine, ...] = ()
    struck: tuple[Spot, ...] = ()
    opened: frozenset[str] = frozenset()
    is_known_open: bool = False
    fresh: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    last_spoke: str = ""
    prompt: PromptShown | None = None
    outcome: PromptOutcome | None = None
    herds: tuple[Herd, ...] = ()
    mood: Mood | None = None
    mood_age: str = ""
    undo: str = "x undoes"


@dataclass(slots=True)
class Page:
    """Rows of the brief, what the ones with a key stand for, and where each line stands.

    `places` are the first row of a line and the row behind its last one, by its key.
    """

    lines: list[Line] = field(default_factory=list)
    spots: dict[Row, Spot] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)


def brief_page(shown: Shown, cells: int, dossier: Dossier) -> Page:
    """The brief: glyph, kind, what, age in columns that line up whatever the words."""
    page = Page(_heading(shown, cells))
    if not shown.lines and not shown.struck:
        rows = wrapped(_nothing(shown, dossier), cells - GAP, at_most=2)
        page.lines.extend(line(Span(f"  {row}", "dim")) for row in rows)
    prompt, holder = shown.prompt, _holder(shown)
    for one in shown.lines:
        if one is holder and prompt is not None:
            _add_line_and_prompt(page, shown, one, prompt, cells, dossier)
        else:
            _add_line(page, shown, one, cells, dossier)
        _add_struck(page, shown, {one.kind})
        if one.kind == "last_contact":
            _add_mood(page, shown, cells)
    gone = {spot.line.kind for spot in shown.struck} - {one.kind for one in shown.lines}
    _add_struck(page, shown, gone)
    if all(one.kind != "last_contact" for one in shown.lines):
        _add_mood(page, shown, cells)
    if shown.folded:
        sign = "▾" if shown.is_known_open else "▹"
        page.lines.append(
            line(Span(f"  {sign} {len(shown.folded)} known to you", "dim"), key=KNOWN)
        )
        for one in shown.folded if shown.is_known_open else ():
            _add_line(page, shown, one, cells, dossier)
    if prompt is not None and holder is None:
        page.lines.extend(_prompt_rows(shown, prompt, prompt.words, cells))
    if shown.herds:
        from agent_tui.domain.rules.herd import in_words

        for place, herd in enumerate(shown.herds[:_HERDS_SHOWN]):
            key = Row("herd", place, herd.topic, record=herd)
            page.lines.extend(_remark("Others", in_words(herd), cells, key))
    return page


def _holder(shown: Shown) -> BriefLine | None:
    """The line that tells what the prompt asks, where one stands that does."""
    if shown.prompt is None or shown.outcome is not None:
        return None
    asked = _asked(shown.prompt)
    return next((one for one in shown.lines if asked in one.records), None)


def _asked(prompt: PromptShown) -> str:
    """The shown id of what a prompt asks for: a question, a fact; other things have none."""
    return prompt.what.partition(":")[2]


def _add_line_and_prompt(
    page: Page, shown: Shown, one: BriefLine, prompt: PromptShown, cells: int, dossier: Dossier
) -> None:
    """A line and below it what to ask of it, so that nothing is told twice.

    The line leaves out what the prompt says; where it tells nothing else, the prompt points at it.
    Both together are what there is to be read.
    """
    others = [part for part in one.parts if part.record != _asked(prompt)]
    words = prompt.words
    if others:
        told = dict.fromkeys(part.words.removesuffix(STALE) for part in others)
        one = replace(one, text="; ".join(told))
    else:
        is_question = prompt.kind == "question"
        words = "it now, while they are here" if is_question else "whether that is still so"
    _add_line(page, shown, one, cells, dossier)
    first, end = page.places[one.key]
    page.lines.extend(_prompt_rows(shown, prompt, words, cells))
    if one.kind not in shown.opened:
        end = len(page.lines)
    page.places[one.key] = first, end


def _prompt_rows(shown: Shown, prompt: PromptShown, words: str, cells: int) -> list[Line]:
    """The one thing to ask, and what came of asking."""
    done = "" if shown.outcome is None else f" · {shown.outcome.replace('_', ' ')}"
    key = Row("prompt", prompt.id, "brief")
    return _remark("Ask", words + done, cells, key, "dim" if done else "text")


def _heading(shown: Shown, cells: int) -> list[Line]:
    """The title, and beside it, or below where that is too narrow, what the signs mean."""
    keys = [one.key for one in shown.lines]
    fresh = [key for key in keys if key in shown.fresh]
    if shown.unread:
        wordings = [f"{UNREAD_SIGN} still to be read"]
    elif not fresh:
        wordings = [""]
    else:
        # What is new to an agent may be older than their last call: nobody showed it to them.
        new = "all new" if len(fresh) == len(keys) else f"{NEW_SIGN} new"
        spoke = f" · last spoke {shown.last_spoke}" if shown.last_spoke else ""
        wordings = [f"{new} to you{spoke}", f"{new}{spoke}", f"{new} to you"]
    for words in wordings:
        if width(TITLE) + GAP + width(words) <= cells:
            return [line(Span(TITLE, "strong"), right=(Span(words, "dim"),) if words else ())]
    return [line(Span(TITLE, "strong")), line(Span(wordings[0], "dim"))]


def _nothing(shown: Shown, dossier: Dossier) -> str:
    if shown.folded:
        return "nothing new, nothing is owed"
    is_known = dossier.facts or dossier.interactions or dossier.promises or dossier.cases
    return "nothing to act on now" if is_known else "nothing is known yet, nothing is owed"


def _add_line(page: Page, shown: Shown, one: BriefLine, cells: int, dossier: Dossier) -> None:
    is_open = one.kind in shown.opened
    key = row_of_line(one, dossier)
    first = len(page.lines)
    page.lines.extend(_line_rows(shown, one, cells, key))
    page.places[one.key] = first, len(page.lines)
    page.spots[key] = Spot(one)
    if not is_open:
        return
    for part in one.parts[:PARTS_SHOWN]:
        row = row_of_part(one, part, dossier)
        page.spots[row] = Spot(one, part)
        page.lines.extend(_part_rows(part, cells, row))
    if (more := one.count - len(one.parts[:PARTS_SHOWN])) > 0 and one.kind != "last_contact":
        page.lines.append(line(Span(f"{_PART_INDENT}and {more:,} more", "dim")))


def _line_rows(shown: Shown, one: BriefLine, cells: int, key: Row) -> list[Line]:
    loud: Ink = "act" if one.urgent else "dim"
    age = (Span(one.age, loud),)
    indent = _GLYPH + _LABEL
    at_most = 2 if one.urgent or cells >= _NARROW else 1
    rows = None if one.key in shown.whole else at_most
    beside = max(8, cells - indent - spans_width(age) - 1)
    first, others = _beside_age(one.text, beside, cells - indent, rows)
    sign = _sign(shown, one)
    return [
        line(
            Span("! " if one.urgent else "  ", loud),
            Span(one.label, loud),
            Span(sign, "strong"),
            Span(" " * max(1, _LABEL - width(one.label + sign))),
            Span(first),
            right=age,
            key=key,
        ),
        *(line(Span(" " * indent), Span(row)) for row in others),
    ]


def _sign(shown: Shown, one: BriefLine) -> str:
    """The sign behind the kind of a line: still to be read, called wrong, used, new."""
    if one.key in shown.unread:
        return UNREAD_SIGN
    if shown.unread:
        return ""
    if any(remark.endswith(": wrong") for part in one.parts for remark in part.remarks):
        return WRONG_SIGN
    if shown.used.intersection(one.records):
        return USED_SIGN
    is_all_new = all(other.key in shown.fresh for other in shown.lines)
    return NEW_SIGN if one.key in shown.fresh and not is_all_new else ""


def _part_rows(part: BriefPart, cells: int, key: Row) -> list[Line]:
    """One record of a line: its words and age; whose word it is and what was said of it; the words
    that it was noted in."""
    room = cells - len(_PART_INDENT)
    age = (Span(part.age, "dim"),)
    beside = max(8, room - spans_width(age) - 1)
    first, others = _beside_age(part.words, beside, room, _PART_ROWS)
    details = " · ".join((part.source, *part.remarks))
    rows = [
        line(Span(_PART_INDENT), Span(first), right=age, key=key),
        *(line(Span(_PART_INDENT), Span(row)) for row in others),
        line(Span(_PART_INDENT), Span(details, "dim"), right=(Span(part.record, "dim"),))
        if width(details) + len(part.record) < room
        else line(Span(_PART_INDENT), Span(details, "dim")),
    ]
    if part.mark:
        noted = wrapped(f"noted as {part.mark}", room, at_most=2)
        rows.extend(line(Span(_PART_INDENT), Span(row, "dim")) for row in noted)
    return rows


def _add_mood(page: Page, shown: Shown, cells: int) -> None:
    """How they felt last, in their own words, unless a line has room for all of them.

    It is none of the five lines: it tells words and no state, and holds up no script.
    """
    mood = shown.mood
    if mood is None:
        return
    stands = " ".join(span.text.strip() for row in page.lines for span in row.left)
    words = f"“{' '.join(mood.text.split())}”"
    if words in " ".join(stands.split()):
        return
    indent = _GLYPH + _LABEL
    age = (Span(shown.mood_age, "dim"),)
    beside = max(8, cells - indent - spans_width(age) - 1)
    first, others = _beside_age(words, beside, cells - indent, _MOOD_ROWS)
    label = Span(pad("They said", _LABEL), "dim")
    key = Row("record", mood.id, "mood", None, mood.interaction_id)
    page.lines.append(line(Span("  "), label, Span(first), right=age, key=key))
    page.lines.extend(line(Span(" " * indent), Span(row)) for row in others)


def _add_struck(page: Page, shown: Shown, kinds: Container[str]) -> None:
    """What this agent called wrong and has left lines of these kinds."""
    for spot in shown.struck:
        if spot.part is not None and spot.line.kind in kinds:
            row = Row("record", 0, f"wrong {spot.part.record}")
            page.spots[row] = spot
            words = Span(spot.part.words, "dim")
            right = (Span(shown.undo, "dim"),)
            label = Span(pad("wrong", _LABEL), "dim")
            page.lines.append(line(Span("  "), label, words, right=right, key=row))


def _remark(label: str, words: str, cells: int, key: Row, ink: Ink = "text") -> list[Line]:
    """What is no line of the brief, in its columns."""
    indent = _GLYPH + _LABEL
    first, *others = wrapped(words, cells - indent, at_most=3)
    return [
        line(Span("  "), Span(pad(label, _LABEL), "dim"), Span(first, ink), key=key),
        *(line(Span(" " * indent), Span(row, ink)) for row in others),
    ]


def _beside_age(text: str, beside: int, below: int, rows: int | None) -> tuple[str, list[str]]:
    """The row that shares its line with the age, and the wider ones below it; None: all rows."""
    if rows == 1:
        return wrapped(text, beside, at_most=1)[0], []
    first = next(wrap_lines(text, beside), "")
    rest = text[len(first) :].strip()
    if not rest:
        return first, []
    if rows is None:
        return first, list(wrap_lines(rest, below))
    return first, wrapped(rest, below, at_most=rows - 1)
