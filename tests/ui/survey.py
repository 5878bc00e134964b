"""The round of every window: opens each, asks ``fits.py`` what is wrong with it, and draws its picture if wanted."""

from collections.abc import Iterator
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
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages import pages
from pupil_desk.ui.style.look import Look
from pupil_desk.ui.window import Window
from tests.ui.drawn import Picture, cut, painted_over, unseen
from tests.ui.fits import blurred, dots_drawn, faults
from tests.ui.further_scenes import LEAD, first_questions, further_scenes, questions, scenes_of_lead
from tests.ui.pages.made import CLOCK, PASSWORD, USER, pupil_called
from tests.ui.scenes import Scene, busiest, scenes
from tests.ui.seen_dialogs import SeenDialogs
from tests.ui.style.test_contrast_themes import palette_of

FRAME = QSize(0, 31)  # the title bar of Windows, device-independent pixels


@dataclass(frozen=True, slots=True)
class Manner:
    """How the round is made: text size in per cent, colours, with the demonstration's pupils or the small unit's, and
    whether every part, pane and act is opened too, in a window as large as the screen. Where pages are not looked at ``both_ways``, every other is
    without a pupil, and those between with one.

    ``which_pages`` and ``which_scenes`` are gone to, of all pages and of all groups of scenes, and of each group the first ``scenes_of_each``; without
    that number also what stands in ``further_scenes.py``, and all that the safeguarding lead sees.
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

    @property
    def further(self) -> bool:
        """Whether what no short round opens is opened."""
        return self.demo and self.everywhere and self.scenes_of_each is None


def settle() -> None:
    for _turn in range(8):  # a part of a tab of a record of a page that wraps tells it one widget a turn up to the page
        QApplication.processEvents()


def take_theme(name: str) -> None:
    """Have the system be in a contrast theme of Windows, for as long as this process lives."""
    Look._high_contrast = lambda _look: True  # type: ignore[method-assign]
    Look._system_palette = lambda _look: palette_of(name)  # type: ignore[method-assign]


class Survey:
    """Opens sign-in and its kin, every page with and without a pupil, and what is asked there, and says what is wrong with each."""

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
        self.window(*((OFFICER, DEMO_PASSWORD) if self.manner.demo else (USER, PASSWORD)))
        if self.manner.further:
            self.window(LEAD, DEMO_PASSWORD, of="lead: ")
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

    def window(self, name: str, password: str, of: str = "") -> None:
        desk = sign_in(self.unit / "unit.pupildesk", name=name, password=password, clock=CLOCK)
        ask = SeenDialogs(lambda title, dialog: self.judge(f"{of}dialog: {title}", dialog))
        window = Window(pages(), desk=desk, jobs=ImmediateJobs(), ask=ask, memory=Memory(self.unit / "window.json"), training=True)
        ask.stand_on(window)
        if self.manner.everywhere:
            window.resize(self.room)
        window.show()
        someone = str(busiest(desk) if self.manner.demo else pupil_called(desk, "Priya").id)
        self.pages(window, someone, of)
        with TemporaryDirectory() as folder:
            for scene, open_it in scenes_of_lead(window) if of else self.scenes(window, someone, Path(folder)):
                open_it()
                self.judge(f"{of}{scene}", window)
        if not of:
            for _asked, act in first_questions(window, someone):
                act()
        window.close()
        desk.vault.close()

    def pages(self, window: Window, someone: str, of: str) -> None:
        """Each that this user has, with a pupil and without."""
        for number, page in enumerate(pages()[self.manner.which_pages]):
            both = (None, someone)
            for record in both if self.manner.both_ways else (both[number % 2],):
                if window.go(page.name, record) or not of:
                    self.judge(f"{of}{page.name}{' of a pupil' if record else ''}", window)

    def scenes(self, window: Window, someone: str, folder: Path) -> Iterator[Scene]:
        """The data officer's."""
        if self.manner.everywhere:
            yield from scenes(window, someone, folder, self.manner.which_scenes, self.manner.scenes_of_each)
        if self.manner.further:
            yield from further_scenes(window, someone, folder)
            yield from questions(window)
