"""Settings: defaults, then the TOML file, then the environment, then flags; the last one wins.

The file is `settings.toml` in the program's configuration folder. Only the command line, the
bootstrap and the screen read settings; whoever is below gets parameters.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_type_hints

from agent_tui import paths
from agent_tui.errors import SettingsError

FILE_NAME = "settings.toml"


class Settings(NamedTuple):
    """What can be set. Each field is a key of the TOML file; `db`, `agent` and `region` are also
    `AGENT_TUI_DB`, `AGENT_TUI_AGENT` and `AGENT_TUI_REGION`."""

    db: str | None = None
    """Where the desk's records are: `sqlite:///path` or `postgresql://...`. Without it, the user's
    own desk in the program's data folder."""

    agent: str | None = None
    """The handle of the agent at this desk. Without it, the login name."""

    region: str | None = None
    """The country (two letters, ISO 3166) of phone numbers that do not name one. Without it, the
    country of the locale."""

    language: str | None = None
    """The language in which due times are written, such as `de` or `en-GB`; English is understood
    in all. Without it, the language of the locale."""

    snippets: Mapping[str, str] | None = None
    """Ready-made words, name to template: `greet = "Hello {{ customer.first_name }}"`. `;greet`
    completes to them in a note."""

    criteria: Mapping[str, Literal["customer", "business", "compliance"]] | None = None
    """What a review looks for, name to for whom it is critical, in place of the list that a desk
    begins with: `"Their agenda was heard" = "customer"`. Reviews keep the names that they were
    written with."""

    theme: str = "agent-tui-dark"
    """The theme of the screen: `agent-tui-dark`, `agent-tui-light`, or one of Textual's."""

    mouse: bool = True
    """Whether the screen listens to the mouse. Off, the terminal's own selection works."""

    keys: Mapping[str, str] | None = None
    """Other keys for actions: action id to keys, such as `note = "f4,ctrl+n"`. `agent-tui keys`
    lists the ids."""

    lines_of_keys: Mapping[str, int] | None = None
    """No setting: the line of the file on which each of `keys` stands."""

    @property
    def database(self) -> str:
        """The database URL that holds in the end."""
        return self.db or f"sqlite:///{paths.data_folder() / 'desk.sqlite'}"


def settings_file() -> Path:
    """Where the settings file is looked for."""
    return paths.config_folder() / FILE_NAME


def load(**flags: Any) -> Settings:
    """The settings that hold: `flags` that are not None come last.

    Raises SettingsError naming the file and the field for anything that cannot be used.
    """
    settings = _from_file(settings_file())
    for name in ("db", "agent", "region"):
        value = os.environ.get(f"AGENT_TUI_{name.upper()}")
        if value:
            flags = {name: value} | {key: flag for key, flag in flags.items() if flag is not None}
    given = {name: value for name, value in flags.items() if value is not None}
    return settings._replace(**given)


def _from_file(path: Path) -> Settings:
    if not path.is_file():
        return Settings()
    import msgspec

    try:
        content = path.read_text(encoding="utf-8")
        data = msgspec.toml.decode(content)
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
    kinds = get_type_hints(Settings)
    known = [name for name in kinds if name != "lines_of_keys"]
    for name in data if isinstance(data, dict) else ():
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"did you mean `{near[0]}`?" if near else f"known are {', '.join(known)}"
            raise SettingsError(f"{path}: there is no setting `{name}`; {hint}")
    lines = _lines_of_keys(content)
    for name, written in _keys_of(data).items():
        if not isinstance(written, str):
            place = f", line {lines[name]}" if name in lines else ""
            raise SettingsError(
                f"{path}{place}: the keys of `{name}` are to be a text such as `f4,ctrl+n`"
            )
    try:
        table = msgspec.defstruct(
            "Settings", [(name, kinds[name], Settings._field_defaults[name]) for name in known]
        )
        said = msgspec.structs.asdict(msgspec.convert(data, table))
    except msgspec.ValidationError as error:
        raise SettingsError(f"{path}: {_wrong_kind(str(error))}") from error
    settings = Settings(**said, lines_of_keys=lines or None)
    for name in settings.snippets or ():
        if name.split() != [name]:
            raise SettingsError(f"{path}: snippet “{name}”: its name must be one word")
    return settings


_AS_PEOPLE_SAY = {"bool": "true or false", "str": "a text in quotes", "object": "a table of names"}


def _wrong_kind(said: str) -> str:
    """What msgspec says of a value of another kind, as a sentence about the setting."""
    import re

    found = re.fullmatch(r"Expected `(\w+)[^`]*`, got `.*` - at `\$\.(.+)`", said)
    if found is None:
        return said
    return f"`{found[2]}` is to be {_AS_PEOPLE_SAY.get(found[1], found[1])}"


def _keys_of(data: object) -> Mapping[str, object]:
    found = data.get("keys") if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


_KEY = r"""["']?([A-Za-z0-9_-]+)["']?\s*="""


def _lines_of_keys(content: str) -> dict[str, int]:
    """The line on which each of the user's own keys stands, in any of TOML's three ways: a table,
    a dotted name, a table in one line. A value that runs over several lines has none."""
    import re

    found: dict[str, int] = {}
    is_table = False
    for number, line in enumerate(content.splitlines(), 1):
        words = line.strip()
        if words.startswith("["):
            is_table = words.partition("#")[0].strip() == "[keys]"
        elif re.match(r"keys\s*=\s*\{", words):
            found |= dict.fromkeys(re.findall(_KEY, words.partition("{")[2]), number)
        elif named := re.match(_KEY if is_table else rf"keys\s*\.\s*{_KEY}", words):
            found[named[1]] = number
    return found
