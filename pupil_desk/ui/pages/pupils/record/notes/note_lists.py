"""The lists of notes: one note in a form, corrected by a further wording, struck out, followed up, or put among the restricted."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.papers.note import SHOWN_IN_FORM, Note, always_restricted
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import notes
from pupil_desk.services.notes.notes import NoteHistory
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.services.safeguarding import files as safeguarding
from pupil_desk.ui.kit.badge import Badge
from pupil_desk.ui.kit.context import Context, new_with
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.words import STRETCH, button, label, name_label, row_in
from pupil_desk.ui.pages.pupils.record.notes.note_wordings import WordingsBox, author_words
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart
from pupil_desk.ui.style import tokens

_BEGINS = 60  # characters of a note in a question


class NotesList(SeveralPart[Note]):
    """The notes of one list, newest first, filtered by category on request."""

    def __init__(self, context: Context, may_leave: Callable[[], bool], manner: PartDefinition[Note]) -> None:
        desk = context.desk
        self.entries: dict[str, NoteHistory] = {}
        form = Form(
            Note,
            today=desk.today,
            only=SHOWN_IN_FORM,
            check=lambda note: notes.problems(desk, note),
            readonly=not desk.may(Action.EDIT_RECORD),
        )
        manner = dataclasses.replace(manner, rows_of=lambda record, _desk: self._rows(record), add=self._keep_new)
        super().__init__(context, may_leave, manner, form, lambda note: note.note_id)
        self.done_button = button(_("&Looked at again"), self.follow_up_done, icon_name="check")
        self.strike_button = button(_("Stri&ke out…"), self.strike, icon_name="prohibit")
        self.earlier_box = TickBox("")
        self.earlier_box.toggled.connect(self._turn_earlier)
        self.further_buttons = [self.done_button, self.strike_button, self.earlier_box]
        for widget in self.further_buttons:
            self.acts.addWidget(widget)
        tab_after(self.add_button, self.further_buttons)
        self.state = label("", "muted")
        self.column.insertWidget(self.column.indexOf(self.form), self.state)
        self.wordings = WordingsBox()
        self.column.insertWidget(self.column.indexOf(self.form) + 1, self.wordings)
        self._build_filter()

    def _build_filter(self) -> None:
        categories = [("", _("All categories")), *((code.code, code.label) for code in codelist("note_category").codes.values())]
        self.filter = ChoiceBox(categories, name=_("Show only notes of this category"))
        self.filter.activated.connect(self._filtered)
        self.filter_row = QWidget()
        row_in(self.filter_row, tokens.S, name_label(_("Show"), self.filter, wraps=False), self.filter, STRETCH)
        self.column.insertWidget(self.column.indexOf(self.table), self.filter_row)

    # what is shown

    def read(self, pupil_id: str) -> Sequence[NoteHistory]:
        """The notes of this list on file."""
        raise NotImplementedError

    def _rows(self, record: PupilRecord) -> list[Note]:
        self.entries = {entry.now.note_id: entry for entry in self.read(record.pupil.id)}
        category = self.filter.key()
        return [entry.now for entry in self.entries.values() if category in ("", entry.now.category)]

    def _filtered(self) -> None:
        if self.record is None or (self.dirty and not self.may_leave()):
            return
        self.show_record(self.record)

    def _show(self, row: Note | None) -> None:
        self.earlier_box.setChecked(False)
        super()._show(row)
        if row is not None:
            self.title.setText(_title(row))
            self.state.setText(_state_of(self.entries[row.note_id]))

    def _reveal(self) -> None:
        super()._reveal()
        entry = None if self._adding or self._current_row is None else self.entries.get(self._current_row.note_id)
        open_ = entry is not None and entry.may_change and entry.now.struck is None and self.context.desk.may(Action.EDIT_RECORD)
        self.form.set_readonly(not (open_ or self._adding))
        self.state.setVisible(entry is not None)
        self.strike_button.setVisible(entry is not None)
        self.strike_button.setEnabled(open_)
        self.done_button.setVisible(entry is not None and open_ and entry.now.open_follow_up is not None)
        before = len(entry.wordings) - 1 if entry is not None else 0
        self.earlier_box.say(_("What it said &before ({number})").format(number=before))
        self.earlier_box.setVisible(before > 0)
        self._turn_earlier(self.earlier_box.isChecked())

    def _turn_earlier(self, is_ticked: bool) -> None:
        entry = self.entries.get(self._current_row.note_id) if self._current_row is not None else None
        self.wordings.show_wordings(entry.wordings[:-1] if is_ticked and entry is not None else ())
        self.wordings.setVisible(is_ticked)

    # what is done

    def _keep_new(self, desk: Desk, note: Note) -> Changed:
        raise NotImplementedError

    def begin_new(self) -> None:
        self.earlier_box.setChecked(False)
        super().begin_new()

    def note_title(self, note: Note) -> str:
        """A note in a question: whose it is, of what category and day, and how it begins."""
        assert self.record is not None
        begins = _first_line(note)
        words = _("{pupil}. {title}: “{begins}”")
        return words.format(
            pupil=self.record.pupil.full_name,
            title=_title(note),
            begins=begins if len(begins) <= _BEGINS else begins[:_BEGINS].rstrip() + "…",
        )

    def strike(self) -> None:
        """Say that the note chosen was entered by mistake, once the reason is given."""
        note = self._current_row
        if note is None or (self.dirty and not self.may_leave()):
            return
        words = _("{note} It stays on file with the reason, and can be changed no more. The family may still ask to read it.")
        reason = self.context.ask.text(
            _("Strike this note out?"),
            words.format(note=self.note_title(note)),
            _("Why it is struck out"),
            verb=_("Strike it out"),
            stay=_("Keep it"),
        )
        if reason is not None:
            self.keep(self.form, lambda: notes.strike(self.context.desk, note, reason))

    def follow_up_done(self) -> None:
        """Say that the note chosen was looked at again today."""
        note = self._current_row
        if note is not None and not (self.dirty and not self.may_leave()):
            self.keep(self.form, lambda: notes.followed_up(self.context.desk, note))


class OrdinaryList(NotesList):
    """Notes for all staff. A new one may be restricted at once; a safeguarding concern always is."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        self.tick = TickBox(_("Restricted: to be read only by those named for it, and by you"))
        super().__init__(context, may_leave, _manner(_("Notes"), _("No note is on file"), "note"))
        self.column.insertWidget(self.column.indexOf(self.form), self.tick)  # above it: seen while one writes
        self.restrict_button = button(_("Restrict this note…"), self.restrict, icon_name="lock-key")
        self.concern_button = button(_("Write a concern…"), self.write_concern, icon_name="shield")
        self.file_button = button(_("Safeguarding file"), self.open_file, icon_name="shield")
        for each in (self.restrict_button, self.concern_button, self.file_button):
            self.acts.addWidget(each)
            self.further_buttons.append(each)
        tab_after(self.add_button, self.further_buttons)
        self.form.edited.connect(self._tick_by_category)

    def read(self, pupil_id: str) -> Sequence[NoteHistory]:
        return notes.of_pupil(self.context.desk, pupil_id)

    def begin_new(self) -> None:
        self.tick.setChecked(False)
        super().begin_new()
        self._tick_by_category()

    def _tick_by_category(self) -> None:
        """A safeguarding concern is restricted, and the tick says so; going to another category frees it again."""
        always = always_restricted(self.form.fields["category"].editor.typed_text())
        if always or not self.tick.isEnabled():
            self.tick.setChecked(always)
        self.tick.setEnabled(not always)

    def _reveal(self) -> None:
        super()._reveal()
        self.tick.setVisible(self._adding)
        self.restrict_button.setVisible(self._current_row is not None and not self._adding)
        self.concern_button.setVisible(self.context.desk.settings.uses(safeguarding.SWITCH) and not self._adding)
        self.file_button.setVisible(safeguarding.may_open(self.context.desk) and not self._adding)
        self.restrict_button.setEnabled(self.context.desk.may(Action.EDIT_RECORD))

    def _keep_new(self, desk: Desk, note: Note) -> Changed:
        return notes.add(desk, note, restrict=self.tick.isChecked())

    def save(self) -> bool:
        restricted = self._adding and self.tick.isChecked()
        if not super().save():
            return False
        if restricted:
            self.context.banner.success(_("Kept among the restricted notes."))
        return True

    def write_concern(self) -> None:
        """Go where a concern about this pupil is typed."""
        assert self.record is not None
        self.context.go("safeguarding", new_with(self.record.pupil.id))

    def open_file(self) -> None:
        """Go to the safeguarding file of this pupil."""
        assert self.record is not None
        self.context.go("safeguarding", self.record.pupil.id)

    def restrict(self) -> None:
        """Put the note chosen, with its earlier wordings, among the restricted ones."""
        note = self._current_row
        if note is None or (self.dirty and not self.may_leave()):
            return
        words = _(
            "{note} From now on only those named for it can read it, and each author what they wrote. It cannot be put back. What was read or printed before is not taken back."
        )
        if self.context.ask.confirm(_("Restrict this note?"), words.format(note=self.note_title(note)), _("Restrict it")):
            self.keep(self.form, lambda: notes.restrict(self.context.desk, note))

    def draft(self) -> dict[str, Any]:
        return super().draft() | {"restricted": self.tick.isChecked()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        super().take_draft(draft)
        self.tick.setChecked(bool(draft["restricted"]))
        self._tick_by_category()


class RestrictedList(NotesList):
    """Restricted notes, as far as the person at the desk may read them; that they were opened is logged each time."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave, _manner(_("Restricted notes"), _("No restricted note that you may read"), "lock-key"))
        self.badge = Badge(_("Restricted"), "lock-key", "bad", _("Only those named for it read these notes, and who wrote one"))
        self.readers_label = label("", "muted")
        self.column.insertWidget(0, self.badge)
        self.column.insertWidget(1, self.readers_label)

    def read(self, pupil_id: str) -> Sequence[NoteHistory]:
        restricted_notes = notes.restricted(self.context.desk, pupil_id)
        words = [
            _("Read only by those named for it: {who}. You also see what you wrote yourself. Each reading is logged.").format(
                who=restricted_notes.who
            )
        ]
        if restricted_notes.unseen:
            words.append(
                _("You cannot read {notes} on file.").format(notes=count_of(restricted_notes.unseen, _("further note"), _("further notes")))
            )
        if restricted_notes.moved:
            words.append(
                _("Not shown, since they stand where they were not written: {wordings}. The log names them; tell a data officer.").format(
                    wordings=count_of(restricted_notes.moved, _("wording"), _("wordings"))
                )
            )
        self.readers_label.setText(" ".join(words))
        return restricted_notes.histories

    def _keep_new(self, desk: Desk, note: Note) -> Changed:
        return notes.add(desk, note, restrict=True)


def _title(note: Note) -> str:
    return _("{category}, {day}").format(category=codelist("note_category").label_of(note.category), day=short_date(note.day))


def _state_of(entry: NoteHistory) -> str:
    """Who wrote it, who changed it since, and how it stands."""
    words = [_("Written by {who}.").format(who=author_words(entry.wordings[0]))]
    if entry.now.struck is not None:
        words.append(_("Struck out by {who}: {why}").format(who=author_words(entry.wordings[-1]), why=entry.now.struck))
    elif len(entry.wordings) > 1:
        words.append(_("Last changed by {who}.").format(who=author_words(entry.wordings[-1])))
    if entry.now.done_on is not None:
        words.append(_("Looked at again on {day}.").format(day=short_date(entry.now.done_on)))
    if not entry.may_change:
        words.append(_("Someone named for it has added to this note. You see what you wrote."))
    return " ".join(words)


def _columns(part: SeveralPart[Note]) -> Sequence[Column[Note]]:
    assert isinstance(part, NotesList)
    return (
        Column("day", _("Day"), lambda note: short_date(note.day)),
        Column("category", _("Category"), lambda note: codelist("note_category").label_of(note.category), width=18),
        Column("text", _("Note"), _first_line, stretch=True, icon=lambda note: "prohibit" if note.struck is not None else ""),
        Column("author", _("Author"), lambda note: part.entries[note.note_id].author, width=16),
        Column("follow_up", _("Look again"), _follow_up),
    )


def _first_line(note: Note) -> str:
    words = " ".join(note.text.split())
    return _("Struck out: {words}").format(words=words) if note.struck is not None else words


def _follow_up(note: Note) -> str:
    if note.follow_up is None or note.struck is not None:
        return ""
    return short_date(note.follow_up) if note.done_on is None else _("Done")


def _manner(name: str, empty_words: str, sign: str) -> PartDefinition[Note]:
    return PartDefinition(
        name=name,
        add_words=_("&Write a note"),
        new_title=_("New note"),
        empty_words=empty_words,
        sign=sign,
        columns=_columns,
        rows_of=lambda _record, _desk: [],
        title_of=_title,
        new_keys=lambda record, desk: {"day": desk.today},
        add=notes.add,
        save=notes.correct,
        spare={"author": 740, "follow_up": 860, "category": 460},
        stands_on_first=False,
    )
