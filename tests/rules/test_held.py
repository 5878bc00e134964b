"""Nobody asks a widget what PySide then holds for as long as that widget: a window would hold a field of a page for good, and all that the field knows.

``pupil_desk/ui/kit/watch/descendants.py`` may, and says what it does about it. Of the application itself it may be asked what has the focus.
"""

import ast

import pytest

from tests.rules.trees import walked

HELPER = "pupil_desk/ui/kit/watch/descendants.py"
_HOLD = frozenset({"findChildren", "focusWidget", "nextInFocusChain", "previousInFocusChain"})
_OF_ALL = frozenset({"QApplication", "QGuiApplication"})


def held(tree: ast.Module) -> list[str]:
    """What is asked so, with its line; a name that is handed on counts too, as that of a method that somebody else calls."""
    asked = (node for node in walked(tree) if isinstance(node, ast.Attribute) and node.attr in _HOLD)
    return [f"{node.lineno}: {ast.unparse(node)}" for node in asked if ast.unparse(node.value) not in _OF_ALL]


def test_what_is_asked_of_a_widget_is_not_held_for_good(modules: dict[str, ast.Module]) -> None:
    assert HELPER in modules
    found = {name: held(tree) for name, tree in modules.items() if name.startswith("pupil_desk/") and name != HELPER}
    assert {name: lines for name, lines in found.items() if lines} == {}, "ask descendants(), in_view(), worked_on_in() or through_focus()"


def test_the_helper_is_the_one_that_asks(modules: dict[str, ast.Module]) -> None:
    assert {line.rpartition(".")[2] for line in held(modules[HELPER])} == {"focusWidget", "nextInFocusChain"}


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("now = self.window().focusWidget()", ["1: self.window().focusWidget"]),
        ("lines = form.findChildren(QLineEdit)", ["1: form.findChildren"]),
        ("following = last.nextInFocusChain()", ["1: last.nextInFocusChain"]),
        ("ask = view.previousInFocusChain", ["1: view.previousInFocusChain"]),
        ("now = QApplication.focusWidget()", []),
        ("now = worked_on_in(self)", []),
    ],
)
def test_the_rule_sees_what_would_be_held(line: str, seen: list[str]) -> None:
    assert held(ast.parse(line)) == seen
