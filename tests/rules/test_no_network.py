"""Offline is a property: no module of the program names a module that can reach a network.

import-linter sees a library as one module; this rule knows the parts of Qt and urllib, which it cannot tell.
"""

import ast
from collections.abc import Iterator

import pytest

from tests.rules.trees import walked

REACHES_OUT = (
    "urllib.request",
    "urllib.error",
    "urllib.robotparser",
    "multiprocessing.connection",
    "multiprocessing.managers",
    "logging.config",  # its listen() opens a socket
    "PySide6.QtBluetooth",
    "PySide6.QtDBus",
    "PySide6.QtHttpServer",
    "PySide6.QtNetwork",
    "PySide6.QtNetworkAuth",
    "PySide6.QtPdf",  # links against QtNetwork, as Qml and Quick do
    "PySide6.QtPdfWidgets",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtQuickWidgets",
    "PySide6.QtRemoteObjects",
    "PySide6.QtWebChannel",
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebEngineWidgets",
    "PySide6.QtWebSockets",
    "PySide6.QtWebView",
)
_BEGINNINGS = tuple(f"{name}." for name in REACHES_OUT)
REACHING_HANDLERS = {"SocketHandler", "DatagramHandler", "SysLogHandler", "SMTPHandler", "HTTPHandler"}


def imported(tree: ast.Module) -> Iterator[str]:
    """Every dotted name that a module imports, ``from a import b`` being a.b."""
    for node in walked(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ways_out(tree: ast.Module) -> set[str]:
    """What in a module could reach a network, or could import by a name that no rule can read."""
    names = set(imported(tree))
    found = {name for name in names if f"{name}.".startswith(_BEGINNINGS)} | (names & {"urllib", "multiprocessing"})
    for node in walked(tree):
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if name in ("import_module", "__import__") or name in REACHING_HANDLERS:
            found.add(name)
    return found


def test_no_module_names_a_way_out(modules: dict[str, ast.Module]) -> None:
    assert {name: found for name, tree in modules.items() if (found := ways_out(tree))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "import urllib.request",
        "from urllib import request",
        "from urllib.request import urlopen",
        "from PySide6 import QtCore, QtNetwork",
        "def f():\n    from PySide6.QtPdf import QPdfDocument",
        "import importlib\nimportlib.import_module('soc' + 'ket')",
        "import logging.handlers\nlogging.handlers.SysLogHandler()",
    ],
)
def test_the_rule_sees_a_way_out(text: str) -> None:
    assert ways_out(ast.parse(text))


@pytest.mark.parametrize("text", ["from urllib.parse import quote", "from PySide6.QtCore import QUrl", "import logging.handlers"])
def test_the_rule_lets_the_rest_be(text: str) -> None:
    assert not ways_out(ast.parse(text))
