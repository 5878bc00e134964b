"""What a family wrote on a data-check slip: beside each line as it was scanned, a field with what is held, to type what is right in."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, check_pupil, show
from pupil_desk.domain.pupils.details_check import Correction, WrittenBeside
from pupil_desk.domain.pupils.pupil import ADDRESS, Pupil
from pupil_desk.services.many.data_check import line_key
from pupil_desk.services.paper_forms.corrections import SlipPart
from pupil_desk.ui.kit.forms.address_move import AddressMove
from pupil_desk.ui.kit.forms.field import Field
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import column_in, label, show_words
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_WIDEST = 420  # of the picture of a line, at 100 %


class Corrections(QWidget):
    """The lines of one slip. ``edited`` comes with what is typed, ``entered`` with Enter in a line."""

    edited = Signal()
    entered = Signal()

    def __init__(self, parts: Sequence[SlipPart], pictures: Mapping[str, bytes], today: date) -> None:
        super().__init__()
        self.forms: dict[str, Form[Any]] = {}
        self.address_move = AddressMove(today)
        self.all_entered = TickBox(_("&Everything written on it is entered"))
        column = column_in(self, tokens.M)
        column.addWidget(label(_("What is written beside a line"), "subhead"))
        column.addWidget(
            label(
                _(
                    "Type what is right into its field. What you do not type waits, and so do allergies, diet and medicines: enter them under Health."
                ),
                "hint",
            )
        )
        for record_id, (record, names) in _by_record(parts).items():
            form: Form[Any] = Form(
                type(record), today=today, only=names, wide=names, check=check_pupil if isinstance(record, Pupil) else None
            )
            form.show_record(record)
            if not isinstance(record, Pupil):
                column.addWidget(label(record.full_name, "subhead"))
            column.addWidget(form)
            if isinstance(record, Pupil):
                column.addWidget(self.address_move)
                form.edited.connect(partial(self._offer_move, form))
            for name, field in form.fields.items():
                self._say_beside(field, pictures.get(line_key(record, name), b""))
            form.edited.connect(self.edited)
            self.forms[record_id] = form
        column.addWidget(self.all_entered)
        self.all_entered.toggled.connect(lambda _ticked: self.edited.emit())

    def _say_beside(self, field: Field, picture: bytes) -> None:
        becomes = label("", "check")
        becomes.hide()
        field.stand_beside(above=_picture(picture, field.item.label) if picture else None, beneath=becomes)
        before = show(field.item, field.reading().value)

        def say() -> None:
            after = show(field.item, field.reading().value) if field.dirty else ""
            words = _("Before: {before}. After: {after}.").format(before=before or _("nothing"), after=after or _("nothing"))
            show_words(becomes, words if field.dirty else "")

        field.edited.connect(lambda: once_calm(field, say))

    def _offer_move(self, form: Form[Pupil]) -> None:
        pupil = form.record_shown
        self.address_move.offer(
            pupil is not None and bool(pupil.address_lines) and any(form.fields[name].dirty for name in ADDRESS if name in form.fields)
        )

    @property
    def readable(self) -> bool:
        """Whether all that is typed can be kept; else the first that cannot says so and takes the focus."""
        return all(not form.dirty or form.submit() is not None for form in self.forms.values()) and self.address_move.readable()

    @property
    def handwriting(self) -> WrittenBeside:
        """What is typed, where it is readable."""
        corrections = (
            Correction(record_id=record_id, item=name, before=getattr(form.record_shown, name), after=field.reading().value)
            for record_id, form in self.forms.items()
            for name, field in form.fields.items()
            if field.dirty
        )
        return WrittenBeside(corrections=tuple(corrections), move=self.address_move.typed_move(), all_entered=self.all_entered.isChecked())

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say beside the fields what the file refuses."""
        for form in self.forms.values():
            form.show_problems([problem for problem in problems if problem.column in form.fields and form.dirty])

    def draft(self) -> dict[str, Any]:
        """What is typed, as ``take_draft`` takes it."""
        texts = {record_id: draft for record_id, form in self.forms.items() if (draft := form.draft())}
        return {"typed": texts, "move": self.address_move.draft(), "all": self.all_entered.isChecked()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave; of a record that is shown no more, nothing."""
        for record_id, texts in draft["typed"].items():
            if record_id in self.forms:
                self.forms[record_id].take_draft(texts)
        self.address_move.take_draft(draft["move"])
        self.all_entered.setChecked(draft["all"])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter in a line, which a line of text hands on, confirms the form."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


def _by_record(parts: Sequence[SlipPart]) -> dict[str, tuple[Any, list[str]]]:
    """The records of a slip with the items shown of each, in the order of the slip."""
    records: dict[str, tuple[Any, list[str]]] = {}
    for part in parts:
        records.setdefault(part.record.id, (part.record, []))[1].extend(part.items)
    return records


def _picture(data: bytes, words: str) -> QLabel:
    picture_label, picture = QLabel(), QPixmap()
    picture.loadFromData(data)
    picture_label.setPixmap(picture.scaledToWidth(sized(_WIDEST), Qt.TransformationMode.SmoothTransformation))
    picture_label.setAccessibleName(_("Line as scanned: {words}").format(words=words))
    return picture_label
