"""The round of every window: opens each, asks ``fits.py`` what is wrong with it, and draws its picture if wanted."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from pupil_desk.services.demo.unit import OFFICER, make_training_unit
from pupil_desk.services.demo.unit import PASSWORD as DEMO_PASSWORD
from pupil_desk.services.unit.units import sign_in, sign_out
from pupil_desk.ui.entry.entry import Entry
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers, Choice
from pupil_desk.ui.kit.talk.dialogs import _Question, _TextQuestion
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages import pages
from pupil_desk.ui.style.look import Look
from pupil_desk.ui.window import Window
from tests.ui.drawn import Picture, cut, painted_over, unseen
from tests.ui.fits import blurred, dots_drawn, faults
from tests.ui.pages.made import CLOCK, PASSWORD, USER, pupil_called
from tests.ui.scenes import busiest, scenes
from tests.ui.style.test_contrast_themes import palette_of

FRAME = QSize(0, 31)  # the title bar of Windows, device-independent pixels


@dataclass(frozen=True, slots=True)
class Manner:
    """How the round is made: text size in per cent, colours, with the demonstration's pupils or the small unit's, and
    whether every part, pane and act is opened too, in a window as large as the screen. Where pages are not looked at ``both_ways``, every other is
    without a pupil, and those between with one.

    ``which_pages`` and ``which_scenes`` are gone to, of all pages and of all groups of scenes, and of each group the first ``scenes_of_each``.
    """

    scale: float
    text: int
    scheme: Literal["light", "dark", "contrast"] = "light"
    demo: bool = False
    everywhere: bool = False
    both_ways: bool = True
    which_pages: slice = slice(None)
    which_scenes: slice = slice(None)
    scenes_of_each: int | None = None


def settle() -> None:
    for _turn in range(8):  # a part of a tab of a record of a page that wraps tells it one widget a turn up to the page
        QApplication.processEvents()


def take_theme(name: str) -> None:
    """Have the system be in a contrast theme of Windows, for as long as this process lives."""
    Look._high_contrast = lambda _look: True  # type: ignore[method-assign]
    Look._system_palette = lambda _look: palette_of(name)  # type: ignore[method-assign]


class Survey:
    """Opens sign-in and its kin, every page with and without a pupil, and two dialogs, and says what is wrong with each."""

    def __init__(self, manner: Manner, unit: Path, pictures: Path | None) -> None:
        self.app = QApplication(["survey"])
        if manner.scheme == "contrast":
            take_theme("night sky")
        Look(self.app, manner.text, "dark" if manner.scheme == "dark" else "light")
        self.manner, self.unit, self.pictures = manner, unit, pictures
        self.room = self.app.primaryScreen().availableSize() - FRAME
        self.found: dict[str, list[str]] = {}
        if manner.demo and not (unit / "unit.pupildesk").exists():
            unit.mkdir(parents=True, exist_ok=True)
            sign_out(make_training_unit(unit / "unit.pupildesk", clock=CLOCK).desk)

    def run(self) -> dict[str, list[str]]:
        self.entry()
        self.window()
        self.dialogs()
        return self.found

    def judge(self, name: str, window: QWidget) -> None:
        settle()
        dots: list[tuple[float, float]] = []
        with dots_drawn(dots):
            drawn = window.grab()
        scale = self.manner.scale
        self.found[name] = [*faults(window, self.room), *blurred(window, scale)]
        self.found[name] += [f"a page drawn with {given} dots to the inch of {wanted}" for given, wanted in dots if given < wanted]
        if drawn.devicePixelRatio() != scale:
            self.found[name].append(f"drawn at {drawn.devicePixelRatio()}")
        picture = Picture(window)
        self.found[name] += [*unseen(picture), *cut(picture), *painted_over(window)]
        if self.pictures is not None:
            self.pictures.mkdir(parents=True, exist_ok=True)
            drawn.save(str(self.pictures / f"{name}.png"))

    def entry(self) -> None:
        place = self.unit / "unit.pupildesk"
        entry = Entry(ImmediateJobs(), Answers(), Memory(self.unit / "entry.json"), path=place, clock=CLOCK)
        entry.show()
        steps = {
            "sign-in": lambda: entry.sign_in(place),
            "welcome": entry.welcome,
            "new-unit": entry.new_unit,
            "forgotten": lambda: entry.forgotten(place),
        }
        for name, step in steps.items():
            step()
            self.judge(f"entry: {name}", entry)
        entry.panel.loses = ""
        entry.close()

    def window(self) -> None:
        name, password = (OFFICER, DEMO_PASSWORD) if self.manner.demo else (USER, PASSWORD)
        desk = sign_in(self.unit / "unit.pupildesk", name=name, password=password, clock=CLOCK)
        window = Window(pages(), desk=desk, jobs=ImmediateJobs(), ask=Answers(), memory=Memory(self.unit / "window.json"), training=True)
        if self.manner.everywhere:
            window.resize(self.room)
        window.show()
        someone = busiest(desk) if self.manner.demo else pupil_called(desk, "Priya").id
        for number, page in enumerate(pages()[self.manner.which_pages]):
            both = (None, someone)
            for record in both if self.manner.both_ways else (both[number % 2],):
                window.go(page.name, record)
                self.judge(f"{page.name}{' of a pupil' if record else ''}", window)
        if self.manner.everywhere:
            with TemporaryDirectory() as folder:
                chosen = scenes(window, str(someone), Path(folder), self.manner.which_scenes, self.manner.scenes_of_each)
                for name, scene in chosen:
                    scene()
                    self.judge(name, window)
        window.close()
        desk.vault.close()

    def dialogs(self) -> None:
        long = "Everything that is typed on this page and is not saved yet would be lost when you go on. " * 6
        choices = (
            Choice("save", "Save the changes", "primary"),
            Choice("discard", "Throw them away", "danger"),
            Choice("stay", "Stay here"),
        )
        asked = (
            _Question(None, "Save your changes?", long, choices, "stay"),
            _TextQuestion(
                None, "Erase?", long, "Type ERASE to confirm", Choice("yes", "Erase the record of this pupil", "danger"), check=str
            ),
        )
        for dialog in asked:
            dialog.show()
            self.judge(f"dialog: {dialog.windowTitle()}", dialog)
            dialog.close()
