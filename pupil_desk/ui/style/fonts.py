"""The font of the window: Atkinson Hyperlegible, made for people with low vision, and the system's for what it lacks."""

from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from pupil_desk.ui.style import tokens

_FACES = ("Regular", "Bold")  # the window sets nothing in italics, and each face costs 3 ms at the start


def folder_of(package: str, *parts: str) -> Path | None:
    """A folder inside an installed package, found without importing it; None where it is not installed."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(next(iter(spec.submodule_search_locations))).joinpath(*parts)
    return folder if folder.is_dir() else None


def load_family() -> str:
    """Load the font; returns its family, or an empty text where it cannot be had."""
    folder = folder_of("fontpkg_atkinson_hyperlegible", "files")
    if folder is None:
        return ""
    numbers = [QFontDatabase.addApplicationFont(str(folder / f"AtkinsonHyperlegible-{face}.ttf")) for face in _FACES]
    families = QFontDatabase.applicationFontFamilies(numbers[0]) if numbers[0] >= 0 else []
    return families[0] if families else ""


def window_font(family: str, percent: int) -> QFont:
    """The font at a text size; the system's own family follows for letters that ours lacks."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font = QFont(system)
    font.setFamilies([family, *system.families()] if family else system.families())
    font.setPointSizeF(tokens.TEXT * percent / 100)
    return font


def fixed_font(percent: int) -> QFont:
    """A font in which 0 and O, 1 and l are told apart, for secrets and numbers."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(tokens.TEXT * percent / 100)
    return font
