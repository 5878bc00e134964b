"""The text of the help: a chapter, read from a heading of it, with the words that were looked for marked.

Over a question too, which waits meanwhile.
"""

from collections.abc import Callable
from functools import partial
from re import finditer

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut, QShowEvent, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QTextBrowser, QTextEdit, QWidget

from pupil_desk.basics.text import tokens
from pupil_desk.basics.words import _
from pupil_desk.services.program import guides, keys
from pupil_desk.services.program.guides import Passage
from pupil_desk.ui.kit.words import STRETCH, button, column_in, growing, row_layout
from pupil_desk.ui.style import tokens as sizes
from pupil_desk.ui.style.look import sized


class HelpText(QTextBrowser):
    """``link_followed`` carries the place that a link leads to."""

    link_followed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Help text"))
        self.setProperty("look", "prose")
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._follow)
        self._name = ""

    def read(self, passage: Passage, words: str = "") -> None:
        """Show the chapter from that heading on; ``words`` are those that were looked for."""
        if passage.chapter.name != self._name:
            self._name = passage.chapter.name
            self.setMarkdown(guides.text_of(self._name))
        manner = self.document().rootFrame().frameFormat()
        manner.setBottomMargin(self.viewport().height())  # room, so that the last heading can stand at the top too
        self.document().rootFrame().setFrameFormat(manner)
        self._mark(tokens(words))
        self._begin_at(passage.number)

    def _begin_at(self, number: int) -> None:
        block = self.document().begin()
        while block.isValid() and (number or not block.blockFormat().headingLevel()):
            block = block.next()
            number -= bool(block.blockFormat().headingLevel())
        self.setTextCursor(QTextCursor(block if block.isValid() else self.document().begin()))
        self._scroll_to(block)

    def _scroll_to(self, block: QTextBlock) -> None:
        top = self.document().documentLayout().blockBoundingRect(block).y() if block.isValid() and block.blockNumber() else 0
        self.verticalScrollBar().setValue(int(top))

    def _mark(self, query: list[str]) -> None:
        manner = QTextCharFormat()
        manner.setBackground(self.palette().color(QPalette.ColorRole.Highlight))
        manner.setForeground(self.palette().color(QPalette.ColorRole.HighlightedText))
        marks = []
        for match in finditer(r"[\w’']+", self.document().toPlainText()) if query else ():
            if any(token.startswith(start) for token in tokens(match[0]) for start in query):
                mark = QTextEdit.ExtraSelection()
                mark.format = manner
                cursor = QTextCursor(self.document())
                cursor.setPosition(match.start())
                cursor.setPosition(match.end(), QTextCursor.MoveMode.KeepAnchor)
                mark.cursor = cursor
                marks.append(mark)
        self.setExtraSelections(marks)

    @property
    def marked(self) -> list[str]:
        """The words that are marked."""
        return [mark.cursor.selectedText() for mark in self.extraSelections()]

    def _follow(self, link: QUrl) -> None:
        self.link_followed.emit(link.toString().removesuffix(".md"))


class HelpOver(QDialog):
    """The help over a question, or over sign-in, which stays as it is: Esc leads back to it. ``words`` are what is asked."""

    def __init__(self, question: QWidget, passage: Passage, words: str = "") -> None:
        super().__init__(question)
        self.setWindowTitle(_("Help"))
        self.text = HelpText()
        self.text.link_followed.connect(lambda place: self.text.read(guides.passage_at(place)))
        self.close_button = button(_("Close"), self.reject, "primary")
        column_in(
            self,
            sizes.M,
            growing(self.text),
            row_layout(STRETCH, self.close_button),
            left=sizes.L,
            top=sizes.L,
            right=sizes.L,
            bottom=sizes.L,
        )
        self.resize(sized(sizes.READING), sized(sizes.READING) * 3 // 4)
        self._passage, self._words = passage, words
        self.text.setFocus()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Where a heading stands is known once the text has its width."""
        super().showEvent(event)
        self.text.read(self._passage)
        if self._words:
            self.text.find(self._words)  # where they stand together they are selected, and in view


def answers_to_f1(question: QDialog, place: Callable[[], str]) -> None:
    """F1 in a question shows the help on it: the passage that has the words of its title, else that of the place it was asked at."""
    QShortcut(QKeySequence(keys.HELP.sequence), question, partial(_show_help, question, place))


def _show_help(question: QDialog, place: Callable[[], str]) -> None:
    title = question.windowTitle().rstrip("?:. ")
    _show_over(HelpOver(question, guides.concerning(place(), title), title))


def show_help_at(place: str, window: QWidget) -> None:
    """The help over a window, at that place of it."""
    _show_over(HelpOver(window, guides.passage_at(place)))


def _show_over(over: HelpOver) -> None:
    over.finished.connect(over.deleteLater)
    over.show()
