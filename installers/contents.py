"""What goes into the frozen program, and what is left out of what PyInstaller finds.

Everything of Qt that nothing here imports or links to stays out: a library that is not there cannot be attacked, needs
no update, and fills no disk. ``windows/libraries.txt`` and ``linux/libraries.txt`` list what is left, and a build that differs fails.
"""

import re
from pathlib import Path, PureWindowsPath

# Qt for Linux finds its window by the X server; Wayland's desktops bring XWayland.
_QT_LIBRARIES = ("Core", "Gui", "Widgets", "PrintSupport", "DBus", "XcbQpa")
_QT_PLUGINS = (
    "platforms/qwindows",
    "platforms/qoffscreen",
    "platforms/libqxcb",
    "platforms/libqoffscreen",
    "printsupport/libcupsprintersupport",
    "xcbglintegrations/libqxcb-none",
)

# Modules that a library offers and the program never asks for; each would bring others with it.
NOT_IMPORTED = [
    "PySide6.QtNetwork", "PySide6.QtPdf", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtSvg", "PySide6.QtOpenGL", "PySide6.QtTest",
    "PySide6.scripts", "PIL.ImageQt", "PIL.ImageTk", "PIL.ImageShow", "PIL._avif", "PIL._webp", "PIL.ImageCms", "PIL._imagingcms",
    "PIL._imagingtk", "tkinter", "unittest", "pydoc", "doctest", "pdb", "lib2to3", "ensurepip", "venv", "idlelib", "turtle",
    "asyncio", "multiprocessing", "xmlrpc", "http.server", "smtplib", "ftplib", "poplib", "imaplib", "ssl", "_ssl", "sqlite3", "_sqlite3",
    "setuptools", "pkg_resources", "pip", "qtpy", "qtawesome", "reportlab.graphics", "lxml.html", "lxml.objectify", "lxml.sax", "lxml.builder", "lxml.isoschematron", "curses", "readline", "cffi", "pycparser",
]  # fmt: skip

# Libraries by name: the driver that draws OpenGL in software, the shader compiler, and Python's own TLS; of the library
# that locks archives, what computes with public keys; the types of Python's modules, which only a developer reads.
_LEFT_OUT = re.compile(
    r"(^|/)(opengl32sw|d3dcompiler_\d+|libssl[-.]|libsqlite3|sqlite3\.dll|tcl|tk\d)|^Cryptodome/(PublicKey|Math|Signature|SelfTest)/|\.pyi$|/py\.typed$",
    re.IGNORECASE,
)

# PyInstaller on Linux takes whatever is linked to. Of what lies beside the program only these stay: what packages bring
# (some with a digest in the name), Python's own, and the parts of X that not every desktop has. The rest is the desktop's
# (linux/linked.py lists it): its fonts, its display, its printers go with its own libraries.
_BESIDE = re.compile(r"^lib[^/]+\.so[\d.]*$")
_LINUX_OWN = re.compile(
    r"^lib(Qt6\w+|icu\w+|pyside6|shiboken6|python3|crypto|ffi|expat|mpdec|bz2|lzma|uuid|zstd"
    r"|xcb-(cursor|icccm|image|keysyms|render-util|util)|xkbcommon(-x11)?|.+-[0-9a-f]{8})\."
)

# Readers of picture files: a scan is a PNG, a JPEG (of a telephone: several in one, which is MPO) or a TIFF, and nothing else is opened.
_UNUSED_MODULE = re.compile(r"^PIL\.(?!(?:Png|Jpeg|Mpo|Tiff)Image)\w+ImagePlugin$")
_QT_LIBRARY = re.compile(r"(?:^|/)(?:lib)?Qt6(\w+?)(?:\.dll|\.so[\d.]*)$")
_QT_MODULE = re.compile(r"^PySide6/Qt(\w+?)(?:\.pyd|\.abi3\.so)$")
_QT_PLUGIN = re.compile(r"^PySide6/(?:Qt/)?plugins/([\w/-]+)\.(?:dll|so)$")


def stays(name: str) -> bool:
    """Whether a file that PyInstaller found goes into the program. ``name`` is its place in the program's folder."""
    name = name.replace("\\", "/")
    if found := _QT_PLUGIN.search(name):
        return found[1] in _QT_PLUGINS
    if found := _QT_MODULE.search(name) or _QT_LIBRARY.search(name):
        return found[1] in _QT_LIBRARIES
    if "/translations/" in name or name.startswith(("PySide6/Qt/qml", "resources/help/pictures/")):
        return False  # the program speaks English, has no QML, and shows no picture of itself: they are README's
    if _BESIDE.search(name) and not _LINUX_OWN.search(name):
        return False
    return not _LEFT_OUT.search(name)


def windows_place(name: str, source: str) -> str:
    """Where a library for Windows goes in the program's folder: what a package brings in a folder of its own stays in one of that name.

    PyInstaller leaves it there in some layouts of the packages and not in others; the package looks for it there first.
    """
    folder = PureWindowsPath(source).parent.name
    return f"{folder}/{PureWindowsPath(name).name}" if folder.endswith(".libs") else name


def is_needed(module: str) -> bool:
    """Whether a module of Python that PyInstaller found goes into the program."""
    return not _UNUSED_MODULE.search(module)


def datas(source: Path, packages: Path) -> list[tuple[str, str]]:
    """The files that are no code, as PyInstaller wants them: (file or folder, its folder in the program).

    ``source`` is the checkout, ``packages`` the folder that the libraries are installed in.
    """
    found = [
        (source / "resources", "resources"),
        (source / "pupil_desk" / "store" / "scripts", "pupil_desk/store/scripts"),
        *((packages / name / "files", f"{name}/files") for name in ("fontpkg_atkinson_hyperlegible", "fontpkg_noto_sans_arabic")),
    ]
    found += [(file, "qtawesome/fonts") for file in sorted((packages / "qtawesome" / "fonts").glob("phosphor-*"))]
    return [(str(file), folder) for file, folder in found]
