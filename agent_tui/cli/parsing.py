"""Command lines into arguments: a parser that answers through our own two writers."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from agent_tui.cli import commands, output
from agent_tui.errors import UsageError

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

PROGRAM = "agent-tui"
TAKES_VALUE = ("--db", "--as", "--region")
"""The options that stand before or behind a command."""

_TEXT = "\0"
"""Stands before what begins with a dash and is text; no command line can hold it, since a NUL ends
an argument."""

_DESCRIPTION = "The support agent's desk: the relationship before the script."


class Parser(argparse.ArgumentParser):
    """Raises UsageError where argparse would end the program; prints help through `output`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.register("type", None, _unmarked)

    def read(self, words: Sequence[str], into: argparse.Namespace) -> None:
        """Read `words` into a namespace: options may stand between the words of a query.

        Behind the first `--` nothing is an option, a second `--` neither. That is marked as text,
        since the reading that lets options and words mix knows nothing of `--`.
        """
        first = list(words).index("--") if "--" in words else len(words)
        behind = [f"{_TEXT}{word}" if word.startswith("-") else word for word in words[first + 1 :]]
        self.parse_intermixed_args([*words[:first], *behind], into)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where the right usage is written."""
        message = message.replace(_TEXT, "").replace(repr(_TEXT)[1:-1], "")
        if message.startswith("unrecognized arguments: -"):
            message += "; what begins with a dash and is no option goes behind --"
        raise UsageError(f"{message}; `{self.prog} --help` shows how it is written")

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:  # noqa: ARG002
        """Print the help to stdout."""
        output.text(self.format_help())


def split(argv: Sequence[str]) -> tuple[list[str], str, list[str]]:
    """The words before the command, the command (`desk` where none is named), those behind it."""
    place = 0
    while place < len(argv) and argv[place].startswith("-"):
        place += 2 if argv[place] in TAKES_VALUE else 1
    name = argv[place] if place < len(argv) else commands.DEFAULT
    return list(argv[:place]), name, list(argv[place + 1 :])


def program_parser() -> Parser:
    """The parser of what stands before a command. Its help lists the commands."""
    width = max(len(command.name) for command in commands.COMMANDS)
    listed = "\n".join(f"  {one.name:<{width}}  {one.help}" for one in commands.COMMANDS)
    parser = Parser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [options] [COMMAND] ...",
        description=_DESCRIPTION,
        epilog=f"commands:\n{listed}\n\n`{PROGRAM} COMMAND --help` tells more about one.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_common(parser)
    parser.add_argument("--version", action="store_true", help="print the version")
    return parser


def command_parser(command: commands.Command, module: commands.CommandModule) -> Parser:
    """The parser of what stands behind a command. Its help begins with the module's docstring."""
    parser = Parser(
        prog=f"{PROGRAM} {command.name}",
        description=module.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    module.configure(parser)
    _add_common(parser)
    return parser


def words(text: str) -> str:
    """The type of an argument that is text: UTF-8 whatever the locale, what is not as U+FFFD."""
    return os.fsencode(_unmarked(text)).decode("utf-8", "replace")


def _unmarked(text: str) -> str:
    return text.removeprefix(_TEXT)


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """The type of an argument that is a whole number from `least` to `most`."""

    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() else least - 1
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(
                f"“{text}” must be a whole number from {least:,} to {most:,}"
            )
        return number

    return read


def _add_common(parser: argparse.ArgumentParser) -> None:
    common = parser.add_argument_group("which desk, and who you are")
    common.add_argument(
        "--db",
        metavar="URL",
        default=argparse.SUPPRESS,
        help="the desk's records: sqlite:///PATH or postgresql://HOST/NAME",
    )
    common.add_argument(
        "--as",
        dest="agent",
        type=words,
        metavar="HANDLE",
        default=argparse.SUPPRESS,
        help="who you are",
    )
    common.add_argument(
        "--region",
        metavar="XX",
        default=argparse.SUPPRESS,
        help="the country of phone numbers that name none, such as GB",
    )
