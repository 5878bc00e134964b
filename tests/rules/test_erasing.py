"""Nobody's data are erased by one person: what deletes is reached by the order that two people agreed to, and by a restore that repeats one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pupil_desk

ROOT = Path(pupil_desk.__file__).parent
ERASE = frozenset({"whole_within", "parts_within", "erase_within"})
MAY = {
    "services/erasure/erasure.py": "what does it",
    "services/erasure/cases.py": "the order, agreed and not held, on its day",
    "services/erasure/erased_again.py": "an order of before, when an older backup is restored",
}


def named(source: str) -> set[str]:
    """What a module calls or hands on."""
    nodes = list(ast.walk(ast.parse(source)))
    return {node.attr if isinstance(node, ast.Attribute) else node.id for node in nodes if isinstance(node, ast.Attribute | ast.Name)} | {
        alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
    }


def reaching() -> Iterator[str]:
    for path in sorted(ROOT.rglob("*.py")):
        text = path.read_text("utf-8")
        if any(word in text for word in ERASE) and named(text) & ERASE:  # few modules need to be parsed
            yield path.relative_to(ROOT).as_posix()


def test_only_an_agreed_order_or_a_restore_erases() -> None:
    assert set(reaching()) == set(MAY)


def test_the_rule_sees_a_way_round() -> None:
    assert named("from pupil_desk.services.erasure import erasure\nerasure.whole_within(work, one, why, order)") & ERASE
    assert named("from pupil_desk.services.erasure.erasure import erase_within") & ERASE
