"""Syntax trees of which all nodes are at hand: the rules go through every module fifteen times, which took a third of them."""

import ast
from collections.abc import Iterable
from itertools import chain


def with_parts(tree: ast.Module) -> ast.Module:
    """The tree, which knows its parts from now on. Not itself among them: it would never be let go of."""
    tree.parts = list(ast.walk(tree))[1:]  # type: ignore[attr-defined]
    return tree


def walked(tree: ast.AST) -> Iterable[ast.AST]:
    """What ``ast.walk`` gives, in its order."""
    return chain((tree,), tree.parts) if hasattr(tree, "parts") else ast.walk(tree)
