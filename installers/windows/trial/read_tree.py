"""Reads the windows of Pupil Desk as a screen reader on Windows does, by UI Automation, and prints them as JSON. For trials.

python read_tree.py

Runs as a second program beside the window, on Windows or under Wine, with Python's standard library alone. Prints a list of
what the windows hold, each with how deep it lies; ends with 1 when no window of Qt is shown. It calls the functions that lie below
UI Automation's interfaces, since Wine has written those: of the interfaces themselves it lacks nearly everything that reads.
"""

import ctypes
import json
import sys
from collections.abc import Iterator
from ctypes import wintypes
from typing import Any

assert sys.platform == "win32", "this speaks to Windows"

# From UIAutomationClient.h and UIAutomationCoreApi.h.
_CONTROL_TYPE, _NAME, _FOCUSABLE, _CLASS, _ARIA_ROLE = 30003, 30005, 30009, 30012, 30101  # Qt tells a heading by the last alone
_NEXT, _FIRST_CHILD = 1, 3
_ELEMENT, _TRUE, _FULL = 1, 0, 1  # a scope, a condition, a mode
_OF_ROWS, _MOST_CELLS = (50008, 50023, 50036), 40  # a list, a tree, a table: the rows are alike
_TEXT, _NUMBER, _TRUTH = 8, 3, 11  # kinds of a variant


class _Value(ctypes.Union):
    _fields_ = (("number", ctypes.c_int32), ("truth", ctypes.c_int16), ("pointer", ctypes.c_void_p), ("room", ctypes.c_void_p * 2))


class _Variant(ctypes.Structure):
    _fields_ = (("kind", ctypes.c_uint16), ("_reserved", ctypes.c_uint16 * 3), ("value", _Value))


class _Request(ctypes.Structure):
    """What is to be told of an element beside the element itself: nothing."""

    _fields_ = (
        ("view", ctypes.POINTER(ctypes.c_int)),
        ("scope", ctypes.c_int),
        ("properties", ctypes.c_void_p),
        ("property_count", ctypes.c_int),
        ("patterns", ctypes.c_void_p),
        ("pattern_count", ctypes.c_int),
        ("mode", ctypes.c_int),
    )


class Reader:
    """Asks UI Automation."""

    def __init__(self) -> None:
        ctypes.OleDLL("ole32").CoInitializeEx(None, 0)
        self._core, self._variants = ctypes.OleDLL("uiautomationcore"), ctypes.OleDLL("oleaut32")
        self._everything = ctypes.c_int(_TRUE)
        self._request = _Request(ctypes.pointer(self._everything), _ELEMENT, None, 0, None, 0, _FULL)

    def window(self, handle: int) -> int:
        """The element of a window."""
        element = ctypes.c_void_p()
        self._core.UiaNodeFromHandle(wintypes.HWND(handle), ctypes.byref(element))
        return element.value or 0

    def walk(self, element: int, depth: int = 0) -> Iterator[dict[str, Any]]:
        """An element and all that is in it, each before what is in it."""
        kind = self._told(element, _CONTROL_TYPE)
        yield {
            "depth": depth,
            "type": kind,
            "name": self._told(element, _NAME) or "",
            "focusable": bool(self._told(element, _FOCUSABLE)),
            "class": self._told(element, _CLASS) or "",
            "role": self._told(element, _ARIA_ROLE) or "",
        }
        child, count = self._go(element, _FIRST_CHILD), 0
        while child and not (kind in _OF_ROWS and count == _MOST_CELLS):
            yield from self.walk(child, depth + 1)
            following = self._go(child, _NEXT)
            self._core.UiaNodeRelease(ctypes.c_void_p(child))
            child, count = following, count + 1

    def _told(self, element: int, what: int) -> str | int | None:
        variant = _Variant()
        self._core.UiaGetPropertyValue(ctypes.c_void_p(element), what, ctypes.byref(variant))
        value = variant.value
        if variant.kind == _TEXT:
            text = ctypes.wstring_at(value.pointer) if value.pointer else ""
            self._variants.VariantClear(ctypes.byref(variant))
            return text
        return {_NUMBER: value.number, _TRUTH: value.truth}.get(variant.kind)

    def _go(self, element: int, way: int) -> int:
        """The element that lies that way; 0 for none."""
        found, shape = ctypes.c_void_p(), ctypes.c_void_p()
        where = ctypes.byref(self._everything), ctypes.byref(self._request)
        self._core.UiaNavigate(ctypes.c_void_p(element), way, *where, ctypes.byref(found), ctypes.byref(shape))
        if not found.value:
            return 0
        variant, node = _Variant(), ctypes.c_void_p()
        self._variants.SafeArrayGetElement(found, (ctypes.c_long * 2)(0, 0), ctypes.byref(variant))
        if variant.kind:
            self._core.UiaHUiaNodeFromVariant(ctypes.byref(variant), ctypes.byref(node))
        return node.value or 0


def windows() -> list[int]:
    """The windows of Qt that are shown."""
    user, found = ctypes.WinDLL("user32"), list[int]()

    def look(window: int, _more: int) -> bool:
        name = ctypes.create_unicode_buffer(256)
        user.GetClassNameW(wintypes.HWND(window), name, len(name))
        if name.value.startswith("Qt") and user.IsWindowVisible(wintypes.HWND(window)):
            found.append(window)
        return True

    user.EnumWindows(ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)(look), 0)
    return found


def main() -> int:
    """Print what the windows hold. Returns the exit status."""
    reader, shown = Reader(), windows()
    print(json.dumps([told for window in shown for told in reader.walk(reader.window(window))]))
    return 0 if shown else 1


if __name__ == "__main__":
    sys.exit(main())
