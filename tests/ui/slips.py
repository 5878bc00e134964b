"""Types into each field that is in sight, slips to Esc, goes to another page and back, and says where the words typed were lost."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit

from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.window import Window
from tests.ui.scenes import Scene
from tests.ui.still import SafeAnswers

type Typed = QLineEdit | QPlainTextEdit
_WORDS = "12"  # which every kind of field takes
_TO_FIND = ("Find", "Age today")  # what is typed to find something is no record: Esc empties the box


def fields(window: Window) -> list[Typed]:
    """What can be typed into now, but for what finds something."""
    found = [field for kind in (QLineEdit, QPlainTextEdit) for field in window.page.findChildren(kind)]  # to ask for all widgets takes long
    return [field for field in found if _can_be_typed_into(field, window) and not field.accessibleName().startswith(_TO_FIND)]


def _can_be_typed_into(field: Typed, window: Window) -> bool:
    is_inside = isinstance(field.parentWidget(), QComboBox | QAbstractSpinBox)
    return field.isVisible() and field.isEnabled() and not field.isReadOnly() and not is_inside and field.window() is window


def text_of(field: Typed) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def settle() -> None:
    for _turn in range(6):
        QApplication.processEvents()


class WordsTyped:
    """Goes through scenes, and types into one of so many of their fields."""

    def __init__(self, window: Window, ask: SafeAnswers, *, one_of: int = 1) -> None:
        self._window, self._ask, self._one_of = window, ask, one_of
        self.seen: set[tuple[str, str, str]] = set()
        self.typed_into = 0  # fields

    def lost(self, scene: Scene) -> Iterator[str]:
        """Where words typed in this scene are gone after a slip, unasked and with no way back."""
        scene[1]()
        settle()
        there = fields(self._window)
        for number in range(len(there)):
            if number >= len(there):
                return
            field = there[number]
            key = self._key(field, scene[0])
            if key in self.seen:
                continue
            self.seen.add(key)
            if len(self.seen) % self._one_of:
                continue
            self.typed_into += 1
            name = field.accessibleName()
            yield from (f"{scene[0]}: {name}: {how}" for how in self._slip(field, scene))
            if self._window.page.dirty:
                self._window.page.discard()
                scene[1]()
                settle()
            there = fields(self._window)

    def _key(self, field: Typed, scene: str) -> tuple[str, str, str]:
        """The fields of a form made from the catalogue are alike: one of each kind in a scene stands for all."""
        around, kind = field.parentWidget(), type(field.parentWidget()).__name__
        while around is not None and not isinstance(around, Form):
            around = around.parentWidget()
        return self._window.page.name, kind, scene if around is not None else field.accessibleName()

    def _slip(self, field: Typed, scene: Scene) -> Iterator[str]:
        window, name = self._window, field.accessibleName()
        window.banner.dismiss()
        self._ask.questions.clear()
        field.setFocus()
        QTest.keyClicks(field, _WORDS)
        typed = text_of(field)
        QTest.keyClick(field, Qt.Key.Key_Escape)
        settle()
        message = window.banner.message
        if message is not None and message.act is not None:
            message.act[1]()
            settle()
        elif self._standing(name, typed) is None and not self._ask.questions:
            scene[1]()  # the way by which one came
            settle()
        if self._standing(name, typed) is None and not self._ask.questions:
            yield "Esc"
            return
        self._ask.questions.clear()
        page = window.page.name
        window.go("help" if page != "help" else "home")
        settle()
        window.go(page)
        settle()
        if self._standing(name, typed) is None and not self._ask.questions:
            yield "another page"

    def _standing(self, name: str, typed: str) -> Typed | None:
        """The field of that name in which those words stand."""
        return next((one for one in fields(self._window) if (one.accessibleName(), text_of(one)) == (name, typed)), None)
