"""Papers kept: the list, what is known of each, and the paper itself, shown and printed from memory."""

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.papers.attachment import MOST_BYTES, Attachment, check_attachment, size_words
from pupil_desk.services.attachments import attachments, links
from pupil_desk.services.attachments.attachments import PreparedFile
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.dropping import TakesDroppedFile
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.words import button, label, name_label, set_look
from pupil_desk.ui.pages.pupils.record.attachments.attachment_acts import PaperActs
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart

_SHOWN = ("title", "kind", "paper_day", "received_from", "note")
_FILE = "file"  # what a problem with the file is named by
_KINDS = ((_("Papers and pictures"), "*.pdf *.jpg *.jpeg *.png *.txt"), (_("All files"), "*"))


class AttachmentsPart(TakesDroppedFile, SeveralPart[Attachment]):
    """The list and the form of one paper. Enter opens a paper; a file dropped here, or chosen, is looked into and then kept."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        today = context.desk.today
        self._file: PreparedFile | None = None
        self._entries: list[links.LinkedEntry] = []
        self._room_matters = False
        form = Form(
            Attachment,
            today=today,
            only=_SHOWN,
            readonly=not context.desk.may(Action.EDIT_RECORD),
            check=lambda paper: check_attachment(paper, today),
        )
        manner = dataclasses.replace(_MANNER, rows_of=lambda record, _desk: self._read(record), add=self._add)
        super().__init__(context, may_leave, manner, form, lambda paper: paper.id)
        self.file_line, self.room_line = label("", "muted"), label("", "hint")
        self.choose_button = button(_("Choose the f&ile…"), self.choose, icon_name="folder-open")
        self.form.elsewhere[_FILE] = self.choose_button.setFocus
        self.subject_box = ChoiceBox(name=_("Belongs to"))
        self.about_label = name_label(_("Be&longs to"), self.subject_box)
        self.subject_box.activated.connect(lambda _place: self.edited.emit())
        self.subject_box.setEnabled(context.desk.may(Action.EDIT_RECORD))
        if self.table.empty is not None:
            self.table.empty.say(manner.empty_words, _("Add one, or drop a file here."))
        self.acts_of = PaperActs(self)
        self._place_them()
        self.table.opened.disconnect()
        self.table.opened.connect(lambda _row: self.acts_of.open_())
        self.setAcceptDrops(context.desk.may(Action.EDIT_RECORD))

    def _place_them(self) -> None:
        place = self.column.indexOf(self.title) + 1
        self.column.insertWidget(place, self.file_line)
        self.column.insertWidget(place + 1, self.choose_button, 0, Qt.AlignmentFlag.AlignLeft)
        after = self.column.indexOf(self.form) + 1
        for offset, widget in enumerate((self.about_label, self.subject_box)):
            self.column.insertWidget(after + offset, widget)
        self.column.insertWidget(self.column.indexOf(self._bar) + 1, self.room_line)
        tab_after(self.add_button, [*self.acts_of.buttons, self.choose_button])

    # -- what is shown

    def _read(self, record: PupilRecord) -> list[Attachment]:
        self._entries = links.entries(self.context.desk, record.pupil.id)
        return attachments.of_pupil(self.context.desk, record.pupil.id)

    def show_record(self, record: PupilRecord) -> None:
        if self.record is None or self.record.pupil.id != record.pupil.id:
            self.acts_of.close()
        self._file = None
        super().show_record(record)
        room = attachments.room(self.context.desk)
        words = _(
            "PDF, JPEG, PNG and plain text, at most {most} each. Save anything else as PDF first. All papers of the unit take {taken} of {all}."
        )
        self.room_line.setText(words.format(most=size_words(MOST_BYTES), taken=size_words(room.taken), all=size_words(room.most)))
        set_look(self.room_line, "problem" if room.nearly_full else "hint")
        self._room_matters = room.nearly_full or not self.table.rows
        self._reveal()

    def _show(self, row: Attachment | None) -> None:
        self._file = None
        self._show_about(row)
        super()._show(row)

    def _show_about(self, row: Attachment | None) -> None:
        self.subject_box.clear()
        self.subject_box.addItem(_("Nothing in particular"), "")
        for entry in self._entries:
            self.subject_box.addItem(entry.words, entry.key)
        key = _key_of(row)
        if self.subject_box.findData(key) < 0 and row is not None:
            self.subject_box.addItem(links.words_of(row, self._entries), key)
        self.subject_box.set_key(key)

    def _reveal(self) -> None:
        super()._reveal()
        visible = not self.form.isHidden()
        for widget in (self.file_line, self.subject_box, self.about_label):
            widget.setVisible(visible)
        self.room_line.setVisible(self._adding or self._room_matters)
        self.choose_button.setVisible(self._adding)
        self.choose_button.setText(_("Choose the f&ile…") if self._file is None else _("Choose another f&ile…"))
        self.file_line.setText(self._file_words())
        self.acts_of.show_for(None if self._adding else self._current_row)

    def _file_words(self) -> str:
        if self._adding:
            if self._file is None:
                return _("No file is chosen yet.")
            left_out = _("Hidden details, such as where a picture was taken, are left out.") if self._file.cleaned else ""
            return " ".join(filter(None, (_("{file}.").format(file=self._file.words), left_out)))
        return _words_of(self._current_row) if self._current_row is not None else ""

    # -- adding

    def begin_new(self) -> None:
        """Choose a file for one more paper; asks first when something else is typed."""
        if self.record is not None and self.may_leave():
            self.choose()

    def choose(self) -> None:
        """Choose the file and look into it."""
        path = self.context.ask.open_file(_("Which paper?"), _KINDS)
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Look into a file, away from the screen; then the form of a new paper is shown. What cannot be kept is said in the banner."""
        if self.record is None:
            return
        pupil_id = self.record.pupil.id
        self.context.jobs.run(
            self, lambda _job: attachments.look_at(path), lambda file: self._on_file_read(file, pupil_id), title=_("Looking into the file")
        )

    def _on_file_read(self, file: PreparedFile, pupil_id: str) -> None:
        if self.record is None or self.record.pupil.id != pupil_id or (self.dirty and not self._adding):
            return  # the person has gone on to something else meanwhile
        if not self._adding:
            self._begin(file.title)
        self._file = file
        self.form.mended(_FILE)
        self._reveal()
        self.form.focus()
        self.edited.emit()

    def _begin(self, title: str) -> None:
        assert self.record is not None
        self._adding, self._current_row = True, None
        self._show_about(None)
        self.form.show_record(None, pupil_id=self.record.pupil.id, title=title)
        self.title.setText(self.manner.new_title)
        self._reveal()

    def _add(self, desk: Desk, paper: Attachment) -> Changed:
        assert self._file is not None
        return attachments.add(desk, paper, self._file)

    def save(self) -> bool:
        if self._adding and self._file is None:
            self.form.show_problems((Problem(_FILE, "missing", _("Choose the file first.")),))
            self.choose_button.setFocus()
            return False
        return super().save()

    def _finished(self, record: Attachment) -> Attachment:
        kind, _colon, entry_id = self.subject_box.key().partition(":")
        return dataclasses.replace(record, about_kind=kind or None, about_id=entry_id or None)

    @property
    def dirty(self) -> bool:
        return self._adding or super().dirty or (self._current_row is not None and self.subject_box.key() != _key_of(self._current_row))

    def put_back(self) -> None:
        self._file = None
        if not self._adding:
            self._show_about(self._current_row)
        super().put_back()

    def draft(self) -> dict[str, Any]:
        """Without the file: its bytes are no part of a draft, and it is chosen again."""
        return super().draft() | {"about": self.subject_box.key()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        if draft["id"]:
            self.table.select(draft["id"])
        elif self.record is not None:
            self._begin("")
        self.form.take_draft(draft["typed"])
        if self.subject_box.findData(draft["about"]) >= 0:
            self.subject_box.set_key(draft["about"])
        self.edited.emit()

    # -- a file dropped

    def on_dropped(self, path: Path) -> None:
        if self._adding or self.may_leave():
            self.take_file(path)


def _key_of(paper: Attachment | None) -> str:
    return f"{paper.about_kind}:{paper.about_id}" if paper is not None and paper.about_kind else ""


def _words_of(paper: Attachment) -> str:
    """What a paper is as a file, since when it is kept, and why it is set aside."""
    words = [_("{file}.").format(file=attachments.file_words(paper.media_type, paper.pages, paper.size))]
    if paper.kept_on is not None:
        words.append(_("Kept here since {day}.").format(day=short_date(paper.kept_on)))
    if paper.set_aside_on is not None:
        aside = _("Set aside on {day}: {because}")
        words.append(aside.format(day=short_date(paper.set_aside_on), because=paper.set_aside_because))
    return " ".join(words)


def _columns(part: QWidget) -> Sequence[Column[Attachment]]:
    return (
        Column("title", _("Title"), lambda paper: paper.title, stretch=True),
        Column("kind", _("Kind"), lambda paper: codelist("attachment_kind").label_of(paper.kind), width=22),
        Column("day", _("Day of the paper"), lambda paper: short_date(paper.paper_day) if paper.paper_day else "", longest="24 Nov 2026"),
        Column("from", _("Received from"), lambda paper: paper.received_from or "", width=20),
        Column("size", _("Size"), lambda paper: size_words(paper.size)),
        Column("state", _("State"), lambda paper: _("Set aside") if paper.set_aside_on else "", longest=_("Set aside")),
    )


def _not_yet(_desk: Desk, _paper: Attachment) -> Changed:
    raise AssertionError("the part adds a paper with its file")


_MANNER = PartDefinition[Attachment](
    name=_("Papers kept"),
    add_words=_("Add a &paper…"),
    new_title=_("New paper"),
    empty_words=_("No paper is kept"),
    sign="paperclip",
    columns=_columns,
    rows_of=lambda _record, _desk: [],
    title_of=lambda paper: paper.title,
    new_keys=lambda _record, _desk: {},
    add=_not_yet,
    save=attachments.save,
    spare={"from": 860, "size": 760, "day": 520, "state": 400},
    stands_on_first=False,
)
