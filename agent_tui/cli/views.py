"""List saved views of Recent; save, change, share, remove one, choose which it opens with.

list                 yours, then those shared with your team (the default)
save NAME FILTER     keep a filter under a name (--share: for your team too)
rename NAME NEW      give it another name
change NAME FILTER   let it find something else
share NAME           let your team see it; unshare NAME: no longer
default [NAME]       let Recent open with it; without a name, with everything
remove NAME          remove it
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output
from agent_tui.cli.parsing import words
from agent_tui.errors import UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.recent import SavedView
    from agent_tui.services.desk import Desk

_WRITTEN = {
    "list": "",
    "save": " NAME FILTER",
    "rename": " NAME NEW",
    "change": " NAME FILTER",
    "share": " NAME",
    "unshare": " NAME",
    "default": " [NAME]",
    "remove": " NAME",
}
_TAKES = {
    "list": (0, 0),
    "save": (1, None),
    "rename": (2, 2),
    "change": (1, None),
    "share": (1, 1),
    "unshare": (1, 1),
    "default": (0, 1),
    "remove": (1, 1),
}
_HEADER = ("name", "filter", "whose", "shared", "opens with it", "id")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what to do, and with which view."""
    parser.add_argument(
        "action", nargs="?", choices=tuple(_WRITTEN), default="list", metavar="ACTION"
    )
    parser.add_argument("words", nargs="*", type=words, metavar="NAME FILTER")
    parser.add_argument("--share", action="store_true", help="save: for your team too")
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Do it, and print the view, or all that there are."""
    least, most = _TAKES[args.action]
    if len(args.words) < least or (most is not None and len(args.words) > most):
        raise UsageError(f"write `agent-tui views {args.action}{_WRITTEN[args.action]}`")
    if args.share and args.action != "save":
        raise UsageError("--share is for `views save`")
    with context.desk(begins=True) as desk:
        found = _found(desk, args)
        if args.json:
            output.json_line([_object(one) for one in found])
        else:
            output.table(_HEADER, [_row(one) for one in found], none="No views yet.")
    return diagnostics.DONE


def _found(desk: Desk, args: argparse.Namespace) -> tuple[SavedView, ...]:
    viewing, action = desk.viewing, args.action
    if action == "list":
        return viewing.all()
    if action == "save":
        name, *text = args.words
        return (viewing.save(name, " ".join(text), is_shared=args.share),)
    if action == "default" and not args.words:
        viewing.open_with(None)
        return ()
    view, rest = viewing.named(args.words[0]), args.words[1:]
    if action == "rename":
        return (viewing.rename(view.id, rest[0]),)
    if action == "change":
        return (viewing.change(view.id, " ".join(rest)),)
    if action in ("share", "unshare"):
        return (viewing.share(view.id, is_shared=action == "share"),)
    if action == "remove":
        return (viewing.remove(view.id),)
    chosen = viewing.open_with(view.id)
    return () if chosen is None else (chosen,)


def _object(one: SavedView) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    return {
        "id": ids.show(ids.VIEW, one.id),
        "name": one.name,
        "filter": one.text,
        "owner": one.owner,
        "mine": one.is_mine,
        "shared": one.is_shared,
        "default": one.is_my_default,
    }


def _row(one: SavedView) -> tuple[str, ...]:
    from agent_tui.domain.values import ids

    return (
        one.name,
        one.text,
        "yours" if one.is_mine else one.owner,
        "with the team" if one.is_shared else "",
        "yes" if one.is_my_default else "",
        ids.show(ids.VIEW, one.id),
    )
