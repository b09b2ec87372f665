"""Which texts of cms/ are marked for translation, found without the gettext tools.

A message is (context, text, plural); what is absent is "".
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import template

CMS = Path(__file__).parents[2] / "cms"
Message = tuple[str, str, str]
# Name of a function of Django: what its arguments are, in their order.
FUNCTIONS = {
    "gettext": ("text",),
    "ngettext": ("text", "plural"),
    "pgettext": ("context", "text"),
    "npgettext": ("context", "text", "plural"),
}
# A call in what Django makes of a template; a constant `_("...")` keeps its own spelling.
_CALL = re.compile(
    r"""\b(?P<name>n?p?gettext|_)\((?P<given>(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^()'"])*)\)""",
    re.DOTALL,
)


def marked() -> set[Message]:
    """Every message of cms/."""
    found: set[Message] = set()
    for file in CMS.rglob("*.py"):
        if "migrations" not in file.parts:
            found |= set(in_python(file.read_text("utf-8")))
    for file in CMS.rglob("*.html"):
        found |= set(in_template(file.read_text("utf-8")))
    return found


def in_python(source: str) -> Iterator[Message]:
    tree = ast.parse(source)
    names = dict(_imported(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield _message(names[node.func.id], node)


def in_template(source: str) -> Iterator[Message]:
    for call in _CALL.finditer(template.templatize(source)):
        function = "gettext" if call["name"] == "_" else call["name"]
        node = ast.parse(f"f({call['given']})", mode="eval").body
        assert isinstance(node, ast.Call)
        yield _message(function, node)


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """What a module calls a function of Django: that function, without `_lazy`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for each in node.names:
                function = each.name.removesuffix("_lazy")
                if function in FUNCTIONS:
                    yield each.asname or each.name, function


def _message(function: str, call: ast.Call) -> Message:
    """Raises ValueError for a text that is put together while the program runs."""
    said = dict(zip(FUNCTIONS[function], map(ast.literal_eval, call.args), strict=False))
    return said.get("context", ""), said["text"], said.get("plural", "")
