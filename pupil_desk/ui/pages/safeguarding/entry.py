"""An entry that is typed: a concern by anybody, or any entry by the lead. Of a concern also whom it is about, and the marks on the body."""

import dataclasses
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.safeguarding.entry import ATTRIBUTES, WRITTEN_BY_ANYBODY, EntryKind, SafeguardingEntry
from pupil_desk.services.incidents import looking
from pupil_desk.services.incidents.recording import now
from pupil_desk.services.program import keys
from pupil_desk.services.safeguarding import files, writing
from pupil_desk.services.safeguarding.telling import field_label
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.editors import LinesEditor
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.keys import last_in, shortcut_within, tab_after
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import STRETCH, button, column_in, column_of, flow_of, growing, label, show_words
from pupil_desk.ui.pages.safeguarding.also_about import AlsoAbout
from pupil_desk.ui.pages.safeguarding.body_map import BodyMapEditor
from pupil_desk.ui.pages.safeguarding.pupil_finder import PupilFinder
from pupil_desk.ui.style import tokens

_LINES = 5  # of a text in sight at once
_TITLES = {
    EntryKind.CONCERN: _("Write a concern"),
    EntryKind.ACTION: _("An action"),
    EntryKind.EVENT: _("An event of the chronology"),
    EntryKind.MEETING: _("A meeting"),
    EntryKind.STATUS: _("Status and social worker"),
    EntryKind.RECEIVED: _("The file of the school before has come"),
    EntryKind.SENT: _("The file was sent on"),
    EntryKind.CHASED: _("The next school was asked for a receipt"),
    EntryKind.CONFIRMED: _("The next school has confirmed that the file arrived"),
    EntryKind.KEPT: _("The file is not sent on"),
}
_FIRST = {
    EntryKind.MEETING: "day",
    EntryKind.STATUS: "status",
    EntryKind.RECEIVED: "school",
    EntryKind.SENT: "school",
    EntryKind.CHASED: "school_lead",
    EntryKind.CONFIRMED: "school_lead",
}


class EntryForm(QWidget):
    """``entry_kept`` carries the pupil, the entry (empty for who does not open the files) and the words to say; ``closed`` comes on Esc. ``begin`` types a new entry, ``amend`` one on file."""

    entry_kept = Signal(str, str, str)
    closed = Signal()
    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._kind = EntryKind.CONCERN
        self._entry: SafeguardingEntry | None = None
        self._form: Form[SafeguardingEntry] | None = None
        self.title, self.pupil_label, self.readers_label = label("", "title"), label("", "subhead"), label("", "muted")
        self.finder = PupilFinder(context)
        self.also = AlsoAbout(context)
        self.marks = BodyMapEditor()
        self._place = QWidget()
        self._column = column_in(self._place)
        self.save_button = button(_("&Save (Ctrl+S)"), self.save, "primary", icon_name="floppy-disk")
        self.back_button = button(_("&Back (Esc)"), self.closed.emit)
        content = column_of(self.finder, self.also, self._place, self.marks, STRETCH, spacing=tokens.M, right=tokens.S)
        head = (self.title, self.pupil_label, self.readers_label)
        column_in(self, tokens.S, *head, growing(scrolled(content)), flow_of(self.save_button, self.back_button))
        self.finder.pupil_changed.connect(self.edited)
        self.finder.chose.connect(lambda: self.form.focus("text"))
        self.finder.left.connect(self.closed)
        self.also.changed.connect(self.edited)
        self.also.chose.connect(lambda: self.form.focus("text"))
        self.marks.marks_changed.connect(self.edited)
        shortcut_within(self, keys.ESC.sequence, self.closed.emit)

    @property
    def form(self) -> Form[SafeguardingEntry]:
        """The fields in view."""
        assert self._form is not None, "begun before"
        return self._form

    @property
    def kind(self) -> EntryKind:
        """What kind of entry is typed."""
        return self._kind

    # what is shown

    def begin(self, kind: EntryKind, pupil_id: str = "", pupil_name: str = "") -> None:
        """A new entry, of today; with the pupil whom it is about where that is known."""
        self._entry, self._kind = None, kind
        self._make(ATTRIBUTES[kind] if kind is not EntryKind.CONCERN else WRITTEN_BY_ANYBODY)
        desk = self.context.desk
        time = now(desk) if "time" in self.form.fields else None
        self.form.show_record(None, kind=kind, pupil_id=pupil_id, day=desk.today, time=time)
        self.finder.begin(pupil_id, pupil_name)
        self.finder.setVisible(kind is EntryKind.CONCERN)
        self.also.show_pupils(())
        self.also.setVisible(kind is EntryKind.CONCERN)
        self._tell_whom(pupil_name if kind is not EntryKind.CONCERN else "")
        if kind is EntryKind.CONCERN and not pupil_id:
            self.finder.find_box.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.form.focus(_FIRST.get(kind, "text"))

    def amend(self, entry: SafeguardingEntry, pupil_name: str) -> None:
        """One on file, to be said otherwise; of a concern the decision comes first."""
        self._entry, self._kind = entry, EntryKind(entry.kind)
        self._make(ATTRIBUTES[entry.kind])
        self.form.show_record(entry)
        self.marks.show_text(entry.body_map)
        self.finder.hide()
        self.also.hide()
        self._tell_whom(pupil_name)
        self.form.focus("decision" if entry.kind == EntryKind.CONCERN else "outcome" if entry.kind == EntryKind.ACTION else "")

    def _tell_whom(self, pupil_name: str) -> None:
        self.title.setText(_TITLES[self._kind])
        show_words(self.pupil_label, pupil_name)
        words = _(
            "{who} will read it. Once it is saved you cannot read it back, change it or take it back. If a child is in danger now, tell them at once."
        )
        is_new_concern = self._kind is EntryKind.CONCERN and self._entry is None
        show_words(self.readers_label, words.format(who=files.who_opens(self.context.desk)) if is_new_concern else "")

    def _make(self, names: tuple[str, ...]) -> None:
        self._drop_form()
        only = [name for name in names if name != "body_map"]
        desk = self.context.desk
        self._form = Form(SafeguardingEntry, today=desk.today, only=only, check_unfinished=lambda entry: writing.problems(desk, entry))
        for name, field in self._form.fields.items():
            field.name_it(field_label(self._kind, name))
            if isinstance(field.editor, LinesEditor):
                field.editor.set_tallest(_LINES)
        self._form.edited.connect(self.edited)
        self._form.elsewhere["body_map"] = self.marks.focus_words
        self._form.elsewhere["pupil_id"] = self.finder.find_box.setFocus
        self._column.addWidget(self._form)
        self._form.show()  # now, and not with the next turn of the window: the cursor goes into it
        self.marks.show_text(None)
        self.marks.setVisible("body_map" in names)
        if (last := last_in(self._form)) is not None:  # as one reads, though it was made after them
            tab_after(last, [*self.marks.stops, self.save_button, self.back_button])

    def _drop_form(self) -> None:
        if self._form is not None:
            self._form.hide()  # until Qt comes to delete it, it would be seen beneath the next
            self._column.removeWidget(self._form)
            self._form.deleteLater()
            self._form = None

    def forget(self) -> None:
        """Nothing typed, and nothing of a file in memory."""
        self._entry = None
        self._drop_form()
        self.marks.show_text(None)
        self.finder.begin("", "")
        self.also.show_pupils(())

    # what is typed

    @property
    def dirty(self) -> bool:
        """Whether something is typed and not saved."""
        return self._form is not None and (self._form.dirty or self.marks.dirty or self.finder.dirty or bool(self.also.names))

    def draft(self) -> dict[str, Any]:
        """For a draft: which entry, and what is typed; of a new one when it was begun, too."""
        entry, fields_typed = self._entry, self.form.fields
        moment_typed = (
            {} if entry is not None else {name: fields_typed[name].editor.typed_text() for name in ("day", "time") if name in fields_typed}
        )
        return {
            "kind": self._kind.value,
            "entry": entry.entry_id if entry is not None else "",
            "pupil": entry.pupil_id if entry is not None else self.finder.pupil_id,
            "typed": moment_typed | self.form.draft(),
            "marks": self.marks.draft(),
            "also": list(self.also.names),
        }

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave, once the entry that it is of is shown."""
        self.form.take_draft(draft["typed"])
        self.marks.take_draft(draft["marks"])
        self.also.show_pupils(draft.get("also", ()))

    def save(self) -> bool:
        """Keep it; what stops that is said at the fields."""
        if (number := self.marks.lacks_words()) and not self.marks.isHidden():
            self.marks.ask_for_words(number)
            return False
        entry = self._entry_typed()
        if entry is None:
            return False
        desk = self.context.desk
        is_new_concern = self._entry is None and self._kind is EntryKind.CONCERN
        act = writing.amend if self._entry is not None else writing.enter
        changed = self.context.attempt(
            lambda: writing.write_concern(desk, entry, also=self.also.names) if is_new_concern else act(desk, entry),
            on_refusal=self.form.show_problems,
        )
        if changed is None:
            return False
        entry_id = self._entry.entry_id if self._entry is not None else files.written_last(desk, entry.pupil_id)
        words = self._saved_words(entry.pupil_id) if is_new_concern else self._kept_words(entry.pupil_id, entry_id)
        self.forget()
        self.context.news.tell(changed)
        self.entry_kept.emit(entry.pupil_id, entry_id, words)
        return True

    def _saved_words(self, pupil_id: str) -> str:
        desk = self.context.desk
        people = looking.people(desk, [pupil_id, *self.also.names])
        names = join_words([people[pupil_named].full_name for pupil_named in dict.fromkeys((pupil_id, *self.also.names))])
        return _("The concern about {pupil} is saved. {who} will read it.").format(pupil=names, who=files.who_opens(desk))

    def _kept_words(self, pupil_id: str, entry_id: str) -> str:
        ended = files.ended_words(files.every_file(self.context.desk).histories.get(pupil_id, ()), entry_id)
        return " ".join(filter(None, (_("The entry is in the file."), ended)))

    def _entry_typed(self) -> SafeguardingEntry | None:
        """The entry as it is typed; None once it is said what stops it."""
        entry = self.form.submit()
        if self._entry is None and self._kind is EntryKind.CONCERN:
            if not self.finder.pupil_id:
                self.finder.ask_for_one()
                return None
            entry = dataclasses.replace(entry, pupil_id=self.finder.pupil_id) if entry is not None else None
        if entry is None:
            return None
        return dataclasses.replace(entry, body_map=self.marks.text) if not self.marks.isHidden() else entry
