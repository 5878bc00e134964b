"""A copy of the program for a test that adds something to it, as somebody new would: files are linked, and those that are changed are its own."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDITIONS = Path(__file__).parent / "additions"


@dataclass(frozen=True)
class Addition:
    """A new thing: the files of its folder in ``additions``, each at its own path, and lines put into files that are there.

    ``lines`` are a file, the text in it before which they stand, and the lines.
    """

    kind: str
    lines: tuple[tuple[str, str, str], ...] = ()

    @property
    def files(self) -> list[str]:
        """The paths of its new files."""
        folder = ADDITIONS / self.kind
        return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")

    @property
    def places(self) -> list[str]:
        """Every file that it makes or changes, each once."""
        return [*self.files, *dict.fromkeys(path for path, _before, _new in self.lines)]


def copy_of_program(folder: Path) -> Path:
    """The program in a folder, with what is compiled of it already: made anew it takes five seconds."""
    for name in ("pupil_desk", "resources", "tests"):
        shutil.copytree(ROOT / name, folder / name, copy_function=_link, ignore=shutil.ignore_patterns("additions", "pictures"))
    return folder


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk, or one without links
        shutil.copy2(source, target)


def put_in(folder: Path, addition: Addition) -> None:
    """Make its files there, and put in its lines."""
    for name in addition.files:
        target = folder / name
        if target.suffix == ".sql":  # a script has the next number
            target = target.with_name(f"{len(list(target.parent.glob('*.sql'))) + 1:04}_{target.name}")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ADDITIONS / addition.kind / name, target)
    for name, before, new in addition.lines:
        insert(folder / name, before, new)


def insert(path: Path, before: str, new: str) -> None:
    """Put lines into a file, before a text that stands in it once. The file is the copy's own from then on."""
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, (
        f"{text.count(before)} times in {path.name}: {before!r}, before which tests/rules/newcomer.py puts a line: name another there"
    )
    path.unlink()
    path.write_text(text.replace(before, new + before), encoding="utf-8")
