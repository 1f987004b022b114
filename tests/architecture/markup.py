"""Where a module of the screen could let a string from outside be read as markup.

Textual reads the markup of nearly every string that it shows; a customer's `[/x]` then ends the
program, and `[@click=app.quit]` plants a button. The rules here are stricter than the library:
no widget that reads markup is imported, and what is left shows text written in the source, or
`Content` made of plain text.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

READERS = frozenset(
    [
        "Button",
        "Checkbox",
        "Collapsible",
        "DataTable",
        "DirectoryTree",
        "Footer",
        "Header",
        "Label",
        "Link",
        "Markdown",
        "MarkdownViewer",
        "Notification",
        "Option",
        "OptionList",
        "Placeholder",
        "Pretty",
        "RadioButton",
        "RadioSet",
        "RichLog",
        "Select",
        "SelectionList",
        "Static",
        "Tab",
        "TabbedContent",
        "TabPane",
        "Tabs",
        "Toast",
        "Tooltip",
        "Tree",
    ]
)
"""Widgets that read the markup of what they are made with."""

WIDGETS_ALLOWED = frozenset({"Input", "TextArea"})
"""Widgets of the library that show plain characters only."""

READING_CALLS = frozenset(
    {"from_markup", "from_text", "render_str", "visualize", "escape", "to_content"}
)
"""Calls that read markup, and the escape that does not make it safe."""

READING_ATTRIBUTES = frozenset({"border_title", "border_subtitle", "tooltip", "loading", "label"})
PLAIN_CONTENT = frozenset({"Content", "Content.styled", "Content.blank"})
NO_TEXT = frozenset({"id", "name", "classes", "disabled", "markup", "expand", "shrink"})


@dataclass(frozen=True)
class Finding:
    """A line that breaks a rule, and which."""

    row: int
    rule: str

    def __str__(self) -> str:
        return f"line {self.row}: {self.rule}"


def findings(source: str) -> list[str]:
    """What in this source could let data be read as markup; empty where nothing could."""
    found: list[Finding] = []
    _look(ast.parse(source), {}, found.append)
    return [str(one) for one in sorted(found, key=lambda one: (one.row, one.rule))]


Names = dict[str, list[ast.expr]]


def _look(node: ast.AST, names: Names, found: Callable[[Finding], None]) -> None:
    """Look at a node and what is in it; `names` holds what the names of the function stand for."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        names = _bound_in(node)
    if isinstance(node, ast.Import | ast.ImportFrom):
        _look_at_import(node, found)
    elif isinstance(node, ast.Call):
        _look_at_call(node, names, found)
    elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        _look_at_assignment(node, names, found)
    if isinstance(node, ast.FunctionDef) and node.name == "render":
        for inner in ast.walk(node):
            if isinstance(inner, ast.Return) and not _is_plain(inner.value, names):
                found(Finding(inner.lineno, "render() returns what may be read as markup"))
    for child in ast.iter_child_nodes(node):
        _look(child, names, found)


def _look_at_import(node: ast.Import | ast.ImportFrom, found: Callable[[Finding], None]) -> None:
    for module, name in _imported(node):
        if (
            (f"{module}.".startswith("textual.widgets.") and name not in WIDGETS_ALLOWED)
            or (module, name) == ("textual", "widgets")
            or module in ("rich.markup", "rich")
        ):
            found(Finding(node.lineno, f"{name or module} reads markup"))


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    for alias in node.names:
        if isinstance(node, ast.Import):
            yield alias.name, ""
        else:
            yield node.module or "", alias.name


def _look_at_call(node: ast.Call, names: Names, found: Callable[[Finding], None]) -> None:
    said = ast.unparse(node.func)
    name = said.rpartition(".")[2]
    texts = [*node.args, *(one.value for one in node.keywords if one.arg not in NO_TEXT)]
    bare = not all(_is_plain(text, names) for text in texts)
    if name in READING_CALLS:
        found(Finding(node.lineno, f"{name}() reads markup"))
    elif name in READERS and bare and not _says_no_markup(node):
        found(Finding(node.lineno, f"{name}() is given a string that it reads as markup"))
    elif name == "update" and isinstance(node.func, ast.Attribute) and bare:
        found(Finding(node.lineno, "update() is given a string that it reads as markup"))
    elif name == "notify" and texts and not _says_no_markup(node):
        found(Finding(node.lineno, "notify() without markup=False"))
    elif name == "run_action" and bare and not _hands_on(node):
        found(Finding(node.lineno, "run_action() of a string that is not in the source"))
    elif name == "with_tooltip" and bare:
        found(Finding(node.lineno, "tooltip is set to what may be read as markup"))
    elif name == "SystemCommand" and not all(map(_is_of_the_table, node.args[:2])):
        found(Finding(node.lineno, "SystemCommand() with words from outside the action table"))
    elif name == "setattr" and not isinstance(node.args[1], ast.Constant):
        found(Finding(node.lineno, "setattr() of a name that is not in the source"))
    for keyword in node.keywords:
        if keyword.arg in READING_ATTRIBUTES and not _is_plain(keyword.value, names):
            found(Finding(node.lineno, f"{keyword.arg} is set to what may be read as markup"))
    if name == "setattr" and isinstance(node.args[1], ast.Constant):
        attribute = node.args[1].value
        if attribute in READING_ATTRIBUTES and not _is_plain(node.args[2], names):
            found(Finding(node.lineno, f"{attribute} is set to what may be read as markup"))


def _hands_on(node: ast.Call) -> bool:
    """Whether a method in the place of Textual's hands on just what it was given."""
    return ast.unparse(node.func).startswith("super().") and all(
        isinstance(text, ast.Name) for text in node.args
    )


def _look_at_assignment(
    node: ast.Assign | ast.AnnAssign | ast.AugAssign,
    names: Names,
    found: Callable[[Finding], None],
) -> None:
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        for one in ast.walk(target):
            if isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Store):
                name = one.attr
            elif isinstance(one, ast.Name) and one.id.isupper():
                name = one.id.lower()
            else:
                continue
            if name in READING_ATTRIBUTES and not _is_plain(node.value, names):
                found(Finding(node.lineno, f"{name} is set to what may be read as markup"))


def _says_no_markup(node: ast.Call) -> bool:
    return any(
        one.arg == "markup" and isinstance(one.value, ast.Constant) and one.value.value is False
        for one in node.keywords
    )


def _is_of_the_table(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) or ast.unparse(node) in ("action.title", "action.help")


def _is_plain(node: ast.expr | None, names: Names) -> bool:
    """Whether an expression is text of the source, no text at all, or Content of plain text."""
    if isinstance(node, ast.IfExp):
        return _is_plain(node.body, names) and _is_plain(node.orelse, names)
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr == "join":
            return _is_plain(node.func.value, names) and not isinstance(
                node.func.value, ast.Constant
            )
        return ast.unparse(node.func) in PLAIN_CONTENT
    if isinstance(node, ast.Name):
        # Without its own entry, so that `title = title + more` is not its own proof.
        others = {name: values for name, values in names.items() if name != node.id}
        values = names.get(node.id, [])
        return bool(values) and all(_is_plain(value, others) for value in values)
    collections = (ast.GeneratorExp, ast.Dict, ast.DictComp, ast.Set, ast.SetComp)
    return node is None or isinstance(node, (ast.Constant, *collections))


def _bound_in(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Names:
    """What each name of a function is set to; its arguments come from outside."""
    names: Names = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                for one in ast.walk(target):
                    if isinstance(one, ast.Name):
                        whole = one is target and not isinstance(node, ast.AugAssign)
                        names.setdefault(one.id, []).append(node.value if whole else one)
    arguments = function.args
    for given in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        names.setdefault(given.arg, []).append(ast.Name(given.arg))
    return names
