"""``Ask`` on the screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QObject, QSize, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QPushButton, QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.talk.ask import Choice, Kinds, twice_words
from pupil_desk.ui.kit.talk.file_icons import FileIcons
from pupil_desk.ui.kit.talk.question_words import QuestionWords, as_tall_as_its_place
from pupil_desk.ui.kit.watch.making import AGAIN, making_of
from pupil_desk.ui.kit.words import STRETCH, button, column_in, column_layout, label, name_label, row_layout, show_words
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import dress, sized

_TITLE_BAR = 4 * tokens.TARGET  # what stands beside the title in the frame that the system draws: its sign and its buttons


class _Question(QDialog):
    """Words, at most one field, and buttons. ``answer`` is the key pressed; Esc leaves the safe one."""

    def __init__(self, parent: QWidget | None, title: str, text: str, choices: Sequence[Choice], safe: str) -> None:
        super().__init__(parent)
        if parent is None:
            dress(self)
        self.setWindowTitle(title)
        self.setModal(True)
        self.answer = safe
        self._words = QuestionWords(title, text)
        self.column = column_in(
            self,
            tokens.M,
            as_tall_as_its_place(label(title, "subhead")),
            self._words,
            left=tokens.XL,
            top=tokens.XL,
            right=tokens.XL,
            bottom=tokens.L,
        )
        self.buttons = {choice.key: self._button(choice) for choice in choices}
        self._row(choices)
        self.buttons[safe].setFocus()
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def fit(self) -> None:
        """As large as what it says, within the screen. Qt alone would stop at two thirds of it, and cut the words there."""
        self.ensurePolished()
        room = self.screen().availableSize() - QSize(tokens.XL, tokens.HUGE)  # the frame and the title bar stand there too
        margins = self.column.contentsMargins()
        self._words.setMaximumWidth(min(self._words.maximumWidth(), room.width() - margins.left() - margins.right()))
        font = QFont(self.font())
        font.setBold(True)
        title = QFontMetrics(font).horizontalAdvance(self.windowTitle()) + _TITLE_BAR
        wide = min(max(self.sizeHint().width() + tokens.THIN, title), room.width())
        tall = self.column.totalHeightForWidth(wide) if self.column.hasHeightForWidth() else self.sizeHint().height()
        self.resize(wide, min(tall, room.height()))

    def _button(self, choice: Choice) -> QPushButton:
        return button(choice.words, lambda: self._pressed(choice.key), "" if choice.tone == "plain" else choice.tone)

    def _row(self, choices: Sequence[Choice]) -> None:
        """Side by side from where the words begin, as on every page; one under the other where that would be wider than the words may be."""
        self.column.addSpacing(tokens.XS)
        side_by_side = sum(made.sizeHint().width() + tokens.M for made in self.buttons.values()) <= sized(tokens.READING)
        buttons = [self.buttons[choice.key] for choice in choices]
        self.column.addLayout(
            row_layout(*buttons, STRETCH, spacing=tokens.M) if side_by_side else column_layout(*buttons, spacing=tokens.S)
        )

    def _pressed(self, key: str) -> None:
        self.answer = key
        self.accept()


class _TextQuestion(_Question):
    """A question with one field; its verb works only once the text is right. Esc beside typed words, and the window's own cross, ask for a second one."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        field: str,
        verb: Choice,
        *,
        check: Callable[[str], str],
        value: str = "",
        stay: str = "",
    ) -> None:
        super().__init__(parent, title, text, (verb, Choice("cancel", stay or _("Cancel"))), "cancel")
        self._verb, self._check, self._value, self._is_warned = verb.key, check, value, False
        self.edit = QLineEdit(value)
        self.edit.setAccessibleName(field)
        self.edit.returnPressed.connect(self._try)
        self.edit.textEdited.connect(self._go_on_typing)
        self._wrong = as_tall_as_its_place(label("", "problem"))
        self._wrong.hide()
        named = column_layout(
            as_tall_as_its_place(name_label(field, self.edit)), self.edit, spacing=tokens.S
        )  # over which the ring of the field does not reach
        self.column.insertLayout(2, named)
        self.column.addWidget(self._wrong)  # beneath the buttons, none of which moves as the dialog grows for it
        self.edit.setFocus()

    def _pressed(self, key: str) -> None:
        if key == self._verb:
            self._try()
        else:
            super()._pressed(key)

    def _go_on_typing(self) -> None:
        self._is_warned = False

    def reject(self) -> None:
        """One slip loses nothing that was typed."""
        is_typed = self.edit.text().strip() not in ("", self._value.strip()) and self.edit.echoMode() is QLineEdit.EchoMode.Normal
        if is_typed and not self._is_warned:
            self._is_warned = True
            self._say(twice_words())
        else:
            super().reject()

    def _say(self, words: str) -> None:
        show_words(self._wrong, words)
        self.edit.setFocus()
        self.fit()
        announce(self.edit, words, urgent=True)

    def _try(self) -> None:
        wrong = self._check(self.edit.text())
        show_words(self._wrong, wrong)
        if wrong:
            self.edit.setAccessibleDescription(wrong)
            self._say(wrong)
        else:
            super()._pressed(self._verb)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What was typed as the answer to a question that a lock closed, or with which the act was refused: it stands there again when the same is asked anew."""

    title: str
    text: str
    field: str
    typed: str


class Dialogs:
    """Asks in dialogs over a window. One at a time: a second while one is open is a bug. ``help_place`` is where the help tells of what is beneath."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._parent = parent
        self._open: QDialog | None = None
        self._last_folder: Path | None = None
        self._asked: Unanswered | None = None  # the question that is open, with nothing typed yet
        self._answered: Unanswered | None = None  # the last answer in words, until an act has come of it
        self.unanswered: Unanswered | None = None
        self.help_place: Callable[[], str] = str

    def stand_on(self, parent: QWidget) -> None:
        """The window over which questions appear."""
        self._parent = parent

    def choose(self, title: str, text: str, choices: Sequence[Choice], *, safe: str) -> str:
        question = _Question(self._parent, title, text, choices, safe)
        self._run(question)
        return question.answer

    def confirm(self, title: str, text: str, verb: str, *, danger: bool = False, stay: str = "") -> bool:
        tone: Choice = Choice("yes", verb, "danger" if danger else "primary")
        return self.choose(title, text, (tone, Choice("cancel", stay or _("Cancel"))), safe="cancel") == "yes"

    def confirm_typed(self, title: str, text: str, word: str, verb: str) -> bool:
        def check(text: str) -> str:
            return (
                ""
                if text.strip().casefold() == word.casefold()
                else _("That is not “{word}”. Type it to go on, or cancel.").format(word=word)
            )

        question = _TextQuestion(
            self._parent, title, text, _("Type {word} to confirm").format(word=word), Choice("yes", verb, "danger"), check=check
        )
        self._run(question)
        return question.answer == "yes"

    def text(
        self,
        title: str,
        text: str,
        field: str,
        *,
        value: str = "",
        verb: str = "",
        stay: str = "",
        check: Callable[[str], str] | None = None,
    ) -> str | None:
        return self._ask_text(title, text, field, verb, check, value=value, stay=stay)

    def secret(self, title: str, text: str, field: str, *, verb: str = "", check: Callable[[str], str] | None = None) -> str | None:
        return self._ask_text(title, text, field, verb, check, secret=True)

    def _ask_text(
        self,
        title: str,
        text: str,
        field: str,
        verb: str,
        check: Callable[[str], str] | None,
        *,
        value: str = "",
        stay: str = "",
        secret: bool = False,
    ) -> str | None:
        act = Choice("yes", verb or _("Continue"), "primary")
        question = _TextQuestion(self._parent, title, text, field, act, check=check or _require_text, value=value, stay=stay)
        if secret:
            question.edit.setEchoMode(QLineEdit.EchoMode.Password)
        elif (kept := self.unanswered) is not None and (kept.title, kept.text, kept.field) == (title, text, field):
            question.edit.setText(kept.typed)
            self.unanswered = None
        self._asked, self._answered = None if secret else Unanswered(title, text, field, value), None
        try:
            self._run(question)
        finally:
            self._asked = None
        if question.answer != "yes":
            return None
        self._answered = None if secret else Unanswered(title, text, field, question.edit.text())
        return question.edit.text()

    def end_answer(self, *, refused: bool) -> None:
        if refused and self._answered is not None:
            self.unanswered = self._answered
        self._answered = None

    def tell(self, title: str, text: str) -> None:
        self.choose(title, text, (Choice("ok", _("Close"), "primary"),), safe="ok")

    def folder(self, title: str, start: Path | None = None) -> Path | None:
        dialog = self._file_dialog(title, start)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return self._path_from(dialog)

    def open_file(self, title: str, kinds: Kinds, start: Path | None = None) -> Path | None:
        dialog = self._file_dialog(title, start)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([f"{words} ({pattern})" for words, pattern in kinds])
        return self._path_from(dialog)

    def save_file(self, title: str, name: str, kinds: Kinds, start: Path | None = None) -> Path | None:
        dialog = self._file_dialog(title, start)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{words} ({pattern})" for words, pattern in kinds])
        dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
        dialog.selectFile(name)
        return self._path_from(dialog)

    def dismiss(self) -> None:
        """Close the open question with its safe answer. What is typed in it is ``unanswered``, unless it is a secret."""
        if isinstance(self._open, _TextQuestion) and self._asked is not None and self._open.edit.text() != self._asked.typed:
            self.unanswered = replace(self._asked, typed=self._open.edit.text())
        if self._open is not None:
            self._open.done(QDialog.DialogCode.Rejected)  # whatever is typed in it: nobody is there to be asked

    @cached_property
    def _file_icons(self) -> FileIcons:
        return FileIcons()

    def _file_dialog(self, title: str, start: Path | None) -> QFileDialog:
        """One that begins at ``start``, else in the folder that was chosen last, else among the person's documents."""
        dialog = QFileDialog(self._parent, title)
        dialog.setIconProvider(self._file_icons)  # which it does not own
        documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        begin = next((folder for folder in (start, self._last_folder, documents) if folder is not None and folder.is_dir()), None)
        if begin is not None:
            dialog.setDirectory(str(begin))
        return dialog

    def _path_from(self, dialog: QFileDialog) -> Path | None:
        if self._parent is not None:
            making_of(self._parent).turn()  # between its making and its first picture
        accepted = self._run(dialog)
        if not accepted or not dialog.selectedFiles():
            return None
        path = Path(dialog.selectedFiles()[0])
        self._last_folder = path if path.is_dir() else path.parent
        return path

    def _run(self, dialog: QDialog) -> bool:
        if self._open is not None:
            dialog.deleteLater()
            raise RuntimeError("a question is already open")
        self._open = dialog
        from pupil_desk.ui.kit.talk.help_text import answers_to_f1  # sign-in is painted before this is read

        answers_to_f1(dialog, self.help_place)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        if isinstance(dialog, _Question):
            dialog.fit()
        try:
            return dialog.exec() == QDialog.DialogCode.Accepted
        finally:
            self._open = None
            dialog.deleteLater()


def _require_text(text: str) -> str:
    return "" if text.strip() else _("Nothing is entered yet. Enter it to go on.")


def once_answered(owner: QObject, ask: Callable[[], object]) -> None:
    """Ask something at the end of a job: at once, or when the dialog is answered that somebody has opened meanwhile.

    Not once the owner has gone, or its window: a lock closes that dialog too, and the file after it.
    """
    if QApplication.activeModalWidget() is None:
        ask()
    else:
        QTimer.singleShot(AGAIN, owner, partial(_if_still_there, owner, ask))


def _if_still_there(owner: QObject, ask: Callable[[], object]) -> None:
    if not isinstance(owner, QWidget) or owner.window().isVisible():
        once_answered(owner, ask)
