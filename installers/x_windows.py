"""Windows of an X display, looked at without starting a program for each look: Xlib by ctypes.

A look takes about a millisecond, so that what is measured is the program that starts and not the one that watches it.
"""

import ctypes
from collections.abc import Iterator
from typing import Any, Self

_VIEWABLE = 2  # IsViewable: mapped, and all that hold it
_ALL_PLANES = 0xFFFF_FFFF
_Z_PIXMAP = 2


class _Attributes(ctypes.Structure):
    """XWindowAttributes."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("x", "y", "width", "height", "border", "depth")),
        ("visual", ctypes.c_void_p),
        ("root", ctypes.c_ulong),
        *((name, ctypes.c_int) for name in ("kind", "bit_gravity", "win_gravity", "backing_store")),
        ("planes", ctypes.c_ulong),
        ("pixel", ctypes.c_ulong),
        ("save_under", ctypes.c_int),
        ("colours", ctypes.c_ulong),
        ("colours_installed", ctypes.c_int),
        ("map_state", ctypes.c_int),
        *((name, ctypes.c_long) for name in ("all_events", "your_events", "not_propagated")),
        ("override_redirect", ctypes.c_int),
        ("screen", ctypes.c_void_p),
    )


class _Image(ctypes.Structure):
    """The beginning of XImage."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("width", "height", "offset", "format")),
        ("data", ctypes.c_void_p),
        *((name, ctypes.c_int) for name in ("byte_order", "unit", "bit_order", "pad", "depth", "bytes_per_line", "bits_per_pixel")),
    )


_Handler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_quiet = _Handler(lambda _display, _event: 0)  # a window may go while it is looked at; Xlib's own handler would end us


class Display:
    """A connection to a display, such as ``:99``. Use as a context manager. Raises OSError if there is none."""

    def __init__(self, name: str) -> None:
        self._x = _xlib()
        self._x.XSetErrorHandler(_quiet)
        self._display = self._x.XOpenDisplay(name.encode())
        if not self._display:
            raise OSError(f"There is no display {name}.")
        self._root = self._x.XDefaultRootWindow(self._display)
        self._name, self._text = (self._x.XInternAtom(self._display, atom, 0) for atom in (b"_NET_WM_NAME", b"UTF8_STRING"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._x.XCloseDisplay(self._display)

    def titles(self) -> dict[int, str]:
        """The visible windows that bear a title: number -> title."""
        found = {window: self._title(window) for window in self._below(self._root, 3) if self._visible(window)}
        return {window: title for window, title in found.items() if title}

    def painted(self, window: int) -> bool:
        """Whether a visible window shows more than one colour."""
        facts = _Attributes()
        if not self._x.XGetWindowAttributes(self._display, window, ctypes.byref(facts)) or facts.map_state != _VIEWABLE:
            return False
        image = self._x.XGetImage(self._display, window, 0, 0, facts.width, facts.height, _ALL_PLANES, _Z_PIXMAP)
        if not image:
            return False
        try:
            told = image.contents
            data = ctypes.string_at(told.data, told.bytes_per_line * told.height)
            step = told.bits_per_pixel // 8
            return bool(data != data[:step] * (len(data) // step))
        finally:
            self._x.XDestroyImage(image)

    def _visible(self, window: int) -> bool:
        facts = _Attributes()
        return bool(self._x.XGetWindowAttributes(self._display, window, ctypes.byref(facts))) and facts.map_state == _VIEWABLE

    def _below(self, window: int, depth: int) -> Iterator[int]:
        """The windows in a window: the window manager's frames, and in them the programs' own."""
        root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        children = ctypes.POINTER(ctypes.c_ulong)()
        asked = [ctypes.byref(each) for each in (root, parent, children, count)]
        if not depth or not self._x.XQueryTree(self._display, window, *asked):
            return
        found = [children[at] for at in range(count.value)]
        self._x.XFree(ctypes.cast(children, ctypes.c_void_p))  # which may be of nothing
        for child in found:
            yield child
            yield from self._below(child, depth - 1)

    def _title(self, window: int) -> str:
        kind, bits, many, rest = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_ulong(), ctypes.c_ulong()
        data = ctypes.POINTER(ctypes.c_char)()
        asked = [ctypes.byref(each) for each in (kind, bits, many, rest, data)]
        refused = self._x.XGetWindowProperty(self._display, window, self._name, 0, 256, 0, self._text, *asked)
        if refused:
            return ""
        text = ctypes.string_at(data, many.value).decode("utf-8", "replace") if many.value else ""
        self._x.XFree(ctypes.cast(data, ctypes.c_void_p))
        return text


def _xlib() -> Any:
    """Xlib, with what its functions take and give. Raises OSError."""
    x = ctypes.CDLL("libX11.so.6")
    pointer, number, window = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
    shapes: dict[str, tuple[Any, list[Any]]] = {
        "XSetErrorHandler": (pointer, [_Handler]),
        "XOpenDisplay": (pointer, [ctypes.c_char_p]),
        "XCloseDisplay": (number, [pointer]),
        "XDefaultRootWindow": (window, [pointer]),
        "XInternAtom": (window, [pointer, ctypes.c_char_p, number]),
        "XFree": (number, [pointer]),
        "XDestroyImage": (number, [ctypes.POINTER(_Image)]),
        "XGetWindowAttributes": (number, [pointer, window, pointer]),
        "XQueryTree": (number, [pointer, window, pointer, pointer, pointer, pointer]),
        "XGetWindowProperty": (number, [pointer, window, window, ctypes.c_long, ctypes.c_long, number, window, *[pointer] * 5]),
        "XGetImage": (ctypes.POINTER(_Image), [pointer, window, number, number, ctypes.c_uint, ctypes.c_uint, window, number]),
    }
    for name, (gives, takes) in shapes.items():
        function = getattr(x, name)
        function.restype, function.argtypes = gives, takes
    return x
