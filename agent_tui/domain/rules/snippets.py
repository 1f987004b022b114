"""Ready-made words with the customer's fields in them: `Hello {{ customer.first_name }}`.

Templates are Jinja2's, cut down to what a sentence needs: fields, a few filters, *if*. Loops,
calls and sums are refused before anything runs, so that no template can take long or grow.
A field that is empty or unknown shows as itself in braces, so that it is seen and filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from agent_tui.domain.rules.mark_signs import escaped
from agent_tui.domain.values.people import Agent, Customer
from agent_tui.text.names import split_name

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

TEMPLATE_LIMIT = 10_000
VALUE_LIMIT = 1_000
LENGTH_LIMIT = 20_000

_BEGIN, _END = "\ue000", "\ue001"
"""Put around values while a template is rendered, and taken out of values first."""

_ALLOWED = frozenset(
    [
        *("Template", "Output", "TemplateData", "Const", "Name", "Getattr", "Filter"),
        *("If", "CondExpr", "Not", "And", "Or", "Compare", "Operand", "Test"),
    ]
)
"""The kinds of nodes that a template may have (`jinja2.nodes`)."""

Fields = Mapping[str, Mapping[str, str | None]]


def fields_of(customer: Customer | None, agent: Agent) -> Fields:
    """What templates may say: `customer.first_name`, `agent.name` and so on."""
    given, family = split_name(agent.name)
    fields: dict[str, Mapping[str, str | None]] = {
        "agent": {
            "name": agent.name,
            "first_name": given or family,
            "handle": agent.handle,
            "team": agent.team,
        }
    }
    if customer is not None:
        first, last = split_name(customer.name)
        fields["customer"] = {
            "name": customer.name,
            "first_name": customer.given_name or first or last,
            "last_name": customer.family_name or last,
            "company": customer.company,
            "city": customer.city,
            "language": customer.language,
            "pronouns": customer.pronouns,
            "phone": _reached(customer, "phone"),
            "email": _reached(customer, "email"),
        }
    return fields


def _reached(customer: Customer, kind: str) -> str | None:
    return next((point.value for point in customer.contact_points if point.kind == kind), None)


def expand(name: str, template: str, fields: Fields, *, for_note: bool = True) -> str:
    """The words of a snippet. Where its template is wrong, a line in brackets says how.

    In a note the template may make marks; what comes from a field never does: a sign in it gets
    a backslash. Otherwise the words are as they are.
    """
    from jinja2 import TemplateError

    try:
        rendered = _compiled(template).render(
            {group: _Group(group, values) for group, values in fields.items()}
        )
    except (TemplateError, _NotAllowed, TypeError, RecursionError, MemoryError) as error:
        reason = " ".join(str(error).split())[:200]
        shown = f"[the snippet “{name}” is wrong: {reason}]"
        return escaped(shown) if for_note else shown
    text, values = _without_bounds(rendered[:LENGTH_LIMIT])
    return escaped(text, values) if for_note else text


def warm_up() -> None:
    """Load what the first snippet would wait for."""
    _environment()


class _NotAllowed(Exception):
    """A template says more than fields, filters and if."""


class _Group:
    """Fields of one kind; what is empty is as good as unknown."""

    def __init__(self, name: str, values: Mapping[str, str | None]) -> None:
        self._name = name
        self._values = {key: value for key, value in values.items() if value and value.strip()}

    def __getitem__(self, key: str) -> str:
        return self._values[key]

    def __str__(self) -> str:
        return f"{{{self._name}}}"


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
            return f"{{{self._path}}}"

    def kept(change: Callable[[str], str]) -> Callable[[Any], Any]:
        return lambda value: value if isinstance(value, Undefined) else change(str(value))

    def default(value: Any, other: str) -> Any:
        return other if isinstance(value, Undefined) else value

    environment = SandboxedEnvironment(undefined=Empty, finalize=_bounded, autoescape=False)
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
    if len(template) > TEMPLATE_LIMIT:
        raise _NotAllowed(f"too long: at most {TEMPLATE_LIMIT:,} characters")
    environment = _environment()
    tree = environment.parse(template)
    nodes: list[Any] = [tree]
    while nodes:
        node = nodes.pop()
        kind = type(node).__name__
        if kind not in _ALLOWED:
            raise _NotAllowed(f"{kind.lower()} is not for snippets, only fields and if are")
        nodes.extend(node.iter_child_nodes())
    return environment.from_string(tree)


def _bounded(value: Any) -> str:
    """A value in one line, between signs that tell where it begins and ends."""
    said = str(value)[:VALUE_LIMIT].replace(_BEGIN, "").replace(_END, "")
    return f"{_BEGIN}{' '.join(said.split())}{_END}"


def _without_bounds(rendered: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The words, and where in them the values stand."""
    first, *others = rendered.replace(_END + _BEGIN, "").split(_BEGIN)
    parts, spans, length = [first], [], len(first)
    for other in others:
        value, _, behind = other.partition(_END)
        spans.append((length, length + len(value)))
        parts += [value, behind]
        length += len(value) + len(behind)
    return "".join(parts), tuple(spans)
