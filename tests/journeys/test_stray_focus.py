"""A list beneath a box had the keys, and was left before the display could tell so: the cursor stays where it was put since."""

import subprocess
from pathlib import Path

import pytest
from screen import Screen

pytestmark = pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")

_PROGRAM = """
import subprocess, sys
from datetime import date
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QListWidget
from pupil_desk.ui.kit.forms.codebox import CodeBox
from pupil_desk.ui.kit.words import column_of
from pupil_desk.ui.start import watch

app = QApplication([])
watching = watch(app, lambda: None)
box, people = CodeBox("incident_part", today=date(2026, 11, 26), name="Part"), QListWidget()
box.setObjectName("box")
people.setObjectName("people")
line = QLineEdit()
line.setObjectName("line")
people.addItems(["Aoife", "Nia"])
words = QLabel("&People")
words.setBuddy(people)
window = column_of(box, words, people, line)
asking, answers = QDialog(window), []
asking.finished.connect(answers.append)
opens = QAction(window, shortcut="Alt+D", triggered=asking.open)
window.addAction(opens)


class Typing(QObject):
    '''All the other keys are there before the program has done what the first one asks.'''

    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(watched, QWindow) and event.key() == Qt.Key.Key_S:
            opening = ["alt+d"] if "dialog" in sys.argv else []
            subprocess.run(["xdotool", "key", "--delay", "1", "Return", "alt+p", "Down", *opening], check=True)
        return False


typing, told = Typing(), []
app.installEventFilter(typing)


def tell(active):
    told.append(active is not None and active.type() == Qt.WindowType.Popup)
    if told == [False]:
        box.setFocus()
        subprocess.Popen(["xdotool", "key", "s"])
    elif told[-1] and "answer" in sys.argv:
        line.setFocus()
    elif asking.isVisible() and active is asking.windowHandle():
        QTimer.singleShot(0, asking.accept)
    elif (answers if "dialog" in sys.argv else True in told) and active is window.windowHandle():
        QTimer.singleShot(0, lambda: (print(app.focusWidget().objectName(), box.currentText(), people.currentRow()), app.quit()))


app.focusWindowChanged.connect(tell)
window.show()
sys.exit(app.exec())
"""


@pytest.mark.parametrize(("comes", "stands"), [("nothing", "people"), ("answer", "line"), ("dialog", "people")])
def test_the_late_word_of_a_list_that_has_closed_moves_no_cursor(tmp_path: Path, comes: str, stands: str) -> None:
    """Nor does what puts it back undo what a job's answer has moved meanwhile, nor does a dialog keep it from that."""
    with Screen(tmp_path, shots=tmp_path / "shots") as screen:
        ran = subprocess.run([screen.python, "-c", _PROGRAM, comes], env=screen.env, capture_output=True, text=True, timeout=300)
    assert ran.stdout.split() == [stands, "Saw", "it", "1"], ran.stderr[-2000:]
