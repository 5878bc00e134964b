"""A run of the monkey: a training unit, the real window on a display, and what was found."""

import json
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from installers.pace import Patience
from pupil_desk.services.demo.unit import OFFICER, PASSWORD, USERS
from pupil_desk.services.roles import Action
from tests.journeys.screen import ROOT, Screen
from tests.monkey import made
from tests.monkey.acts import ASKED_ABOUT
from tests.monkey.afterwards import afterwards
from tests.monkey.chance import Chance, Press
from tests.monkey.deeds import Deeds, Done
from tests.monkey.hands import Hands
from tests.monkey.made import files_of

SIZE = "1366x768x24"
_SITTING = 450  # presses of one person, then another signs in
_OUTSIDE = 3  # presses at the sign-in window before somebody signs in: more would be wrong tries, and each costs a wait
_ERRANDS = 0.2  # of the presses that are drawn: somebody sits down for something
_LOCKS = 0.0005  # of the presses, beside those that lock by themselves
_TRIES = 3  # a key may be lost while a window is still coming up
_OPENS = 30.0  # seconds of a quiet machine for the window to open
_ANSWERS = 15.0  # seconds of a quiet machine in which a program, or the one that a lock starts, answers
_BETWEEN = 0.05  # seconds from one look to the next, while nothing is pressed
_NOWHERE: dict[str, Any] = {"page": "", "dialog": "", "file_dialog": [], "pages": {}, "controls": []}


@dataclass(slots=True)
class Report:
    """What a run found; each line names the press after which it was seen."""

    presses: int = 0
    heard: int = 0  # of them; the others met a window that was going
    watched: int = 0
    signed_in: int = 0
    pages: set[str] = field(default_factory=set)
    all_pages: set[str] = field(default_factory=set)  # that are offered to anybody
    dialogs: set[str] = field(default_factory=set)
    acts: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)  # of acts, with what they were done to
    bugs: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    locked_out: list[str] = field(default_factory=list)
    for_good: list[str] = field(default_factory=list)
    deeds: Done = field(default_factory=Done)

    @property
    def reached(self) -> set[str]:
        """Of all pages those on which it was."""
        return self.pages & self.all_pages

    @property
    def faults(self) -> list[str]:
        """Everything that may not be."""
        return [*self.bugs, *self.unasked, *self.moved, *self.locked_out, *self.for_good, *self.deeds.in_spite]


@contextmanager
def at_a_unit(folder: Path, tree: Path = ROOT, *, pupils: int = 60, erasing: bool = False) -> Iterator[Screen]:
    """The program on a display of its own, at a fresh training unit of so many ``pupils``, with an erasure that is agreed to where it is for ``erasing``. ``tree`` is the source of it; another has a Python of its own in ``.venv``."""
    with Screen(folder, shots=folder / "shots", size=SIZE, moment=None, tree=tree) as screen:
        unit = unit_of(folder)
        unit.parent.mkdir(parents=True, exist_ok=True)
        if tree == ROOT:
            made.make(unit, number=pupils)
            if erasing:
                made.agree_to_an_erasure(unit)
        else:
            subprocess.run([screen.python, "-m", "tests.monkey.made", str(unit)], env=screen.env, cwd=folder, check=True)
        shutil.copytree(unit.parent, folder / "fresh")
        yield screen


def unit_of(folder: Path) -> Path:
    """Where the unit's file is that the program opens."""
    return folder / "home" / "data" / "pupil-desk" / "unit.pupildesk"


type Told = Callable[[Report], object]


class Monkey:
    """Presses until so many keys and clicks were made."""

    def __init__(self, screen: Screen, hands: Hands, chance: Chance, told: Told, *, errands: float = _ERRANDS, pupils: int = 60) -> None:
        self.screen, self._hands, self._chance, self._told = screen, hands, chance, told
        self._sits_down = errands
        self.report = Report()
        self._errands = Deeds(
            chance.random,
            self._press_closely,
            lambda: self._seen,
            files_of(screen.folder),
            pupils,
            acts=self.report.acts,
            look=lambda: self._look(aims=True, closely=True, until="stands"),
            done=self.report.deeds,
            page=chance.page,
        )
        self.last: list[str] = []
        self._seen: dict[str, Any] = dict(_NOWHERE)
        self._manages = False  # after a question somebody was given another password, or is let in no more
        self._process, self._had, self._heard = 0, {"rows": 0, "bugs": 0, "moved": 0}, 0
        screen.start()

    def run(self, presses: int) -> Report:
        """Press so many keys and clicks."""
        sitting = 0
        while self.report.presses < presses:
            while not self._sign_in(USERS[sitting % len(USERS)][0]):
                sitting += 1
            end = min(presses, self.report.presses + _SITTING)
            aims = False
            while self.report.presses < end and self._is_inside():
                if self._chance.random.random() < self._sits_down:
                    self._look(aims=True, closely=True)
                    self._errands.run()
                    aims = False
                    continue
                press = self._next() if aims or self._seen["file_dialog"] else self._chance.press()
                aims = self._chance.aims()
                self._press(press, aims=aims)
                if self._chance.random.random() < _LOCKS:
                    self.screen.ask("lock", within=_ANSWERS)
                    self._look(aims=aims)
            if self._is_inside() and self.report.presses < presses:
                self.screen.ask("lock", within=_ANSWERS)
            self._told(self.report)
            sitting += 1
        return self.report

    def _is_inside(self) -> bool:
        return not self._seen["page"].startswith("outside") and self._seen["page"] != ""

    def _next(self) -> Press:
        if self._seen["file_dialog"]:
            return Press("out of the file dialog", keys=("Escape",))  # it can delete files of this machine
        return self._chance.press(self._seen["controls"])

    def _press_closely(self, press: Press) -> None:
        """Press with a purpose: the next press waits until what comes of it has stood there, as a person presses what has."""
        begins = press.place is not None or press.keys[-1:] in (("Return",), ("Escape",), ("ctrl+s",)) or press.path
        self._press(press, aims=True, closely=True, until="stands" if begins else "")

    def _press(self, press: Press, *, aims: bool = False, closely: bool = False, until: str = "") -> None:
        if press.place is not None:
            self._hands.click(*press.place, press.times)
        elif press.path:
            self.screen.ask("give", press.path, within=_ANSWERS)
            self._hands.key("Return")
        else:
            self._hands.key(*press.keys)
        self.last = [*self.last[-11:], f"{self._seen['page']}: {press.words}"]
        self.report.presses += press.count
        self.report.watched += press.watches
        if press.watches and until:
            self._look(press.count, until="watched")
            self._look(aims=aims, closely=closely, until=until)
        else:
            self._look(press.count, aims=aims, closely=closely, until="watched" if press.watches else until)

    def _look(self, heard: int = 0, *, aims: bool = False, closely: bool = False, until: str = "") -> None:
        """See what came of it, once it came to the program; what can be clicked is asked for where the next press ``aims``.

        ``until``: once it was «watched», or all «stands».
        """
        question = {"heard": heard, "controls": aims, "closely": closely, "process": self._process, "had": self._had, "until": until}
        told = self.screen.ask("monkey", json.dumps(question), within=_ANSWERS)
        if not told and self.screen.runs:  # a lock has started another, or it stands still
            told = self.screen.ask("monkey", json.dumps(question), within=_ANSWERS)
        if not told:  # it was signed out, or closed
            if self.screen.runs:
                self._tell_of_no_answer()
            self._seen = dict(_NOWHERE)
            return
        (seen,) = told
        assert not isinstance(seen, str), seen  # an error within the program's own watcher
        self._seen = seen
        if seen["process"] != self._process:
            self._process, self._had, self._heard = seen["process"], dict.fromkeys(self._had, 0), 0
        report, after = self.report, " < ".join(reversed(self.last[-12:]))
        self._had = {name: had + len(seen[name]) for name, had in self._had.items()}
        report.heard += seen["heard"] - self._heard
        self._heard = seen["heard"]
        report.pages.add(seen["page"])
        report.all_pages |= set(seen["pages"])
        if seen["dialog"]:
            report.dialogs.add(seen["dialog"].split(" | ")[0])
        for action, kind, object_id, reason, question_words in seen["rows"]:
            report.acts[action] += 1
            report.kinds[f"{action} {kind}".strip()] += 1
            self._manages |= action == Action.MANAGE_USERS.value and bool(question_words)
            if action in ASKED_ABOUT and not question_words:
                report.unasked.append(f"{action} of {kind} {object_id} ({reason}) without a question, after {after}")
        report.bugs += [f"{bug}, after {after}" for bug in seen["bugs"]]
        report.moved += [f"{moved}, after {after}" for moved in seen["moved"]]

    def _tell_of_no_answer(self) -> None:
        self.screen.picture("no-answer")
        stands = " | ".join(self.screen.stacks().splitlines())
        self.report.bugs.append(f"it does not answer, and stands at {stands}, after {' < '.join(reversed(self.last))}")
        self.screen.end_programs()

    def _sign_in(self, name: str) -> bool:
        """However the program stands: a lock has started another one, and one that was signed out or closed is started anew.

        False for a colleague whom the data officer was asked about, and who signs in otherwise now, or no more.
        """
        self._look()
        if not self._seen["page"]:
            self.screen.start()
        self.screen.sees("Your &password")
        self._look()
        for _press in range(_OUTSIDE):
            self._press(Press("a key at the sign-in", keys=(self._chance.random.choice(("Tab", "Down", "Escape", "a")),)))
        self._back_to_sign_in()
        for _try in range(_TRIES):
            self.screen.fill("Your name", name)
            self.screen.to("Your password")
            self.screen.type(PASSWORD, "Return")
            if self._comes_in():
                self.report.signed_in += 1
                return True
            if self._manages and name != OFFICER:
                return False
        self.screen.picture("locked-out")
        self.report.locked_out.append(f"{name} cannot sign in, after {' < '.join(reversed(self.last))}")
        raise LockedOut(self.report.locked_out[-1])

    def _comes_in(self) -> bool:
        """Whether the window opens; False once it did not."""
        patience = Patience(_OPENS)
        while not patience.over:
            self._look()
            if self._is_inside():
                return True
            time.sleep(_BETWEEN)
        return False

    def _back_to_sign_in(self) -> None:
        """From wherever the presses have led, such as to the recovery code."""
        if "Your &password" not in self.screen.ask("texts"):
            self.screen.end_programs()
            self.screen.start()
            self.screen.sees("Your &password")
            self._look()


class LockedOut(Exception):
    """Somebody can no longer sign in: the run is at its end, and its report says so."""


def run(
    folder: Path, *, presses: int, seed: int, tree: Path = ROOT, page: str = "", pupils: int = 60, told: Told = bool, quick: bool = False
) -> Report:
    """Press, then take back what was recorded. ``page`` is the title of a page to which the monkey goes back again and again.

    ``told`` hears how far it is after each sitting. ``quick``: seldom at rest, and for nothing in particular.
    """
    chance = Chance(seed, page, watches=0.03) if quick else Chance(seed, page)
    with at_a_unit(folder, tree, pupils=pupils, erasing=not quick) as screen, Hands(screen.env) as hands:
        monkey = Monkey(screen, hands, chance, told, errands=0 if quick else _ERRANDS, pupils=pupils)
        try:
            monkey.run(presses)
        except LockedOut:
            return monkey.report
        except AssertionError as error:
            screen.picture("last")
            raise AssertionError(f"{error}, after {' < '.join(reversed(monkey.last))}") from error
    shutil.copytree(unit_of(folder).parent, folder / "left")
    if tree == ROOT:  # the ways back are those of today
        monkey.report.for_good = afterwards(folder / "left" / "unit.pupildesk", folder / "fresh" / "unit.pupildesk")
    return monkey.report
