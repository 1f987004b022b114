"""List call scripts; check, preview, import, retire and run them.

list                   the scripts that can be opened; --all: retired ones too;
                       --customer: those first that fit, and why an offer has to wait
check FILE...|--all    what is wrong with files, or with all scripts that are kept; changes nothing
preview FILE|SLUG      every step in words; --customer: filled in, for leads
import FILE...|FOLDER  take scripts in; the same file twice changes nothing. For leads
retire SLUG            let a script be opened no more; restore SLUG undoes it. For leads
run SLUG CUSTOMER      go through a script; the brief comes first

A file is Markdown as docs/scripts.md describes it, a policy in plain Markdown, or JSON with flows,
their subflows and the actions of each.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, get_args

from agent_tui.cli import diagnostics, output
from agent_tui.cli.brief import CUSTOMER_HELP
from agent_tui.cli.parsing import words
from agent_tui.domain.values.receipts import Override
from agent_tui.errors import UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.script_runs import FittingScript, ScriptListed
    from agent_tui.services.desk import Desk

_ACTIONS = ("list", "check", "preview", "import", "retire", "restore", "run")
_HEADER = ("slug", "title", "kind", "version", "topics", "state")
_FITTING = ("slug", "title", "kind", "fits by", "has to wait")
_OPTIONS = {
    "all": ("list", "check"),
    "customer": ("list", "preview"),
    "interaction": ("list", "run"),
    "override": ("run",),
    "reason": ("run",),
}
"""The options that belong to some actions only."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what to do, with which script."""
    parser.add_argument("action", nargs="?", choices=_ACTIONS, default="list", metavar="ACTION")
    parser.add_argument(
        "subjects", nargs="*", metavar="FILE|SLUG", help="files, or the name of a script"
    )
    parser.add_argument(
        "--all", action="store_true", default=None, help="list retired ones too; check all"
    )
    parser.add_argument("--customer", type=words, metavar="CUSTOMER", help=CUSTOMER_HELP)
    parser.add_argument("--interaction", metavar="ID", help="the interaction it is for (i_...)")
    parser.add_argument(
        "--override",
        choices=get_args(Override),
        help="run: open it before the brief was read, for this reason, which is recorded",
    )
    parser.add_argument(
        "--reason", type=words, metavar="TEXT", help="run: the reason of --override in words"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace, context: Context) -> int:
    """Do it."""
    _check(args)
    if args.action in ("check", "import", "preview"):
        from agent_tui.cli import script_files

        act = getattr(script_files, f"{args.action}_files")
        return int(act(args, context))
    if args.action == "run":
        from agent_tui.cli.script_run import run_script

        return run_script(args, context)
    with context.desk() as desk:
        if args.action == "list":
            _list(args, desk)
        else:
            slug = words(args.subjects[0])
            (desk.scripting.retire if args.action == "retire" else desk.scripting.restore)(slug)
            listed = [one for one in desk.scripting.every() if one.slug == slug]
            _print(args, listed)
    return diagnostics.DONE


def _check(args: argparse.Namespace) -> None:
    action, subjects = args.action, args.subjects
    for option, actions in _OPTIONS.items():
        if getattr(args, option) is not None and action not in actions:
            raise UsageError(f"--{option} is for `scripts {'` and `scripts '.join(actions)}`")
    if action == "list" and subjects:
        raise UsageError("`scripts list` lists all; `scripts preview SLUG` prints one")
    if action == "check" and bool(subjects) == bool(args.all):
        raise UsageError("write `agent-tui scripts check FILE...`, or `scripts check --all`")
    if action == "import" and not subjects:
        raise UsageError("write `agent-tui scripts import FILE...`, or a folder")
    if action in ("preview", "retire", "restore") and len(subjects) != 1:
        what = "FILE|SLUG" if action == "preview" else "SLUG"
        raise UsageError(f"write `agent-tui scripts {action} {what}`")
    if action == "run" and len(subjects) != 2:
        raise UsageError("write `agent-tui scripts run SLUG CUSTOMER`")
    if args.interaction is not None and action == "list" and args.customer is None:
        raise UsageError("--interaction goes with --customer")
    if args.reason is not None and args.override is None:
        raise UsageError("--reason goes with --override")


def _list(args: argparse.Namespace, desk: Desk) -> None:
    if args.customer is None:
        _print(args, desk.scripting.every() if args.all else desk.scripting.standing())
        return
    from agent_tui.cli.script_run import interaction_of

    customer_id = desk.finding.choose(args.customer)
    fitting = desk.scripting.fitting(customer_id, interaction_of(args.interaction))
    if args.json:
        output.json_line([_object(one.script, one) for one in fitting])
    else:
        output.table(_FITTING, [_fitting_row(one) for one in fitting])


def _print(args: argparse.Namespace, listed: list[ScriptListed] | tuple[ScriptListed, ...]) -> None:
    if args.json:
        output.json_line([_object(one) for one in listed])
    else:
        output.table(_HEADER, [_row(one) for one in listed])


def _object(script: ScriptListed, fitting: FittingScript | None = None) -> dict[str, Any]:
    return {
        "slug": script.slug,
        "title": script.title,
        "kind": script.kind,
        "topics": list(script.topics),
        "fits": list(script.fits),
        "version": script.number,
        "author": script.author,
        "created_at": output.moment(script.created_at),
        "retired_at": output.moment(script.retired_at),
        "matches": list(fitting.matches) if fitting else [],
        "why_not": fitting.why_not if fitting else None,
    }


def _row(script: ScriptListed) -> tuple[str, ...]:
    state = "retired" if script.retired_at else "standing"
    topics = ", ".join(script.topics)
    return (script.slug, script.title, script.kind, str(script.number), topics, state)


def _fitting_row(one: FittingScript) -> tuple[str, ...]:
    script = one.script
    return (script.slug, script.title, script.kind, ", ".join(one.matches), one.why_not or "")
