"""A run of the monkey: a training unit, the real window on a display, and what was found."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from installers.pace import Patience
from pupil_desk.basics.clock import SystemClock
from pupil_desk.services.demo.unit import PASSWORD, USERS, make_training_unit
from pupil_desk.services.unit.units import sign_out
from tests.journeys.screen import Screen
from tests.monkey.acts import ASKED_ABOUT
from tests.monkey.chance import Chance, Press
from tests.monkey.hands import Hands

SIZE = "1366x768x24"
_SITTING = 2_000  # presses of one person, then another signs in
_OUTSIDE = 3  # presses at the sign-in window before somebody signs in: more would be wrong tries, and each costs a wait
_TRIES = 3  # a key may be lost while a window is still coming up
_OPENS = 90.0  # seconds of a quiet machine for the window to open
_ANSWERS = 15.0  # seconds of a quiet machine in which a program, or the one that a lock starts, answers
_HEARD = 2.0  # seconds of a quiet machine in which a press comes to the program


@dataclass(slots=True)
class Report:
    """What a run found; each line names the press after which it was seen."""

    presses: int = 0
    pages: set[str] = field(default_factory=set)
    dialogs: set[str] = field(default_factory=set)
    acts: dict[str, int] = field(default_factory=dict)
    bugs: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    locked_out: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """Everything that may not be."""
        return [*self.bugs, *self.unasked, *self.moved, *self.locked_out]


@contextmanager
def at_a_unit(folder: Path) -> Iterator[Screen]:
    """The program on a display of its own, at a fresh training unit."""
    with Screen(folder, shots=folder / "shots", size=SIZE) as screen:
        place = screen.home / "data" / "pupil-desk" / "unit.pupildesk"
        place.parent.mkdir(parents=True, exist_ok=True)
        sign_out(make_training_unit(place, clock=SystemClock()).desk)
        screen.unit = place  # type: ignore[attr-defined]
        yield screen


class Monkey:
    """Presses until so many keys and clicks were made."""

    def __init__(self, screen: Screen, hands: Hands, chance: Chance) -> None:
        self.screen, self._hands, self._chance = screen, hands, chance
        self.report = Report()
        self.last: list[str] = []
        self._seen: dict[str, Any] = {}
        screen.start()

    def run(self, presses: int) -> Report:
        """Press so many keys and clicks."""
        sitting = 0
        while self.report.presses < presses:
            self._sign_in(USERS[sitting % len(USERS)][0])
            end = min(presses, self.report.presses + _SITTING)
            while self.report.presses < end and self._is_inside():
                self._press(self._next())
                if self._chance.random.random() < 0.0005:
                    self.screen.ask("lock", within=_ANSWERS)
                    self._look()
            if self._is_inside() and self.report.presses < presses:
                self.screen.ask("lock", within=_ANSWERS)
            sitting += 1
        return self.report

    def _is_inside(self) -> bool:
        return not self._seen["page"].startswith("outside") and self._seen["page"] != ""

    def _next(self) -> Press:
        if self._seen["file_dialog"]:
            return Press("out of the file dialog", keys=("Escape",))  # it can delete files of this machine
        return self._chance.press(self._seen["controls"])

    def _press(self, press: Press) -> None:
        before = self._seen["presses"]
        if press.place is not None:
            self._hands.click(*press.place, press.times)
        else:
            self._hands.key(*press.keys)
        self.last = [*self.last[-11:], f"{self._seen['page']}: {press.words}"]
        self.report.presses += press.count
        patience = Patience(_HEARD)
        self._look()
        while self._is_inside() and self._seen["presses"] < before + press.count and not patience.over:
            self._look()

    def _look(self) -> None:
        """See what came of it."""
        told = self.screen.ask("monkey", within=_ANSWERS)
        if not told:  # it was signed out, or closed
            self._seen = {"page": "", "presses": 0}
            return
        (self._seen,) = told
        report, after = self.report, " < ".join(reversed(self.last[-12:]))
        report.pages.add(self._seen["page"])
        if self._seen["dialog"]:
            report.dialogs.add(self._seen["dialog"].split(" | ")[0])
        for action, kind, object_id, reason, question in self._seen["rows"]:
            report.acts[action] = report.acts.get(action, 0) + 1
            if action in ASKED_ABOUT and not question:
                report.unasked.append(f"{action} of {kind} {object_id} ({reason}) without a question, after {after}")
        report.bugs += [f"{bug}, after {after}" for bug in self._seen["bugs"]]
        report.moved += [f"{moved}, after {after}" for moved in self._seen["moved"]]

    def _sign_in(self, name: str) -> None:
        """However the program stands: a lock has started another one, and one that was signed out or closed is started anew."""
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
                return
        self.screen.picture("locked-out")
        self.report.locked_out.append(f"{name} cannot sign in, after {' < '.join(reversed(self.last))}")
        raise AssertionError(self.report.locked_out[-1])

    def _comes_in(self) -> bool:
        """Whether the window opens; False once a sentence says why not."""
        patience = Patience(_OPENS)
        while not patience.over:
            self._look()
            if self._is_inside():
                return True
        return False

    def _back_to_sign_in(self) -> None:
        """From wherever the presses have led, such as to the recovery code."""
        if "Your &password" not in self.screen.ask("texts"):
            self.screen.end_programs()
            self.screen.start()
            self.screen.sees("Your &password")
            self._look()


def run(folder: Path, *, presses: int, seed: int) -> tuple[Report, Path]:
    """The report, and the unit's file as it was left."""
    with at_a_unit(folder) as screen:
        with Hands(screen.env) as hands:
            monkey = Monkey(screen, hands, Chance(seed))
            try:
                monkey.run(presses)
            except AssertionError as error:
                screen.picture("last")
                raise AssertionError(f"{error}, after {' < '.join(reversed(monkey.last))}") from error
        shutil.copytree(screen.unit.parent, folder / "left")  # type: ignore[attr-defined]
        return monkey.report, folder / "left" / "unit.pupildesk"
