"""The pictures of README, made anew: of the window and of a paper from a fresh demonstration, of Windows from what its trial kept.

    python3 dev.py pictures [--windows]

A picture of the window is drawn off screen, at the window's usual size, on the day it is made. With ``--windows`` those of the
installed program are taken too, from ``artefacts/windows``, where ``dev.py windows --try`` has put them. Look at each before
it is committed.
"""

import argparse
import io
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QApplication

from pupil_desk.basics.clock import SystemClock
from pupil_desk.basics.pc.drives import Drive
from pupil_desk.services.backup import backups
from pupil_desk.services.demo.making import LIVE_FILE, make_demo
from pupil_desk.services.demo.unit import OFFICER, PASSWORD
from pupil_desk.services.unit.units import sign_in
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages import pages
from pupil_desk.ui.style.look import Look
from pupil_desk.ui.window import Window

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "resources" / "help" / "pictures"
OF_WINDOWS = {"windows-home": "04-home", "windows-notice": "06-notice", "windows-receipt": "08-receipt"}  # ours: the trial's
COLOURS, OF_A_PAPER = 256, 16
PAPER_WIDTH, EDGE = 796, 192  # dots; the grey of the line around a paper


def keep(picture: Image.Image, name: str, colours: int = COLOURS) -> None:
    """Put a picture in its place, in few colours: a window has not many, a paper hardly any, and the file is a third as large."""
    few = picture.convert("RGB").quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    place = PICTURES / f"{name}.png"
    few.save(place, optimize=True)
    print(f"{place.relative_to(ROOT)}: {picture.width} × {picture.height}, {place.stat().st_size // 1000} kB")


def scenes(window: Window, stick: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each picture's name, and what brings the window there, one after the other."""
    yield "pupils", lambda: window.go("pupils", _pupil(window, "Birtwhistle", "Nia"))
    yield "forms-confirm", lambda: _forms(window)
    yield "request", lambda: _request(window)
    yield "export", lambda: _export(window, stick)


def _pupil(window: Window, surname: str, forename: str) -> str:
    found = window.context.desk.vault.first_row("SELECT id FROM pupil WHERE surname = ? AND forename = ?", (surname, forename))
    assert found is not None, f"the demonstration has no {forename} {surname}"
    return str(found[0])


def _forms(window: Window) -> None:
    window.go("forms")
    page = window.page
    page.tabs.setCurrentWidget(page.confirming)  # type: ignore[attr-defined]
    page.confirming.table.selectRow(1)  # type: ignore[attr-defined]  # one whose ticks are not clear


def _request(window: Window) -> None:
    window.go("requests")
    window.page.list.table.selectRow(1)  # type: ignore[attr-defined]  # a copy; it stands at its next step, the search


def _export(window: Window, stick: Path) -> None:
    window.go("exports")
    page = window.page
    page.tabs.setCurrentIndex(0)  # type: ignore[attr-defined]
    page.making.choices.place.drives = lambda: [Drive(stick, "REGISTER (E:)", 12_400_000_000, 16_000_000_000)]  # type: ignore[attr-defined]
    page.on_show("youth-support")
    page.making.choices.reason.setText("Autumn return to the youth support service")  # type: ignore[attr-defined]


def of_the_window(demo: Path) -> None:
    """The pictures of the window, as the data officer of a demonstration sees it."""
    qt = QApplication(["pictures"])
    Look(qt)
    desk = sign_in(demo / LIVE_FILE, name=OFFICER, password=PASSWORD, clock=SystemClock())
    window = Window(pages(), desk=desk, jobs=ImmediateJobs(), ask=Answers(), memory=Memory(demo / "window.json"), training=True)
    proved = backups.last(desk)
    window.show_backup(proved.moment if proved else None)
    window.resize(1180, 780)
    window.show()
    stick = demo / "stick"
    stick.mkdir()
    for name, bring in scenes(window, stick):
        window.banner.dismiss()
        bring()
        for _turn in range(8):  # what is laid out in a part is told to the page a turn later
            QApplication.processEvents()
        held = QBuffer()
        held.open(QIODevice.OpenModeFlag.WriteOnly)
        window.grab().save(held, "PNG")
        keep(Image.open(io.BytesIO(bytes(held.data().data()))), name)
    window.close()
    desk.vault.close()


def of_a_paper(demo: Path) -> None:
    """The first page of the privacy notice in Arabic, with a line around it."""
    page = pypdfium2.PdfDocument(demo / "notices" / "privacy-notice-arabic.pdf")[0]
    sheet = page.render(scale=(PAPER_WIDTH - 2) / page.get_width()).to_pil()
    keep(ImageOps.expand(sheet.convert("RGB"), 1, (EDGE, EDGE, EDGE)), "arabic-notice", OF_A_PAPER)


def of_windows() -> None:
    """The pictures that the trial on Windows kept. Raises FileNotFoundError where it has not been run."""
    for ours, theirs in OF_WINDOWS.items():
        keep(Image.open(ROOT / "artefacts" / "windows" / f"{theirs}.png"), ours)


def main() -> None:
    """The command."""
    words = argparse.ArgumentParser(prog="dev.py pictures", description="Make the pictures of README anew.")
    words.add_argument("--windows", action="store_true", help="those that the trial on Windows kept, too")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        make_demo(demo, clock=SystemClock())
        of_the_window(demo)
        of_a_paper(demo)
    if asked.windows:
        of_windows()


if __name__ == "__main__":
    main()
