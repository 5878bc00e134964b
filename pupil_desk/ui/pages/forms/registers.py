"""Registers that came back: what each page says, what is not clear with its piece of the picture, and all of a class confirmed by one key."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.register.attendance import CODES, Session
from pupil_desk.services.paper_forms import aside
from pupil_desk.services.register.sheets import waiting
from pupil_desk.services.register.sheets.waiting import ConfirmedSheet, SheetSession, WaitingSheet
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.papers.pdfview import PdfView
from pupil_desk.ui.kit.scroll import bring_into_view, scrolled
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, column_in, column_of, flow_of, growing, label, tie
from pupil_desk.ui.pages.forms.pupil_marks import PupilMarks, marks_of, session_words
from pupil_desk.ui.pages.forms.reading_in import paper_of
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_OPEN, _NO_MARK = "?", "-"  # keys of a choice, where a code stands else
_STRIP, _LEAST_LIST, _LEAST_QUESTIONS = 40, 90, 120  # heights at 100 %


class SessionQuestion(QWidget):
    """One session that a person decides: its boxes as they were scanned, why it is asked, and the codes. ``answered`` comes with each choice."""

    answered = Signal()

    def __init__(self, session: SheetSession, strip: bytes, answer: str | None) -> None:
        super().__init__()
        self.session = session
        words = session_words(session)
        labels = codelist(CODES)
        choices = [(code, f"{code} {labels.label_of(code)}") for code in session.codes]
        if session.standing:
            choices = [(code, words) for code, words in choices if code != session.standing]
            no_mark = (_NO_MARK, _("– leave {code} as it stands").format(code=session.standing))
        else:
            no_mark = (_NO_MARK, _("– no mark"))
        self.box = ChoiceBox([(_OPEN, _("Choose what holds")), no_mark, *choices], name=words)
        self.box.set_key(_OPEN if answer is None else answer if answer in dict(choices) else _NO_MARK)
        picture = QPixmap()
        picture.loadFromData(strip)
        cutting = QLabel()
        sharp = cutting.devicePixelRatioF()  # of the screen
        picture = picture.scaledToHeight(round(sized(_STRIP) * sharp), Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(sharp)
        cutting.setPixmap(picture)
        cutting.setAccessibleName(_("The boxes as scanned"))
        column_in(self, tokens.XS, tie(label(words), self.box), flow_of(cutting, self.box))
        self.box.activated.connect(lambda _place: self.answered.emit())
        self.box.currentIndexChanged.connect(lambda _place: self.answered.emit())

    @property
    def answer(self) -> str | None:
        """The code, empty for no mark or what stands; None while nothing is chosen."""
        key = self.box.key()
        return None if key == _OPEN else "" if key == _NO_MARK else key


class Registers(QWidget):
    """The pages that wait, and the one that is chosen. ``edited`` comes with each answer."""

    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._answers: dict[str, dict[waiting.SessionKey, str]] = {}
        self._opened: set[waiting.SessionKey] = set()  # sessions that the person has opened to say otherwise
        self._sheet: WaitingSheet | None = None
        self.questions: list[SessionQuestion] = []
        self.empty = EmptyState("check-circle", _("No register waits to be confirmed"), _("Read a scan in, and its registers come here."))
        self.table: Table[WaitingSheet] = Table(
            _columns(), name=_("Registers that came back"), empty=self.empty, memory=context.memory, memory_key="registers-waiting"
        )
        self.table.always_give_way({"read": 480})
        self.marks: Table[PupilMarks] = Table(
            (
                badged(context.desk, Column[PupilMarks]("pupil", _("Pupil"), lambda row: row.pupil, width=22), lambda row: row.id),
                Column("marks", _("What the page says"), lambda row: row.words, stretch=True, width=30),
            ),
            name=_("What the page says"),
            memory=context.memory,
            memory_key="registers-marks",
        )
        self.words = label("", "subhead")
        self.content = QWidget()
        self.inside_column = column_in(self.content, tokens.M)
        self.area = scrolled(self.content)
        self.confirm_button = button(_("&Confirm the page (Enter)"), self.confirm, "primary", icon_name="check-circle")
        self.aside_button = button(_("&Set the page aside"), self.put_aside, icon_name="prohibit")
        self.view = PdfView(_("The page as it was scanned"))
        self.table.setMinimumHeight(sized(_LEAST_LIST))
        self.marks.setMinimumHeight(sized(_LEAST_LIST))
        self.area.setMinimumHeight(sized(_LEAST_QUESTIONS))
        buttons = flow_of(self.confirm_button, self.aside_button)
        left = column_of(growing(self.table), self.words, growing(self.area), growing(self.marks, 2), buttons)
        self.panes_ = Panes(left, self.view, shares=(1, 1), memory=context.memory, key="registers-waiting")
        column_in(self, None, growing(self.panes_), top=tokens.M)
        self.table.current_changed.connect(lambda _row: self._show())
        self.table.opened.connect(lambda _row: self.confirm())
        self.marks.opened.connect(self._open_pupil)

    def refresh(self) -> None:
        """Ask what waits; stay on the page one is on, else on the next."""
        place, current = self.table.currentIndex().row(), self.table.current()
        rows = waiting.waiting(self._context.desk)
        same_as_before = {session for row in self.table.rows for session in row.sessions}
        self.table.show_rows(rows)
        ids = {row.id for row in rows}
        self._answers = {sheet_id: answers for sheet_id, answers in self._answers.items() if sheet_id in ids}
        if same_as_before:  # what somebody answered of a session that says something else now is asked anew
            for row in rows:
                gone = {session.key for session in row.sessions if session not in same_as_before}
                answers = self._answers.get(row.id, {})
                self._answers[row.id] = {key: code for key, code in answers.items() if key not in gone}
        if rows and (current is None or current.id not in ids):
            self.table.selectRow(min(max(place, 0), len(rows) - 1))
        self._show()

    @property
    def dirty(self) -> bool:
        """Whether something is answered of a page and not confirmed."""
        return any(self._answers.values())

    def discard(self) -> None:
        """Back to what the pages say."""
        self._answers.clear()
        self._sheet = None
        self.refresh()

    def draft(self) -> dict[str, Any]:
        """What is answered, by page: row, day, session and code."""
        return {
            sheet_id: [[place, day.isoformat(), str(session), code] for (place, day, session), code in answers.items()]
            for sheet_id, answers in self._answers.items()
        }

    def take_draft(self, draft: Mapping[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        self._answers = {
            sheet_id: {(place, date.fromisoformat(day), Session(session)): code for place, day, session, code in answers}
            for sheet_id, answers in draft.items()
        }
        self._sheet = None
        self.refresh()

    def to_what_is_left(self) -> None:
        """Go to a page of which something is answered and not confirmed."""
        answered_id = next((sheet_id for sheet_id, answers in self._answers.items() if answers), "")
        if answered_id:
            self.table.select(answered_id)

    def _show(self) -> None:
        """The page one is on: its picture, what it says, and what is asked."""
        sheet = self.table.current()
        if sheet == self._sheet and sheet is not None:
            return
        self._sheet, self._opened = sheet, set()
        self.view.clear()
        for widget in (self.words, self.area, self.marks):
            widget.setVisible(sheet is not None)
        for push_button in (self.confirm_button, self.aside_button):
            push_button.setEnabled(sheet is not None)
        self.marks.show_rows(marks_of(sheet, self._answers.get(sheet.id, {})) if sheet else [])
        self._ask()
        if sheet is not None:
            data = self._context.attempt(lambda: waiting.picture(self._context.desk, sheet.scan_id))
            if data:
                self.view.show_pdf(paper_of(data))

    def _ask(self) -> None:
        """The questions of the page one is on."""
        self.questions = []
        while (item := self.inside_column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        sheet = self._sheet
        if sheet is None:
            return
        answers = self._answers.get(sheet.id, {})
        sessions = tuple(session for session in sheet.sessions if session.is_asked or session.key in self._opened or session.key in answers)
        strips = self._context.attempt(lambda: waiting.strips(self._context.desk, sheet, sessions)) or {} if sessions else {}
        for session in sessions:
            answer = answers.get(session.key, None if session.is_asked else session.proposal)
            question = SessionQuestion(session, strips.get(session.key, b""), answer)
            question.answered.connect(partial(self._take, question))
            self.questions.append(question)
            self.inside_column.addWidget(question)
        self.inside_column.addStretch(1)
        self._say()

    def _say(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        open_count = sum(question.answer is None for question in self.questions)
        parts = [
            _("{sessions} to decide.").format(sessions=count_of(open_count, _("session"), _("sessions")))
            if open_count
            else _("Nothing is left to decide: compare it with the page, and press Enter.")
        ]
        if sheet.blank:
            parts.append(_("{sessions} without a mark.").format(sessions=count_of(len(sheet.blank), _("session"), _("sessions"))))
        self.words.setText(" ".join(parts))

    def _take(self, question: SessionQuestion) -> None:
        """Keep an answer until the page is confirmed."""
        if self._sheet is None:
            return
        answers = self._answers.setdefault(self._sheet.id, {})
        if question.answer is None:
            answers.pop(question.session.key, None)
        else:
            answers[question.session.key] = question.answer
        self.marks.show_rows(marks_of(self._sheet, answers))
        self._say()
        self.edited.emit()

    def _open_pupil(self, row: PupilMarks) -> None:
        """Ask about every session of a pupil, to say otherwise than the page was read."""
        self._opened |= {session.key for session in row.sessions}
        self._ask()
        first = next((question for question in self.questions if question.session.place == row.sessions[0].place), None)
        if first is not None:
            self._go_to(first)

    def _go_to(self, question: SessionQuestion) -> None:
        question.box.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(question)

    def confirm(self) -> None:
        """Keep what the page says; while something is open, go there."""
        sheet = self._sheet
        if sheet is None:
            return
        undecided = next((question for question in self.questions if question.answer is None), None)
        if undecided is not None:
            self._go_to(undecided)
            return
        desk, answers = self._context.desk, self._answers.get(sheet.id, {})
        confirmed = self._context.attempt(lambda: self._context.making.beside(lambda: waiting.confirm(desk, sheet, answers)))
        if confirmed is None:
            return
        self._answers.pop(sheet.id, None)
        self._context.news.tell(confirmed.changed)
        self.refresh()
        self.table.setFocus()
        words = _("Confirmed: {title}, {marks}.")
        words = words.format(title=sheet.title, marks=count_of(confirmed.marks, _("mark"), _("marks")))
        self._context.banner.success(words, undo=(_("&Undo"), partial(self._undo, confirmed)))

    def _undo(self, confirmed: ConfirmedSheet) -> None:
        if self._context.keep(lambda: waiting.undo(self._context.desk, confirmed)):
            self.refresh()
            self.table.setFocus()
            waits = any(row.id == confirmed.sheet_id for row in self.table.rows)
            self._context.banner.success(_("Undone. The page waits again.") if waits else _("Undone. Scan the page again."))

    def put_aside(self) -> None:
        """The page is not what it was taken for."""
        sheet = self._sheet
        if sheet is not None:
            self._context.keep(
                lambda: aside.put_aside(self._context.desk, [sheet.scan_id]), _("Set aside. It stands on the tab “Read in”.")
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter in an answer goes to the next that is open, and from the last of them to the button: the page is confirmed by an Enter of its own."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            in_answer = any(question.box.hasFocus() for question in self.questions)
            if in_answer and all(question.answer is not None for question in self.questions):
                self.confirm_button.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self.confirm()
        else:
            super().keyPressEvent(event)


def _columns() -> tuple[Column[WaitingSheet], ...]:
    return (
        Column("title", _("Group"), lambda row: row.title, stretch=True, first=True, width=12),
        Column("days", _("Days"), _days, width=20),
        Column(
            "says",
            _("What it says"),
            lambda row: _("{count} to decide").format(count=len(row.asked)) if row.asked else _("Clear"),
            width=14,
            icon=lambda row: "question" if row.asked else "check-circle",
        ),
        Column("read", _("Read in on"), lambda row: short_date(row.read_on), width=12),
    )


def _days(row: WaitingSheet) -> str:
    first, last = short_date(row.first), short_date(row.last)
    return first if first == last else _("{first} to {last}").format(first=first, last=last)
