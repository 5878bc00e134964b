"""What the help sets in italics is a word of the program: a button, a tab, a box, a choice, as it stands on the screen."""

import re
from pathlib import Path

import pytest

import pupil_desk
from pupil_desk.basics.places import resource

_SAID = re.compile(r'_\(\s*"((?:[^"\\]|\\.)*)"')
_OF_A_LIST = re.compile(r'"([^"\n]+)"')
_ITALIC = re.compile(r"(?<![*\w])\*(?![*\s])([^*\n]+)\*(?!\*)")
_WINDOWS_OWN = {
    "80-install",
    "81-technician",
    "82-windows-checks",
    "83-screen-reader-checks",
}  # they name what Windows and the installer say

# What is in italics and no word of the screen: an example, a folder, an export as a command knows it, words of Windows, a mishap.
_OTHERS = {
    "07-backup": {"backups-before-upgrade"},
    "05-import": {"lrs-uln"},
    "ctf": {"Larkfield School 919/4001"},
    "safety": {
        "BitLocker",
        "Device encryption",
        "Protection On",
        "The file is in use",
        "The file is damaged",
        "Made by a newer version",
        "A stick with a plain file is lost",
    },
    "school-census": {"key it in"},
    "sharing-rules": {"Our caution"},
}


def plain(words: str) -> str:
    """As it is read: without the underlined letter's sign, the key in brackets, the dots, and the number of a tab."""
    words = re.sub(r"\s*\([^()]*\)$", "", words.replace("&", "").replace("…", ""))
    return re.sub(r"^\d ", "", words).strip().rstrip(".:,")


def bare(words: str) -> str:
    """Letters and figures alone, as the help may begin small what the screen begins large; what is filled in is left out."""
    return " ".join(re.findall(r"[\w’-]+", re.sub(r"\{[^}]*\}", " ", words).lower()))


@pytest.fixture(scope="module")
def every() -> set[str]:
    """All that the program can show, each by itself, and the title of each chapter."""
    code = [text for file in Path(pupil_desk.__file__).parent.rglob("*.py") for text in _SAID.findall(file.read_text(encoding="utf-8"))]
    lists = [text for file in resource(".").rglob("*.toml") for text in _OF_A_LIST.findall(file.read_text(encoding="utf-8"))]
    heads = [
        head for file in resource("help").glob("*.md") for head in re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    return {bare(plain(text)) for text in (*code, *lists, *heads)}


@pytest.mark.parametrize(
    "path", sorted(path for path in resource("help").glob("*.md") if path.stem not in _WINDOWS_OWN), ids=lambda path: path.stem
)
def test_what_the_help_names_is_on_the_screen(path: Path, every: set[str]) -> None:
    named = {plain(text) for text in _ITALIC.findall(path.read_text(encoding="utf-8"))} - _OTHERS.get(path.stem, set())
    assert sorted(name for name in named if bare(name) not in every) == []
