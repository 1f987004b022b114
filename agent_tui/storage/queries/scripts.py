"""Call scripts in their versions, their runs, and what was done in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from agent_tui.domain.values.people import Refusal
from agent_tui.domain.values.script_runs import RunListed, ScriptListed, StepDone
from agent_tui.domain.values.today import OpenScript
from agent_tui.storage.reader import Reader, Row, build

_SCRIPT = (
    "s.id, s.slug, s.number, s.title, s.kind, s.topics, s.fits, au.name, s.created_at, s.retired_at"
)
_SCRIPT_LENGTH = 10
_FROM_SCRIPTS = "FROM scripts s LEFT JOIN agents au ON au.id = s.author_id "
_RUN = (
    "r.id, r.version, r.receipt_id, r.customer_id, r.interaction_id, r.agent_id, ag.name, r.state, "
    "r.started_at, r.ended_at"
)
_FROM_RUNS = (
    "FROM script_runs r JOIN agents ag ON ag.id = r.agent_id JOIN scripts s ON s.id = r.script_id "
    "LEFT JOIN agents au ON au.id = s.author_id "
)


def listed(words: str | None) -> tuple[str, ...]:
    """What a column keeps with commas between."""
    return tuple((words or "").split(",")) if words else ()


def _script(row: Row) -> ScriptListed:
    topics, fits = listed(row[5]), listed(row[6])
    return build(ScriptListed, (*row[:5], topics, fits, *row[7:]), 8, 9)


def _run(row: Row) -> RunListed:
    script, run = _script(row[:_SCRIPT_LENGTH]), row[_SCRIPT_LENGTH:]
    return build(RunListed, (*run[:2], script, *run[2:]), 9, 10)


def standing(reader: Reader) -> list[ScriptListed]:
    """The scripts that can be opened, by slug."""
    rows = reader.rows(
        f"SELECT {_SCRIPT} {_FROM_SCRIPTS} WHERE s.retired_at IS NULL ORDER BY s.slug"
    )
    return [_script(row) for row in rows]


def newest(reader: Reader, *, slug: str | None = None) -> list[ScriptListed]:
    """The newest version of every script, or of one alone, retired or not, by slug."""
    only, values = ("AND s.slug = :slug ", {"slug": slug}) if slug is not None else ("", {})
    rows = reader.rows(
        f"SELECT {_SCRIPT} {_FROM_SCRIPTS} WHERE NOT EXISTS (SELECT 1 FROM scripts n "
        f"WHERE n.slug = s.slug AND n.number > s.number) {only}ORDER BY s.slug",
        **values,
    )
    return [_script(row) for row in rows]


def body(reader: Reader, *, script_id: int) -> str | None:
    """The text of one version of a script."""
    row = reader.row("SELECT body FROM scripts WHERE id = :id", id=script_id)
    return str(row[0]) if row else None


def digest(reader: Reader, *, script_id: int) -> str | None:
    """The digest of that text."""
    row = reader.row("SELECT digest FROM scripts WHERE id = :id", id=script_id)
    return str(row[0]) if row else None


def run(reader: Reader, *, run_id: int) -> RunListed | None:
    """One use of a script, or None."""
    found = _runs(reader, "r.id = :id", id=run_id)
    return found[0] if found else None


def runs_of(reader: Reader, *, customer_id: int, limit: int) -> list[RunListed]:
    """The newest uses of scripts with a customer, newest first."""
    return _runs(
        reader,
        "r.customer_id = :customer ORDER BY r.started_at DESC, r.id DESC LIMIT :limit",
        customer=customer_id,
        limit=limit,
    )


def open_on(reader: Reader, *, interaction_id: int, limit: int) -> list[RunListed]:
    """The runs that were left open on an interaction, newest first, whoever's they are."""
    return _runs(
        reader,
        "r.interaction_id = :interaction AND r.state = 'open' "
        "ORDER BY r.started_at DESC, r.id DESC LIMIT :limit",
        interaction=interaction_id,
        limit=limit,
    )


def left_open(
    reader: Reader, *, agent_id: int, since: datetime, limit: int
) -> tuple[OpenScript, ...]:
    """The scripts that an agent opened since then and did not finish, newest first; not those in
    what is wrapped up."""
    rows = reader.rows(
        "SELECT r.id, s.title, r.customer_id, c.name, r.interaction_id, r.started_at "
        "FROM script_runs r JOIN scripts s ON s.id = r.script_id "
        "JOIN customers c ON c.id = r.customer_id "
        "LEFT JOIN interactions i ON i.id = r.interaction_id "
        "WHERE r.agent_id = :agent AND r.started_at >= :since AND r.state = 'open' "
        "AND (i.id IS NULL OR i.state <> 'wrapped_up') "
        "ORDER BY r.started_at DESC, r.id DESC LIMIT :limit",
        agent=agent_id,
        since=since,
        limit=limit,
    )
    return tuple(build(OpenScript, row, 5) for row in rows)


def newest_open(
    reader: Reader, *, slug: str, agent_id: int, customer_id: int, interaction_id: int | None
) -> RunListed | None:
    """The newest run of a script that an agent left open on an interaction, or on none."""
    on, values = "r.interaction_id IS NULL", {}
    if interaction_id is not None:
        on, values = "r.interaction_id = :interaction", {"interaction": interaction_id}
    found = _runs(
        reader,
        f"r.customer_id = :customer AND {on} AND r.agent_id = :agent AND r.state = 'open' "
        "AND s.slug = :slug ORDER BY r.started_at DESC, r.id DESC LIMIT 1",
        customer=customer_id,
        agent=agent_id,
        slug=slug,
        **values,
    )
    return found[0] if found else None


def steps(reader: Reader, *, run_id: int) -> list[StepDone]:
    """What was done in a run, in order; titles are left empty, they stand in the script."""
    rows = reader.rows(
        "SELECT sequence, step, '', did, at, key, target, answer, note_id FROM script_steps "
        "WHERE run_id = :run ORDER BY sequence",
        run=run_id,
    )
    return [build(StepDone, row, 4) for row in rows]


def standing_note(reader: Reader, *, run_id: int, step: str, text: str) -> int | None:
    """A note with that text that the step became in this run already, and that still stands."""
    row = reader.row(
        "SELECT n.id FROM script_steps t JOIN notes n ON n.id = t.note_id "
        "WHERE t.run_id = :run AND t.step = :step AND n.text = :text AND n.undone_at IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM notes c "
        "WHERE c.corrects_id = n.id AND c.undone_at IS NULL) ORDER BY t.sequence DESC LIMIT 1",
        run=run_id,
        step=step,
        text=text,
    )
    return int(row[0]) if row else None


def refusals(reader: Reader, *, customer_id: int) -> list[Refusal]:
    """What a customer said no to, and nobody lifted or marked wrong."""
    rows = reader.rows(
        "SELECT id, what, at, ask_again_after, interaction_id FROM refusals "
        "WHERE customer_id = :customer AND state = 'current'",
        customer=customer_id,
    )
    return [build(Refusal, row, 2, 3) for row in rows]


def newest_fact(reader: Reader, *, customer_id: int, kind: str) -> int | None:
    """The newest fact of a kind that holds for a customer."""
    row = reader.row(
        "SELECT id FROM facts WHERE customer_id = :customer AND kind = :kind "
        "AND state = 'current' ORDER BY stated_at DESC, id DESC LIMIT 1",
        customer=customer_id,
        kind=kind,
    )
    return int(row[0]) if row else None


def _runs(reader: Reader, condition: str, **parameters: Any) -> list[RunListed]:
    rows = reader.rows(f"SELECT {_SCRIPT}, {_RUN} {_FROM_RUNS} WHERE {condition}", **parameters)
    return [_run(row) for row in rows]
