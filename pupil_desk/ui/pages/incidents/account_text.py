"""The texts of an account as the report tells them, to be read, and marked where words are to be taken out."""

from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from pupil_desk.basics.utf16 import length_in_units, length_of_units
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.services.incidents.naming import TOLD, ReportPlace
from pupil_desk.ui.style.look import colours

_READS = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class AccountText(QPlainTextEdit):
    """Each text beneath its name. What is taken out is struck through."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._wording = ""
        self._texts: dict[str, tuple[int, str]] = {}  # where each begins here, as Qt counts, and what it says
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(_READS)

    def show_wording(self, wording: Incident | None) -> None:
        """Show the texts of one; None shows none, and keeps nothing in memory."""
        self._wording, self._texts, lines = wording.id if wording is not None else "", {}, ""
        for field in TOLD if wording is not None else ():
            if text := getattr(wording, field):
                lines += f"{item_named(Incident, field).label}:\n"
                self._texts[field] = (length_in_units(lines), text)
                lines += f"{text}\n"
        self.setPlainText(lines)

    def places_marked(self) -> list[ReportPlace]:
        """What is marked, text by text, without the blanks around it."""
        cursor = self.textCursor()
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        places = []
        for field, (begins, text) in self._texts.items():
            start, stop = (length_of_units(text, max(position - begins, 0)) for position in (first, last))
            words = text[start:stop]
            if words.strip():
                start += len(words) - len(words.lstrip())
                places.append(ReportPlace(self._wording, field, start, start + len(words.strip())))
        return places

    def strike_out(self, places: Collection[ReportPlace]) -> None:
        """Show these as taken out."""
        look = QTextCharFormat()
        look.setFontStrikeOut(True)
        look.setForeground(QColor(colours().bad))
        look.setBackground(QColor(colours().bad_soft))
        struck = []
        for place in places:
            if place.field in self._texts:
                begins, text = self._texts[place.field]
                cursor = QTextCursor(self.document())
                cursor.setPosition(begins + length_in_units(text[: place.start]))
                cursor.setPosition(begins + length_in_units(text[: place.stop]), QTextCursor.MoveMode.KeepAnchor)
                selection = QTextEdit.ExtraSelection()
                selection.cursor, selection.format = cursor, look
                struck.append(selection)
        self.setExtraSelections(struck)
