"""A virtual screen, hands on its keyboard and mouse, and eyes that read it: for a program that can be asked nothing else.

The words are read by tesseract from a picture of the whole screen, so what is found is what a person sees.
"""

import contextlib
import hashlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from installers.pace import Patience

_PATIENCE = 60.0  # seconds of a quiet machine for words to appear
_ENLARGED = 2  # the eyes read small type better when it is larger
_LOOK = 0.1  # seconds from one look to the next at a screen that stands still
_WAYS = ((False, False), (False, True), (True, False))  # of reading a screen (light, as_page): each sees what the others miss


class NotSeen(Exception):
    """Words never appeared on the screen; the text says which, and what was there."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word on the screen and its middle, in pixels; ``line`` numbers the line of type that it stands in."""

    text: str
    x: int
    y: int
    line: tuple[int, ...]


class Screen:
    """An Xvfb display with a window manager. Use as a context manager; ``pictures`` is where ``keep`` puts them."""

    def __init__(self, pictures: Path, size: str = "1280x900", *, enlarged: int = _ENLARGED) -> None:
        self.pictures = pictures
        self._size, self._enlarged = size, enlarged
        self._read: dict[tuple[bytes, bool, bool], list[Word]] = {}  # by the digest of a picture: what stands still is read once
        self._running: list[subprocess.Popen[bytes]] = []
        pictures.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Self:
        read, write = os.pipe()
        command = [
            "Xvfb",
            "-displayfd",
            str(write),
            "-screen",
            "0",
            f"{self._size}x24",
            "-nolisten",
            "tcp",
            "-wr",
            "-r",
        ]  # on white: beside much black the eyes lose words; and no key repeats itself because its end comes late
        self._start(command, pass_fds=(write,))
        os.close(write)
        with open(read, encoding="ascii") as told:
            self.display = f":{told.readline().strip()}"
        self._start(["openbox"], env=os.environ | self.env)
        return self

    def __exit__(self, *_raised: object) -> None:
        for running in reversed(self._running):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGTERM)
            running.wait(10)

    def _start(self, command: list[str], *, env: Mapping[str, str] | None = None, pass_fds: tuple[int, ...] = ()) -> None:
        self._running.append(
            subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, env=env, pass_fds=pass_fds
            )
        )

    @property
    def env(self) -> dict[str, str]:
        """What a program needs to appear here."""
        return {"DISPLAY": self.display}

    def _tool(self, *command: str) -> bytes:
        return subprocess.run(command, env=os.environ | self.env, check=True, capture_output=True).stdout

    # -- eyes

    def words(self, *, light: bool = False, as_page: bool = False) -> list[Word]:
        """All the words on the screen now, line by line; with ``light``, those that are light on dark, such as on a button.

        ``as_page`` reads the screen as one block of type, where it is else read as words strewn about: each sees what the
        other misses.
        """
        return self._words(self._shot(), light=light, as_page=as_page)

    def _shot(self) -> bytes:
        return self._tool("import", "-window", "root", "-colorspace", "gray", "-depth", "8", "pgm:-")

    def _seen(self, shot: bytes) -> bool:
        return (hashlib.sha256(shot).digest(), *_WAYS[0]) in self._read

    def _words(self, shot: bytes, *, light: bool, as_page: bool) -> list[Word]:
        known = hashlib.sha256(shot).digest(), light, as_page
        if known not in self._read:
            turned = ["-negate"] if light else []
            picture = _done(["convert", "pgm:-", *turned, "-resize", f"{self._enlarged * 100}%", "png:-"], shot)
            table = _done(["tesseract", "stdin", "stdout", "--psm", "6" if as_page else "11", "tsv"], picture)
            self._read[known] = words_of(table.decode("utf-8"), self._enlarged)
        return self._read[known]

    def sees(self, text: str, seconds: float = _PATIENCE) -> tuple[int, int]:
        """Wait until these words stand on one line somewhere; returns the middle of them. Raises NotSeen."""
        patience = Patience(seconds)
        while True:
            shot, known = self._shot(), len(self._read)
            for light, as_page in _WAYS if self._seen(shot) else _WAYS[:1]:  # what is about to change is not worth three readings
                if place := place_of(text, self._words(shot, light=light, as_page=as_page)):
                    return place
            if patience.over:
                self.keep("failed")
                there = self._words(shot, light=False, as_page=False)
                raise NotSeen(f"«{text}» was never seen; there was: {' '.join(word.text for word in there)[:600]}")
            if len(self._read) == known:
                time.sleep(_LOOK)

    def keep(self, name: str) -> Path:
        """Keep a picture of what is on the screen, without what is around it."""
        place = self.pictures / f"{name}.png"
        self._tool("import", "-window", "root", "-trim", "+repage", str(place))
        return place

    # -- hands

    def click(self, text: str) -> None:
        """Click on these words, once they are seen."""
        x, y = self.sees(text)
        self._tool("xdotool", "mousemove", str(x), str(y), "click", "1")

    def type(self, text: str, *keys: str) -> None:
        """Type a text, then press keys."""
        self._tool("xdotool", "type", "--delay", "15", text)
        if keys:
            self.key(*keys)

    def key(self, *keys: str) -> None:
        """Press keys, such as ctrl+s or Return."""
        self._tool("xdotool", "key", "--clearmodifiers", "--delay", "30", *keys)


def _done(command: list[str], given: bytes) -> bytes:
    """What a program makes of what it is given."""
    return subprocess.run(command, input=given, capture_output=True, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"}).stdout


def words_of(tsv: str, enlarged: int = _ENLARGED) -> list[Word]:
    """The words in tesseract's table of a picture that was enlarged so many times."""
    found = []
    for row in tsv.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[11].strip() and float(cells[10]) > 20:
            left, top, width, height = (int(cell) // enlarged for cell in cells[6:10])
            line = tuple(int(cell) for cell in cells[1:5])
            found.append(Word(cells[11].strip(), left + width // 2, top + height // 2, line))
    return found


def place_of(text: str, words: list[Word]) -> tuple[int, int] | None:
    """Where a run of words stands: compared without case and signs, for the eyes may take one sign for another."""
    wanted = [plain for plain in map(_plain, text.split()) if plain]
    seen = [(word, _plain(word.text)) for word in words if _plain(word.text)]
    for start in range(len(seen) - len(wanted) + 1):
        run = seen[start : start + len(wanted)]
        if (
            all(plain == want for (_word, plain), want in zip(run, wanted, strict=True))
            and len({abs(word.y - run[0][0].y) > 8 for word, _p in run}) == 1
        ):
            return sum(word.x for word, _plain_word in run) // len(run), run[0][0].y
    return None


def _plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
