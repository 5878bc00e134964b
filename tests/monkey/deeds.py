"""Acts that are carried through: each is begun, pressed on until the log shows it done, and told as not completed where it never does.

What is asked before one that cannot be taken back is answered both ways: no first, after which nothing may stand in the log, then yes.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pupil_desk.services.roles import Action
from tests.monkey.chance import Press
from tests.monkey.errands import Errands
from tests.monkey.made import another_list
from tests.monkey.purposes import ABOUT_A_PUPIL

_OFTEN = 0.3  # of the errands
_LINES = 6  # of a list, that are tried until one lets the act begin
_TRIES = 14  # presses on, of one act
_LOOKS = 4  # after each, while a job is at work
_BACKUP = "*.pupilbackup"


@dataclass(frozen=True, slots=True)
class Deed:
    """One act: where it is begun, by which buttons it goes on, which fields it needs beside the required ones, and its rows in the log."""

    name: str
    actions: tuple[Action, ...]
    page: str
    part: str = ""
    rows: str = ""  # the list of which a line is chosen first
    begins: str = ""
    goes_on: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    asks: bool = False
    of_a_backup: bool = False
    of_a_list: bool = False  # a further one is read in each time


_KEEPING = ("Data protection", "Keeping and erasing", "Keeping and erasing")
BACKUP = Deed("a backup", (Action.BACK_UP,), "Backup", begins="Another folder", goes_on=("Make a backup",))
DEEDS = (
    Deed(
        "an export",
        (Action.EXPORT, Action.EXPORT_PLAIN, Action.CONTACT_SHEET),
        "Exports",
        "Make an export",
        "Exports",
        "Prepare it",
        ("Make the export",),
    ),
    Deed("a suspension", (Action.SUSPEND,), ABOUT_A_PUPIL, "Suspensions", "", "Add a decision", ("Save",), ("Number of sessions",)),
    Deed("an erasure proposed", (Action.PROPOSE_ERASURE,), *_KEEPING, "Propose to erase", asks=True),
    Deed("an erasure agreed to", (Action.AGREE_ERASURE,), *_KEEPING, "Agree", asks=True),
    Deed("an erasure", (Action.ERASE,), *_KEEPING, "Erase now", asks=True),
    BACKUP,
    Deed("a restore", (Action.RESTORE,), "Backup", begins="Restore to a new file", of_a_backup=True),
    Deed(
        "an import",
        (Action.IMPORT,),
        "Import",
        begins="Choose a file",
        goes_on=("Import", "Take in", "Read all", "Go on", "Next"),
        of_a_list=True,
    ),
)


@dataclass(slots=True)
class Done:
    """How often each act was completed, refused by whoever was asked, and begun in vain; and what was done all the same."""

    completed: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    not_completed: Counter[str] = field(default_factory=Counter)
    in_spite: list[str] = field(default_factory=list)

    @property
    def never(self) -> list[str]:
        """The acts that were never completed."""
        return [deed.name for deed in DEEDS if not self.completed[deed.name]]


class Deeds(Errands):
    """Errands, and among them the acts that are carried through. ``acts`` counts what stands in the log, ``look`` looks again, ``page`` is the one to keep to."""

    def __init__(
        self,
        chance: random.Random,
        press: Callable[[Press], object],
        seen: Callable[[], Mapping[str, Any]],
        files: Path,
        pupils: int,
        *,
        acts: Mapping[str, int],
        look: Callable[[], object],
        done: Done,
        page: str = "",
    ) -> None:
        super().__init__(chance, press, seen, files, pupils)
        self._acts, self._look, self._done, self._page = acts, look, done, page
        self._deeds: list[Deed] = []

    def run(self) -> None:
        """One errand, or one act; only errands on the one page to which it goes back again and again."""
        if self._page:
            self._escape()
            self._go_to(self._page)
            self._finish()
            return
        if self._random.random() >= _OFTEN:
            super().run()
            return
        self._deeds = self._deeds or self._random.sample(DEEDS, len(DEEDS))
        self.do(self._deeds.pop())

    def do(self, deed: Deed) -> None:
        """Go there, begin it, answer no where that is asked and begin it again, and press on until it is done."""
        if deed.of_a_backup and not any(self._files.rglob(_BACKUP)):
            self.do(BACKUP)
        before = self._count(deed)
        self._escape()
        if deed.page != ABOUT_A_PUPIL and self._pages and deed.page not in self._pages:
            return
        self._go_to_its_place(deed)
        if not self._begin(deed):
            return  # nothing is there with which it can be done, or whoever sits there may not
        if deed.asks and self._seen()["dialog"]:
            self._answer(yes=False)
            self._done.refused[deed.name] += 1
            if self._count(deed) > before:
                self._done.in_spite.append(f"{deed.name} was done though it was refused")
                return
            if not self._begin(deed, again=True):
                return
        completed = self._press_on(deed, before)
        (self._done.completed if completed else self._done.not_completed)[deed.name] += 1

    def _count(self, deed: Deed) -> int:
        return sum(self._acts.get(action.value, 0) for action in deed.actions)

    def _go_to_its_place(self, deed: Deed) -> None:
        if deed.page == ABOUT_A_PUPIL:
            self._go_to_a_pupil(deed.part)
            return
        self._go_to(deed.page)
        if self._seen()["pages"].get(self._seen()["page"]) != deed.page:
            self._go_to(deed.page)  # Find was still opened as its words were typed
        if deed.part:
            self._click_named(deed.part, "tab")

    def _begin(self, deed: Deed, *, again: bool = False) -> bool:
        """By its button, on the first of some lines for which there is one; ``again`` on the line on which one stands."""
        if not deed.rows or again:
            return self._click_named(deed.begins, "button")
        lines = [row for row in self._controls("row") if row[4] == deed.rows]
        for line in self._random.sample(lines, min(len(lines), _LINES)):
            self._click(line)
            if self._click_named(deed.begins, "button"):
                return True
        return False

    def _press_on(self, deed: Deed, before: int) -> bool:
        file = another_list(self._files, self._written) if deed.of_a_list else ""
        for _try in range(_TRIES):
            if self._comes(deed, before):
                return True
            seen = self._seen()
            if seen["page"].startswith("outside") or not seen["page"]:
                return False
            if seen["file_dialog"]:
                self._give_a_file(file)
            elif seen["dialog"]:
                self._answer(yes=True)
            else:
                self._take_next_step(deed)
        return self._count(deed) > before

    def _comes(self, deed: Deed, before: int) -> bool:
        """Whether it stands in the log, once a job that writes it is done."""
        for _look in range(_LOOKS):
            self._look()
            if self._count(deed) > before or self._seen()["dialog"]:
                break
        return self._count(deed) > before

    def _take_next_step(self, deed: Deed) -> None:
        """What is missing is filled in or chosen, then the button that goes on is pressed; what the form says is wrong is put right."""
        for control in self._fields():
            must = "(required)" in control[3] or control[3].startswith(deed.needs or "(required)")
            if must and "filled" not in control[4]:
                self._click(control)
                self._keys(*self._content(control))
                if self._seen()["dialog"]:
                    return
        places = [control for control in self._controls("field") if control[3].startswith("Where to") and "filled" not in control[4]]
        if places and self._click_named("Another folder", "button"):
            return
        for begins in deed.goes_on:
            if self._click_named(begins, "button"):
                self._mend()
                return
