"""Scripts from files: check them, take them in, print what they say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output
from agent_tui.cli.parsing import words
from agent_tui.errors import BadInput
from agent_tui.text.counts import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from agent_tui.cli.context import Context
    from agent_tui.domain.values.script_runs import TakenIn
    from agent_tui.domain.values.scripts import Problem, Script, ShownStep
    from agent_tui.services.desk import Desk

MOST_BYTES = 16_000_000
_ENDINGS = (".md", ".markdown", ".json")
_COUNTS = {"created": "created", "new_version": "new version", "unchanged": "unchanged"}
_COUNTS["rejected"] = "rejected"


@dataclass(frozen=True, slots=True)
class _Source:
    """A script from a file: what it is called in messages, its name, and its text or bytes."""

    shown: str
    name: str
    text: str | bytes


def check_files(args: argparse.Namespace, context: Context) -> int:
    """Print what is wrong, a problem a line; 1 where anything is."""
    sources = list(_sources(args.subjects))
    with context.desk(begins=not args.all) as desk:
        if args.all:
            kept = [desk.scripting.kept(one.slug) for one in desk.scripting.standing()]
            sources = [_Source(one.slug, one.slug, one.source) for one in kept]
        found = desk.scripting.check([(one.name, one.text) for one in sources])
    listed = list(zip(sources, found, strict=True))
    if args.json:
        output.json_line([_problem(source, one) for source, all in listed for one in all])
    else:
        for line in _said(listed):
            output.line(line)
        for source in sources:
            if _is_policy(source):
                diagnostics.say(f"{source.shown}: read as a policy: no head")
        if not any(found):
            diagnostics.say(f"Nothing is wrong in {counted(len(listed), 'script')}.")
    return diagnostics.FAILED if any(found) else diagnostics.DONE


def import_files(args: argparse.Namespace, context: Context) -> int:
    """Take scripts in, and print how many became what."""
    sources = list(_sources(args.subjects))
    with context.desk(begins=True) as desk:
        taken = desk.scripting.take_in_all([(one.name, one.text) for one in sources])
    listed = list(zip(sources, taken, strict=True))
    counts = {how: sum(one.how == how for one in taken) for how in _COUNTS}
    if args.json:
        files = [_taken(source, one) for source, one in listed]
        output.json_line({"in": len(taken), **counts, "scripts": files})
    else:
        for line in _said((source, one.problems) for source, one in listed):
            diagnostics.say(line)
        sums = " + ".join(f"{said} {counts[how]}" for how, said in _COUNTS.items())
        output.line(f"in {len(taken)} = {sums}")
    if not counts["rejected"]:
        return diagnostics.DONE
    return diagnostics.FAILED if counts["rejected"] == len(taken) else diagnostics.DONE_IN_PART


def preview_files(args: argparse.Namespace, context: Context) -> int:
    """Print every step of a script, in the order of the script."""
    from agent_tui.cli.script_shown import print_step

    with context.desk(begins=True) as desk:
        customer_id = desk.finding.choose(args.customer) if args.customer else None
        shown = [
            (script, desk.scripting.preview(script, customer_id))
            for script in _scripts(desk, args.subjects[0])
        ]
    if args.json:
        output.json_line([_preview(script, steps) for script, steps in shown])
        return diagnostics.DONE
    for place, (script, steps) in enumerate(shown):
        output.line(f"{script.title}: {script.kind}, {script.slug}")
        for step in steps:
            output.line()
            print_step(step)
        if place + 1 < len(shown):
            output.line()
    return diagnostics.DONE


def _scripts(desk: Desk, subject: str) -> Iterator[Script]:
    """The scripts in a file, or the one that is kept under a slug."""
    if not Path(subject).exists():
        yield desk.scripting.kept(words(subject))
        return
    for source in _sources([subject]):
        yield desk.scripting.read(source.text, source.name)


def _sources(names: Iterable[str]) -> Iterator[_Source]:
    """The scripts in files; those of a folder by name, of JSON each subflow. Raises BadInput."""
    for name in names:
        path = Path(name)
        if path.is_dir():
            found = sorted(one for one in path.iterdir() if one.suffix.lower() in _ENDINGS)
            if not found:
                raise BadInput(f"{name}: no scripts are in it (.md, .json)")
            yield from _sources(map(str, found))
        elif path.suffix.lower() == ".json":
            yield from _subflows(name, _bytes(path))
        else:
            yield _Source(_shown(name), words(path.stem), _bytes(path))


def _subflows(name: str, data: bytes) -> Iterator[_Source]:
    from agent_tui.exchange.guidelines import read_guidelines
    from agent_tui.scripts.writing import write

    try:
        scripts = read_guidelines(data)
    except BadInput as error:
        raise BadInput(f"{name}: {error.message}") from error
    for script in scripts:
        yield _Source(_shown(f"{name}:{script.slug}"), script.slug, write(script))


def _shown(name: str) -> str:
    """The name of a file as messages say it: without card numbers, as all that is said."""
    from agent_tui.text.redaction import mask_cards

    return mask_cards(name).text


def _bytes(path: Path) -> bytes:
    try:
        with open(path, "rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or 'it cannot be read'}") from error
    if len(data) > MOST_BYTES:
        raise BadInput(f"{path}: too large: a file of scripts has at most {MOST_BYTES:,} bytes")
    return data


def _is_policy(source: _Source) -> bool:
    """Whether its text is only text, whatever it looks like; not of what cannot be read at all."""
    from agent_tui.scripts.reading import decode, is_policy

    try:
        return is_policy(decode(source.text) if isinstance(source.text, bytes) else source.text)
    except BadInput:
        return False


def _said(listed: Iterable[tuple[_Source, Sequence[Problem]]]) -> Iterator[str]:
    """Problems in lines: `file:line: what is wrong, and what was probably meant`."""
    for source, problems in listed:
        for one in problems:
            place = f"{source.shown}:{one.line}" if one.line else source.shown
            remark = "warning: " if one.severity == "warning" else ""
            meant = f", perhaps: {one.suggestion}" if one.suggestion else ""
            yield f"{place}: {remark}{one.message}{meant}"


def _problem(source: _Source, one: Problem) -> dict[str, Any]:
    return {
        "file": source.shown,
        "line": one.line or None,
        "severity": one.severity,
        "message": one.message,
        "suggestion": one.suggestion,
    }


def _preview(script: Script, steps: Sequence[ShownStep]) -> dict[str, Any]:
    from agent_tui.cli.script_shown import step_object

    return {
        "slug": script.slug,
        "title": script.title,
        "kind": script.kind,
        "order": script.order,
        "steps": [step_object(step) for step in steps],
    }


def _taken(source: _Source, taken: TakenIn) -> dict[str, Any]:
    return {
        "file": source.shown,
        "slug": taken.slug,
        "how": taken.how,
        "version": taken.number,
        "problems": [_problem(source, one) for one in taken.problems],
    }
