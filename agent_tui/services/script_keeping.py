"""Keep scripts in their versions, retire them, and let them stand again.

A version never changes once it is kept, so that a run stays readable by the words it was led by.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.values import ids
from agent_tui.domain.values.script_runs import ScriptListed, TakenHow, TakenIn
from agent_tui.domain.values.scripts import Problem, Script
from agent_tui.errors import NotFound, Refused
from agent_tui.scripts.reading import parse
from agent_tui.services.bookkeeping import is_lead
from agent_tui.services.script_judging import Judged
from agent_tui.storage.queries import scripts
from agent_tui.text.slugs import slug as slug_of

if TYPE_CHECKING:
    from agent_tui.storage.reader import Reader
    from agent_tui.storage.unit import UnitOfWork

_RETIRED = "it was retired: restore it to open it again"


def take_in(unit: UnitOfWork, judged: Judged) -> TakenIn:
    """Keep a script as it was judged: as a new one, as a new version, or not at all where it is
    wrong, or its newest version reads the same."""
    script, problems = judged.script, judged.problems
    if script is None or judged.is_wrong:
        return TakenIn(script.slug if script else slug_of(judged.name), "rejected", None, problems)
    newest = next(iter(scripts.newest(unit.reader, slug=script.slug)), None)
    digest = sha256(script.source.encode()).hexdigest()
    if newest is not None and scripts.digest(unit.reader, script_id=newest.id) == digest:
        retired = (Problem(0, "warning", _RETIRED),) if newest.retired_at else ()
        return TakenIn(script.slug, "unchanged", newest.number, (*problems, *retired))
    how: TakenHow = "created"
    if newest is not None:
        how = "new_version"
        before = unit.get(tables.Script, newest.id)
        before.retired_at = before.retired_at or unit.now
        unit.save(before)
    row = tables.Script(
        slug=script.slug,
        number=newest.number + 1 if newest else 1,
        title=script.title,
        kind=script.kind,
        topics=",".join(script.topics),
        fits=",".join(script.fits),
        body=script.source,
        digest=digest,
        author_id=unit.agent_id,
        created_at=unit.now,
    )
    unit.add(row)
    unit.record(f"script.{how}", subject=ids.show(ids.SCRIPT, row.id), detail=str(row.number))
    return TakenIn(script.slug, how, row.number, problems)


def set_retired(unit: UnitOfWork, slug: str, *, is_retired: bool) -> None:
    """Retire a script, or let its newest version stand again. Raises NotFound."""
    listed = one_of_slug(unit.reader, slug)
    if (listed.retired_at is not None) == is_retired:
        return
    row = unit.get(tables.Script, listed.id)
    row.retired_at = unit.now if is_retired else None
    unit.save(row)
    unit.record(
        "script.retired" if is_retired else "script.restored",
        subject=ids.show(ids.SCRIPT, row.id),
        detail=str(row.number),
    )


def only_leads(unit: UnitOfWork) -> None:
    """Raise Refused unless who does this is a lead or an admin."""
    if not is_lead(unit):
        raise Refused("only a lead or an admin takes scripts in, and retires them")


def one_of_slug(reader: Reader, slug: str) -> ScriptListed:
    """The newest version of a script, retired or not. Raises NotFound."""
    found = scripts.newest(reader, slug=slug_of(slug))
    if not found:
        raise NotFound(f"there is no script “{slug}”", hint=("scripts.list", ""))
    return found[0]


def standing(reader: Reader, slug: str) -> ScriptListed:
    """The version of a script that can be opened. Raises NotFound, or Refused for a retired one."""
    listed = one_of_slug(reader, slug)
    if listed.retired_at is not None:
        raise Refused(f"the script “{listed.title}” was retired: choose another one")
    return listed


def version(reader: Reader, listed: ScriptListed) -> Script:
    """One version of a script, read."""
    kept = scripts.body(reader, script_id=listed.id)
    if kept is None:
        raise NotFound("this script is no longer there")
    return replace(_read(kept, listed.title), slug=listed.slug)


@lru_cache(maxsize=64)
def _read(text: str, name: str) -> Script:
    return parse(text, name)
