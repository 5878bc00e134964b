"""A request or complaint is received: about whom, who asks, what and when. Also to put right what was recorded of one."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import age_on, short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import ORDER
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.requests.case import Capacity, RequestCase, check_case
from pupil_desk.domain.requests.steps import ADULT
from pupil_desk.services.program import keys
from pupil_desk.services.pupils import pupils
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.requests import looking, receiving
from pupil_desk.ui.kit.badge import PROTECTED_SIGN
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.keys import shortcut_within, tab_after
from pupil_desk.ui.kit.lists.find_pupil import row_meant
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.watch.descendants import worked_on_in
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import STRETCH, button, column_in, column_of, find_line, flow_of, label, line, name_label, row_in
from pupil_desk.ui.style import tokens

_OF_TABLE = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_ROWS = 6


@dataclass(frozen=True, slots=True)
class CasePupilMatch:
    """A pupil of the list to choose from."""

    id: str
    name: str
    dob: date


class NewCase(QWidget):
    """``case_saved`` carries the identity of the case that was recorded or put right; ``closed`` comes when nothing is to be recorded."""

    case_saved = Signal(str)
    closed = Signal()
    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.record: PupilRecord | None = None
        self._case: RequestCase | None = None
        self._contact: str | None = None
        self.title = label("", "title")
        self.find_box = find_line()
        self.find_box.installEventFilter(self)
        self.find_name = name_label(_("&Find the pupil whose data it is about, by name or number"), self.find_box)
        empty = EmptyState("magnifying-glass", _("No pupil has a name or number like that"), _("Those who have left are found too."))
        columns = (
            badged(context.desk, Column[CasePupilMatch]("name", _("Pupil"), lambda row: row.name, stretch=True), lambda row: row.id),
            Column[CasePupilMatch]("dob", _("Born"), lambda row: short_date(row.dob)),
            Column[CasePupilMatch]("age", _("Age"), lambda row: str(age_on(row.dob, context.desk.today)), align="right"),
        )
        self.table: Table[CasePupilMatch] = Table(columns, name=_("Pupils to choose from"), empty=empty, stands_on_first=False)
        self.pupil_label, self.before = line("", "label"), label("", "check")
        self.other_button = button(_("Another &pupil"), self.begin_pupil, "link")
        self.who_title = label(_("Who asks? Choose a name, or type one below."), "label")
        self._picks = QWidget()
        self._pick_row = FlowLayout(self._picks, tokens.S)
        self.picks: list[QWidget] = []
        self.form = Form(RequestCase, today=context.desk.today, check=lambda case: check_case(self._of_pupil(case), context.desk.today))
        self.form.fields["capacity"].name_it(_("They ask as"))
        self.save_button = button(_("&Save (Ctrl+S)"), self.save, "primary", icon_name="floppy-disk")
        self.back_button = button(_("&Back (Esc)"), self.close_)
        self._build()

    def _build(self) -> None:
        subject_row = QWidget()
        row_in(subject_row, tokens.M, self.pupil_label, self.other_button, STRETCH)
        content = column_of(
            self.title,
            flow_of(self.save_button, self.back_button),
            self.find_name,
            self.find_box,
            self.table,
            subject_row,
            self.before,
            self.who_title,
            self._picks,
            self.form,
            STRETCH,
        )
        self.find_box.setMaximumWidth(tokens.READING)
        self.table.setMaximumWidth(tokens.READING)
        self.table.setFixedHeight(self.table.verticalHeader().defaultSectionSize() * _ROWS)
        self.find_box.textChanged.connect(self._find)
        self.table.opened.connect(lambda row: self.take(row.id))
        self.form.edited.connect(self._on_edited)
        self.form.elsewhere["pupil_id"] = self.begin_pupil
        column_in(self, None, scrolled(content))
        shortcut_within(self, keys.ESC.sequence, self.close_)

    # what is shown

    def begin(self, pupil_id: str = "") -> None:
        """A new one, of a pupil where one is given."""
        self._case, self._contact = None, None
        self.title.setText(_("New request or complaint"))
        self.form.show_record(None, received=self.context.desk.today)
        self.other_button.setVisible(True)
        if pupil_id:
            self.take(pupil_id)
        else:
            self.begin_pupil()

    def correct(self, case: RequestCase) -> None:
        """What was recorded of a case, to be put right; whose it is stays."""
        self._case, self._contact = case, case.contact_id
        self.title.setText(_("Put {ref} right").format(ref=case.ref))
        self._show_pupil(pupils.record(self.context.desk, case.pupil_id) if case.pupil_id else None)
        self.other_button.hide()
        self.form.show_record(case)
        self.form.focus("kind")

    def begin_pupil(self) -> None:
        self._show_pupil(None)
        self.find_box.clear()
        self._find()
        self.find_box.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, pupil_id: str) -> None:
        """It is about this pupil."""
        record = self.context.attempt(lambda: pupils.record(self.context.desk, pupil_id))
        if record is not None:
            self._contact, self.record = None, record
            self.form.mended("pupil_id")
            once_calm(self, partial(self._show_taken, record, worked_on_in(self.window())))  # the form rises then
            self.edited.emit()

    def _show_taken(self, record: PupilRecord, cursor: QWidget | None) -> None:
        """In the place of those found; the cursor goes on to who asks, unless it was put elsewhere meanwhile."""
        if self.record is not record:
            return
        is_left = worked_on_in(self.window()) in (cursor, self.find_box, self.table)
        self._show_pupil(record)
        if is_left:
            (self.picks[0] if self.picks else self.form).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_pupil(self, record: PupilRecord | None) -> None:
        self.record = record
        asks = record is None and self._case is None
        for part in (self.find_name, self.find_box, self.table):
            part.setVisible(asks)
        self.pupil_label.setText(
            _("About {pupil}, {age} years old").format(pupil=record.pupil.full_name, age=age_on(record.pupil.dob, self.context.desk.today))
            if record
            else _("About no pupil")
            if self._case
            else ""
        )
        self.pupil_label.setVisible(not asks)
        self.other_button.setVisible(record is not None and self._case is None)
        self._say_before()
        self._offer(record)

    def _offer(self, record: PupilRecord | None) -> None:
        """The pupil and the contacts with parental responsibility as links; one under an order is marked."""
        for old in self.picks:
            old.hide()
            old.deleteLater()
            self._pick_row.removeWidget(old)
        self.picks = []
        if record is not None:
            barred = {protection.contact_id for protection in record.protections if protection.kind == ORDER}
            holders = sorted(record.contacts, key=lambda contact: not contact.parental_responsibility)
            for contact in holders:
                self.picks.append(self._pick(contact, record.pupil, barred=contact.id in barred))
            self.picks.append(button(_("The pupil"), partial(self._asks, record.pupil.legal_name, Capacity.PUPIL, None)))
        for pick in self.picks:
            self._pick_row.addWidget(pick)
        if self.window() is self.find_box.window():
            tab_after(self.other_button, self.picks)
        for part in (self.who_title, self._picks):
            part.setVisible(bool(self.picks))

    def _pick(self, contact: Contact, pupil: Pupil, *, barred: bool) -> QWidget:
        """One who may ask: with parental responsibility as a parent; for an adult, of whom nobody has it, by what the adult signed."""
        capacity = Capacity.PARENT if contact.parental_responsibility else Capacity.OTHER
        if age_on(pupil.dob, self.context.desk.today) >= ADULT:
            capacity = Capacity.AGENT
        relationship = codelist("relationship").label_of(contact.relationship).lower()
        words = _("{name}, {what}, under an order") if barred else _("{name}, {what}")
        return button(
            words.format(name=contact.full_name, what=relationship).replace("&", "&&"),
            partial(self._asks, contact.full_name, capacity, contact.id),
            icon_name=PROTECTED_SIGN if barred else "",
        )

    def _asks(self, name: str, capacity: Capacity, contact_id: str | None) -> None:
        """This person asks: the name and the right go into the form, and the cursor on to what is asked for."""
        self._contact = contact_id
        self.form.take_draft({"requester": name, "capacity": capacity.value})
        self.form.focus("kind" if not self.form.fields["kind"].editor.typed_text() else "channel")

    def _on_edited(self) -> None:
        self._say_before()
        self.edited.emit()

    def _say_before(self) -> None:
        """That there is one of the same kind about the same pupil already."""
        kind, pupil = self.form.fields["kind"].editor.typed_text(), self.record.pupil if self.record else None
        number = (
            looking.asked_before(self.context.desk, pupil.id, kind)
            if pupil is not None and kind in codelist("request_kind").codes and self._case is None
            else 0
        )
        self.before.setText(_("There is a request of this kind about this pupil already. Is it a new one?") if number else "")
        self.before.setVisible(bool(number))

    def _find(self) -> None:
        text = self.find_box.text()
        rows: Sequence[CasePupilMatch] = (
            [
                CasePupilMatch(str(values[0]), f"{values[2]}, {values[3]}", date.fromisoformat(str(values[5])))
                for values in pupils.listing(self.context.desk, find=text)
            ]
            if text.strip()
            else ()
        )
        assert self.table.empty is not None
        if text.strip():
            self.table.empty.say(_("No pupil has a name or number like that"), _("Those who have left are found too."))
        else:
            self.table.empty.say(_("Type the beginning of a name"), _("A complaint may be about no pupil: leave this empty."))
        self.table.show_rows(rows)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The arrows go through the pupils found, Enter takes the one chosen, or the only one."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() in _OF_TABLE:
            QApplication.sendEvent(self.table, event)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.rows:
            if (row := row_meant(self.table, self.context.banner)) is not None:
                self.take(row.id)
            return True
        return False

    # what the page asks

    @property
    def dirty(self) -> bool:
        return self.form.dirty or (self.record is not None and self._case is None)

    def draft(self) -> dict[str, Any]:
        """For a draft: about whom, and what is typed."""
        return {
            "pupil": self.record.pupil.id if self.record else "",
            "contact": self._contact or "",
            "case": self._case.id if self._case else "",
            "typed": self.form.draft(),
        }

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``typed_text`` gave."""
        self._contact = draft["contact"] or None
        self.form.take_draft(draft["typed"])

    def save(self) -> bool:
        """Record it, or keep what was put right; what is wrong is said at the fields."""
        case = self.form.submit()
        if case is None:
            return False
        contact = self._contact if case.requester and self._is_contact(case.requester) else None
        if self._case is None:
            case = self._of_pupil(case)
        case = dataclasses.replace(case, contact_id=contact)
        outcome = self.context.attempt(lambda: self._put_on_file(case), on_refusal=self.form.show_problems)
        if outcome is None:
            return False
        case_id, changed = outcome
        self._forget()
        self.context.news.tell(changed)
        self.case_saved.emit(case_id)
        return True

    def _put_on_file(self, entry: RequestCase) -> tuple[str, Changed]:
        if self._case is not None:
            return self._case.id, receiving.correct(self.context.desk, entry)
        case, changed = receiving.receive(self.context.desk, entry)
        return case.id, changed

    def _of_pupil(self, case: RequestCase) -> RequestCase:
        """The case with the pupil chosen; one that is put right keeps its own."""
        return dataclasses.replace(case, pupil_id=self.record.pupil.id if self.record else None)

    def _is_contact(self, name: str) -> bool:
        """Whether the name typed is still that of the contact who was chosen."""
        contacts = self.record.contacts if self.record else ()
        return any(contact.id == self._contact and contact.full_name == name for contact in contacts)

    def _forget(self) -> None:
        self.record, self._case, self._contact = None, None, None
        self.form.show_record(None)

    def close_(self) -> None:
        """Go back to the list; nothing is recorded."""
        self.closed.emit()

    def first(self) -> QWidget:
        """The box that finds a pupil."""
        return self.find_box
