"""Words with fields in them: `Hello {{ customer.first_name }}`. Snippets and scripts are made so.

Templates are Jinja2's, cut down to what a sentence needs: fields, a few filters, *if*. Loops,
calls and sums are refused before anything runs, so that no template can take long or grow. So are
escapes and spellings of numbers that hide what a template says from those who clean its text.
A field that is empty or unknown shows as itself in braces, so that it is seen and filled in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

TEMPLATE_LIMIT = 10_000
VALUE_LIMIT = 1_000
LENGTH_LIMIT = 20_000
DEPTH_LIMIT = 20
"""How many filters, *not* and *if* one pair of braces may have, and how many *if* may be nested."""
DIGITS_LIMIT = 20

_BEGIN, _END, _NOBODY_KNOWS = "\ue000", "\ue001", "\ue002"
"""Put around values, and before a field that shows as itself, while a template is filled in.
They are taken out of values and templates first."""
_SIGNS = re.compile(f"[{_BEGIN}{_END}{_NOBODY_KNOWS}]")
_UNKNOWN = re.compile(rf"{_NOBODY_KNOWS}\{{([^{{}}]*)\}}")
_TEMPLATE_SIGN = re.compile(r"\{[{%#]")
_PLAIN_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_DEEPER = frozenset(["|", "not", "if"])
_UNREADABLE = (
    TypeError,
    SyntaxError,
    ValueError,
    OverflowError,
    RecursionError,
    MemoryError,
)
"""What reading a template raises besides `jinja2.TemplateError`: Jinja2 makes Python of it."""

_ALLOWED = frozenset(
    [
        *("Template", "Output", "TemplateData", "Const", "Name", "Getattr", "Filter"),
        *("If", "CondExpr", "Not", "And", "Or", "Compare", "Operand", "Test"),
    ]
)
"""The kinds of nodes that a template may have (`jinja2.nodes`)."""

Fields = Mapping[str, Mapping[str, str | None] | str | None]
"""What templates may say: groups of fields, and fields that stand alone."""


class BadTemplate(Exception):
    """A template that cannot be read, or says more than fields, filters and if."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A template filled in: the words, where in them values stand (half-open), and the fields
    that show as themselves, each once, in order."""

    text: str
    values: tuple[tuple[int, int], ...] = ()
    unknown: tuple[str, ...] = ()


def fill(template: str, fields: Fields) -> Filled:
    """Fill in a template. Values are in one line of at most 1,000 characters; of the whole, the
    first 20,000 count. Raises `BadTemplate`."""
    from jinja2 import TemplateError

    try:
        rendered = _compiled(template).render(
            {
                name: _Group(name, value) if isinstance(value, Mapping) else value.strip()
                for name, value in fields.items()
                if value is not None and _says(value)
            }
        )
    except (TemplateError, *_UNREADABLE) as error:
        raise _in_words(error) from None
    return _without_signs(rendered[:LENGTH_LIMIT])


def fields_in(template: str) -> tuple[str, ...]:
    """The fields that a template names, each once, in order. Raises `BadTemplate`."""
    from jinja2 import TemplateError, nodes

    try:
        _compiled(template)
        tree = _environment().parse(template)
    except (TemplateError, *_UNREADABLE) as error:
        raise _in_words(error) from None
    found: dict[str, None] = {}

    def visit(node: nodes.Node) -> None:
        path = []
        part = node
        while isinstance(part, nodes.Getattr):
            path.append(part.attr)
            part = part.node
        if isinstance(part, nodes.Name):
            found[".".join([part.name, *reversed(path)])] = None
        else:
            for child in part.iter_child_nodes():
                visit(child)

    visit(tree)
    return tuple(found)


def as_template(text: str) -> str:
    """The template that says just this text, whatever stands in it."""
    return _TEMPLATE_SIGN.sub(lambda sign: f"{{{{ '{sign[0]}' }}}}", text)


def warm_up() -> None:
    """Load what the first template would wait for."""
    _environment()


class _Group:
    """Fields of one kind; what is empty is as good as unknown."""

    def __init__(self, name: str, values: Mapping[str, str | None]) -> None:
        self._name = name
        self._values = {key: value for key, value in values.items() if value and value.strip()}

    def __getitem__(self, key: str) -> str:
        return self._values[key]

    def __str__(self) -> str:
        return f"{{{self._name}}}"


def _says(value: Mapping[str, str | None] | str) -> bool:
    return not isinstance(value, str) or bool(value.strip())


def _in_words(error: BaseException) -> BadTemplate:
    if isinstance(error, RecursionError | MemoryError):
        return BadTemplate("it is nested too deep")
    return BadTemplate(" ".join(str(error).split())[:200] or "it cannot be read")


@lru_cache(maxsize=1)
def _environment() -> SandboxedEnvironment:
    from jinja2 import Undefined
    from jinja2.sandbox import SandboxedEnvironment

    class Empty(Undefined):
        """A field that says nothing: it is false, and shows as itself."""

        @property
        def _path(self) -> str:
            group = self._undefined_obj
            name = str(self._undefined_name)
            return f"{group._name}.{name}" if isinstance(group, _Group) else name

        def __getattr__(self, name: str) -> Empty:
            if name.startswith("_"):
                raise AttributeError(name)
            return Empty(name=f"{self._path}.{name}")

        def __str__(self) -> str:
            # An *if* without *else* is nothing, and has no name.
            return "" if self._undefined_name is None else f"{{{self._path}}}"

    def kept(change: Callable[[str], str]) -> Callable[[Any], Any]:
        return lambda value: value if isinstance(value, Undefined) else change(str(value))

    def default(value: Any, other: str) -> Any:
        return other if isinstance(value, Undefined) else value

    def bounded(value: Any) -> str:
        """A value in one line, between signs that tell where it begins and ends."""
        said = " ".join(_SIGNS.sub("", str(value)[:VALUE_LIMIT]).split())
        return f"{_BEGIN}{_NOBODY_KNOWS * isinstance(value, Undefined | _Group)}{said}{_END}"

    environment = SandboxedEnvironment(undefined=Empty, finalize=bounded, autoescape=False)
    environment.globals.clear()
    environment.filters = {
        "upper": kept(str.upper),
        "lower": kept(str.lower),
        "capitalize": kept(str.capitalize),
        "title": kept(str.title),
        "trim": kept(str.strip),
        "default": default,
    }
    environment.tests = {"defined": lambda value: not isinstance(value, Undefined)}
    return environment


@lru_cache(maxsize=256)
def _compiled(template: str) -> Any:
    """The template, checked before any of it runs."""
    from jinja2 import TemplateError

    if len(template) > TEMPLATE_LIMIT:
        raise TemplateError(f"too long: at most {TEMPLATE_LIMIT:,} characters")
    environment = _environment()
    source = _SIGNS.sub("", template)
    _check_signs(environment.lex(source))
    tree = environment.parse(source)
    nodes: list[Any] = [tree]
    while nodes:
        node = nodes.pop()
        kind = type(node).__name__
        if kind not in _ALLOWED:
            raise TemplateError(
                f"{kind.lower()} cannot stand here, only fields, filters and if can"
            )
        nodes.extend(node.iter_child_nodes())
    return environment.from_string(tree)


def _check_signs(tokens: Iterable[tuple[int, str, str]]) -> None:
    """Refuse what takes long to read, or says something else than what stands there."""
    from jinja2 import TemplateError

    within = blocks = 0
    before = ""
    for _, kind, word in tokens:
        if kind in ("variable_begin", "block_begin"):
            within = 0
        elif before == "block_begin" and kind == "name":
            blocks += {"if": 1, "endif": -1}.get(word, 0)
        elif kind in ("name", "operator"):
            within += word in _DEEPER
        elif kind == "string" and "\\" in word:
            raise TemplateError("a backslash cannot stand in braces: write the character itself")
        elif kind in ("integer", "float") and not (
            _PLAIN_NUMBER.fullmatch(word) and len(word) <= DIGITS_LIMIT
        ):
            raise TemplateError(f"a number is at most {DIGITS_LIMIT} plain digits")
        if max(within, blocks) > DEPTH_LIMIT:
            raise TemplateError(f"at most {DEPTH_LIMIT} filters or ifs can stand in one another")
        if kind != "whitespace":
            before = kind


def _without_signs(rendered: str) -> Filled:
    """The words, where in them the values stand, and which of these nobody knows."""
    unknown = tuple(dict.fromkeys(_UNKNOWN.findall(rendered)))
    joined = rendered.replace(_NOBODY_KNOWS, "").replace(_END + _BEGIN, "")
    first, *others = joined.split(_BEGIN)
    parts, spans, length = [first], [], len(first)
    for other in others:
        value, _, behind = other.partition(_END)
        spans.append((length, length + len(value)))
        parts += [value, behind]
        length += len(value) + len(behind)
    return Filled("".join(parts), tuple(spans), unknown)
