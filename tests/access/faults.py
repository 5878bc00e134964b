"""What a screen reader would not say, or would say wrongly, of a tree of AT-SPI."""

import re
from collections.abc import Iterator

from tests.access.bus import Node

_ACTED_ON = frozenset(
    {"button", "push button", "button menu", "toggle button", "check box", "radio button", "combo box", "text", "entry", "password text",
     "spin button", "page tab", "page tab list", "table", "list", "tree", "menu item", "link", "slider", "document frame"}
)  # fmt: skip
_PLAIN = frozenset({"filler", "panel", "unknown", "invalid", "layered pane", "grip", "frame"})
_NO_ROLE = frozenset({"unknown", "invalid", "grip"})
_LABEL_FOR = 1


def faults(root: Node) -> Iterator[str]:
    """Of every window of a program."""
    nodes = list(root.walk())
    for node in nodes:
        takes_focus = "focusable" in node.states
        if not node.name.strip() and (takes_focus or node.role in _ACTED_ON):
            yield f"nameless: {_told(node)}"
        if node.role in _PLAIN and takes_focus:
            yield f"no role: {_told(node)}"
        if node.role in _NO_ROLE:
            yield f"unknown role: {_told(node)}"
        if "&" in node.name.replace("& ", ""):
            yield f"a sign in the name: {_told(node)}"
    yield from _labels(nodes)
    for window in root.children:
        if "showing" in window.states and not any(node.role == "heading" for node in window.walk()):
            yield f"no heading: {_told(window)}"


def _labels(nodes: list[Node]) -> Iterator[str]:
    """A label names its field, and with the words one sees (WCAG 2.2, 2.5.3)."""
    by_place = {node.place: node for node in nodes}
    labelled = set()
    for label in nodes:
        for place in label.relations.get(_LABEL_FOR, ()):
            labelled.add(place)
            field = by_place.get(place)
            if field is not None and _spoken(label.name).casefold() not in field.name.casefold():
                yield f"the label «{label.name}» is not in the name: {_told(field)}"
    words = {node.name for node in nodes if node.role == "label"}
    for field in nodes:
        alone = field.above is None or field.above.role != "combo box"
        if field.role in ("text", "entry", "combo box") and alone and field.place not in labelled and field.name in words - {""}:
            yield f"its label is not tied to it: {_told(field)}"


def _spoken(label: str) -> str:
    """What of a label a person says to name its field: what stands in brackets, such as a key, is no part of it."""
    return re.sub(r" \([^)]*\)", "", label).strip()


def _told(node: Node) -> str:
    way, above = [], node.above
    while above is not None and len(way) < 4:
        way.append(f"{above.role} «{above.name[:30]}»")
        above = above.above
    return f"{node.role} «{node.name[:50]}» in {', '.join(way)}"
