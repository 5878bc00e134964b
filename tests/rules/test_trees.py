"""The rules see every part of a tree, whether it was gone through before or not."""

import ast

from tests.rules.trees import walked, with_parts

TEXT = "class A:\n    def go(self) -> int:\n        return [one for one in (1, 2)][0]\n"


def test_all_parts_are_seen_in_their_order_each_time() -> None:
    tree = with_parts(ast.parse(TEXT))
    assert list(walked(tree)) == list(walked(tree)) == list(ast.walk(tree))
    assert [type(part) for part in walked(ast.parse(TEXT))] == [type(part) for part in walked(tree)]


def test_a_tree_does_not_keep_itself() -> None:
    tree = with_parts(ast.parse(TEXT))
    assert not any(part is tree for part in tree.parts)  # type: ignore[attr-defined]
